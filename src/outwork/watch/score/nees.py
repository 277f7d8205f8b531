"""NEES: whether a picture's covariances are honest.

The normalised estimation error squared of an estimate with error e [d] and covariance P [d, d] is

    nees = e' P^-1 e                                                                    [1]

and follows chi-square with d degrees of freedom where the filter is right. The mean of n independent ones lies, with
probability 1 - a, between the a/2 and 1 - a/2 quantiles of chi-square with n d degrees of freedom, divided by n: above the
band the covariances are too small (the picture claims more than it knows), below it they are too large.

Y. Bar-Shalom, X. R. Li, T. Kirubarajan: Estimation with Applications to Tracking and Navigation, 2001, section 5.4. Errors
of one track follow each other and are not independent: the band holds over runs or targets; over one track's time it is
narrower than the truth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2

from outwork.watch.frames import Floats

LEVEL = 0.95
"""Probability with which an honest mean lies inside its band [1]."""


@dataclass(frozen=True)
class Band:
    """Between what an honest mean of NEES lies [1]."""

    low: float
    high: float

    def __contains__(self, mean: object) -> bool:
        """Whether a mean lies inside."""
        return isinstance(mean, float) and self.low <= mean <= self.high


@dataclass(frozen=True)
class Honesty:
    """Mean NEES [1] over `samples` estimates of `dimension` numbers each, its band, and how many could not be judged."""

    mean: float
    band: Band
    samples: int
    dimension: int
    unusable: int

    @property
    def verdict(self) -> str:
        """What the mean says, in one word or two."""
        if not self.samples:
            return "unknown"
        if self.mean > self.band.high:
            return "too sure"
        return "honest" if self.mean >= self.band.low else "too cautious"


def nees(error: Floats, covariance: Floats) -> Floats:
    """Return e' P^-1 e [n] of errors [n, d] and covariances [n, d, d]; NaN where P is not positive definite or not finite."""
    result = np.full(len(error), np.nan)
    sound = np.isfinite(covariance).all(axis=(1, 2)) & np.isfinite(error).all(axis=1)
    if sound.any():
        symmetric = (covariance[sound] + covariance[sound].transpose(0, 2, 1)) / 2
        value, vector = np.linalg.eigh(symmetric)
        turned = np.einsum("nij,ni->nj", vector, error[sound])
        definite = value[:, 0] > np.finfo(float).eps * np.abs(value[:, -1])
        inverse = np.where(definite[:, None], 1 / np.where(definite[:, None], value, 1.0), np.nan)
        result[sound] = (turned**2 * inverse).sum(axis=1)
    return result


def band(dimension: int, samples: float, level: float = LEVEL) -> Band:
    """Return where the mean of `samples` independent NEES of `dimension` numbers lies with probability `level` [1]."""
    tail = (1 - level) / 2
    freedom = dimension * samples
    return Band(float(chi2.ppf(tail, freedom) / samples), float(chi2.ppf(1 - tail, freedom) / samples))


def honesty(error: Floats, covariance: Floats, level: float = LEVEL) -> Honesty:
    """Return the mean NEES of errors [n, d] under covariances [n, d, d], with its band."""
    each = nees(error, covariance)
    judged = each[np.isfinite(each)]
    dimension, samples = error.shape[1], len(judged)
    if not samples:
        return Honesty(np.nan, Band(np.nan, np.nan), 0, dimension, len(each))
    return Honesty(float(judged.mean()), band(dimension, samples, level), samples, dimension, len(each) - samples)
