"""Places: whether numbers fit their units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite, pi
from typing import Any, Final

from outwork.store.formats.sapient.finding import Finding, caution, fault

DEG_M: Final = 1
RAD_M: Final = 2
UTM_M: Final = 5
TURN: Final[Mapping[int, float]] = {DEG_M: 360.0, RAD_M: 2 * pi}
"""A full turn in the angles of a coordinate system of locations."""
BEARING_TURN: Final[Mapping[int, float]] = {1: 360.0, 2: 2 * pi, 3: 360.0, 4: 2 * pi}
"""A full turn in the angles of a coordinate system of bearings."""
EASTINGS: Final = (100_000.0, 900_000.0)
"""Metres: what a zone of six degrees spans, with room for its neighbours."""
NORTHINGS: Final = (0.0, 10_000_000.0)
"""Metres, with the false northing of the southern hemisphere."""
SLACK: Final = 1e-9
"""Of a turn: an angle that was rounded."""


def degrees(place: Any, path: str) -> Iterator[Finding]:
    """Longitude (x) lies within half a turn, latitude (y) within a quarter.  -T/2 <= x <= T,  -T/4 <= y <= T/4."""
    turn = TURN.get(place.coordinate_system)
    if turn is None or not (isfinite(place.x) and isfinite(place.y)):
        return
    if abs(place.y) > turn * (0.25 + SLACK):
        hint = "; is latitude in x and longitude in y?" if abs(place.x) <= turn / 4 else ""
        yield fault(f"{path}.y", f"is {place.y:g}, no latitude in the units of coordinate_system{hint}")
    if not -turn * (0.5 + SLACK) <= place.x <= turn * (1 + SLACK):
        yield fault(f"{path}.x", f"is {place.x:g}, no longitude in the units of coordinate_system")


def metres(place: Any, path: str) -> Iterator[Finding]:
    """Easting and northing lie on the grid, whose zone is told."""
    if place.coordinate_system != UTM_M:
        return
    on_grid = EASTINGS[0] <= place.x <= EASTINGS[1] and NORTHINGS[0] <= place.y <= NORTHINGS[1]
    if not on_grid and abs(place.x) <= TURN[DEG_M] and abs(place.y) <= TURN[DEG_M]:
        yield caution(path, f"has x {place.x:g} and y {place.y:g}, which look like degrees and not like metres of UTM")
    elif not on_grid:
        yield caution(path, f"has x {place.x:g} and y {place.y:g}, which lie outside every UTM zone")
    if not place.utm_zone:
        yield caution(f"{path}.utm_zone", "is missing: without it easting and northing name 60 places")


def one_system(area: Any, path: str) -> Iterator[Finding]:
    """The corners of an area are told alike."""
    told = {(each.coordinate_system, each.datum) for each in area.locations}
    if len(told) > 1:
        yield caution(f"{path}.locations", "mixes coordinate systems or datums")


def some_direction(seen: Any, path: str) -> Iterator[Finding]:
    """A place seen from a node has a direction or a range."""
    if not any(seen.HasField(name) for name in ("azimuth", "elevation", "range")):
        yield fault(path, "has none of azimuth, elevation, range")


def angles(seen: Any, path: str) -> Iterator[Finding]:
    """Azimuth lies within a turn either way, elevation within a quarter.  -T <= azimuth <= T,  -T/4 <= elevation <= T/4."""
    turn = BEARING_TURN.get(seen.coordinate_system)
    if turn is None:
        return
    for name, most in (("azimuth", turn), ("elevation", turn / 4)):
        value = getattr(seen, name)
        if isfinite(value) and abs(value) > most + turn * SLACK:
            yield fault(f"{path}.{name}", f"is {value:g}; in the units of coordinate_system it lies within {most:g}")
