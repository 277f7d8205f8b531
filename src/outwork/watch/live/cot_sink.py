"""Outlets for events that are bytes already: datagrams to a host or a multicast group, and a stream to a server."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, Generic, Protocol, TypeVar

from outwork.watch.live.backoff import Backoff

READ: Final = 65_536
"""Bytes of what a server sends, which is not used, that are read at once."""

Given = TypeVar("Given")


class Outlet(Protocol):
    """Takes messages that are bytes away."""

    async def send(self, messages: Iterable[bytes]) -> None:
        """Send messages in their order. OSError or TimeoutError where they cannot be sent; they are then lost."""
        ...

    async def close(self) -> None:
        """End."""
        ...


@dataclass(frozen=True)
class Posts(Generic[Given]):
    """A sink: makes messages of what it is given, and sends them through an outlet."""

    name: str
    make: Callable[[Given], Iterable[bytes]]
    outlet: Outlet

    async def give(self, turn: Given) -> None:
        """Send what is made of a turn."""
        await self.outlet.send(self.make(turn))

    async def close(self) -> None:
        """Close the outlet."""
        await self.outlet.close()


@dataclass
class Datagrams:
    """Sends each message as one datagram to a host, or to a multicast group within the own network.

    Nobody answers, so nothing tells whether it came.
    """

    host: str
    port: int
    errors: int = 0
    """How often the network said that nobody takes them."""
    _transport: asyncio.DatagramTransport | None = None

    async def send(self, messages: Iterable[bytes]) -> None:
        """Send messages."""
        transport = self._transport = self._transport or await self._open()
        for message in messages:
            transport.sendto(message)
        await asyncio.sleep(0)

    async def close(self) -> None:
        """Close the socket."""
        if self._transport is not None:
            self._transport.close()
            self._transport = None

    async def _open(self) -> asyncio.DatagramTransport:
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(lambda: _Counts(self), remote_addr=(self.host, self.port))
        return transport


class _Counts(asyncio.DatagramProtocol):
    def __init__(self, outlet: Datagrams) -> None:
        self._outlet = outlet

    def error_received(self, exc: Exception) -> None:  # noqa: ARG002 (asyncio's name)
        self._outlet.errors += 1


@dataclass
class Stream:
    """Sends messages one after another to a server; connects when there is something to send, and again after a failure.

    While it may not try again yet, or the server does not read, messages are lost: the next ones are newer.
    """

    host: str
    port: int
    patience: float = 10.0
    """Seconds to wait for a connection, and for a server that does not read."""
    backoff: Backoff = field(default_factory=Backoff)
    _writer: asyncio.StreamWriter | None = None
    _reading: asyncio.Task[None] | None = None
    _failures: int = 0
    _again: float = 0.0

    async def send(self, messages: Iterable[bytes]) -> None:
        """Send messages. OSError or TimeoutError where there is no connection, or the server does not read."""
        loop = asyncio.get_running_loop()
        if self._writer is None and loop.time() < self._again:
            raise OSError(f"{self.host}:{self.port} failed {self._failures} times; it is not tried again yet")
        try:
            writer = self._writer = self._writer or await self._open()
            writer.write(b"".join(messages))
            await asyncio.wait_for(writer.drain(), self.patience)
        except OSError:  # of which TimeoutError is one
            await self.close()
            self._failures += 1
            self._again = loop.time() + self.backoff.wait(self._failures)
            raise
        self._failures = 0

    async def close(self) -> None:
        """Close the connection; what waits to be sent is sent if the server takes it now."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    async def _open(self) -> asyncio.StreamWriter:
        reader, writer = await asyncio.wait_for(asyncio.open_connection(self.host, self.port), self.patience)
        self._reading = asyncio.create_task(self._discard(reader, writer))
        return writer

    async def _discard(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read what the server sends, so that it is not held up; when it ends, so does the connection."""
        with contextlib.suppress(OSError):
            while await reader.read(READ):
                pass
        writer.close()
        if self._writer is writer:
            self._writer = None
