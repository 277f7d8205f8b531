"""Detections correct states: the extended Kalman filter in the form of probabilistic data association, for each model.

Bar-Shalom, Willett and Tian (2011), Tracking and Data Fusion, section 3.4: the corrections by each detection, and none, are
weighed by their shares and merged into one Gaussian. Nearest neighbour is the same with one share of 1. Measurement noises
are independent, so each detection's components enter one after another (Bar-Shalom 2001, section 7.4: sequential updating),
all linearised at the prediction, which needs no inverse and keeps covariances symmetric. For several models each one's
likelihood corrects its weight (IMM-PDA).
"""

from __future__ import annotations

from math import exp, log
from typing import Final, NamedTuple

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.kernel import compiled
from outwork.watch.sensors import WIDTH
from outwork.watch.track.associate.shares import Shares
from outwork.watch.track.bank import Bank
from outwork.watch.track.gate import LOG_FULL_TURN, Edges
from outwork.watch.track.look import Eye, Plots, blunt, look, off

LEAST_SHARE: Final = 1e-4
"""Shares [1] below this change nothing that matters."""
LEAST_VARIANCE: Final = 1e-9
"""Variance of a state [m2, m2/s2] that no certainty of a sensor can go below."""
LEAST_WEIGHT: Final = 1e-6
"""Probability [1] that a model keeps, so that it can come back."""


class Bench(NamedTuple):
    """Room for one track's corrections.

    z [6], slope [6, 6], cross [6], before [6], of one correction; state [m k, 6], covariance [m k, 6, 6] of model m corrected by
    detection k; fit [m, k], log-likelihood; rise [m, k], share of the detection in the model.
    """

    z: Floats
    slope: Floats
    cross: Floats
    before: Floats
    state: Floats
    covariance: Floats
    fit: Floats
    rise: Floats


@compiled
def bench(models: int, most: int) -> Bench:
    """Return room for so many models, and detections of one track."""
    return Bench(
        np.zeros(WIDTH), np.zeros((WIDTH, WIDTH)), np.zeros(WIDTH), np.zeros(WIDTH),
        np.zeros((models * most, WIDTH)), np.zeros((models * most, WIDTH, WIDTH)), np.zeros((models, most)),
        np.zeros((models, most)),
    )  # fmt: skip


@compiled
def absorb(state: Floats, covariance: Floats, k: int, slope: Floats, part: int, v: float, noise: float, cross: Floats) -> float:
    """Correct the k-th state and covariance by one number: h = slope[part] [6], innovation v, variance of its noise r.

    s = h P h' + r;  K = P h' / s;  x = x + K v;  P = P - K s K'.  Returns ln N(v; 0, s).
    """
    s = noise
    for i in range(WIDTH):
        total = 0.0
        for j in range(WIDTH):
            total += covariance[k, i, j] * slope[part, j]
        cross[i] = total
        s += slope[part, i] * total
    for i in range(WIDTH):
        gain = cross[i] / s
        state[k, i] += gain * v
        for j in range(i, WIDTH):
            covariance[k, i, j] -= gain * cross[j]
            covariance[k, j, i] = covariance[k, i, j]
        covariance[k, i, i] = max(covariance[k, i, i], LEAST_VARIANCE)
    return -0.5 * (v * v / s + log(s) + LOG_FULL_TURN)


def absorb_reference(
    state: Floats, covariance: Floats, slope: Floats, v: Floats, noise: Floats
) -> tuple[Floats, Floats, float]:
    """Return state, covariance and ln N(v; 0, S) after all components at once, slope [c, 6], v, noise [c], in Joseph's form."""
    s = slope @ covariance @ slope.T + np.diag(noise)
    gain = np.linalg.solve(s, slope @ covariance).T
    rest = np.eye(WIDTH) - gain @ slope
    after = rest @ covariance @ rest.T + gain @ np.diag(noise) @ gain.T
    fit = -0.5 * (v @ np.linalg.solve(s, v) + np.linalg.slogdet(s)[1] + len(v) * LOG_FULL_TURN)
    return state + gain @ v, after, float(fit)


@compiled
def correct(eye: Eye, plots: Plots, j: int, state: Floats, covariance: Floats, k: int, room: Bench) -> float:
    """Correct the k-th state and covariance by detection j, in place, and return its log-likelihood.

    With x0 the prediction, the c-th component's innovation is  z_c - h_c(x0) - H_c (x - x0)  once those before it are in.
    """
    kind, parts, before, slope = eye.kind, plots.parts, room.before, room.slope
    look(kind, eye.mount, state, k, plots.offset[j], room.z, slope)
    for i in range(WIDTH):
        before[i] = state[k, i]
    fit = 0.0
    for part in parts:
        v = off(kind, plots.z, j, part, room.z[part])
        if np.isnan(v):
            continue
        for i in range(WIDTH):
            v -= slope[part, i] * (state[k, i] - before[i])
        noise = plots.variance[j, part] + blunt(kind, part, room.z, covariance, k)
        fit += absorb(state, covariance, k, slope, part, v, noise, room.cross)
    return fit


@compiled
def reweigh(weight: Floats, row: int, shares: Floats, used: Ints, count: int, none: float, room: Bench) -> None:
    """Write each model's weight [m] after the scan and, in room.rise, the shares of the detections within each model.

    Detection k fits model m with l_mk; with l_k = sum_m w_m l_mk, a model's factor is  none + sum_k share_k l_mk / l_k.
    """
    models, fit, rise = weight.shape[1], room.fit, room.rise
    for k in range(count):
        top, together = fit[:, k].max(), 0.0
        for m in range(models):
            together += weight[row, m] * exp(fit[m, k] - top)
        for m in range(models):
            rise[m, k] = shares[used[k]] * exp(fit[m, k] - top) / together
    total = 0.0
    for m in range(models):
        factor = none
        for k in range(count):
            factor += rise[m, k]
        for k in range(count):
            rise[m, k] /= max(factor, LEAST_WEIGHT)
        weight[row, m] = max(weight[row, m] * factor, LEAST_WEIGHT)
        total += weight[row, m]
    for m in range(models):
        weight[row, m] /= total


@compiled
def blend(state: Floats, covariance: Floats, at: int, m: int, count: int, most: int, room: Bench) -> None:
    """Merge the corrections of model m [count] and no correction into the state and covariance numbered `at`, in place.

    x = x0 + sum_k b_k d_k;  P = b_0 P0 + sum_k b_k (P_k + d_k d_k') - d d',  with d_k = x_k - x0, d = sum_k b_k d_k.
    """
    rise, moved, first, none = room.rise, room.cross, m * most, 1.0
    for k in range(count):
        none -= rise[m, k]
    none = max(none, 0.0)
    for i in range(WIDTH):
        moved[i] = 0.0
        for k in range(count):
            moved[i] += rise[m, k] * (room.state[first + k, i] - state[at, i])
    for i in range(WIDTH):
        for j in range(i, WIDTH):
            total = none * covariance[at, i, j] - moved[i] * moved[j]
            for k in range(count):
                step = (room.state[first + k, i] - state[at, i]) * (room.state[first + k, j] - state[at, j])
                total += rise[m, k] * (room.covariance[first + k, i, j] + step)
            covariance[at, i, j] = covariance[at, j, i] = total
    for i in range(WIDTH):
        state[at, i] += moved[i]


@compiled
def update(bank: Bank, rows: Ints, eye: Eye, plots: Plots, edges: Edges, shares: Shares) -> None:
    """Correct the tracks `rows` [n] of the bank by the detections of their edges, as far as these are theirs."""
    models = bank.weight.shape[1]
    most = 1
    for i in range(len(rows)):
        most = max(most, edges.start[i + 1] - edges.start[i])
    room, used = bench(models, most), np.empty(most, np.int64)
    for i in range(len(rows)):
        count = 0
        for e in range(edges.start[i], edges.start[i + 1]):
            if shares.weight[e] > LEAST_SHARE:
                used[count] = e
                count += 1
        if count == 1 and shares.weight[used[0]] > 1.0 - LEAST_SHARE:
            outright(bank, rows[i], eye, plots, edges.plot[used[0]], room)
        elif count > 0:
            none = max(1.0 - shares.hit[i], 0.0)
            in_shares(bank, rows[i], eye, plots, edges.plot, shares.weight, used, count, none, room)


@compiled
def outright(bank: Bank, row: int, eye: Eye, plots: Plots, j: int, room: Bench) -> None:
    """Correct one track by a detection that is all its own."""
    models, top, total = bank.weight.shape[1], -np.inf, 0.0
    for m in range(models):
        room.fit[m, 0] = correct(eye, plots, j, bank.state, bank.covariance, row * models + m, room)
        top = max(top, room.fit[m, 0])
    for m in range(models):
        bank.weight[row, m] = max(bank.weight[row, m] * exp(room.fit[m, 0] - top), LEAST_WEIGHT)
        total += bank.weight[row, m]
    for m in range(models):
        bank.weight[row, m] /= total


@compiled
def in_shares(
    bank: Bank, row: int, eye: Eye, plots: Plots, plot: Ints, shares: Floats, used: Ints, count: int, none: float, room: Bench
) -> None:
    """Correct one track by its shares of several detections."""
    models, most = room.fit.shape
    for m in range(models):
        for k in range(count):
            room.state[m * most + k] = bank.state[row * models + m]
            room.covariance[m * most + k] = bank.covariance[row * models + m]
            room.fit[m, k] = correct(eye, plots, plot[used[k]], room.state, room.covariance, m * most + k, room)
    reweigh(bank.weight, row, shares, used, count, none, room)
    for m in range(models):
        blend(bank.state, bank.covariance, row * models + m, m, count, most, room)
