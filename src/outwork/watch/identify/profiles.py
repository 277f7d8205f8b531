"""How each class of thing moves: how likely a speed, a height and a sideways pull are, were it a drone, aircraft, bird or so.

Each class takes a number evenly from its range; an estimate has a normal error of its own, s, so that the density of the
estimate x, were the thing of a class with the range a to b, is (the even density convolved with the normal one)

    p(x) = [ Phi((b - x) / s) - Phi((a - x) / s) ] / (b - a)

and a share OUTLIER of every class may lie anywhere in the span of all classes, so that no single number excludes a class.

The ranges are assumptions that a person may replace. Birds: T. Alerstam et al., Flight speeds among bird species, PLoS
Biology 5(8) e197, 2007 (8 to 23 m/s in steady flight, less when they climb or hunt). Drones: Regulation (EU) 2019/947,
open category, flies to 120 m above ground and 19 m/s; others fly faster and higher, and the range takes them in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import ndtr

from outwork.watch.frames import Floats

CLASSES: Final = ("drone", "aircraft", "bird", "ground")
"""In the order of the columns of `detections` and `tracks`, and of every array over classes."""
OUTLIER: Final = 0.02
"""Share of a class that does not keep to its range [1]."""

Range = tuple[float, float]


@dataclass(frozen=True)
class Profile:
    """Ranges of one quantity in one unit, for every class in the order of CLASSES."""

    ranges: tuple[Range, Range, Range, Range]

    def likelihood(self, estimate: Floats, error: Floats) -> Floats:
        """Return the density [n, class] of estimates [n] with errors [n], one sigma; 1 for all where either is not a number."""
        low, high = np.array(self.ranges).T
        x, s = estimate[:, None], np.maximum(error, 1e-6)[:, None]
        kept = (ndtr((high - x) / s) - ndtr((low - x) / s)) / (high - low)
        span = high.max() - low.min()
        known = np.isfinite(estimate) & np.isfinite(error)
        return np.asarray(np.where(known[:, None], (1 - OUTLIER) * kept + OUTLIER / span, 1.0))


PROFILES: Final[Mapping[str, Profile]] = {
    "speed": Profile(((0.0, 50.0), (25.0, 300.0), (3.0, 25.0), (0.0, 45.0))),
    "height": Profile(((0.0, 600.0), (50.0, 13_000.0), (0.0, 600.0), (-10.0, 10.0))),
    "pull": Profile(((0.0, 8.0), (0.0, 5.0), (0.0, 10.0), (0.0, 5.0))),
}
"""Speed over ground [m/s], height above ground [m], and acceleration over ground [m/s2]."""
