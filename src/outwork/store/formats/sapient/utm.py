"""From the Universal Transverse Mercator grid to latitude and longitude.

Source: L. Kruger, Konforme Abbildung des Erdellipsoids in der Ebene, 1912; the series in the third flattening n to its fourth
power as in C. F. F. Karney, Transverse Mercator with an accuracy of a few nanometers, J. Geodesy 85, 2011, equations 36 and 7:
    xi' = xi - sum_j beta_j sin(2 j xi) cosh(2 j eta),   eta' = eta - sum_j beta_j cos(2 j xi) sinh(2 j eta)
Within a zone the remainder is far below a millimetre.
"""

from __future__ import annotations

from math import atan, atan2, atanh, cos, cosh, degrees, hypot, sin, sinh, sqrt
from typing import Final

SEMI_MAJOR: Final = 6_378_137.0
"""Metres, WGS 84."""
FLATTENING: Final = 1 / 298.257223563
N: Final = FLATTENING / (2 - FLATTENING)
ECCENTRICITY: Final = sqrt(FLATTENING * (2 - FLATTENING))
SCALE: Final = 0.9996
RECTIFYING: Final = SEMI_MAJOR / (1 + N) * (1 + N**2 / 4 + N**4 / 64)
"""Radius of the circle that is as long as a meridian [m]."""
BETA: Final = (
    N / 2 - 2 * N**2 / 3 + 37 * N**3 / 96 - N**4 / 360,
    N**2 / 48 + N**3 / 15 - 437 * N**4 / 1440,
    17 * N**3 / 480 - 37 * N**4 / 840,
    4397 * N**4 / 161_280,
)
FALSE_EASTING: Final = 500_000.0
FALSE_NORTHING: Final = 10_000_000.0
"""Metres; the latter south of the equator."""
SOUTHERN: Final = "CDEFGHJKLM"
"""Bands of latitude south of the equator."""
BAND_S: Final = (3_500_000.0, 4_500_000.0)
"""Metres north of the equator, roughly: what the band S (32 to 40 degrees north) spans."""
STEPS: Final = 3
"""Of Newton's method; two reach the last digit of a double."""


def geodetic(easting: float, northing: float, zone: str) -> tuple[float, float]:
    """Return latitude and longitude [degree, WGS 84] of a point [m] in a zone such as 30U."""
    xi = (northing - (FALSE_NORTHING if _southern(northing, zone[-1]) else 0.0)) / (SCALE * RECTIFYING)
    eta = (easting - FALSE_EASTING) / (SCALE * RECTIFYING)
    terms = tuple(enumerate(BETA, 1))
    across = xi - sum(beta * sin(2 * j * xi) * cosh(2 * j * eta) for j, beta in terms)
    along = eta - sum(beta * cos(2 * j * xi) * sinh(2 * j * eta) for j, beta in terms)
    conformal = sin(across) / hypot(sinh(along), cos(across))
    longitude = degrees(atan2(sinh(along), cos(across))) + central_meridian(zone)
    return degrees(atan(_latitude_tangent(conformal))), (longitude + 180) % 360 - 180


def central_meridian(zone: str) -> float:
    """Return the longitude of the middle of a zone [degree]."""
    return int(zone[:-1]) * 6.0 - 183.0


def _southern(northing: float, band: str) -> bool:
    """Whether a point lies south of the equator. S is a band of the north, but some write it for the whole south."""
    return band in SOUTHERN or (band == "S" and not BAND_S[0] <= northing <= BAND_S[1])


def _latitude_tangent(conformal: float) -> float:
    """Return tan(latitude) from tan(conformal latitude), by Newton's method (Karney 2011, equations 19 to 21)."""
    tau = conformal
    for _ in range(STEPS):
        secant = hypot(1, tau)
        sigma = sinh(ECCENTRICITY * atanh(ECCENTRICITY * tau / secant))
        found = tau * hypot(1, sigma) - sigma * secant
        slope = (1 + (1 - ECCENTRICITY**2) * tau**2) / ((1 - ECCENTRICITY**2) * secant)
        tau += (conformal - found) / hypot(1, found) * slope
    return tau
