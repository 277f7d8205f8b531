"""Which tracks a scan can concern at all, so that a single report does not stir ten thousand tracks."""

from __future__ import annotations

from math import sqrt
from typing import Final

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.kernel import FIRST, called, making
from outwork.watch.sensors import SELF_REPORT
from outwork.watch.track.bank import Bank
from outwork.watch.track.look import Eye, Plots

FEW: Final = 16
"""Self-reports [1] up to which each looks for the tracks near it; more of them look at all tracks."""
MARGIN: Final = 6.0
"""Sigmas [1] within which a track is near."""
RESTLESS: Final = 10.0
"""What a thing may have accelerated by since [m/s2], on top of that."""


@making
def near(bank: Bank, count: int, eye: Eye, plots: Plots, time: float) -> Ints:
    """Return the tracks [n] that a scan can concern: within the sensor's reach, or about its few self-reports."""
    if eye.kind == SELF_REPORT and len(plots.z) > FEW:
        return np.arange(count)
    rows, found, models = np.empty(count, np.int64), 0, bank.weight.shape[1]
    state, covariance, last, z, offset = bank.state, bank.covariance, bank.time, plots.z, plots.offset
    mounted, reach = eye.kind != SELF_REPORT, eye.scope[1]
    wide = max(plots.widest[0], plots.widest[1], plots.widest[2])
    mount = eye.mount.reshape((4, 3))
    for row in range(count):
        dt = time - last[row]
        concerns = False
        for k in range(row * models, row * models + models):
            if mounted and apart(state, k, dt, mount, FIRST) <= reach:
                concerns = True
                break
            margin = MARGIN * sqrt(unsure(covariance, k, dt) + wide) + RESTLESS * dt * dt
            if mounted:
                concerns = concerns or apart(state, k, dt, mount, FIRST) <= reach + margin
            else:
                for j in range(len(z)):
                    concerns = concerns or apart(state, k, dt + offset[j], z, j) <= margin
        if concerns:
            rows[found] = row
            found += 1
    return rows[:found]


@called
def unsure(covariance: Floats, k: int, dt: float) -> float:
    """Return the summed variance [m2] of the k-th place dt [s] later, as far as its speed makes it."""
    total = 0.0
    for i in range(3):
        total += covariance[k, i, i] + dt * (2.0 * covariance[k, i, 3 + i] + dt * covariance[k, 3 + i, 3 + i])
    return total


@called
def apart(state: Floats, k: int, dt: float, place: Floats, j: int) -> float:
    """Return the distance [m] of the k-th state dt [s] later from the j-th place."""
    total = 0.0
    for i in range(3):
        total += (state[k, i] + dt * state[k, 3 + i] - place[j, i]) ** 2
    return sqrt(total)
