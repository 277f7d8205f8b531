"""Sources: what is heard over TCP, over UDP, or replayed from a recording."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from outwork.model.tables.watching import Detection
from outwork.watch.live.clock import Clock
from outwork.watch.live.framing import Unframed
from outwork.watch.live.heard import Deliver, Heard, Parser, Splitter
from outwork.watch.live.multicast import is_group, listening

READ: Final = 65_536
"""Bytes read from a stream at once; the other side waits while we have no time for more."""
PATIENCE: Final = 10.0
"""How long to wait for a connection [s]."""
TOGETHER: Final = 1000
"""Detections of a replay that are delivered before others get their turn."""


class Closed(Exception):
    """The other side ended the connection."""


@dataclass(frozen=True)
class Tcp:
    """Connects to a server and reads a stream of messages. Each connection gets a splitter and a parser of its own."""

    name: str
    host: str
    port: int
    parser: Callable[[], Parser]
    splitter: Callable[[], Splitter]
    clock: Clock
    patience: float = PATIENCE

    async def run(self, deliver: Deliver) -> None:
        """Read until the other side ends. Closed then, OSError where there is no connection, Unframed on a lost stream."""
        reader, writer = await asyncio.wait_for(asyncio.open_connection(self.host, self.port), self.patience)
        try:
            await pumped(reader, deliver, self.parser(), self.splitter(), self.clock)
        finally:
            writer.close()
        raise Closed(f"{self.host}:{self.port} ended the connection")


async def pumped(reader: asyncio.StreamReader, deliver: Deliver, parser: Parser, splitter: Splitter, clock: Clock) -> None:
    """Deliver the messages of a stream until it ends."""
    while content := await reader.read(READ):
        arrived = clock.now()
        for message in splitter.feed(content):
            told = parser.take(message, arrived)
            deliver(Heard(arrived, told.detections, told.faults))


@dataclass(frozen=True)
class TcpServer:
    """Lets sensors connect, and reads a stream of messages from each, with a splitter and a parser of its own."""

    name: str
    host: str
    port: int
    parser: Callable[[], Parser]
    splitter: Callable[[], Splitter]
    clock: Clock

    async def run(self, deliver: Deliver) -> None:
        """Listen until cancelled. OSError where the port is taken; a connection that fails is told, and the others go on."""

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await pumped(reader, deliver, self.parser(), self.splitter(), self.clock)
            except (OSError, Unframed) as error:
                deliver(Heard(self.clock.now(), (), (f"a connection ended: {error}",)))
            finally:
                writer.close()

        server = await asyncio.start_server(serve, self.host, self.port)
        try:
            await server.serve_forever()
        finally:
            server.close()


@dataclass(frozen=True)
class Udp:
    """Listens for datagrams, each of which is a message; where `host` is the address of a group, for what is sent to that."""

    name: str
    host: str
    port: int
    parser: Callable[[], Parser]
    clock: Clock

    async def run(self, deliver: Deliver) -> None:
        """Listen until cancelled. OSError where the port is taken, or the group cannot be joined."""
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[None] = loop.create_future()
        listens = lambda: _Datagrams(deliver, self.parser(), self.clock, ended)  # noqa: E731  # asyncio wants a factory
        if is_group(self.host):
            transport, _ = await loop.create_datagram_endpoint(listens, sock=listening(self.host, self.port))
        else:
            transport, _ = await loop.create_datagram_endpoint(listens, local_addr=(self.host, self.port))
        try:
            await ended
        finally:
            transport.close()


class _Datagrams(asyncio.DatagramProtocol):
    """Delivers datagrams. What goes wrong ends the source, since asyncio itself would only write it into a log."""

    def __init__(self, deliver: Deliver, parser: Parser, clock: Clock, ended: asyncio.Future[None]) -> None:
        self._deliver = deliver
        self._parser = parser
        self._clock = clock
        self._ended = ended

    def datagram_received(self, data: bytes, addr: object) -> None:  # noqa: ARG002  # asyncio's names
        try:
            arrived = self._clock.now()
            told = self._parser.take(data, arrived)
            self._deliver(Heard(arrived, told.detections, told.faults))
        except Exception as error:  # noqa: BLE001  # raised where the source is awaited
            self._fail(error)

    def error_received(self, exc: Exception) -> None:
        self._fail(exc)

    def connection_lost(self, exc: Exception | None) -> None:
        if exc is not None:
            self._fail(exc)

    def _fail(self, error: Exception) -> None:
        if not self._ended.done():
            self._ended.set_exception(error)


@dataclass(frozen=True)
class Replay:
    """Delivers the detections of a recording when they arrived, by a clock that may run many times as fast."""

    name: str
    rows: Iterable[tuple[datetime, Sequence[Detection]]]
    """Detections with the instant of their arrival, in that order."""
    clock: Clock

    async def run(self, deliver: Deliver) -> None:
        """Deliver all of them, each not before its time, and end."""
        since = 0
        for arrived, detections in self.rows:
            wait = self.clock.wait(arrived)
            since += len(detections)
            if wait > 0 or since >= TOGETHER:
                await asyncio.sleep(wait)
                since = 0
            deliver(Heard(arrived, detections))
