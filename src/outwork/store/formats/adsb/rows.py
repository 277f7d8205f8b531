"""ADS-B to rows of `detections`: each position is a self-report, with the velocity that the same aircraft last told."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from outwork.model.tables.watching import Detection
from outwork.store.formats import instants
from outwork.store.formats.adsb.cpr import Coded, Place, beside, between
from outwork.store.formats.adsb.frames import Identification, Position, Velocity, decoded
from outwork.store.formats.adsb.streams import AROUND, TICKS, Heard, frames
from outwork.store.formats.detected import (
    FEET_A_MINUTE,
    KNOT,
    PRESSURE_ERROR,
    SAYS_AIRCRAFT,
    SAYS_DRONE,
    SAYS_GROUND,
    Told,
    detection,
    key,
    told,
)

PAIRED: Final = timedelta(seconds=10)
"""Longest time between an even and an odd position of which the place follows."""
NEAR: Final = timedelta(seconds=60)
"""Longest time for which a place helps to resolve the next position."""
FASTEST: Final = 1000.0
"""No aircraft is faster [m/s]; a place that it would have to be faster for is none of its own."""
EARTH: Final = 6_371_000.0
"""Mean radius [m]."""
FRESH: Final = timedelta(seconds=5)
"""Longest time for which a velocity is told with a position."""
REMEMBERED: Final = 8192
"""Most aircraft that are remembered; whichever was heard longest ago is forgotten first."""
IN_THE_PLANE: Final = 2.45
"""How many standard deviations a bound of 95 % in the plane is (Rayleigh)."""
BOUNDS: Final[Mapping[int, float]] = {
    9: 3.0, 10: 10.0, 11: 92.6, 12: 185.2, 13: 463.0, 14: 926.0, 15: 1852.0, 16: 9260.0, 17: 18520.0, 20: 3.0, 21: 10.0,
}  # fmt: skip
"""95 % bound of a position by its type code [m]. Source: DO-260B, table N-4 (navigation uncertainty category)."""
UNKNOWN_BOUND: Final = 18520.0
"""The same where the type code says none [m]."""
UNMANNED: Final = "B6"
VEHICLES: Final = "C"


@dataclass
class _Aircraft:
    """What is remembered of an aircraft."""

    coded: dict[bool, tuple[datetime, Coded]] = field(default_factory=dict)
    place: tuple[datetime, Place] | None = None
    velocity: tuple[datetime, Velocity] | None = None
    category: str = ""


class Reader:
    """Takes frames in and remembers of each aircraft what the next of its frames needs."""

    def __init__(self, sensor: str = "adsb", begins: datetime | None = None) -> None:
        """Begin; `sensor` is the receiver's name in `sensors`.

        With `begins`, a receiver's own clock is believed, and its first tick was then; without, frames are of when they arrive.
        """
        self.sensor = sensor
        self._begins = begins
        self._first: int | None = None
        self._known: OrderedDict[str, _Aircraft] = OrderedDict()

    def take(self, content: bytes, arrived: datetime) -> Told:
        """Return what frames told, which stand as lines of AVR or in the binary form of Beast."""
        return told(row for heard in frames(content) for row in self._rows(heard, arrived))

    def _rows(self, heard: Heard | str, arrived: datetime) -> Iterator[Detection | str | None]:
        if isinstance(heard, str):
            yield heard
            return
        at = self._at(heard, arrived)
        message = decoded(heard.frame)
        if message is None or isinstance(message, str):
            yield message
            return
        aircraft = self._aircraft(message.address)
        if isinstance(message, Identification):
            aircraft.category = message.category
        elif isinstance(message, Velocity):
            aircraft.velocity = at, message
        else:
            yield self._row(message, aircraft, at, heard)

    def _at(self, heard: Heard, arrived: datetime) -> datetime:
        """Return when a frame was heard: as it tells, else by the receiver's ticks since its first, else when it arrived."""
        if heard.seconds is not None:
            return instants.EPOCH + timedelta(seconds=heard.seconds)
        if heard.ticks is None or self._begins is None:
            return arrived
        if self._first is None:
            self._first = heard.ticks
        return self._begins + timedelta(seconds=(heard.ticks - self._first) % AROUND / TICKS)

    def _aircraft(self, address: str) -> _Aircraft:
        aircraft = self._known.pop(address, None) or _Aircraft()
        self._known[address] = aircraft
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return aircraft

    def _row(self, message: Position, aircraft: _Aircraft, at: datetime, heard: Heard) -> Detection | str | None:
        place = _place(message, aircraft, at)
        if place is None:
            return None
        velocity = aircraft.velocity[1] if aircraft.velocity and abs(at - aircraft.velocity[0]) <= FRESH else None
        ground = velocity if velocity and velocity.kind == "ground" else None
        pressure = message.altitude is not None and message.above == "pressure"
        return detection(
            detection=key(self.sensor, at, heard.frame),
            sensor=self.sensor,
            at=at,
            latitude=place.latitude,
            longitude=place.longitude,
            altitude=message.altitude,
            altitude_error=PRESSURE_ERROR if pressure else None,
            position_error=BOUNDS.get(message.type_code, UNKNOWN_BOUND) / IN_THE_PLANE,
            speed=ground.speed * KNOT if ground and ground.speed is not None else None,
            heading=ground.heading if ground else None,
            climb=velocity.climb * FEET_A_MINUTE if velocity and velocity.climb is not None else None,
            strength=heard.strength,
            identity=message.address,
            **_likelihoods(aircraft.category),
        )


def _likelihoods(category: str) -> Mapping[str, float]:
    if category == UNMANNED:
        return SAYS_DRONE
    return SAYS_GROUND if category.startswith(VEHICLES) else SAYS_AIRCRAFT


def _place(message: Position, aircraft: _Aircraft, at: datetime) -> Place | None:
    """Return where an aircraft is: beside where it was a moment ago, else by an even and an odd position together."""
    coded = Coded(message.odd, message.latitude, message.longitude)
    aircraft.coded[coded.odd] = at, coded
    place = None
    if aircraft.place and abs(at - aircraft.place[0]) <= NEAR:
        place = beside(coded, aircraft.place[1])
        if place and not _reached(aircraft.place, (at, place)):
            place = aircraft.place = None
    other = aircraft.coded.get(not coded.odd)
    if place is None and other is not None and abs(at - other[0]) <= PAIRED:
        pair = {coded.odd: coded, other[1].odd: other[1]}
        place = between(pair[False], pair[True], coded)
    if place is not None:
        aircraft.place = at, place
    return place


def _reached(last: tuple[datetime, Place], now: tuple[datetime, Place]) -> bool:
    """Whether an aircraft can have flown from one place to the next in the time between, and a second more."""
    north = math.radians(now[1].latitude - last[1].latitude)
    turn = (now[1].longitude - last[1].longitude + 180) % 360 - 180
    east = math.radians(turn) * math.cos(math.radians(now[1].latitude))
    return EARTH * math.hypot(north, east) <= FASTEST * (abs((now[0] - last[0]).total_seconds()) + 1)
