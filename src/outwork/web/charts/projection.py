"""Lambert's conformal conic on a sphere, the projection of the base map, so that sites land where it draws their towns.

islands/build/projection.ts draws the map by the same formula and writes the parameters; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, log, pi, radians, sin, tan


@dataclass(frozen=True)
class Projection:
    """Snyder, Map Projections: A Working Manual (1987), equations 15-1 to 15-4, on a sphere of radius 1.

        n   = ln(cos p1 / cos p2) / ln(t(p2) / t(p1)),   t(p) = tan(pi/4 + p/2)
        f   = cos(p1) t(p1)^n / n
        rho = f / t(latitude)^n,   theta = n (longitude - meridian)
        x   = left + scale rho sin(theta),   y = top - scale (f - rho cos(theta))

    `parallels` p1, p2 and `meridian` [degree]; `scale` [map unit per radius]; `left`, `top` [map unit], y grows downwards.
    """

    parallels: tuple[float, float]
    meridian: float
    scale: float
    left: float
    top: float

    @property
    def narrowing(self) -> float:
        """The constant of the cone n [1]."""
        south, north = (radians(each) for each in self.parallels)
        return log(cos(south) / cos(north)) / log(_t(north) / _t(south))

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a point lies on the map [map unit]. Args: longitude, latitude [degree, WGS 84]."""
        n = self.narrowing
        south = radians(self.parallels[0])
        f = cos(south) * _t(south) ** n / n
        # The poles would be infinitely far; nothing is made closer to them than this.
        rho = f / _t(radians(min(max(latitude, -89.0), 89.0))) ** n
        theta = n * radians((longitude - self.meridian + 180.0) % 360.0 - 180.0)
        return self.left + self.scale * rho * sin(theta), self.top - self.scale * (f - rho * cos(theta))


def _t(latitude: float) -> float:
    return tan(pi / 4 + latitude / 2)
