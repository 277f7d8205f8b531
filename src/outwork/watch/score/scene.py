"""What there is at one time, be it the truth or what a picture shows of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from outwork.watch.frames import Floats, Ints


@dataclass(frozen=True, eq=False)
class Scene:
    """Numbered states at one time.

    time [s]; ids [n]; state [n, 6] as x, y, z [m], vx, vy, vz [m/s]; covariance [n, 6, 6], zero where a state is exact.
    """

    time: float
    ids: Ints
    state: Floats
    covariance: Floats

    @classmethod
    def exact(cls, time: float, ids: Ints, state: Floats) -> Self:
        """Return a scene whose states have no error, as those of a scenario."""
        return cls(time, ids, state, np.zeros((len(ids), 6, 6)))
