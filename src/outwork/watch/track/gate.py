"""Which detections can belong to which tracks: sparse edges, found by a grid over what the sensor measures.

Measurements lie in cells of (range, azimuth), (azimuth) or (x, y), about one to a cell. A track looks only into the cells that
its own gate touches; what it finds there is tested by the Mahalanobis distance,
d2 = v' S^-1 v, v = z - h(x), S = H P H' + R (Blackman and Popoli 1999, section 6.3), d2 <= gate2.
"""

from __future__ import annotations

from math import ceil, floor, log, pi, sqrt
from typing import Final, NamedTuple

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.kernel import compiled
from outwork.watch.sensors import RADAR_2D, SELF_REPORT, WIDTH
from outwork.watch.track.bank import Bank
from outwork.watch.track.look import PLACE, Eye, Plots, blunt, look, off, sees, spread
from outwork.watch.track.motion import moments

SAME_NAME: Final = 10.0
"""What an equal identity adds to the log-likelihood ratio [1]: names are seldom, but can be, forged."""
LOG_FULL_TURN: Final = log(2.0 * pi)
TINY: Final = 1e-300


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
    """What tracks would look like: z [n, 6]; s [n, c, c], H P H'; half [n, c], half-widths of the box around the gate; seen [n]."""

    z: Floats
    s: Floats
    half: Floats
    seen: Floats


@compiled
def cells(kind: int, z: Floats) -> Cells:
    """Sort detections z [n, 6] into about as many cells as there are detections (a counting sort)."""
    count = len(z)
    many = max(1, int(ceil(sqrt(count))))
    rows, columns = (many, many) if kind <= RADAR_2D or kind == SELF_REPORT else (1, max(1, count))
    scale = np.array([0.0, 1.0, -pi, 2.0 * pi / columns])
    if count > 0 and rows > 1:
        scale[0] = z[:, 0].min()
        scale[1] = max((z[:, 0].max() - scale[0]) / rows, 1e-9)
    if count > 0 and kind == SELF_REPORT:
        scale[2] = z[:, 1].min()
        scale[3] = max((z[:, 1].max() - scale[2]) / columns, 1e-9)
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
def clipped(at: float, most: int) -> int:
    """Return the cell, 0 to most - 1, that a number of steps from the low end falls into; the ends hold what is beyond."""
    return int(min(max(floor(at), 0.0), most - 1.0))


@compiled
def misfit(s: Floats, v: Floats) -> tuple[float, float]:
    """Return v' S^-1 v and ln det S of S [c, c] and v [c], by a Cholesky factor; both are overwritten."""
    distance2, volume = 0.0, 0.0
    for a in range(len(v)):
        pivot, rest = s[a, a], v[a]
        for b in range(a):
            total = s[a, b]
            for k in range(b):
                total -= s[a, k] * s[b, k]
            s[a, b] = total / s[b, b]
            pivot -= s[a, b] * s[a, b]
            rest -= s[a, b] * v[b]
        pivot = max(pivot, TINY)
        s[a, a] = sqrt(pivot)
        v[a] = rest / s[a, a]
        distance2 += v[a] * v[a]
        volume += log(pivot)
    return distance2, volume


def misfit_reference(s: Floats, v: Floats) -> tuple[float, float]:
    """Return what `misfit` returns, by solving and by the determinant."""
    return float(v @ np.linalg.solve(s, v)), float(np.linalg.slogdet(s)[1])


@compiled
def sights(bank: Bank, rows: Ints, eye: Eye, plots: Plots, wide: int, gate: float) -> Sights:
    """Return what the tracks `rows` [n] would look like to the sensor."""
    kind, mount, parts, widest, lag = eye.kind, eye.mount, plots.parts, plots.widest, plots.lag
    n, c, models = len(rows), len(plots.parts), bank.weight.shape[1]
    made = Sights(np.zeros((n, WIDTH)), np.empty((n, c, c)), np.empty((n, c)), np.empty(n))
    z, s, half = made.z, made.s, made.half
    mean, whole, slope = np.empty((1, WIDTH)), np.empty((1, WIDTH, WIDTH)), np.zeros((WIDTH, WIDTH))
    for i in range(n):
        moments(bank.state, bank.covariance, rows[i] * models, bank.weight, rows[i], mean, whole, 0)
        look(kind, mount, mean, 0, 0.0, z[i], slope)
        spread(slope, whole, 0, parts, wide, s, i)
        made.seen[i] = sees(eye.judges, eye.scope, z[i])
        moves = lag * pace(mean, whole, gate) if lag > 0.0 else 0.0
        for a in range(c):
            more = blunt(kind, parts[a], z[i], whole, 0)
            s[i, a, a] += more
            half[i, a] = gate * sqrt(s[i, a, a] + widest[parts[a]])
            if moves > 0.0:
                half[i, a] += moves * sqrt(slope[parts[a], 0] ** 2 + slope[parts[a], 1] ** 2 + slope[parts[a], 2] ** 2)
    return made


@compiled
def pace(mean: Floats, whole: Floats, gate: float) -> float:
    """Return the speed [m/s] that the first state can hardly exceed."""
    total = 0.0
    for i in range(PLACE, WIDTH):
        total += (abs(mean[0, i]) + gate * sqrt(whole[0, i, i])) ** 2
    return sqrt(total)


@compiled
def weigh(
    kind: int, z: Floats, variance: Floats, j: int, parts: Ints, expected: Floats, s: Floats, i: int, room: Floats, v: Floats
) -> tuple[float, float]:
    """Return squared Mahalanobis distance and log-likelihood of detection j for the i-th track; room [c, c] and v [c] are room.

    A component that was not measured counts as one that fits and tells nothing.
    """
    measured = 0
    for a in range(len(parts)):
        v[a] = off(kind, z, j, parts[a], expected[i, parts[a]])
        for b in range(a):
            room[a, b] = s[i, a, b]
        room[a, a] = s[i, a, a] + variance[j, parts[a]]
        measured += 1
    for a in range(len(parts)):
        if np.isnan(v[a]):
            v[a], room[a, a] = 0.0, 1.0
            measured -= 1
            for b in range(len(parts)):
                if b != a:
                    room[a, b] = room[b, a] = 0.0
    distance2, volume = misfit(room, v)
    return distance2, -0.5 * (distance2 + volume + measured * LOG_FULL_TURN)


@compiled
def boxed(kind: int, z: Floats, j: int, parts: Ints, expected: Floats, half: Floats, i: int) -> bool:
    """Return whether detection j lies in the box around the gate of the i-th track."""
    for a in range(len(parts)):
        if abs(off(kind, z, j, parts[a], expected[i, parts[a]])) > half[i, a]:
            return False
    return True


@compiled
def block(kind: int, grid: Cells, parts: Ints, expected: Floats, half: Floats, i: int) -> tuple[int, int, int, int]:
    """Return the first and last row and column of the cells that the i-th track's box touches; columns may go round."""
    top, bottom, left, right = 0, 0, 0, 0
    for a in range(len(parts)):
        axis = parts[a]
        if axis > 1 or (axis == 0 and grid.rows == 1):
            continue
        low, step = grid.scale[2 * axis], grid.scale[2 * axis + 1]
        first, last = (expected[i, axis] - half[i, a] - low) / step, (expected[i, axis] + half[i, a] - low) / step
        if axis == 0:
            top, bottom = clipped(first, grid.rows), clipped(last, grid.rows)
        elif kind == SELF_REPORT:
            left, right = clipped(first, grid.columns), clipped(last, grid.columns)
        elif last - first >= grid.columns:
            left, right = 0, grid.columns - 1
        else:
            left, right = int(floor(first)), min(int(floor(last)), int(floor(first)) + grid.columns - 1)
    return top, bottom, left, right


@compiled
def candidates(kind: int, grid: Cells, plots: Plots, seen: Sights, i: int, name: int, found: Ints) -> int:
    """Write the detections in the i-th track's box, those of another name left out, and return how many."""
    start, order, columns, z, parts, identity = grid.start, grid.order, grid.columns, plots.z, plots.parts, plots.identity
    top, bottom, left, right = block(kind, grid, parts, seen.z, seen.half, i)
    count = 0
    for r in range(top, bottom + 1):
        for c in range(left, right + 1):
            cell = r * columns + c % columns
            for at in range(start[cell], start[cell + 1]):
                j = order[at]
                stranger = name != 0 and identity[j] != 0 and identity[j] != name
                if not stranger and boxed(kind, z, j, parts, seen.z, seen.half, i):
                    found[count] = j
                    count += 1
    return count


@compiled
def gate(bank: Bank, rows: Ints, eye: Eye, plots: Plots, grid: Cells, seen: Sights, widest: float, room: int) -> Edges:
    """Return the edges between the tracks `rows` [n] of the bank and the detections, at most `room` of them.

    start[-1] tells how many there are: where that is above `room`, ask again with as much.
    """
    kind, parts, z, variance, offset = eye.kind, plots.parts, plots.z, plots.variance, plots.offset
    start, plot = np.zeros(len(rows) + 1, np.int64), np.empty(room, np.int64)
    distance2, score = np.empty(room), np.empty(room)
    near, v, one = np.empty(len(z), np.int64), np.empty(len(parts)), np.empty((len(parts), len(parts)))
    later = Sights(np.zeros((1, WIDTH)), np.empty((1, len(parts), len(parts))), np.empty((1, 1)), np.empty(1))
    found, sure = 0, log(eye.detects)
    for i in range(len(rows)):
        name = bank.identity[rows[i]]
        for at in range(candidates(kind, grid, plots, seen, i, name, near) if len(z) > 0 else 0):
            j = near[at]
            if offset[j] == 0.0:
                d2, fit = weigh(kind, z, variance, j, parts, seen.z, seen.s, i, one, v)
            else:
                shift(bank, rows[i], eye, parts, offset[j], later.z, later.s)
                d2, fit = weigh(kind, z, variance, j, parts, later.z, later.s, 0, one, v)
            if d2 <= widest * widest:
                if found < room:
                    same = SAME_NAME if name != 0 and plots.identity[j] == name else 0.0
                    plot[found], distance2[found], score[found] = j, d2, sure + fit - plots.density[j] + same
                found += 1
        start[i + 1] = found
    return Edges(start, plot, distance2, score, seen.seen)


@compiled
def shift(bank: Bank, row: int, eye: Eye, parts: Ints, tau: float, z: Floats, s: Floats) -> None:
    """Write what one track looks like tau [s] later: z[0] [6] and s[0] [c, c]."""
    mean, whole, slope = np.empty((1, WIDTH)), np.empty((1, WIDTH, WIDTH)), np.zeros((WIDTH, WIDTH))
    moments(bank.state, bank.covariance, row * bank.weight.shape[1], bank.weight, row, mean, whole, 0)
    look(eye.kind, eye.mount, mean, 0, tau, z[0], slope)
    spread(slope, whole, 0, parts, WIDTH, s, 0)
    for a in range(len(parts)):
        s[0, a, a] += blunt(eye.kind, parts[a], z[0], whole, 0)
