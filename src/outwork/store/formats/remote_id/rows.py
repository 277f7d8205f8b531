"""Remote ID to rows of `detections`: each location is a self-report of whoever the same sender said that it is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from outwork.model.tables.watching import Detection
from outwork.store.formats import instants
from outwork.store.formats.detected import PRESSURE_ERROR, SAYS_DRONE, Told, detection, key, told
from outwork.store.formats.pcap import Packet
from outwork.store.formats.remote_id.carriers import Heard, heard
from outwork.store.formats.remote_id.messages import BasicId, Location, decoded

SERIAL: Final = 1
"""Kind of identity that is a serial number; it is kept before others that a sender tells too."""
REMEMBERED: Final = 4096
"""Most senders who are remembered; whoever was heard longest ago is forgotten first."""
OFF: Final = timedelta(seconds=60)
"""A clock that is farther off than this from the receiver's is not believed: a location is at most a second old when it is
sent, and a sender without a clock says 0."""
STANDS: Final = timedelta(seconds=3)
"""A clock that tells the same for longer than this stands: a location is renewed every second."""
BOUND: Final = 1.96
"""How many standard deviations a bound of 95 % is."""
IN_THE_PLANE: Final = 2.45
"""The same for a distance in the plane, where both of its parts count (Rayleigh)."""


@dataclass
class _Sender:
    """What is remembered of a sender: who it says that it is, and since when its clock tells what it tells."""

    basic: BasicId | None = None
    seconds: float | None = None
    since: datetime = instants.EPOCH


class Reader:
    """Takes announcements in and remembers who each sender is, since identity and location may come apart."""

    def __init__(self, sensor: str = "remote-id") -> None:
        """Begin; `sensor` is the receiver's name in `sensors`."""
        self.sensor = sensor
        self._known: OrderedDict[str, _Sender] = OrderedDict()

    def take(self, content: bytes, arrived: datetime) -> Told:
        """Return what one message or pack told that came without its link layer, as from a receiver's own feed."""
        return self.hear(Heard("", 0, content), arrived)

    def packet(self, packet: Packet) -> Told:
        """Return what a captured packet told."""
        return told(row for each in heard(packet) for row in ([each] if isinstance(each, str) else self._rows(each, packet.at)))

    def hear(self, heard: Heard, arrived: datetime) -> Told:
        """Return what one message or pack told, whose sender is known."""
        return told(self._rows(heard, arrived))

    def _rows(self, heard: Heard, arrived: datetime) -> Iterator[Detection | str | None]:
        sender = self._sender(heard.sender)
        messages = list(decoded(heard.content))
        for message in messages:
            if isinstance(message, BasicId) and not (sender.basic and sender.basic.id_type == SERIAL != message.id_type):
                sender.basic = message
        for message in messages:
            if isinstance(message, str):
                yield message
            elif isinstance(message, Location):
                yield self._row(heard, sender, message, arrived)

    def _sender(self, address: str) -> _Sender:
        sender = self._known.pop(address, None) or _Sender()
        self._known[address] = sender
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return sender

    def _row(self, heard: Heard, sender: _Sender, told: Location, arrived: datetime) -> Detection | str:
        if told.latitude is None or told.longitude is None:
            return "a location of Remote ID tells no position; left out"
        at = _instant(sender, told.seconds, arrived)
        altitude, error = _altitude(told)
        return detection(
            detection=key(self.sensor, at, f"{heard.sender}\0{told}".encode()),
            sensor=self.sensor,
            at=at,
            latitude=told.latitude,
            longitude=told.longitude,
            altitude=altitude,
            speed=told.speed,
            heading=told.heading,
            climb=told.climb,
            position_error=told.horizontal / IN_THE_PLANE if told.horizontal else None,
            altitude_error=error,
            identity=sender.basic.identity if sender.basic else "",
            **SAYS_DRONE,
        )


def _instant(sender: _Sender, seconds: float | None, arrived: datetime) -> datetime:
    """Return when a location was true: as the sender's clock says where that is sound, else as it arrived."""
    if seconds is None or seconds > instants.HOUR:
        return arrived
    if seconds != sender.seconds:
        sender.seconds, sender.since = seconds, arrived
    at = instants.resolved(seconds, instants.HOUR, arrived)
    return arrived if abs(at - arrived) > OFF or arrived - sender.since > STANDS else at


def _altitude(told: Location) -> tuple[float | None, float | None]:
    """Return altitude and its error [m]: above the ellipsoid where that is told, else by pressure."""
    if told.geodetic is not None:
        return told.geodetic, told.vertical / BOUND if told.vertical else None
    return told.pressure, None if told.pressure is None else PRESSURE_ERROR
