"""When tracks are confirmed and when they end: by likelihood ratio, by count, or by silence.

Wald's sequential test for tracks (Blackman and Popoli 1999, section 6.2): the log-likelihood ratio of "there is a thing" over
"all its detections are false" grows by ln(detects N(v; 0, S) / density) with a detection, and by ln(1 - detects) with a miss.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from outwork.watch.frames import Ints
from outwork.watch.kernel import compiled
from outwork.watch.track.associate.shares import Shares
from outwork.watch.track.bank import Bank
from outwork.watch.track.gate import Edges
from outwork.watch.track.look import Eye, Plots
from outwork.watch.track.options import ByCount, ByRatio

HALF: Final = 0.5
"""Share of detections [1] from which a scan counts as a detection of the track, not a miss."""
PERIODS: Final = 6.0
"""Periods of a sensor [1] for which a track that it saw may stay silent."""


@compiled
def note(
    bank: Bank, rows: Ints, time: float, eye: Eye, plots: Plots, edges: Edges, shares: Shares, ceiling: float, patience: float
) -> None:
    """Note in the tracks `rows` [n] what the scan at `time` [s] gave them, or that it gave them nothing."""
    for i in range(len(rows)):
        row = rows[i]
        bank.ratio[row] = min(bank.ratio[row] + shares.gain[i], ceiling)
        if shares.hit[i] <= HALF:
            bank.misses[row] += 1 if edges.seen[i] > 0.0 else 0
            continue
        bank.hits[row] += 1
        bank.misses[row] = 0
        bank.updated[row] = time
        bank.sensor[row] = eye.number
        bank.patience[row] = patience
        for e in range(edges.start[i], edges.start[i + 1]):
            name = plots.identity[edges.plot[e]]
            if shares.weight[e] > HALF and name != 0:
                bank.identity[row] = name


def confirm(bank: Bank, count: int, life: ByRatio | ByCount) -> None:
    """Confirm the tracks that have earned it; a confirmed track stays so until it ends."""
    earned = bank.ratio[:count] >= life.confirm if isinstance(life, ByRatio) else bank.hits[:count] >= life.confirm
    bank.confirmed[:count] |= earned


def ended(bank: Bank, count: int, time: float, life: ByRatio | ByCount) -> NDArray[np.bool_]:
    """Return which tracks [count] end now."""
    silent = time - bank.updated[:count] > bank.patience[:count]
    if isinstance(life, ByRatio):
        return np.asarray(silent | (bank.ratio[:count] < bank.least[:count]))
    limit = np.where(bank.confirmed[:count] == 1, life.confirmed, life.tentative)
    return np.asarray(silent | (bank.misses[:count] >= limit))


def patience(period: float, silence: float) -> float:
    """Return the silence [s] that a track may keep after a detection by a sensor with this period [s]."""
    return max(silence, PERIODS * period)


def opening(life: ByRatio | ByCount, clutter: float) -> float:
    """Return the ratio that one detection of a sensor with so many false ones per scan starts with: at most 0."""
    return min(float(np.log(life.arrivals / clutter)), 0.0) if isinstance(life, ByRatio) else 0.0


def ceiling(life: ByRatio | ByCount) -> float:
    """Return the largest ratio that is remembered."""
    return life.ceiling if isinstance(life, ByRatio) else np.inf


def floor(life: ByRatio | ByCount) -> float:
    """Return how far below its first ratio a track ends, below 0."""
    return life.drop if isinstance(life, ByRatio) else -np.inf
