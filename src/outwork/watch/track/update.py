"""Detections correct states: the extended Kalman filter in the form of probabilistic data association, for each model.

Bar-Shalom, Willett and Tian (2011), Tracking and Data Fusion, section 3.4: the corrections by each detection, and none, are
weighed by their shares and merged into one Gaussian. Nearest neighbour is the same with one share of 1. Measurement noises
are independent, so each detection's components enter one after another (Bar-Shalom 2001, section 7.4: sequential updating),
all linearised at the prediction, which needs no inverse and keeps covariances symmetric. For several models each one's
likelihood corrects its weight (IMM-PDA).
"""

from __future__ import annotations

from math import exp
from typing import Final, NamedTuple

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.kernel import FIRST, called, inlined, making
from outwork.watch.sensors import WIDTH
from outwork.watch.track.associate.shares import Shares
from outwork.watch.track.bank import Bank
from outwork.watch.track.gate import Edges
from outwork.watch.track.look import PLACE, Eye, Plots, columns, off, plain
from outwork.watch.track.motion import copy
from outwork.watch.track.sight import Sights, shift, unseen

LEAST_SHARE: Final = 1e-4
"""Shares [1] below this change nothing that matters."""
LEAST_VARIANCE: Final = 1e-9
"""Variance of a state [m2, m2/s2] that no certainty of a sensor can go below."""
LEAST_WEIGHT: Final = 1e-6
"""Probability [1] that a model keeps, so that it can come back."""


@inlined
def absorb(
    state: Floats, covariance: Floats, k: int, slope: Floats, i: int, part: int, wide: int, v: float, noise: float,
    cross: Floats,
) -> None:  # fmt: skip
    """Correct the k-th state and covariance by one number: h = slope[i, part] [6], innovation v, variance of its noise r.

    s = h P h' + r;  K = P h' / s;  x = x + K v;  P = P - K s K'. Only the first `wide` of h count; cross [6] is room.
    """
    one, two, three, s = slope[i, part, 0], slope[i, part, 1], slope[i, part, 2], noise
    for a in range(WIDTH):
        total = covariance[k, a, 0] * one + covariance[k, a, 1] * two + covariance[k, a, 2] * three
        for b in range(PLACE, wide):
            total += covariance[k, a, b] * slope[i, part, b]
        cross[a] = total
    s += one * cross[0] + two * cross[1] + three * cross[2]
    for a in range(PLACE, wide):
        s += slope[i, part, a] * cross[a]
    inverse = 1.0 / s
    for a in range(WIDTH):
        gain = cross[a] * inverse
        state[k, a] += gain * v
        for b in range(a + 1):
            after = covariance[k, b, a] - gain * cross[b]
            covariance[k, a, b] = covariance[k, b, a] = after
        covariance[k, a, a] = max(covariance[k, a, a], LEAST_VARIANCE)


def absorb_reference(state: Floats, covariance: Floats, slope: Floats, v: Floats, noise: Floats) -> tuple[Floats, Floats]:
    """Return state and covariance after all components at once, slope [c, 6], v, noise [c], in Joseph's form."""
    s = slope @ covariance @ slope.T + np.diag(noise)
    gain = np.linalg.solve(s, slope @ covariance).T
    rest = np.eye(WIDTH) - gain @ slope
    return state + gain @ v, rest @ covariance @ rest.T + gain @ np.diag(noise) @ gain.T


@inlined
def correct(
    kind: int, z: Floats, variance: Floats, j: int, parts: Ints, mean: Floats, expected: Floats, slope: Floats, more: Floats,
    i: int, count: int, wide: int, state: Floats, covariance: Floats, k: int, cross: Floats,
) -> None:  # fmt: skip
    """Correct the k-th state and covariance by detection j, in place.

    All models are linearised where their mixture, x0 = mean[i], is: the c-th component's innovation is
    z_c - h_c(x0) - H_c (x - x0), with x as it is once the components before it are in.
    """
    for a in range(count):
        v = off(kind, z, j, parts[a], expected[i, parts[a]])
        if np.isnan(v):
            continue
        for b in range(wide):
            v -= slope[i, a, b] * (state[k, b] - mean[i, b])
        absorb(state, covariance, k, slope, i, a, wide, v, variance[j, parts[a]] + more[i, a], cross)


@inlined
def reweigh(weight: Floats, row: int, shares: Floats, fit: Floats, used: Ints, count: int, none: float, rise: Floats) -> float:
    """Write each model's weight after the scan and, in rise [m, k], the shares of the detections within each model.

    Detection k fits model m with l_mk; with l_k = sum_m w_m l_mk, a model's factor is  none + sum_k share_k l_mk / l_k.
    Returns the least share of the first detection.
    """
    models, total, least = weight.shape[1], 0.0, 1.0
    for k in range(count):
        top, together = -np.inf, 0.0
        for m in range(models):
            top = max(top, fit[used[k], m])
        for m in range(models):
            rise[m, k] = exp(fit[used[k], m] - top)
            together += weight[row, m] * rise[m, k]
        for m in range(models):
            rise[m, k] *= shares[used[k]] / together
    for m in range(models):
        factor = none
        for k in range(count):
            factor += rise[m, k]
        for k in range(count):
            rise[m, k] /= max(factor, LEAST_WEIGHT)
        least = min(least, rise[m, 0])
        weight[row, m] = max(weight[row, m] * factor, LEAST_WEIGHT)
        total += weight[row, m]
    for m in range(models):
        weight[row, m] /= total
    return least


@called
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


@making
def update(bank: Bank, rows: Ints, eye: Eye, plots: Plots, seen: Sights, edges: Edges, shares: Shares) -> None:
    """Correct the tracks `rows` [n] of the bank by the detections of their edges, as far as these are theirs.

    Nearly every track gets one detection, a place, wholly, and is corrected where it lies; the others by `mixed`.
    """
    state, covariance, weight, share, start, plot = (
        bank.state, bank.covariance, bank.weight, shares.weight, edges.start, edges.plot,
    )  # fmt: skip
    kind, z, variance, parts, hit, fit = (
        eye.kind, plots.z, plots.variance, plots.parts, shares.hit, edges.fit,
    )  # fmt: skip
    mean, expected, slope, more, cross = seen.mean, seen.z, seen.slope, seen.more, np.empty(WIDTH)
    models, short, most = weight.shape[1], plain(plots), widest(start)
    rise, used, room = np.empty((models, most)), np.empty(most, np.int64), bench(models, most, len(parts))
    for i in range(len(rows)):
        count, row = 0, rows[i]
        for e in range(start[i], start[i + 1]):
            if share[e] > LEAST_SHARE:
                used[count] = e
                count += 1
        if count == 0:
            continue
        least, j = reweigh(weight, row, share, fit, used, count, max(1.0 - hit[i], 0.0), rise), plot[used[0]]
        if count > 1 or least <= 1.0 - LEAST_SHARE or not short:
            mixed(bank, row, eye, plots, seen, i, plot, used, count, rise, room)
            continue
        for m in range(models):
            correct(
                kind, z, variance, j, parts, mean, expected, slope, more, i, PLACE, PLACE, state, covariance, row * models + m,
                cross,
            )  # fmt: skip


class Bench(NamedTuple):
    """Room for corrections before they are merged: state [m x k, 6], covariance [m x k, 6, 6], cross [6]; later, one sight."""

    state: Floats
    covariance: Floats
    cross: Floats
    later: Sights


@making
def bench(models: int, most: int, parts: int) -> Bench:
    """Return room for the corrections of one track."""
    count = models * most
    return Bench(np.empty((count, WIDTH)), np.empty((count, WIDTH, WIDTH)), np.empty(WIDTH), unseen(1, parts))


@called
def mixed(
    bank: Bank, row: int, eye: Eye, plots: Plots, seen: Sights, i: int, plot: Ints, used: Ints, count: int, rise: Floats,
    room: Bench,
) -> None:  # fmt: skip
    """Correct a track by several detections, by one that is not wholly its, or by one that is more or less than a place."""
    models, most = rise.shape
    for k in range(count):
        j = plot[used[k]]
        if plots.offset[j] != 0.0:
            shift(bank, row, eye, plots.parts, plots.offset[j], room.later)
        for m in range(models):
            copy(bank.state, bank.covariance, row * models + m, room.state, room.covariance, m * most + k)
            if plots.offset[j] == 0.0:
                corrected(seen, i, eye, plots, j, room, m * most + k)
            else:
                corrected(room.later, FIRST, eye, plots, j, room, m * most + k)
    for m in range(models):
        blend(bank.state, bank.covariance, row * models + m, rise, m, count, room.state, room.covariance, room.cross)


@called
def corrected(sight: Sights, i: int, eye: Eye, plots: Plots, j: int, room: Bench, k: int) -> None:
    """Correct the k-th state and covariance of the room by detection j, linearised at the i-th sight."""
    correct(
        eye.kind, plots.z, plots.variance, j, plots.parts, sight.mean, sight.z, sight.slope, sight.more, i, len(plots.parts),
        columns(plots), room.state, room.covariance, k, room.cross,
    )  # fmt: skip


@called
def widest(start: Ints) -> int:
    """Return the largest number of edges of one track, at least 1."""
    most = 1
    for i in range(len(start) - 1):
        most = max(most, start[i + 1] - start[i])
    return most
