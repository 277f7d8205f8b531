"""Detections correct states: the extended Kalman filter in the form of probabilistic data association, for each model.

Bar-Shalom, Willett and Tian (2011), Tracking and Data Fusion, section 3.4: the corrections by each detection, and none, are
weighed by their shares and merged into one Gaussian. Nearest neighbour is the same with one share of 1. Measurement noises
are independent, so each detection's components enter one after another (Bar-Shalom 2001, section 7.4: sequential updating),
all linearised at the prediction, which needs no inverse and keeps covariances symmetric. For several models each one's
likelihood corrects its weight (IMM-PDA).
"""

from __future__ import annotations

from math import exp, log
from typing import Final

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.kernel import FIRST, compiled
from outwork.watch.sensors import WIDTH
from outwork.watch.track.associate.shares import Shares
from outwork.watch.track.bank import Bank
from outwork.watch.track.gate import LOG_FULL_TURN, Edges, Sights, shift, unseen
from outwork.watch.track.look import Eye, Plots, columns, off
from outwork.watch.track.motion import copy

LEAST_SHARE: Final = 1e-4
"""Shares [1] below this change nothing that matters."""
LEAST_VARIANCE: Final = 1e-9
"""Variance of a state [m2, m2/s2] that no certainty of a sensor can go below."""
LEAST_WEIGHT: Final = 1e-6
"""Probability [1] that a model keeps, so that it can come back."""


@compiled
def absorb(
    state: Floats,
    covariance: Floats,
    k: int,
    slope: Floats,
    i: int,
    part: int,
    wide: int,
    v: float,
    noise: float,
    cross: Floats,
) -> float:
    """Correct the k-th state and covariance by one number: h = slope[i, part] [6], innovation v, variance of its noise r.

    s = h P h' + r;  K = P h' / s;  x = x + K v;  P = P - K s K'.  Returns ln N(v; 0, s). Only the first `wide` of h count.
    """
    s = noise
    for a in range(WIDTH):
        total = 0.0
        for b in range(wide):
            total += covariance[k, a, b] * slope[i, part, b]
        cross[a] = total
    for a in range(wide):
        s += slope[i, part, a] * cross[a]
    for a in range(WIDTH):
        gain = cross[a] / s
        state[k, a] += gain * v
        for b in range(a, WIDTH):
            covariance[k, a, b] -= gain * cross[b]
            covariance[k, b, a] = covariance[k, a, b]
        covariance[k, a, a] = max(covariance[k, a, a], LEAST_VARIANCE)
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
def correct(
    kind: int, z: Floats, variance: Floats, j: int, parts: Ints, mean: Floats, expected: Floats, slope: Floats, more: Floats,
    i: int, wide: int, state: Floats, covariance: Floats, k: int, cross: Floats,
) -> float:  # fmt: skip
    """Correct the k-th state and covariance by detection j, in place, and return its log-likelihood.

    All models are linearised where their mixture, x0 = mean[i], is: the c-th component's innovation is
    z_c - h_c(x0) - H_c (x - x0), with x as it is once the components before it are in.
    """
    fit = 0.0
    for a in range(len(parts)):
        v = off(kind, z, j, parts[a], expected[i, parts[a]])
        if np.isnan(v):
            continue
        for b in range(wide):
            v -= slope[i, a, b] * (state[k, b] - mean[i, b])
        fit += absorb(state, covariance, k, slope, i, a, wide, v, variance[j, parts[a]] + more[i, a], cross)
    return fit


@compiled
def reweigh(weight: Floats, row: int, shares: Floats, used: Ints, count: int, none: float, fit: Floats, rise: Floats) -> None:
    """Write each model's weight after the scan and, in rise [m, k], the shares of the detections within each model.

    Detection k fits model m with l_mk; with l_k = sum_m w_m l_mk, a model's factor is  none + sum_k share_k l_mk / l_k.
    """
    models = weight.shape[1]
    for k in range(count):
        top, together = -np.inf, 0.0
        for m in range(models):
            top = max(top, fit[m, k])
        for m in range(models):
            rise[m, k] = exp(fit[m, k] - top)
            together += weight[row, m] * rise[m, k]
        for m in range(models):
            rise[m, k] *= shares[used[k]] / together
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
def blend(
    state: Floats, covariance: Floats, at: int, rise: Floats, m: int, count: int, by_state: Floats, by_covariance: Floats,
    moved: Floats,
) -> None:  # fmt: skip
    """Merge the corrections of model m [count] and no correction into the state and covariance numbered `at`, in place.

    x = x0 + sum_k b_k d_k;  P = b_0 P0 + sum_k b_k (P_k + d_k d_k') - d d',  with d_k = x_k - x0, d = sum_k b_k d_k.
    """
    first, none = m * rise.shape[1], 1.0
    if count == 1 and rise[m, 0] > 1.0 - LEAST_SHARE:
        copy(by_state, by_covariance, first, state, covariance, at)
        return
    for k in range(count):
        none -= rise[m, k]
    none = max(none, 0.0)
    for i in range(WIDTH):
        moved[i] = 0.0
        for k in range(count):
            moved[i] += rise[m, k] * (by_state[first + k, i] - state[at, i])
    for i in range(WIDTH):
        for j in range(i, WIDTH):
            total = none * covariance[at, i, j] - moved[i] * moved[j]
            for k in range(count):
                step = (by_state[first + k, i] - state[at, i]) * (by_state[first + k, j] - state[at, j])
                total += rise[m, k] * (by_covariance[first + k, i, j] + step)
            covariance[at, i, j] = covariance[at, j, i] = total
    for i in range(WIDTH):
        state[at, i] += moved[i]


@compiled
def update(bank: Bank, rows: Ints, eye: Eye, plots: Plots, seen: Sights, edges: Edges, shares: Shares) -> None:
    """Correct the tracks `rows` [n] of the bank by the detections of their edges, as far as these are theirs."""
    state, covariance, weight, start, plot, share = (
        bank.state,
        bank.covariance,
        bank.weight,
        edges.start,
        edges.plot,
        shares.weight,
    )
    kind, z, variance, offset, parts, hit = eye.kind, plots.z, plots.variance, plots.offset, plots.parts, shares.hit
    mean, expected, slope, more = seen.mean, seen.z, seen.slope, seen.more
    models, wide, most, cross = weight.shape[1], columns(plots), widest(start), np.zeros(WIDTH)
    by_state, by_covariance = np.empty((models * most, WIDTH)), np.empty((models * most, WIDTH, WIDTH))
    fit, rise, used, later = np.empty((models, most)), np.empty((models, most)), np.empty(most, np.int64), unseen(1, len(parts))
    for i in range(len(rows)):
        count, row = FIRST, rows[i]
        for e in range(start[i], start[i + 1]):
            if share[e] <= LEAST_SHARE:
                continue
            j, used[count] = plot[e], e
            if offset[j] != 0.0:
                shift(bank, row, eye, parts, offset[j], later)
            for m in range(models):
                at = m * most + count
                copy(state, covariance, row * models + m, by_state, by_covariance, at)
                if offset[j] == 0.0:
                    fit[m, count] = correct(
                        kind, z, variance, j, parts, mean, expected, slope, more, i, wide, by_state, by_covariance, at, cross
                    )
                else:
                    fit[m, count] = corrected_later(
                        kind, z, variance, j, parts, later, wide, by_state, by_covariance, at, cross
                    )
            count += 1
        if count > 0:
            reweigh(weight, row, share, used, count, max(1.0 - hit[i], 0.0), fit, rise)
        for m in range(models if count > 0 else 0):
            blend(state, covariance, row * models + m, rise, m, count, by_state, by_covariance, cross)


@compiled
def corrected_later(
    kind: int, z: Floats, variance: Floats, j: int, parts: Ints, later: Sights, wide: int, state: Floats, covariance: Floats,
    k: int, cross: Floats,
) -> float:  # fmt: skip
    """Correct the k-th state and covariance by a detection with a time of its own, from the sight of that time."""
    return correct(
        kind, z, variance, j, parts, later.mean, later.z, later.slope, later.more, FIRST, wide, state, covariance, k, cross
    )


@compiled
def widest(start: Ints) -> int:
    """Return the largest number of edges of one track, at least 1."""
    most = 1
    for i in range(len(start) - 1):
        most = max(most, start[i + 1] - start[i])
    return most
