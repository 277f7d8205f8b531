"""ASTERIX records to rows: reports of 048 and tracks of 062 to `detections`, places that 034 tells to `sensors`.

Distances of the standard in nautical miles, feet and flight levels become metres here. A sensor is called by its area and
identification code, such as `25-201`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from outwork.model.tables.watching import Detection, Sensor
from outwork.store.formats import instants
from outwork.store.formats.asterix.decode import Misread, Record, decoded
from outwork.store.formats.detected import (
    FEET_A_MINUTE,
    FLIGHT_LEVEL,
    FOOT,
    NAUTICAL_MILE,
    PRESSURE_ERROR,
    Told,
    detection,
    key,
    sensor,
    told,
)

RANGE_ERROR: Final = 70.0
"""Random error of a secondary radar's ranges [m]. Source: EUROCONTROL SUR.ET1.ST01.1000-STD-01-01, section 6.2."""
AZIMUTH_ERROR: Final = 0.08
"""The same of its azimuths [degree]."""
RANGE_MOST: Final = 256 * NAUTICAL_MILE
"""Farthest range that a target report can carry [m]."""
TRACK_ERROR: Final = 150.0
"""Error of a system track's position, where it does not tell [m]."""
NO_TARGET: Final = {
    ("020", "SIM"): "is of a simulated target", ("020", "TST"): "is of a test target", ("020", "RAB"): "is of a field monitor",
    ("170", "GHO"): "is of a ghost", ("080", "SIM"): "is of a simulated target",
}  # fmt: skip
"""Reports that are of nothing that flies."""


class Reader:
    """Takes data blocks in and resolves times of day: by when a message came, or by the day on which a recording begins."""

    def __init__(self, day: date | None = None) -> None:
        """Begin. With a `day`, the clock of whoever took the messages in is not asked; the first of them is of that day."""
        self._near = None if day is None else instants.midday(day)

    def take(self, content: bytes, arrived: datetime) -> Told:
        """Return what the blocks of a message told."""
        return told(self._rows(content, arrived))

    def _rows(self, content: bytes, arrived: datetime) -> Iterator[Detection | Sensor | str | None]:
        for record in decoded(content):
            if isinstance(record, Misread):
                yield record.why
                continue
            at = self._at(record, arrived)
            if record.category == 34:  # noqa: PLR2004  # the category's number
                yield _station(record)
            elif isinstance(at, str):
                yield at
            elif (why := _nothing(record)) is not None:
                yield why
            else:
                yield _report(record, at) if record.category == 48 else _track(record, at)  # noqa: PLR2004

    def _at(self, record: Record, arrived: datetime) -> datetime | str:
        """Return when a record was true, or why that cannot be told."""
        item = {34: "030", 48: "140", 62: "070"}[record.category]
        seconds = record.number(item, "TOD")
        if seconds is None or seconds >= instants.DAY:
            return f"a record of category {record.category:03d} has no time of day (item {item})"
        at = instants.resolved(seconds, instants.DAY, self._near or arrived)
        if self._near is not None:
            self._near = at
        return at


def _name(record: Record) -> str:
    return f"{record.get('010', 'SAC') or 0}-{record.get('010', 'SIC') or 0}"


def _nothing(record: Record) -> str | None:
    """Return why a record is of nothing that was detected; None where it is."""
    if record.category == 48 and record.get("020", "TYP") == 0:  # noqa: PLR2004
        return "a report of category 048 is extrapolated: the radar did not detect the target; left out"
    for (item, name), why in NO_TARGET.items():
        if record.get(item, name):
            return f"a report of category {record.category:03d} {why}; left out"
    return None


def _report(record: Record, at: datetime) -> Detection | str:
    """Return what one radar said of one target."""
    distance, azimuth = record.number("040", "RHO"), record.number("040", "THETA")
    if distance is None or azimuth is None:
        return "a report of category 048 has no measured position (item 040); left out"
    altitude, error = _height(record)
    return detection(
        detection=key(_name(record), at, record.content),
        sensor=_name(record),
        at=at,
        slant_range=distance * NAUTICAL_MILE,
        azimuth=azimuth,
        altitude=altitude,
        altitude_error=error,
        strength=_first(record, ("130", "PAM", "PAM"), ("130", "SAM", "SAM")),
        identity=str(record.get("220", "ADR") or record.get("240", "IDENT") or ""),
    )


def _height(record: Record) -> tuple[float | None, float | None]:
    """Return height and its error [m]: as the radar measured it, else as the transponder told it, where that is sound."""
    if (height := record.number("110", "H")) is not None:
        return height * FOOT, None
    level = record.number("090", "FL")
    if level is None or record.get("090", "V") or record.get("090", "G"):
        return None, None
    return level * FLIGHT_LEVEL, PRESSURE_ERROR


def _track(record: Record, at: datetime) -> Detection | str:
    """Return a system track as a self-report."""
    latitude, longitude = record.number("105", "LAT"), record.number("105", "LON")
    if latitude is None or longitude is None:
        return "a track of category 062 has no position in WGS 84 (item 105); left out"
    east, north = record.number("185", "VX"), record.number("185", "VY")
    moves = east is not None and north is not None and math.hypot(east, north) > 0
    climb = record.number("220", "CLIMB")
    altitude, error = _altitude(record)
    return detection(
        detection=key(_name(record), at, record.content),
        sensor=_name(record),
        at=at,
        latitude=latitude,
        longitude=longitude,
        altitude=altitude,
        altitude_error=error,
        position_error=_spread(record) or TRACK_ERROR,
        speed=None if east is None or north is None else math.hypot(east, north),
        heading=math.degrees(math.atan2(east or 0.0, north or 0.0)) % 360 if moves else None,
        climb=None if climb is None else climb * FEET_A_MINUTE,
        identity=str(_said(record)),
    )


def _said(record: Record) -> object:
    """Return how the target calls itself: by its address, else by its call sign."""
    for path in (("380", "ADR", "ADR"), ("245", "IDENT"), ("380", "ID", "ID")):
        if value := record.get(*path):
            return value
    return ""


def _altitude(record: Record) -> tuple[float | None, float | None]:
    """Return altitude and its error [m]: geometric if told, else by pressure."""
    if (geometric := record.number("130", "ALT")) is not None:
        error = record.number("500", "AGA", "AGA")
        return geometric * FOOT, error * FOOT if error else None
    level = _first(record, ("136", "FL"), ("135", "FL"))
    return (None, None) if level is None else (level * FLIGHT_LEVEL, PRESSURE_ERROR)


def _spread(record: Record) -> float | None:
    """Return the error of a track's position, east and north each [m], where the track tells."""
    east, north = record.number("500", "APC", "X"), record.number("500", "APC", "Y")
    return None if east is None or north is None else math.sqrt((east**2 + north**2) / 2) or None


def _station(record: Record) -> Sensor | None:
    """Return the radar that told where it stands; None where it did not."""
    latitude, longitude = record.number("120", "LAT"), record.number("120", "LON")
    if latitude is None or longitude is None:
        return None
    found = sensor(
        sensor=_name(record),
        kind="radar_2d",
        latitude=latitude,
        longitude=longitude,
        altitude=record.number("120", "HGT") or 0.0,
        range_most=RANGE_MOST,
        range_error=RANGE_ERROR,
        azimuth_error=AZIMUTH_ERROR,
        period=record.number("041", "PERIOD") or 1.0,
    )
    return found if isinstance(found, Sensor) else None


def _first(record: Record, *paths: tuple[str, ...]) -> float | None:
    """Return the first of several values that is told."""
    return next((value for path in paths if (value := record.number(*path)) is not None), None)
