"""How tracks are made, kept and dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from outwork.watch.frames import Floats


@dataclass(frozen=True)
class Model:
    """One way to move: straight on, or in a level turn, pushed about by white noise.

    Args: noise, spectral density of the acceleration east and north [m2/s3]; climb, of that upwards [m2/s3]; turn, rate of the
    turn [rad/s], counter-clockwise, 0 for straight on; stays, mean time until a thing changes to another model [s].
    """

    noise: float
    climb: float
    turn: float = 0.0
    stays: float = 20.0

    def __post_init__(self) -> None:
        """Refuse numbers that mean nothing."""
        if not (self.noise > 0 and self.climb > 0 and np.isfinite(self.turn) and self.stays > 0):
            raise ValueError(f"model: {self}; give noise, climb and stays above 0")


@dataclass(frozen=True)
class ByRatio:
    """Life by the sequential probability ratio test on the log-likelihood ratio (Blackman and Popoli 1999, section 6.2).

    Args: arrivals, new things per scan of a sensor's whole view [1]: the ratio starts at ln(arrivals / clutter); confirm, ratio
    from which a track is shown: ln((1 - missed) / false); drop, how far below its first
    value it ends, below 0; ceiling, the most that is
    remembered, so that a track that has been certain for hours still ends within a few misses.
    """

    arrivals: float = 0.2
    confirm: float = 7.0
    drop: float = -4.0
    ceiling: float = 9.0

    def __post_init__(self) -> None:
        """Refuse numbers that mean nothing."""
        if not (self.arrivals > 0 and self.drop < 0 < self.confirm <= self.ceiling):
            raise ValueError(f"life: {self}; give arrivals above 0 and drop < 0 < confirm <= ceiling")


@dataclass(frozen=True)
class ByCount:
    """Life by counting: confirmed after so many detections, ended after so many misses in a row, tentative or confirmed."""

    confirm: int = 4
    tentative: int = 3
    confirmed: int = 6

    def __post_init__(self) -> None:
        """Refuse numbers that mean nothing."""
        if min(self.confirm, self.tentative, self.confirmed) < 1:
            raise ValueError(f"life: {self}; give counts of 1 or more")


DRIFTING_AND_TURNING = (Model(noise=0.2, climb=0.05, stays=10.0), Model(noise=20.0, climb=1.0, stays=6.0))
"""Two ways to move that fit drones, ships and aircraft alike: almost straight on, and manoeuvring at about half a g."""


@dataclass(frozen=True)
class Options:
    """How tracks are made, kept and dropped."""

    models: tuple[Model, ...] = DRIFTING_AND_TURNING
    """Ways to move. Several: an interacting multiple model."""
    gate: float = 4.0
    """Mahalanobis distance [1] beyond which a detection cannot belong to a track."""
    associate: Literal["nearest", "joint"] = "nearest"
    """Each detection to at most one track, the best whole assignment; or shares by joint probability."""
    cost: Literal["likelihood", "distance"] = "likelihood"
    """What `nearest` minimises: minus the log-likelihood ratio, or the Mahalanobis distance."""
    life: ByRatio | ByCount = ByRatio()
    """When tracks are confirmed and ended."""
    begin: Literal["two", "one"] = "two"
    """Detections that a track begins with. Two keep false detections out of the bank of tracks."""
    speed: float = 40.0
    """Speed that a new thing is expected to have, one sigma in each direction [m/s]."""
    silence: float = 30.0
    """Time without a detection after which a track ends where no sensor should have seen it [s]; six periods of the sensor
    that saw it last, if that is longer."""
    window: float = 10.0
    """How late a scan may come and still be taken in its order [s]."""
    most: int = 100_000
    """Tracks, and first detections waiting for a second, that are kept at most [1]; beyond it no new ones begin."""

    def __post_init__(self) -> None:
        """Refuse numbers that mean nothing."""
        if not self.models:
            raise ValueError("options: no model of motion; give one or more")
        if not (self.gate > 0 and self.speed > 0 and self.silence > 0 and self.window >= 0 and self.most > 0):
            raise ValueError(f"options: {self}; gate, speed, silence and most must be above 0, window 0 or more")

    @property
    def table(self) -> Floats:
        """The models [m, 4] as kernels take them: noise, climb, turn, stays."""
        return np.array([[each.noise, each.climb, each.turn, each.stays] for each in self.models])
