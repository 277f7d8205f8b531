"""An edge node over TCP: carries what `edge` says to its fusion node, and connects again when that is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from outwork.watch.live.backoff import Backoff
from outwork.watch.live.sapient.codec import Codec, Message
from outwork.watch.live.sapient.edge import Edge, State
from outwork.watch.live.sapient.streams import READ, Clock, Lost, cut

UNSENT: Final = 1 << 20
"""Bytes that may wait because the other side does not read; reports beyond them are left out, and counted."""


class Gone(Exception):
    """There is no connection any more; says why."""


@dataclass
class Client:
    """Keeps an edge node connected; `told` hears of troubles, in words."""

    edge: Edge
    codec: Codec
    clock: Clock
    told: Callable[[str], None]
    backoff: Backoff = field(default_factory=Backoff)
    tick: float = 1.0
    """Seconds from one look at what is due to the next."""
    patience: float = 10.0
    """Seconds to wait for a connection."""
    heard: Callable[[Message], None] = lambda _: None
    """Hears every valid message that comes."""
    _writer: asyncio.StreamWriter | None = None

    async def run(self, host: str, port: int) -> None:
        """Connect, and connect again whenever the connection is gone, until cancelled; then say goodbye."""
        failures, loop = 0, asyncio.get_running_loop()
        while True:
            began = loop.time()
            try:
                await self._once(host, port)
            except (Gone, Lost, OSError, TimeoutError) as error:
                failures = self.backoff.failures(failures, loop.time() - began)
                wait = self.backoff.wait(failures)
                self.told(f"{host}:{port}: {error or type(error).__name__}; tried again after {wait:g} s")
                await asyncio.sleep(wait)

    def report(self, kind: str, content: Mapping[str, Any], at: datetime) -> None:
        """Send a detection_report or alert, or hold it until there is somebody to take it. ValueError where it is not valid."""
        if self._writer is not None and self._writer.transport.get_write_buffer_size() > UNSENT:
            self.edge.shed += 1
            return
        self._send(self.edge.report(kind, content, at))

    def answer(self, whole: Message) -> None:
        """Send what `edge.answered` makes of a task that is done."""
        self._send([whole])

    async def _once(self, host: str, port: int) -> None:
        reader, writer = await asyncio.wait_for(asyncio.open_connection(host, port, limit=READ), self.patience)
        self._writer = writer
        try:
            self._send(self.edge.start(self.clock.now()))
            await self._read(reader)
        finally:
            self._send(self.edge.leave(self.clock.now()))
            self.edge.lost()
            self._writer = None
            writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> None:
        """Take what comes. Gone when the other side ends, refuses us or cannot be understood."""
        frames = self.codec.frames()
        while True:
            try:
                piece = await asyncio.wait_for(reader.read(READ), self.tick)
            except TimeoutError:
                self._send(self.edge.tick(self.clock.now()))
                continue
            if not piece:
                raise Gone("the other side ended the connection")
            for packet in cut(frames, piece):
                self._take(packet)
            if self.edge.state is State.REFUSED:
                raise Gone(f"the registration was refused: {'; '.join(self.edge.reasons) or 'no reason was given'}")
            self._send(self.edge.tick(self.clock.now()))

    def _take(self, packet: bytes) -> None:
        decoded = self.codec.decode(packet)
        if decoded.message is None:
            self.told(f"a message cannot be taken: {'; '.join(decoded.faults)}")
            return
        self.heard(decoded.message)
        self._send(self.edge.take(decoded.message, self.clock.now()))

    def _send(self, messages: Iterable[Message]) -> None:
        for whole in messages:
            frame = self.codec.encode(whole)
            if self._writer is not None and not self._writer.is_closing():
                self._writer.write(frame)
