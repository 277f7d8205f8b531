"""Where a message says that something is, in degrees and metres of WGS 84; or why that cannot be known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import acos, cos, degrees, hypot, radians, sin
from typing import Any, Final

from outwork.store.formats.sapient import utm
from outwork.store.formats.sapient.rules.places import EASTINGS, NORTHINGS

DEGREE: Final = 111_320.0
"""Metres that a degree of latitude spans."""
EARTH: Final = 6_371_000.0
"""Mean radius [m]."""
UNDULATION: Final = 30.0
"""How far the geoid lies from the ellipsoid, root mean square over the earth [m]."""
RADIANS: Final = "RAD"
"""What the name of a coordinate system holds whose angles are radians."""
KILOMETRES: Final = "_KM"
"""What the name of a coordinate system ends with whose ranges are kilometres."""


class Unplaced(ValueError):
    """A place cannot be known from what a message says; says why and what to do."""


@dataclass(frozen=True)
class Known:
    """What a person knows of nodes and they do not say; nodes are named by their node_id.

    `latitude_first`: nodes that send latitude in x and longitude in y, in degrees, whatever they call it. `north`: how far
    east of true north their north lies [degree]. `geoid`: height of the geoid above the ellipsoid where they look [m].
    """

    latitude_first: frozenset[str] = frozenset()
    north: Mapping[str, float] = field(default_factory=dict)
    geoid: float | None = None


@dataclass(frozen=True)
class Place:
    """A point: degrees, metres above the ellipsoid, errors of one standard deviation in metres; None is unknown."""

    latitude: float
    longitude: float
    altitude: float | None
    position_error: float | None
    altitude_error: float | None


def place(location: Mapping[str, Any], node: str, known: Known) -> Place:
    """Return the point that a Location of a node is. Unplaced where that cannot be known."""
    system, x, y = location["coordinate_system"], location["x"], location["y"]
    errors = location.get("x_error"), location.get("y_error")
    if node in known.latitude_first:
        latitude, longitude = _checked(x, y)
        metres = _metres(latitude, errors[1], errors[0], DEGREE)
    elif system.endswith("UTM_M"):
        latitude, longitude = _of_grid(x, y, location.get("utm_zone", ""))
        metres = errors
    else:
        unit = angle(system)
        latitude, longitude = _checked(y * unit, x * unit)
        metres = _metres(latitude, *errors, DEGREE * unit)
    altitude, altitude_error = _height(location, known)
    return Place(latitude, longitude, altitude, _mean(*metres), altitude_error)


def angle(system: str) -> float:
    """Return how many degrees an angle of one is in a coordinate system."""
    return degrees(1) if RADIANS in system else 1.0


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return how far two points (latitude, longitude) [degree] are from each other on a sphere [m]."""
    (a, b), (c, d) = (tuple(map(radians, each)) for each in (one, other))
    return EARTH * acos(max(-1.0, min(1.0, sin(a) * sin(c) + cos(a) * cos(c) * cos(b - d))))


def direction(seen: Mapping[str, Any], node: str, known: Known) -> dict[str, float | None]:
    """Return range [m], azimuth and elevation [degree] and their errors, named as the columns of `detections`.

    Unplaced where the node's north is not the true one and nobody knows where it lies.
    """
    system = seen["coordinate_system"]
    unit = angle(system)
    metres = 1000.0 if system.endswith(KILOMETRES) else 1.0
    azimuth = seen.get("azimuth")
    return {
        "slant_range": _scaled(seen.get("range"), metres),
        "azimuth": None if azimuth is None else (azimuth * unit + north(seen["datum"], node, known)) % 360,
        "elevation": _scaled(seen.get("elevation"), unit),
        "range_error": _scaled(seen.get("range_error"), metres) or None,
        "azimuth_error": _scaled(seen.get("azimuth_error"), unit) or None,
        "elevation_error": _scaled(seen.get("elevation_error"), unit) or None,
    }


def north(datum: str, node: str, known: Known) -> float:
    """Return how far east of true north the north of a node lies [degree]. Unplaced where nobody knows."""
    if datum.endswith("_TRUE"):
        return 0.0
    if node not in known.north:
        named = datum.rpartition("_")[2].lower()
        raise Unplaced(f"azimuths of node {node} are from {named} north; say how far east of true north that lies")
    return known.north[node]


def _checked(latitude: float, longitude: float) -> tuple[float, float]:
    if not (abs(latitude) <= 90 and abs(longitude) <= 360):  # noqa: PLR2004 (degrees of a quarter and of a full turn)
        raise Unplaced("x and y are no degrees of longitude and latitude")
    return latitude, (longitude + 180) % 360 - 180


def _of_grid(x: float, y: float, zone: str) -> tuple[float, float]:
    if not (EASTINGS[0] <= x <= EASTINGS[1] and NORTHINGS[0] <= y <= NORTHINGS[1]):
        if abs(x) <= 90 and abs(y) <= 360:  # noqa: PLR2004 (as above)
            raise Unplaced(
                "x and y look like degrees though coordinate_system says metres of UTM; "
                "if x is latitude and y longitude, name the node among those that send latitude first"
            )
        raise Unplaced("x and y lie outside every UTM zone")
    if not zone:
        raise Unplaced("utm_zone is missing, without which easting and northing name 60 places")
    return utm.geodetic(x, y, zone)


def _height(location: Mapping[str, Any], known: Known) -> tuple[float | None, float | None]:
    z, error = location.get("z"), location.get("z_error") or None
    if z is None or location["datum"].endswith("_E"):
        return z, error
    if known.geoid is not None:
        return z + known.geoid, error
    return z, hypot(error or 0.0, UNDULATION)


def _metres(latitude: float, along: float | None, across: float | None, unit: float) -> tuple[float | None, float | None]:
    return _scaled(along, unit * cos(radians(latitude))), _scaled(across, unit)


def _mean(*errors: float | None) -> float | None:
    """Return the error of each of two axes from those of both, as a root mean square."""
    told = [each for each in errors if each]
    return hypot(*told) / len(told) ** 0.5 if told else None


def _scaled(value: float | None, unit: float) -> float | None:
    return None if value is None else value * unit
