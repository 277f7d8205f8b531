"""What the formats of sensors answer with: rows of `detections` and `sensors`, and whatever could not be read."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol, TypeVar

import polars as pl
from pydantic import ValidationError

from outwork.model.frames import from_rows
from outwork.model.table import FIRST_INSTANT, LAST_INSTANT, Row, table
from outwork.model.tables.watching import Detection, Sensor

NAUTICAL_MILE: Final = 1852.0
"""Metres."""
KNOT: Final = 1852.0 / 3600
"""Metres a second."""
FOOT: Final = 0.3048
"""Metres."""
FLIGHT_LEVEL: Final = 100 * FOOT
"""Metres."""
FEET_A_MINUTE: Final = FOOT / 60
"""Metres a second."""
PRESSURE_ERROR: Final = 200.0
"""How far an altitude by the standard atmosphere lies from one above the ellipsoid, one standard deviation [m]: about 8 m for
each hPa by which the day differs from 1013.25 hPa, and some 50 m of geoid."""
SAYS_DRONE: Final = {"drone": 1.0, "aircraft": 0.01, "bird": 0.001, "ground": 0.01}
"""Likelihoods of a report that says that it is of a drone. How rarely others say so was judged, not measured."""
SAYS_AIRCRAFT: Final = {"drone": 0.01, "aircraft": 1.0, "bird": 0.001, "ground": 0.01}
"""The same of a report that says that it is of an aircraft with people."""
SAYS_GROUND: Final = {"drone": 0.01, "aircraft": 0.01, "bird": 0.001, "ground": 1.0}
"""The same of a report that says that it is of a vehicle or ship."""

REPEATED: Final = "told more than once; each is taken once"

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Told:
    """What some bytes told: detections in their order, sensors that told of themselves, and faults in words."""

    detections: tuple[Detection, ...] = ()
    sensors: tuple[Sensor, ...] = ()
    faults: tuple[str, ...] = ()


class Reader(Protocol):
    """Takes the messages of one feed in, one after another, and remembers what later ones need of earlier ones."""

    def take(self, content: bytes, arrived: datetime) -> Told:
        """Return what a message told. It never raises, whatever the bytes are."""
        ...


@dataclass(frozen=True, eq=False)
class Feed:
    """What a whole file told, as tables, each fault once with how often it came."""

    detections: pl.DataFrame
    sensors: pl.DataFrame
    faults: tuple[str, ...] = ()


def key(sensor: str, at: datetime, content: bytes) -> str:
    """Return a name for a detection that the same bytes always get, so that a duplicate is known as one.

    It tells nothing of who was detected, so that a detection whose identity is taken away keeps its name.
    """
    stamp = f"{sensor}\0{at.isoformat()}\0".encode()
    return f"{sensor}/{hashlib.blake2s(stamp + content, digest_size=8).hexdigest()}"


def detection(**columns: Any) -> Detection | str:
    """Return a row of `detections`, or why what was told can be none."""
    return _made(Detection, columns)


def sensor(**columns: Any) -> Sensor | str:
    """Return a row of `sensors`, or why what was told can be none."""
    return _made(Sensor, columns)


def told(rows: Iterable[Detection | Sensor | str | None]) -> Told:
    """Return rows and faults, sorted into their kinds."""
    found = [row for row in rows if row is not None]
    return Told(
        tuple(row for row in found if isinstance(row, Detection)),
        tuple(row for row in found if isinstance(row, Sensor)),
        tuple(row for row in found if isinstance(row, str)),
    )


def feed(messages: Iterable[Told]) -> Feed:
    """Return all that was told as tables. A detection or sensor told twice stands once; how often that was is a fault told."""
    detections: dict[str, Detection] = {}
    sensors: dict[str, Sensor] = {}
    faults: Counter[str] = Counter()
    for message in messages:
        for row in message.detections:
            faults[REPEATED] += row.detection in detections
            detections.setdefault(row.detection, row)
        sensors |= {row.sensor: row for row in message.sensors}
        faults.update(message.faults)
    return Feed(
        from_rows(table(Detection), detections.values()),
        from_rows(table(Sensor), sensors.values()),
        tuple(f"{count:,} x {fault}" for fault, count in faults.items() if count),
    )


def _made(row: type[R], columns: dict[str, Any]) -> R | str:
    try:
        found = row(**columns)
    except ValidationError as error:
        first = error.errors()[0]
        column = ".".join(str(part) for part in first["loc"])
        return f"{column} {first['input']!r:.40} is none: {first['msg']}"
    at = columns.get("at")
    if isinstance(at, datetime) and not FIRST_INSTANT <= at <= LAST_INSTANT:
        return f"at {at.isoformat()} lies beyond the times that Outwork keeps"
    return found
