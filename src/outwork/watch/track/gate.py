"""Which detections can belong to which tracks: sparse edges, found by a grid over what the sensor measures.

Measurements lie in cells of (range, azimuth), (azimuth) or (x, y), about one to a cell. A track looks only into the cells that
its own gate touches; what it finds there is tested by the Mahalanobis distance,
d2 = v' S^-1 v, v = z - h(x), S = H P H' + R (Blackman and Popoli 1999, section 6.3), d2 <= gate2.
"""

from __future__ import annotations

from math import ceil, exp, floor, log, pi, sqrt
from typing import Final, NamedTuple

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.kernel import FIRST, compiled
from outwork.watch.sensors import NEAREST, RADAR_2D, SELF_REPORT, WIDTH
from outwork.watch.track.bank import Bank
from outwork.watch.track.look import BLUNT, PLACE, Eye, Plots, blunt, columns, look, off, sees, spread
from outwork.watch.track.motion import moments

SAME_NAME: Final = 10.0
"""What an equal identity adds to the log-likelihood ratio [1]: names are seldom, but can be, forged."""
LOG_FULL_TURN: Final = log(2.0 * pi)
TINY: Final = 1e-300
SHORTEST: Final = 1e-9
"""Step [m] of cells where all detections are in one place."""


class Cells(NamedTuple):
    """Detections by cell: low end and step of both axes [4], numbers of rows and columns, start [cells + 1], order [n]."""

    scale: Floats
    rows: int
    columns: int
    start: Ints
    order: Ints


class Edges(NamedTuple):
    """Detections that can belong to tracks, by track: those of the i-th track looked at are start[i] to start[i + 1].

    plot [e], the detection; distance2 [e], squared Mahalanobis distance; score [e], ln(detects N(v; 0, S) / density of false
    ones); seen [n], probability [1] by which a miss of the i-th track is judged.
    """

    start: Ints
    plot: Ints
    distance2: Floats
    score: Floats
    seen: Floats


class Sights(NamedTuple):
    """What tracks look like to the sensor, their models merged.

    mean [n, 6], the state looked at; z [n, 6]; slope [n, c, 6]; more [n, c], what curvature adds to the noise; s [n, c, c],
    H P H' with that; half [n, c], half-widths of the box around the gate; seen [n], probability by which a miss is judged.
    """

    mean: Floats
    z: Floats
    slope: Floats
    more: Floats
    s: Floats
    half: Floats
    seen: Floats


@compiled
def cells(kind: int, z: Floats) -> Cells:
    """Sort detections z [n, 6] into about as many cells as there are detections (a counting sort)."""
    count = len(z)
    many = max(1, ceil(sqrt(count)))
    rows, columns = (many, many) if kind <= RADAR_2D or kind == SELF_REPORT else (1, max(1, count))
    scale = np.array([0.0, 1.0, -pi, 2.0 * pi / columns])
    if count > 0 and rows > 1:
        scale[0], scale[1] = spaced(z, 0, rows)
    if count > 0 and kind == SELF_REPORT:
        scale[2], scale[3] = spaced(z, 1, columns)
    start, order, where = np.zeros(rows * columns + 1, np.int64), np.empty(count, np.int64), np.empty(count, np.int64)
    for j in range(count):
        row = clipped((z[j, 0] - scale[0]) / scale[1], rows) if rows > 1 else 0
        where[j] = row * columns + clipped((z[j, 1] - scale[2]) / scale[3], columns)
        start[where[j] + 1] += 1
    for cell in range(rows * columns):
        start[cell + 1] += start[cell]
    for j in range(count - 1, -1, -1):
        start[where[j] + 1] -= 1
        order[start[where[j] + 1]] = j
    for cell in range(rows * columns):
        start[cell] = start[cell + 1]
    start[rows * columns] = count
    return Cells(scale, rows, columns, start, order)


@compiled
def spaced(z: Floats, axis: int, steps: int) -> tuple[float, float]:
    """Return the least number on an axis, and the step that divides what lies above it into so many."""
    low, high = z[0, axis], z[0, axis]
    for j in range(len(z)):
        low, high = min(low, z[j, axis]), max(high, z[j, axis])
    return low, max((high - low) / steps, SHORTEST)


@compiled
def clipped(at: float, most: int) -> int:
    """Return the cell, 0 to most - 1, that a number of steps from the low end falls into; the ends hold what is beyond."""
    return int(min(max(floor(at), 0.0), most - 1.0))


@compiled
def misfit(s: Floats, v: Floats) -> tuple[float, float]:
    """Return v' S^-1 v and ln det S of S [c, c] and v [c], by the factors S = L diag(d) L'; both are overwritten."""
    distance2, volume = 0.0, 1.0
    for a in range(len(v)):
        for b in range(a):
            total = s[a, b]
            for k in range(b):
                total -= s[a, k] * s[b, k] * s[k, k]
            s[a, b] = total / s[b, b]
            s[a, a] -= s[a, b] * total
            v[a] -= s[a, b] * v[b]
        s[a, a] = max(s[a, a], TINY)
        distance2 += v[a] * v[a] / s[a, a]
        volume *= s[a, a]
    return distance2, log(volume)


def misfit_reference(s: Floats, v: Floats) -> tuple[float, float]:
    """Return what `misfit` returns, by solving and by the determinant."""
    return float(v @ np.linalg.solve(s, v)), float(np.linalg.slogdet(s)[1])


@compiled
def unseen(n: int, c: int) -> Sights:
    """Return room for the sights of n tracks in c components."""
    return Sights(
        np.empty((n, WIDTH)), np.zeros((n, WIDTH)), np.empty((n, c, WIDTH)), np.zeros((n, c)), np.empty((n, c, c)),
        np.empty((n, c)), np.empty(n),
    )  # fmt: skip


@compiled
def sights(bank: Bank, rows: Ints, eye: Eye, plots: Plots, gate: float) -> Sights:
    """Return what the tracks `rows` [n] look like to the sensor."""
    kind, mount, scope, judges, parts, widest = eye.kind, eye.mount, eye.scope, eye.judges, plots.parts, plots.widest
    models, wide, made = bank.weight.shape[1], columns(plots), unseen(len(rows), len(plots.parts))
    z, slopes, more, s, half, seen = made.z, made.slope, made.more, made.s, made.half, made.seen
    whole, slope, cross = np.empty((len(rows), WIDTH, WIDTH)), np.zeros((WIDTH, WIDTH)), np.empty((len(parts), WIDTH))
    for i in range(len(rows)):
        moments(bank.state, bank.covariance, rows[i] * models, bank.weight, rows[i], made.mean, whole, i)
    mean = made.mean
    for i in range(len(rows)):
        behold(mean, whole, i, kind, mount, parts, 0.0, wide, z, slopes, more, s, i, slope, cross)
        seen[i] = sees(judges, scope, z, i)
        for a in range(len(parts)):
            half[i, a] = gate * sqrt(s[i, a, a] + widest[parts[a]])
    if plots.lag > 0.0:
        widen(mean, whole, slopes, plots.lag, gate, half)
    return made


@compiled
def behold(
    state: Floats, covariance: Floats, k: int, kind: int, mount: Floats, parts: Ints, tau: float, wide: int, z: Floats,
    slopes: Floats, more: Floats, s: Floats, i: int, slope: Floats, cross: Floats,
) -> None:  # fmt: skip
    """Write what the k-th state looks like tau [s] later as the i-th sight: z, slopes, more and s of `Sights`."""
    ground = look(kind, mount, state, k, tau, z, i, slope)
    spread(slope, parts, wide, covariance, k, slopes, s, i, cross)
    variance = max(covariance[k, 0, 0], covariance[k, 1, 1], covariance[k, 2, 2])
    if variance > BLUNT * BLUNT * ground * ground:
        for a in range(len(parts)):
            more[i, a] = blunt(kind, parts[a], max(z[i, 0], NEAREST), ground, variance)
            s[i, a, a] += more[i, a]


@compiled
def widen(mean: Floats, whole: Floats, slopes: Floats, lag: float, gate: float, half: Floats) -> None:
    """Widen the boxes by how far things can move within the scan's own time."""
    for i in range(len(mean)):
        pace = 0.0
        for j in range(PLACE, WIDTH):
            pace += (abs(mean[i, j]) + gate * sqrt(whole[i, j, j])) ** 2
        for a in range(half.shape[1]):
            steep = slopes[i, a, 0] ** 2 + slopes[i, a, 1] ** 2 + slopes[i, a, 2] ** 2
            half[i, a] += lag * sqrt(pace * steep)


@compiled
def weigh(
    kind: int, z: Floats, variance: Floats, j: int, parts: Ints, expected: Floats, s: Floats, i: int, room: Floats, v: Floats
) -> tuple[float, float]:
    """Return squared Mahalanobis distance and log-likelihood of detection j for the i-th track; room [c, c] and v [c] are room.

    A component that was not measured counts as one that fits and tells nothing.
    """
    measured = len(parts)
    for a in range(len(parts)):
        v[a] = off(kind, z, j, parts[a], expected[i, parts[a]])
        blank = np.isnan(v[a])
        if blank:
            v[a] = 0.0
            measured -= 1
        for b in range(a):
            room[a, b] = 0.0 if blank or np.isnan(z[j, parts[b]]) else s[i, a, b]
        room[a, a] = 1.0 if blank else s[i, a, a] + variance[j, parts[a]]
    distance2, volume = misfit(room, v)
    return distance2, -0.5 * (distance2 + volume + measured * LOG_FULL_TURN)


@compiled
def by_model(
    kind: int, z: Floats, variance: Floats, j: int, parts: Ints, mean: Floats, expected: Floats, slope: Floats, more: Floats,
    i: int, state: Floats, covariance: Floats, row: int, weight: Floats, room: Floats, v: Floats,
) -> float:  # fmt: skip
    """Return the log-likelihood of detection j for the i-th track as the mixture of its models:  ln sum_m w_m N(v_m; 0, S_m).

    One Gaussian with the mixture's moments will do for the gate, but where one model is calm and another wild it is far too
    wide to tell which of two near tracks fits better.
    """
    models, total, top = weight.shape[1], 0.0, -np.inf
    for m in range(models):
        k, measured = row * models + m, len(parts)
        for a in range(len(parts)):
            v[a] = off(kind, z, j, parts[a], expected[i, parts[a]])
            blank = np.isnan(v[a])
            measured -= 1 if blank else 0
            for c in range(WIDTH):
                v[a] -= slope[i, a, c] * (state[k, c] - mean[i, c])
            for b in range(a + 1):
                room[a, b] = 0.0 if blank or np.isnan(z[j, parts[b]]) else quadratic(slope, i, a, b, covariance, k)
            v[a], room[a, a] = (0.0, 1.0) if blank else (v[a], room[a, a] + variance[j, parts[a]] + more[i, a])
        distance2, volume = misfit(room, v)
        fit = -0.5 * (distance2 + volume + measured * LOG_FULL_TURN)
        if fit > top:
            total, top = total * exp(top - fit), fit
        total += weight[row, m] * exp(fit - top)
    return top + log(max(total, TINY))


@compiled
def quadratic(slope: Floats, i: int, a: int, b: int, covariance: Floats, k: int) -> float:
    """Return h_a P h_b' of two components of the i-th sight and the k-th covariance."""
    total = 0.0
    for c in range(WIDTH):
        part = 0.0
        for d in range(WIDTH):
            part += covariance[k, c, d] * slope[i, b, d]
        total += slope[i, a, c] * part
    return total


@compiled
def boxed(kind: int, z: Floats, j: int, parts: Ints, expected: Floats, half: Floats, i: int) -> bool:
    """Return whether detection j lies in the box around the gate of the i-th track."""
    for a in range(len(parts)):  # noqa: SIM110  Numba compiles the loop, not a generator
        if abs(off(kind, z, j, parts[a], expected[i, parts[a]])) > half[i, a]:
            return False
    return True


@compiled
def band(centre: float, half: float, low: float, step: float, cells: int, wraps: bool) -> tuple[int, int]:  # noqa: FBT001
    """Return the first and last cell that a box touches along an axis; one that wraps may go on beyond its end."""
    first, last = floor((centre - half - low) / step), floor((centre + half - low) / step)
    if not wraps:
        return clipped(first, cells), clipped(last, cells)
    if last - first >= cells - 1:
        return 0, cells - 1
    return int(first), int(last)


@compiled
def candidates(
    kind: int, scale: Floats, cells_: tuple[int, int], start: Ints, order: Ints, z: Floats, parts: Ints, expected: Floats,
    half: Floats, i: int, found: Ints,
) -> int:  # fmt: skip
    """Write the detections in the i-th track's box, and return how many."""
    rows, columns = cells_
    top, bottom, left, right, count = 0, 0, 0, 0, 0
    if rows > 1:
        top, bottom = band(expected[i, 0], half[i, 0], scale[0], scale[1], rows, False)
    if columns > 1:
        at = 1 if parts[0] == 0 else 0
        left, right = band(expected[i, 1], half[i, at], scale[2], scale[3], columns, kind != SELF_REPORT)
    for r in range(top, bottom + 1):
        for c in range(left, right + 1):
            cell = r * columns + c % columns
            for at in range(start[cell], start[cell + 1]):
                if boxed(kind, z, order[at], parts, expected, half, i):
                    found[count] = order[at]
                    count += 1
    return count


@compiled
def gate(bank: Bank, rows: Ints, eye: Eye, plots: Plots, grid: Cells, seen: Sights, widest: float, most: int) -> Edges:
    """Return the edges between the tracks `rows` [n] of the bank and the detections, at most `most` of them.

    start[-1] tells how many there are: where that is above `most`, ask again with as much.
    """
    kind, parts, z, variance, identity = eye.kind, plots.parts, plots.z, plots.variance, plots.identity
    start, plot, distance2, score = np.zeros(len(rows) + 1, np.int64), np.empty(most, np.int64), np.empty(most), np.empty(most)
    near, v, room = np.empty(len(z), np.int64), np.empty(len(parts)), np.empty((len(parts), len(parts)))
    expected, s, half, shape, cell, order = seen.z, seen.s, seen.half, (grid.rows, grid.columns), grid.start, grid.order
    named, offset, density, scale = bank.identity, plots.offset, plots.density, grid.scale
    state, covariance, weight, models = bank.state, bank.covariance, bank.weight, bank.weight.shape[1]
    mean, slope, more = seen.mean, seen.slope, seen.more
    later, found, sure = unseen(1, len(parts)), 0, log(eye.detects)
    for i in range(len(rows) if len(z) > 0 else 0):
        name = named[rows[i]]
        for at in range(candidates(kind, scale, shape, cell, order, z, parts, expected, half, i, near)):
            j = near[at]
            if name != 0 and identity[j] != 0 and identity[j] != name:
                continue
            if offset[j] == 0.0:
                d2, fit = weigh(kind, z, variance, j, parts, expected, s, i, room, v)
            else:
                shift(bank, rows[i], eye, parts, offset[j], later)
                d2, fit = weigh(kind, z, variance, j, parts, later.z, later.s, FIRST, room, v)
            if d2 <= widest * widest:
                if found < most:
                    if models > 1 and offset[j] == 0.0:
                        fit = by_model(
                            kind,
                            z,
                            variance,
                            j,
                            parts,
                            mean,
                            expected,
                            slope,
                            more,
                            i,
                            state,
                            covariance,
                            rows[i],
                            weight,
                            room,
                            v,
                        )
                    same = SAME_NAME if name != 0 and identity[j] == name else 0.0
                    plot[found], distance2[found], score[found] = j, d2, sure + fit - density[j] + same
                found += 1
        start[i + 1] = found
    return Edges(start, plot, distance2, score, seen.seen)


@compiled
def shift(bank: Bank, row: int, eye: Eye, parts: Ints, tau: float, later: Sights) -> None:
    """Write what one track looks like tau [s] later as the first sight."""
    mean, whole, slope = np.empty((1, WIDTH)), np.empty((1, WIDTH, WIDTH)), np.zeros((WIDTH, WIDTH))
    moments(bank.state, bank.covariance, row * bank.weight.shape[1], bank.weight, row, mean, whole, FIRST)
    cross = np.empty((len(parts), WIDTH))
    for a in range(len(parts)):
        later.more[0, a] = 0.0
    for a in range(WIDTH):
        later.mean[0, a] = mean[0, a]
    behold(
        mean, whole, FIRST, eye.kind, eye.mount, parts, tau, len(slope), later.z, later.slope, later.more, later.s, FIRST,
        slope, cross,
    )  # fmt: skip
