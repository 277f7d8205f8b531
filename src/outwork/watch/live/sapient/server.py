"""A fusion node over TCP: carries what nodes send to `fusion`, and back what it answers; who harms it is told and put out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from outwork.watch.live.sapient.codec import Codec, Frames, Message
from outwork.watch.live.sapient.fusion import Event, Fusion, Outcome, Reply, What
from outwork.watch.live.sapient.streams import READ, Clock, Lost, cut


@dataclass(frozen=True)
class Bounds:
    """What one connection may cost."""

    connections: int = 400
    """At once, registered or not."""
    frame: float = 10.0
    """Seconds from the first byte of a message to its last."""
    silence: float = 60.0
    """Seconds without a byte."""
    unsent: int = 1 << 20
    """Bytes that wait because the other side does not read."""
    tick: float = 1.0
    """Seconds from one look at who is silent to the next."""


@dataclass
class Server:
    """Listens for nodes; `told` hears of everything that happens, and must not wait."""

    fusion: Fusion
    codec: Codec
    clock: Clock
    told: Callable[[Event], None]
    bounds: Bounds = field(default_factory=Bounds)
    address: tuple[str, int] = ("", 0)
    """Where it listens, once it does."""
    listening: asyncio.Event = field(default_factory=asyncio.Event)
    _writers: dict[int, asyncio.StreamWriter] = field(default_factory=dict)
    _number: count[int] = field(default_factory=lambda: count(1))

    async def run(self, host: str, port: int) -> None:
        """Listen until cancelled; port 0 is one that is free. OSError where the port is taken."""
        server = await asyncio.start_server(self._connected, host, port, limit=READ)
        found = server.sockets[0].getsockname()
        self.address = (found[0], found[1])
        self.listening.set()
        try:
            while True:
                await asyncio.sleep(self.bounds.tick)
                self._do(self.fusion.tick(self.clock.now()))
        finally:
            server.close()
            for writer in self._writers.values():
                writer.transport.abort()

    def send(self, whole: Message, requested_by: str, approved_by: str) -> None:
        """Send a Task that two persons stand behind. ValueError where `fusion.ask` will not have it."""
        self._send(self.fusion.ask(whole, requested_by, approved_by))

    def acknowledge(self, node: str, alert: str, person: str) -> None:
        """Send a person's acknowledgement of an alert. ValueError without a name."""
        self._send(self.fusion.acknowledged(node, alert, person, self.clock.now()))

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._writers) >= self.bounds.connections:
            writer.transport.abort()
            self.told(Event(What.FAULT, "", f"{self.bounds.connections} connections are open; one more is turned away"))
            return
        connection = next(self._number)
        self._writers[connection] = writer
        why = "was left"
        try:
            why = await self._read(connection, reader)
        finally:
            del self._writers[connection]
            writer.close()
            self._do(self.fusion.closed(connection, why))

    async def _read(self, connection: int, reader: asyncio.StreamReader) -> str:
        """Take what comes until the connection ends; return why it did."""
        frames, loop = self.codec.frames(), asyncio.get_running_loop()
        begun: float | None = None
        try:
            while piece := await asyncio.wait_for(reader.read(READ), self._patience(begun, loop.time())):
                whole = self._take(connection, frames, piece)
                begun = None if not frames.waiting else loop.time() if whole or begun is None else begun
        except Lost as lost:
            self._do(self.fusion.fault(connection, b"", (str(lost),), self.clock.now()))
            return str(lost)
        except TimeoutError:
            return "is too slow: a message took too long to come" if frames.waiting else "said nothing for too long"
        except OSError as error:
            return f"the connection broke ({error})"
        return "ended the connection" + (" in the middle of a message" if frames.waiting else "")

    def _patience(self, begun: float | None, now: float) -> float:
        """Return how long to wait for the next piece [s]; a message that has begun may not take longer for coming in drops."""
        return self.bounds.silence if begun is None else max(0.001, begun + self.bounds.frame - now)

    def _take(self, connection: int, frames: Frames, piece: bytes) -> int:
        """Take the packets that are whole; return how many they were."""
        taken = 0
        for packet in cut(frames, piece):
            taken += 1
            decoded, now = self.codec.decode(packet), self.clock.now()
            if decoded.message is None:
                self._do(self.fusion.fault(connection, packet, decoded.faults, now))
            else:
                self._do(self.fusion.take(connection, decoded.message, now))
        return taken

    def _do(self, outcome: Outcome) -> None:
        for event in outcome.events:
            self.told(event)
        for reply in outcome.replies:
            self._send(reply)
        for connection in outcome.ends:
            if connection in self._writers:
                self._writers[connection].close()

    def _send(self, reply: Reply) -> None:
        writer = self._writers.get(reply.connection)
        if writer is None or writer.is_closing():
            return
        writer.write(self.codec.encode(reply.message))
        if writer.transport.get_write_buffer_size() > self.bounds.unsent:
            writer.transport.abort()
            node = reply.message.get("destination_id", "")
            self.told(Event(What.FAULT, node, f"does not read: {self.bounds.unsent:,} bytes wait; the connection is ended"))
