"""Compact position reporting (CPR): seventeen bits each of latitude and longitude, told within zones.

A position in the air says where in a zone of 6 degrees of latitude it lies, and, if it is odd, in one of 360/59. Of an even
and an odd one, close in time, the zone follows; so it does of one alone that is near a known place.
Source: RTCA DO-260B, appendix A, section 1.7.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

ZONES: Final = 15
"""Zones of latitude between the equator and a pole (NZ)."""
STEPS: Final = 1 << 17
"""Steps in a zone."""
POLE: Final = 87.0
"""Latitude from which on there is one zone of longitude [degree]."""


class Place(NamedTuple):
    """WGS 84 [degree]."""

    latitude: float
    longitude: float


class Coded(NamedTuple):
    """A position as it was sent [steps]."""

    odd: bool
    latitude: int
    longitude: int


def zones(latitude: float) -> int:
    """Return how many zones of longitude a latitude has (NL).

    NL = floor(2 pi / arccos(1 - (1 - cos(pi / 2 NZ)) / cos2(latitude)))
    """
    if abs(latitude) > POLE:
        return 1
    if abs(latitude) == POLE:
        return 2
    share = (1 - math.cos(math.pi / (2 * ZONES))) / math.cos(math.radians(latitude)) ** 2
    return math.floor(2 * math.pi / math.acos(1 - share))


def between(even: Coded, odd: Coded, newest: Coded) -> Place | None:
    """Return the place of the newest of two positions; None where they lie in bands with unlike numbers of zones."""
    y0, y1 = even.latitude / STEPS, odd.latitude / STEPS
    band = math.floor(59 * y0 - 60 * y1 + 0.5)
    south = _latitude(360 / 60 * (band % 60 + y0))
    north = _latitude(360 / 59 * (band % 59 + y1))
    count = zones(south)
    if count != zones(north) or max(abs(south), abs(north)) > 90:  # noqa: PLR2004  # the poles
        return None
    x0, x1 = even.longitude / STEPS, odd.longitude / STEPS
    strip = math.floor(x0 * (count - 1) - x1 * count + 0.5)
    wide = max(count - newest.odd, 1)
    longitude = 360 / wide * (strip % wide + newest.longitude / STEPS)
    return Place(north if newest.odd else south, _longitude(longitude))


def beside(coded: Coded, known: Place) -> Place | None:
    """Return the place of a position that lies within half a zone, some 180 nautical miles, of a known place."""
    tall = 360 / (59 if coded.odd else 60)
    y = coded.latitude / STEPS
    latitude = tall * (math.floor(known.latitude / tall - y + 0.5) + y)
    if abs(latitude) > 90:  # noqa: PLR2004  # the poles
        return None
    wide = 360 / max(zones(latitude) - coded.odd, 1)
    x = coded.longitude / STEPS
    longitude = wide * (math.floor(known.longitude / wide - x + 0.5) + x)
    return Place(latitude, _longitude(longitude))


def _latitude(degrees: float) -> float:
    """Return a latitude that counts from the equator up all round as one between the poles."""
    return degrees - 360 if degrees >= 270 else degrees  # noqa: PLR2004  # three quarters round


def _longitude(degrees: float) -> float:
    return (degrees + 180) % 360 - 180
