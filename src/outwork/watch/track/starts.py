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
from outwork.watch.kernel import compiled
from outwork.watch.track.bank import Bank
from outwork.watch.track.gate import LOG_FULL_TURN, SAME_NAME, Edges, misfit
from outwork.watch.track.look import Eye, Plots, look, sees
from outwork.watch.track.motion import forward
from outwork.watch.track.points import Points, refine
from outwork.watch.track.update import LEAST_VARIANCE, absorb


class Pairs(NamedTuple):
    """Points in rising order of x: order [n], x [n]; widest, largest variance of a place among them [m2]."""

    order: Ints
    x: Floats
    widest: float


def pairs(points: Points) -> Pairs:
    """Return the points in rising order of x."""
    order = np.argsort(points.state[:, 0], kind="stable")
    widest = float(points.covariance[:, range(3), range(3)].max(initial=0.0))
    return Pairs(order, points.state[order, 0], widest)


@compiled
def meet(
    starts: Bank, count: int, time: float, model: Floats, eye: Eye, plots: Plots, points: Points, rising: Pairs, gate: float,
    room: int,
) -> Edges:  # fmt: skip
    """Return the edges between waiting starts [count] and points at `time` [s], as `gate` does for tracks."""
    edges = Edges(np.zeros(count + 1, np.int64), np.empty(room, np.int64), np.empty(room), np.empty(room), np.empty(count))
    state, whole, z, slope = np.empty((1, 6)), np.empty((1, 6, 6)), np.zeros(6), np.zeros((6, 6))
    s, v, found = np.empty((3, 3)), np.empty(3), 0
    for k in range(count):
        state[0], whole[0] = starts.state[k], starts.covariance[k]
        forward(state, whole, 0, time - starts.time[k], model, 0)
        look(eye.kind, eye.mount, state, 0, 0.0, z, slope)
        edges.seen[k] = sees(eye.judges, eye.scope, z)
        reach = gate * sqrt(whole[0, 0, 0] + rising.widest)
        if plots.lag > 0.0:
            reach += plots.lag * (abs(state[0, 3]) + gate * sqrt(whole[0, 3, 3]))
        at, own = np.searchsorted(rising.x, state[0, 0] - reach), starts.identity[k]
        while at < len(rising.x) and rising.x[at] <= state[0, 0] + reach:
            n = rising.order[at]
            at += 1
            j = points.which[n]
            name = plots.identity[j]
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
    starts: Bank, pick: Ints, time: float, model: Floats, eye: Eye, plots: Plots, points: Points, take: Ints
) -> tuple[Floats, Floats]:
    """Return states [n, 6] and covariances [n, 6, 6] at `time` of the starts `pick` [n], corrected by the points `take` [n].

    The place enters in Cartesian form, axis by axis of the principal axes of its covariance R = U diag(r) U', so that rows of
    U' [I, tau I] are the slopes:  see `absorb`. Speeds that were measured follow.
    """
    state, covariance = np.empty((len(pick), 6)), np.empty((len(pick), 6, 6))
    z, slope, cross = np.zeros(6), np.zeros((6, 6)), np.zeros(6)
    for n in range(len(pick)):
        state[n], covariance[n] = starts.state[pick[n]], starts.covariance[pick[n]]
        forward(state, covariance, n, time - starts.time[pick[n]], model, 0)
        tau = plots.offset[points.which[take[n]]]
        noise, axes = np.linalg.eigh(points.covariance[take[n], :3, :3])
        for a in range(3):
            v = 0.0
            for i in range(3):
                slope[a, i], slope[a, 3 + i] = axes[i, a], tau * axes[i, a]
                v += axes[i, a] * (points.state[take[n], i] - state[n, i] - tau * state[n, 3 + i])
            absorb(state, covariance, n, slope, a, v, max(noise[a], LEAST_VARIANCE), cross)
        refine(eye, plots, points.which[take[n]], tau, state, covariance, n, z, slope, cross)
    return state, covariance
