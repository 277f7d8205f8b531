"""From two detections to a track: first detections wait outside the bank of tracks until a second one fits.

Two-point initiation (Bar-Shalom 2001, section 5.5.3) with a prior on speed, so that it needs no largest speed: the first
detection is a state at rest, unsure by `speed` in each direction, in a bank of its own; a second one that no track wanted
corrects it, in Cartesian coordinates. A false detection so costs a row in a small bank for a scan or two, not a track.
"""

from __future__ import annotations

from math import log, sqrt
from typing import NamedTuple

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.kernel import FIRST, compiled
from outwork.watch.track.bank import Bank
from outwork.watch.track.gate import LOG_FULL_TURN, SAME_NAME, Edges, misfit
from outwork.watch.track.look import Eye, Plots, look, sees
from outwork.watch.track.motion import copy, forward
from outwork.watch.track.points import Points, refine
from outwork.watch.track.rule import Rule
from outwork.watch.track.update import LEAST_VARIANCE, absorb


class Pairs(NamedTuple):
    """Points in rising order of x: order [n], x [n]; widest, largest variance of a place among them [m2]."""

    order: Ints
    x: Floats
    widest: float


@compiled
def pairs(points: Points) -> Pairs:
    """Return the points in rising order of x (Shell 1959; equal ones by number, so that there is one order)."""
    count = len(points.which)
    order, x, widest = np.arange(count), np.empty(count), 0.0
    gap = count // 2
    while gap > 0:
        for at in range(gap, count):
            n, to = order[at], at
            while to >= gap and after(points.state, order[to - gap], n):
                order[to] = order[to - gap]
                to -= gap
            order[to] = n
        gap = 1 if gap == 2 else gap * 5 // 11  # noqa: PLR2004  the ratio of Gonnet and Baeza-Yates
    for at in range(count):
        x[at] = points.state[order[at], 0]
        widest = max(widest, points.covariance[at, 0, 0])
    return Pairs(order, x, widest)


@compiled
def after(state: Floats, a: int, b: int) -> bool:
    """Return whether the a-th state comes after the b-th in rising order of x."""
    return bool(state[a, 0] > state[b, 0] or (state[a, 0] == state[b, 0] and a > b))


@compiled
def meet(
    starts: Bank, count: int, eye: Eye, plots: Plots, points: Points, rising: Pairs, rule: Rule, time: float, room: int
) -> Edges:  # fmt: skip
    """Return the edges between waiting starts [count] and points at `time` [s], as `gate` does for tracks."""
    gate = rule.gate
    edges = Edges(np.zeros(count + 1, np.int64), np.empty(room, np.int64), np.empty(room), np.empty(room), np.empty(count))
    state, whole, z, slope = np.empty((1, 6)), np.empty((1, 6, 6)), np.zeros((1, 6)), np.zeros((6, 6))
    s, v, found = np.empty((3, 3)), np.empty(3), 0
    for k in range(count):
        copy(starts.state, starts.covariance, k, state, whole, FIRST)
        forward(state, whole, FIRST, time - starts.time[k], rule.restless, FIRST)
        look(eye.kind, eye.mount, state, FIRST, 0.0, z, FIRST, slope)
        edges.seen[k] = sees(eye.judges, eye.scope, z, FIRST)
        reach = gate * sqrt(whole[0, 0, 0] + rising.widest)
        if plots.lag > 0.0:
            reach += plots.lag * (abs(state[0, 3]) + gate * sqrt(whole[0, 3, 3]))
        at, own = first_from(rising.x, state[0, 0] - reach), starts.identity[k]
        while at < len(rising.x) and rising.x[at] <= state[0, 0] + reach:
            n = rising.order[at]
            at += 1
            j = points.which[n]
            name = points.identity[n]
            if name != 0 and own != 0 and name != own:
                continue
            distance2, fit = fits(state, whole, points, n, plots.offset[j], gate, s, v)
            if distance2 <= gate * gate:
                if found < room:
                    same = SAME_NAME if name != 0 and name == own else 0.0
                    edges.plot[found], edges.distance2[found] = n, distance2
                    edges.score[found] = log(eye.detects) + fit - points.density[n] + same
                found += 1
        edges.start[k + 1] = found
    return edges


@compiled
def first_from(x: Floats, least: float) -> int:
    """Return the number of the first of rising x [n] that is not below `least`, by halving."""
    low, high = 0, len(x)
    while low < high:
        middle = (low + high) // 2
        if x[middle] < least:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def fits(
    state: Floats, whole: Floats, points: Points, n: int, tau: float, gate: float, s: Floats, v: Floats
) -> tuple[float, float]:
    """Return squared Mahalanobis distance and log-likelihood of the n-th point for a start, tau [s] after the start's time."""
    for i in range(3):
        v[i] = points.state[n, i] - state[0, i] - tau * state[0, 3 + i]
        for k in range(3):
            lag = whole[0, i, 3 + k] + whole[0, 3 + i, k] + tau * whole[0, 3 + i, 3 + k]
            s[i, k] = whole[0, i, k] + tau * lag + points.covariance[n, i, k]
        if v[i] * v[i] > gate * gate * s[i, i]:
            return np.inf, -np.inf
    distance2, volume = misfit(s, v)
    return distance2, -0.5 * (distance2 + volume + 3.0 * LOG_FULL_TURN)


@compiled
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


@compiled
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
