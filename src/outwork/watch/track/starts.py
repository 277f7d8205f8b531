"""From two detections to a track: first detections wait outside the bank of tracks until a second one fits.

Two-point initiation (Bar-Shalom 2001, section 5.5.3) with a prior on speed, so that it needs no largest speed: the first
detection is a state at rest, unsure by `speed` in each direction, in a bank of its own; a second one that no track wanted
corrects it, in Cartesian coordinates. A false detection so costs a row in a small bank for a scan or two, not a track.
"""

from __future__ import annotations

from math import log, sqrt

import numpy as np

from outwork.watch.frames import Floats
from outwork.watch.kernel import FIRST, inlined, making
from outwork.watch.track.bank import Bank
from outwork.watch.track.cells import Cells, band
from outwork.watch.track.fit import likelihood, misfit
from outwork.watch.track.gate import SAME_NAME, Edges, strange
from outwork.watch.track.look import Eye, Plots, aim, sees
from outwork.watch.track.motion import copy, forward
from outwork.watch.track.points import Points, refine
from outwork.watch.track.rule import Rule
from outwork.watch.track.update import LEAST_VARIANCE, absorb


@making
def meet(
    starts: Bank, count: int, eye: Eye, plots: Plots, points: Points, grid: Cells, rule: Rule, time: float, room: int
) -> Edges:  # fmt: skip
    """Return the edges between waiting starts [count] and points at `time` [s], as `gate` does for tracks.

    `grid` holds the points by east and north.
    """
    gate, lag, scale, cell, order = rule.gate, plots.lag, grid.scale, grid.start, grid.order
    start, plot, distance2, score, seen = (
        np.zeros(count + 1, np.int64), np.empty(room, np.int64), np.empty(room), np.empty(room), np.empty(count),
    )  # fmt: skip
    state, whole, z, widest = np.empty((1, 6)), np.empty((1, 6, 6)), np.zeros((1, 6)), wide(points)
    s, v, found, sure, mount, scope, judges = (
        np.empty((1, 3, 3)), np.empty(3), 0, log(eye.detects), eye.mount, eye.scope, eye.judges,
    )  # fmt: skip
    identity, offset, density, which, names = points.identity, plots.offset, points.density, points.which, starts.identity
    for k in range(count):
        copy(starts.state, starts.covariance, k, state, whole, FIRST)
        forward(state, whole, FIRST, time - starts.time[k], rule.restless, FIRST)
        aim(mount, state, FIRST, z, FIRST)
        seen[k] = sees(judges, scope, z, FIRST)
        top, bottom = band(state[0, 0], reach(state, whole, 0, widest, gate, lag), scale[0], scale[1], grid.rows, False)
        left, right = band(state[0, 1], reach(state, whole, 1, widest, gate, lag), scale[2], scale[3], grid.columns, False)
        for row in range(top, bottom + 1):
            for at in range(cell[row * grid.columns + left], cell[row * grid.columns + right + 1]):
                n = order[at]
                if strange(names[k], identity[n]):
                    continue
                d2, volume = fits(state, whole, points.state, points.covariance, n, offset[which[n]], gate, s, v)
                if d2 > gate * gate:
                    continue
                if found < room:
                    same = SAME_NAME if identity[n] != 0 and identity[n] == names[k] else 0.0
                    plot[found], distance2[found] = n, d2
                    score[found] = sure + likelihood(d2, volume, 3) - density[n] + same
                found += 1
        start[k + 1] = found
    return Edges(start, plot, distance2, score, np.empty((0, 1)), seen)


@making
def wide(points: Points) -> Floats:
    """Return the largest variance of the points east and north [2, m2]."""
    widest = np.zeros(2)
    for n in range(len(points.which)):
        for a in range(2):
            widest[a] = max(widest[a], points.covariance[n, a, a])
    return widest


@inlined
def reach(state: Floats, whole: Floats, axis: int, widest: Floats, gate: float, lag: float) -> float:
    """Return how far [m] along an axis a second detection of the first state can lie, within the scan's own time `lag` [s]."""
    far = gate * sqrt(whole[0, axis, axis] + widest[axis])
    return far + lag * (abs(state[0, 3 + axis]) + gate * sqrt(whole[0, 3 + axis, 3 + axis])) if lag > 0.0 else far


@inlined
def fits(
    state: Floats, whole: Floats, place: Floats, spread: Floats, n: int, tau: float, gate: float, s: Floats, v: Floats
) -> tuple[float, float]:
    """Return v' S^-1 v and det S of the n-th place for the first state, tau [s] after its time; infinity outside its box."""
    for i in range(3):
        v[i] = place[n, i] - state[0, i] - tau * state[0, 3 + i]
        for k in range(i + 1):
            lag = whole[0, i, 3 + k] + whole[0, 3 + i, k] + tau * whole[0, 3 + i, 3 + k]
            s[0, i, k] = whole[0, i, k] + tau * lag + spread[n, i, k]
        if v[i] * v[i] > gate * gate * s[0, i, i]:
            return np.inf, 1.0
    return misfit(s, v, 3)


@making
def joined(
    starts: Bank, k: int, time: float, model: Floats, eye: Eye, plots: Plots, points: Points, n: int, state: Floats,
    covariance: Floats,
) -> None:  # fmt: skip
    """Write state[0] and covariance[0] at `time` of the k-th start, corrected by the n-th point.

    The place enters in Cartesian form, one combination of its coordinates after another: with R = L diag(r) L', L unit lower
    triangular, the rows of L^-1 [I, tau I] are slopes whose noises r are independent. Speeds that were measured follow.
    """
    z, slope, cross, noise, back = np.zeros((1, 6)), np.zeros((1, 6, 6)), np.zeros(6), np.empty(3), np.zeros((3, 3))
    copy(starts.state, starts.covariance, k, state, covariance, FIRST)
    forward(state, covariance, FIRST, time - starts.time[k], model, FIRST)
    tau = plots.offset[points.which[n]]
    unmixed(points.covariance, n, noise, back)
    for a in range(3):
        v = 0.0
        for i in range(3):
            slope[0, a, i], slope[0, a, 3 + i] = back[a, i], tau * back[a, i]
            v += back[a, i] * (points.state[n, i] - state[0, i] - tau * state[0, 3 + i])
        absorb(state, covariance, FIRST, slope, FIRST, a, len(cross), v, noise[a], cross)
    refine(eye, plots, points.which[n], tau, state, covariance, FIRST, z, slope, cross)


@making
def unmixed(covariance: Floats, k: int, noise: Floats, back: Floats) -> None:
    """Write r, `noise` [3], and L^-1, `back` [3, 3], of the k-th covariance of a place R = L diag(r) L' (Cholesky's LDL')."""
    low = np.zeros((3, 3))
    for i in range(3):
        for j in range(i + 1):
            total = covariance[k, i, j]
            for m in range(j):
                total -= low[i, m] * noise[m] * low[j, m]
            if i == j:
                noise[i], low[i, i] = max(total, LEAST_VARIANCE), 1.0
            else:
                low[i, j] = total / noise[j]
    for i in range(3):
        for j in range(i + 1):
            total = 1.0 if i == j else 0.0
            for m in range(j, i):
                total -= low[i, m] * back[m, j]
            back[i, j] = total
