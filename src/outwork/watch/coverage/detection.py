"""How probably sensors detect a thing in each cell of the air.

In one scan a sensor detects a thing in its field of view and above its horizon with its detection probability p; within
`window` seconds it scans n = max(1, floor(window / period)) times, and all sensors together, each look by itself, detect it
at least once with

    P = 1 - prod over sensors of (1 - p)^n

The horizon is that of a smooth earth of 4/3 the radius, which stands for the bending of radio waves in the standard
atmosphere: two heights h1, h2 above ground see each other up to the distance sqrt(2 k R h1) + sqrt(2 k R h2), k = 4/3
(M. Skolnik: Introduction to Radar Systems, 3rd edition, 2001, chapter 8). There is no terrain and there are no buildings:
behind them there is less. What only reports itself is not counted: a drone need not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from outwork.watch.coverage.grid import Grid
from outwork.watch.frames import Floats, Frame
from outwork.watch.sensors import SELF_REPORT, Sensors, in_view

EARTH: Final = 6_371_000.0
"""Mean radius of the earth [m]."""
BENDING: Final = 4 / 3
"""By how much it seems larger to radio waves [1]."""


@dataclass(frozen=True)
class Options:
    """What counts as covered."""

    window: float = 10.0
    """Time within which a thing should be detected once [s]."""
    least: float = 0.9
    """Probability of that from which on a cell is covered [1]."""
    ground: float = 0.0
    """Height of the smooth ground above the ellipsoid [m]; sensors and things that fly stand above it."""


@dataclass(frozen=True, eq=False)
class Coverage:
    """Probability [level, row, column] that a thing in a cell is detected at least once in the window."""

    grid: Grid
    probability: Floats
    options: Options

    @property
    def mean(self) -> float:
        """Probability over all cells on average [1]."""
        return float(self.probability.mean())

    @property
    def covered(self) -> float:
        """Share of the cells that are covered [1]."""
        return float((self.probability >= self.options.least).mean())


def coverage(sensors: Sensors, area: Grid, options: Options) -> Coverage:
    """Return how probably all sensors together detect a thing in each cell of an area."""
    missed = np.zeros(len(area.place))
    for sensor in range(len(sensors)):
        missed += log_missed(sensors, sensor, area, options)
    return Coverage(area, -np.expm1(missed).reshape(area.shape), options)


def log_missed(sensors: Sensors, sensor: int, area: Grid, options: Options) -> Floats:
    """Return the logarithm of the probability that a sensor misses a thing in each cell [cell] for the whole window."""
    if sensors.kind[sensor] == SELF_REPORT:
        return np.zeros(len(area.place))
    place = sensors.place[sensor]
    apart = np.linalg.norm(area.place - place, axis=1)
    height = np.repeat(area.altitude, len(area.north) * len(area.east)) - options.ground
    seen = apart <= horizon(_altitude(area.frame, place) - options.ground, height)
    looks = max(1, int(options.window / sensors.period[sensor])) if sensors.period[sensor] > 0 else 1
    return np.asarray(np.where(seen, looks * np.log1p(-in_view(sensors, sensor, area.place)), 0.0))


def horizon(one: float, other: Floats) -> Floats:
    """Return how far two heights above smooth ground see each other [m]; a height below ground counts as on it."""
    return np.asarray(sum(np.sqrt(2 * BENDING * EARTH * np.maximum(each, 0.0)) for each in (one, other)))


def _altitude(frame: Frame, place: Floats) -> float:
    """Return the height above the ellipsoid [m] of a place in the frame."""
    return float(frame.geodetic(place[None])[2][0])
