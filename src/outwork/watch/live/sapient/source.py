"""A fusion node as a source of detections: whoever registers is heard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from outwork.model.tables.watching import Detection, Sensor
from outwork.watch.live.heard import Deliver, Heard
from outwork.watch.live.sapient.codec import Codec, Message
from outwork.watch.live.sapient.fusion import Event, Fusion, Limits, What
from outwork.watch.live.sapient.server import Bounds, Server
from outwork.watch.live.sapient.streams import Clock

TROUBLES: Final = frozenset({What.FAULT, What.REFUSED, What.LEFT})


class Told(Protocol):
    """What a message told."""

    @property
    def detections(self) -> Sequence[Detection]:
        """What was detected."""
        ...

    @property
    def sensors(self) -> Sequence[Sensor]:
        """Sensors that told of themselves."""
        ...

    @property
    def faults(self) -> Sequence[str]:
        """What could not be used, in words."""
        ...


@dataclass
class Nodes:
    """Listens for SAPIENT nodes.

    Args: node, our own node_id; read, makes rows of a valid message; joined, hears of sensors as they come and change;
    events, hears of everything that happens. None of them may wait.
    """

    name: str
    host: str
    port: int
    node: str
    codec: Codec
    clock: Clock
    read: Callable[[Message], Told]
    joined: Callable[[Sequence[Sensor]], None] = lambda _: None
    events: Callable[[Event], None] = lambda _: None
    limits: Limits = field(default_factory=Limits)
    bounds: Bounds = field(default_factory=Bounds)
    server: Server | None = None
    """What listens, while it does; through it a person's task or acknowledgement goes out."""

    async def run(self, deliver: Deliver) -> None:
        """Listen until cancelled. OSError where the port is taken."""

        def told(event: Event) -> None:
            self.events(event)
            self._told(event, deliver)

        self.server = Server(Fusion(self.node, self.limits), self.codec, self.clock, told, self.bounds)
        try:
            await self.server.run(self.host, self.port)
        finally:
            self.server = None

    def _told(self, event: Event, deliver: Deliver) -> None:
        now = self.clock.now()
        if event.message is not None:
            found = self.read(event.message)
            if found.sensors:
                self.joined(found.sensors)
            if found.detections or found.faults:
                deliver(Heard(now, found.detections, found.faults))
        elif event.what in TROUBLES:
            deliver(Heard(now, faults=(f"node {event.node or 'that has not registered'}: {event.why}",)))
