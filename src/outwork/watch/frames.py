"""Where things are: WGS 84 (latitude, longitude, altitude) and flat local metres east, north and up of one origin.

Sources: NIMA TR8350.2 (2000), World Geodetic System 1984, for the ellipsoid and the earth-centred coordinates; Bowring
(1976), Transformation from spatial to geographical coordinates, Survey Review 23, for the way back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]

RADIUS: Final = 6_378_137.0
"""Half the equator's diameter [m]."""
FLATTENING: Final = 1.0 / 298.257223563
"""How much shorter the axis through the poles is [1]."""
ECCENTRICITY_2: Final = FLATTENING * (2.0 - FLATTENING)
POLAR_RADIUS: Final = RADIUS * (1.0 - FLATTENING)
POLE: Final = 90.0
"""Latitude [degree] of the pole."""
ROUNDS: Final = 4
"""Bowring's steps: two are exact to a micrometre near the ground; four are to rounding, from the core's edge to the moon."""


def earth_centred(latitude: Floats, longitude: Floats, altitude: Floats) -> Floats:
    """Return earth-centred, earth-fixed metres [n, 3] of degrees and metres above the ellipsoid [n].

    N = a / sqrt(1 - e2 sin2(lat));  x = (N + h) cos(lat) cos(lon);  y = (N + h) cos(lat) sin(lon);
    z = (N (1 - e2) + h) sin(lat)
    """
    phi, lam = np.radians(latitude), np.radians(longitude)
    normal = RADIUS / np.sqrt(1.0 - ECCENTRICITY_2 * np.sin(phi) ** 2)
    across = (normal + altitude) * np.cos(phi)
    return np.stack(
        [across * np.cos(lam), across * np.sin(lam), (normal * (1.0 - ECCENTRICITY_2) + altitude) * np.sin(phi)], axis=-1
    )


def geodetic(place: Floats) -> tuple[Floats, Floats, Floats]:
    """Return latitude, longitude [degree] and altitude [m] of earth-centred metres [n, 3].

    Bowring's iteration on the reduced latitude beta:  tan(lat) = (z + e'2 b sin3(beta)) / (p - e2 a cos3(beta)),
    tan(beta) = (1 - f) tan(lat);  then h = p cos(lat) + z sin(lat) - a sqrt(1 - e2 sin2(lat)), which holds at the poles too.
    """
    x, y, z = np.moveaxis(place, -1, 0)
    p = np.hypot(x, y)
    second = ECCENTRICITY_2 / (1.0 - ECCENTRICITY_2)
    beta = np.arctan2(z * RADIUS, p * POLAR_RADIUS)
    phi = beta
    for _ in range(ROUNDS):
        phi = np.arctan2(z + second * POLAR_RADIUS * np.sin(beta) ** 3, p - ECCENTRICITY_2 * RADIUS * np.cos(beta) ** 3)
        beta = np.arctan2((1.0 - FLATTENING) * np.sin(phi), np.cos(phi))
    altitude = p * np.cos(phi) + z * np.sin(phi) - RADIUS * np.sqrt(1.0 - ECCENTRICITY_2 * np.sin(phi) ** 2)
    return np.degrees(phi), np.degrees(np.arctan2(y, x)), altitude


def axes(latitude: Floats, longitude: Floats) -> Floats:
    """Return the directions east, north and up [n, 3 local, 3 earth-centred] at degrees [n]."""
    phi, lam = np.radians(latitude), np.radians(longitude)
    east = np.stack([-np.sin(lam), np.cos(lam), np.zeros_like(lam)], axis=-1)
    north = np.stack([-np.sin(phi) * np.cos(lam), -np.sin(phi) * np.sin(lam), np.cos(phi)], axis=-1)
    up = np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=-1)
    return np.stack([east, north, up], axis=-2)


@dataclass(frozen=True)
class Frame:
    """A flat frame of metres east, north and up of one origin, and seconds since one instant.

    Args: latitude, longitude [degree], altitude [m above the ellipsoid] of the origin; epoch, microseconds since
    1970-01-01 UTC at which its seconds are 0. The conversion is exact at any distance: the earth curves away below.
    """

    latitude: float
    longitude: float
    altitude: float = 0.0
    epoch: int = 0
    _origin: Floats = field(init=False, repr=False, compare=False)
    _axes: Floats = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse a place that is not on earth; work out the origin once."""
        if not (abs(self.latitude) <= POLE and abs(self.longitude) <= 4 * POLE and np.isfinite(self.altitude)):
            raise ValueError(
                f"frame: latitude {self.latitude}, longitude {self.longitude}, altitude {self.altitude} is no place; "
                "give degrees within -90..90 and -360..360, and metres"
            )
        here = np.asarray(self.latitude), np.asarray(self.longitude)
        object.__setattr__(self, "_origin", earth_centred(*here, np.asarray(self.altitude)))
        object.__setattr__(self, "_axes", axes(*here))

    def enu(self, latitude: Floats, longitude: Floats, altitude: Floats) -> Floats:
        """Return metres east, north and up of the origin [n, 3] of degrees and metres above the ellipsoid [n]."""
        place = earth_centred(*(np.asarray(each, dtype=float) for each in (latitude, longitude, altitude)))
        return np.asarray((place - self._origin) @ self._axes.T)

    def geodetic(self, place: Floats) -> tuple[Floats, Floats, Floats]:
        """Return latitude, longitude [degree] and altitude [m above the ellipsoid] of metres in this frame [n, 3]."""
        return geodetic(np.asarray(place, dtype=float) @ self._axes + self._origin)

    def turn(self, latitude: Floats, longitude: Floats) -> Floats:
        """Return the matrices [n, 3, 3] that turn east, north and up at degrees [n] into those of this frame."""
        there = axes(np.asarray(latitude, dtype=float), np.asarray(longitude, dtype=float))
        return np.asarray(self._axes @ np.swapaxes(there, -1, -2))

    def rotate(self, vector: Floats, latitude: Floats, longitude: Floats) -> Floats:
        """Return vectors [n, 3], given as east, north and up at degrees [n], as this frame sees them."""
        return np.asarray(np.einsum("...ij,...j->...i", self.turn(latitude, longitude), vector))

    def local(self, vector: Floats, latitude: Floats, longitude: Floats) -> Floats:
        """Return vectors of this frame [n, 3] as east, north and up at degrees [n]: the inverse of `rotate`."""
        return np.asarray(np.einsum("...ji,...j->...i", self.turn(latitude, longitude), vector))

    def seconds(self, instant: Ints) -> Floats:
        """Return seconds of this frame of microseconds since 1970-01-01 UTC."""
        return np.asarray((np.asarray(instant, dtype=np.int64) - self.epoch) / 1e6)

    def instant(self, seconds: Floats) -> Ints:
        """Return microseconds since 1970-01-01 UTC of seconds of this frame."""
        return np.asarray(np.rint(np.asarray(seconds) * 1e6), dtype=np.int64) + self.epoch
