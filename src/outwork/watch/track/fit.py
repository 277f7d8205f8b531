"""How well a detection fits a track: d2 = v' S^-1 v, v = z - h(x), S = H P H' + R, and its likelihood N(v; 0, S)."""

from __future__ import annotations

from math import exp, log, pi
from typing import Final, NamedTuple

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.kernel import FIRST, called, inlined, making
from outwork.watch.sensors import WIDTH
from outwork.watch.track.bank import Bank
from outwork.watch.track.look import Eye, Plots, columns, off, projected
from outwork.watch.track.sight import Sights, shift

LOG_FULL_TURN: Final = log(2.0 * pi)
TINY: Final = 1e-300


class Desk(NamedTuple):
    """Room to work in: room [1, c, c], v [c], cross [6]."""

    room: Floats
    v: Floats
    cross: Floats


@making
def desk(parts: int) -> Desk:
    """Return room to work in so many components."""
    return Desk(np.empty((1, parts, parts)), np.empty(parts), np.empty(WIDTH))


@inlined
def misfit(s: Floats, v: Floats, parts: int) -> tuple[float, float]:
    """Return v' S^-1 v and det S of S = s[0] [c, c] and v [c], c = `parts`; both are overwritten.

    By the factors S = L diag(d) L' (Cholesky's LDL').
    """
    distance2, volume = 0.0, 1.0
    for a in range(parts):
        for b in range(a):
            total = s[0, a, b]
            for k in range(b):
                total -= s[0, a, k] * s[0, b, k] * s[0, k, k]
            s[0, a, b] = total / s[0, b, b]
            s[0, a, a] -= s[0, a, b] * total
            v[a] -= s[0, a, b] * v[b]
        s[0, a, a] = max(s[0, a, a], TINY)
        distance2 += v[a] * v[a] / s[0, a, a]
        volume *= s[0, a, a]
    return distance2, volume


def misfit_reference(s: Floats, v: Floats) -> tuple[float, float]:
    """Return what `misfit` returns of S [c, c], by solving and by the determinant."""
    return float(v @ np.linalg.solve(s, v)), float(np.linalg.det(s))


@inlined
def likelihood(distance2: float, volume: float, measured: int) -> float:
    """Return ln N(v; 0, S) of so many components, of v' S^-1 v and det S."""
    return -0.5 * (distance2 + log(volume) + measured * LOG_FULL_TURN)


@inlined
def weigh(
    kind: int, z: Floats, variance: Floats, j: int, parts: Ints, count: int, expected: Floats, s: Floats, i: int, room: Floats,
    v: Floats,
) -> tuple[float, float, int]:  # fmt: skip
    """Return v' S^-1 v, det S and the number of components measured, of detection j for the i-th track.

    A component that was not measured counts as one that fits and tells nothing. room [1, c, c] and v [c] are room.
    """
    measured = count
    for a in range(count):
        v[a] = off(kind, z, j, parts[a], expected[i, parts[a]])
        blank = np.isnan(v[a])
        if blank:
            v[a] = 0.0
            measured -= 1
        for b in range(a):
            room[0, a, b] = 0.0 if blank or np.isnan(z[j, parts[b]]) else s[i, a, b]
        room[0, a, a] = 1.0 if blank else s[i, a, a] + variance[j, parts[a]]
    distance2, volume = misfit(room, v, count)
    return distance2, volume, measured


@inlined
def by_model(
    bank: Bank, row: int, sight: Sights, i: int, kind: int, plots: Plots, j: int, count: int, wide: int, desk: Desk,
    fit: Floats, at: int,
) -> float:  # fmt: skip
    """Write fit[at] [m], ln N(v_m; 0, S_m) of detection j for each model of a track, and return ln sum_m w_m N(v_m; 0, S_m).

    One Gaussian with the mixture's moments will do for the gate, but where one model is calm and another wild it is far too
    wide to tell which of two near tracks fits better. All models are linearised where their mixture is, the i-th sight.
    """
    z, variance, parts, room, v = plots.z, plots.variance, plots.parts, desk.room, desk.v
    mean, expected, slope, more, state = sight.mean, sight.z, sight.slope, sight.more, bank.state
    models, total, top = bank.weight.shape[1], 0.0, -np.inf
    for m in range(models):
        k, measured = row * models + m, count
        projected(slope, i, count, wide, bank.covariance, k, room, 0, desk.cross)
        for a in range(count):
            v[a] = off(kind, z, j, parts[a], expected[i, parts[a]])
            for c in range(wide):
                v[a] -= slope[i, a, c] * (state[k, c] - mean[i, c])
            room[0, a, a] += variance[j, parts[a]] + more[i, a]
        for a in range(count):
            if np.isnan(v[a]):
                measured -= 1
                unmeasured(a, room, v)
        distance2, volume = misfit(room, v, count)
        fit[at, m] = ln = likelihood(distance2, volume, measured)
        if ln > top:
            total, top = total * exp(top - ln), ln
        total += bank.weight[row, m] * exp(ln - top)
    return top + log(max(total, TINY))


@called
def unmeasured(a: int, s: Floats, v: Floats) -> None:
    """Let the a-th component of v [c] and S = s[0] [c, c] fit and tell nothing."""
    for b in range(len(v)):
        s[0, a, b] = s[0, b, a] = 0.0
    v[a], s[0, a, a] = 0.0, 1.0


@inlined
def paired(
    bank: Bank, row: int, sight: Sights, i: int, kind: int, plots: Plots, j: int, count: int, wide: int, widest: float,
    desk: Desk, fit: Floats, at: int,
) -> tuple[float, float]:  # fmt: skip
    """Return squared Mahalanobis distance and log-likelihood of detection j for a track that looks like the i-th sight.

    Where it lies within `widest`, the log-likelihood of each model is written into fit[at] [m]. `count` components are
    measured, `wide` columns of their slopes matter.
    """
    distance2, volume, measured = weigh(
        kind, plots.z, plots.variance, j, plots.parts, count, sight.z, sight.s, i, desk.room, desk.v
    )
    if distance2 > widest * widest:
        return distance2, -np.inf
    if bank.weight.shape[1] > 1:
        ln = by_model(bank, row, sight, i, kind, plots, j, count, wide, desk, fit, at)
        if plots.offset[j] == 0.0:
            return distance2, ln
        return distance2, likelihood(distance2, volume, measured)
    fit[at, 0] = likelihood(distance2, volume, measured)
    return distance2, fit[at, 0]


@called
def paired_at_all(
    bank: Bank, row: int, sight: Sights, i: int, kind: int, plots: Plots, j: int, widest: float, desk: Desk, fit: Floats,
    at: int,
) -> tuple[float, float]:  # fmt: skip
    """Return what `paired` returns, whatever is measured."""
    return paired(bank, row, sight, i, kind, plots, j, len(plots.parts), columns(plots), widest, desk, fit, at)


@called
def paired_later(
    bank: Bank, row: int, eye: Eye, later: Sights, plots: Plots, j: int, widest: float, desk: Desk, fit: Floats, at: int
) -> tuple[float, float]:
    """Return what `paired` returns, of a detection with a time of its own; `later` becomes what the track looks like then."""
    shift(bank, row, eye, plots.parts, plots.offset[j], later)
    return paired_at_all(bank, row, later, FIRST, eye.kind, plots, j, widest, desk, fit, at)
