"""Live NEES: whether the covariances are honest now, where a target itself reports where it is (Remote ID, ADS-B, AIS).

A report that the track has not yet taken is a truth with a small error of its own, R. Its distance e from the track's
position, whose covariance is P, gives e' (P + R)^-1 e. The newest count most: the n-th newest weighs w^n, and

    mean = sum(w^n nees_n) / sum(w^n),    worth as many independent samples as   (sum w^n)^2 / sum(w^2n)

(L. Kish: Survey Sampling, 1965). A report that was taken into the track before is no truth to it: e and P would be
correlated, and the NEES too small. Compare first, then take.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from outwork.watch.frames import Floats
from outwork.watch.score.nees import LEVEL, Band, Honesty, band, nees


@dataclass(frozen=True)
class Running:
    """A running mean of NEES with fading memory, for one sensor, one track or a whole picture."""

    dimension: int = 3
    """Numbers in an error."""
    memory: float = 0.98
    """What a sample weighs after the next one has come [1]; 0.98 is worth the last 100 samples."""
    total: float = 0.0
    weight: float = 0.0
    squares: float = 0.0
    unusable: int = 0

    def take(self, error: Floats, covariance: Floats) -> Running:
        """Take errors [n, d] between tracks and reports, with the covariances [n, d, d] of these differences, P + R."""
        taken = self
        for each in nees(error, covariance).tolist():
            taken = taken.one(each)
        return taken

    def one(self, value: float) -> Running:
        """Take one NEES [1]; one that is not a number is counted, and changes nothing else."""
        if not np.isfinite(value):
            return replace(self, unusable=self.unusable + 1)
        return replace(
            self,
            total=self.memory * self.total + value,
            weight=self.memory * self.weight + 1,
            squares=self.memory**2 * self.squares + 1,
        )

    @property
    def samples(self) -> float:
        """As how many independent samples the mean counts [1]."""
        return self.weight**2 / self.squares if self.squares else 0.0

    def honesty(self, level: float = LEVEL) -> Honesty:
        """Return the mean with its band; the number of samples is rounded down."""
        if not self.samples:
            return Honesty(np.nan, Band(np.nan, np.nan), 0, self.dimension, self.unusable)
        mean = self.total / self.weight
        return Honesty(mean, band(self.dimension, self.samples, level), int(self.samples), self.dimension, self.unusable)
