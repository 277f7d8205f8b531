"""Which detections can belong to which tracks: sparse edges, found by a grid over what the sensor measures.

A track looks only into the cells that its own gate touches; what it finds there is tested by the Mahalanobis distance,
d2 = v' S^-1 v, v = z - h(x), S = H P H' + R (Blackman and Popoli 1999, section 6.3), d2 <= gate2.
"""

from __future__ import annotations

from math import log
from typing import Final, NamedTuple

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.kernel import inlined, making
from outwork.watch.sensors import SELF_REPORT
from outwork.watch.track.bank import Bank
from outwork.watch.track.cells import Cells, band
from outwork.watch.track.fit import desk, paired, paired_at_all, paired_later
from outwork.watch.track.look import PLACE, Eye, Plots, off, plain
from outwork.watch.track.sight import Sights, unseen

SAME_NAME: Final = 10.0
"""What an equal identity adds to the log-likelihood ratio [1]: names are seldom, but can be, forged."""


class Edges(NamedTuple):
    """Detections that can belong to tracks, by track: those of the i-th track looked at are start[i] to start[i + 1].

    plot [e], the detection; distance2 [e], squared Mahalanobis distance; score [e], ln(detects N(v; 0, S) / density of false
    ones); fit [e, m], ln N(v; 0, S) of each model; seen [n], probability [1] by which a miss of the i-th track is judged.
    """

    start: Ints
    plot: Ints
    distance2: Floats
    score: Floats
    fit: Floats
    seen: Floats


@inlined
def boxed(kind: int, z: Floats, j: int, parts: Ints, expected: Floats, half: Floats, i: int) -> bool:
    """Return whether detection j lies in the box around the gate of the i-th track."""
    for a in range(len(parts)):  # noqa: SIM110  Numba compiles the loop, not a generator
        if abs(off(kind, z, j, parts[a], expected[i, parts[a]])) > half[i, a]:
            return False
    return True


@inlined
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
            cell = r * columns + (c - columns if c >= columns else c + columns if c < 0 else c)
            for at in range(start[cell], start[cell + 1]):
                if boxed(kind, z, order[at], parts, expected, half, i):
                    found[count] = order[at]
                    count += 1
    return count


@inlined
def strange(name: int, other: int) -> bool:
    """Return whether both have a name, and not the same one."""
    return name != 0 and other != 0 and name != other  # noqa: PLR1714  Numba knows no sets of them


@making
def gate(bank: Bank, rows: Ints, eye: Eye, plots: Plots, grid: Cells, seen: Sights, widest: float, most: int) -> Edges:
    """Return the edges between the tracks `rows` [n] of the bank and the detections, at most `most` of them.

    start[-1] tells how many there are: where that is above `most`, ask again with as much.
    """
    kind, parts, z, identity, named = eye.kind, plots.parts, plots.z, plots.identity, bank.identity
    start, plot, distance2, score = np.zeros(len(rows) + 1, np.int64), np.empty(most, np.int64), np.empty(most), np.empty(most)
    fit, near, room = np.empty((most + 1, bank.weight.shape[1])), np.empty(len(z), np.int64), desk(len(parts))
    expected, half, shape, cell, order, scale = seen.z, seen.half, (grid.rows, grid.columns), grid.start, grid.order, grid.scale
    offset, density, later, found = plots.offset, plots.density, unseen(1, len(parts)), 0
    sure, short = log(eye.detects), plain(plots)
    for i in range(len(rows) if len(z) > 0 else 0):
        name = named[rows[i]]
        for at in range(candidates(kind, scale, shape, cell, order, z, parts, expected, half, i, near)):
            j, to = near[at], min(found, most)
            if strange(name, identity[j]):
                continue
            if short:
                d2, ln = paired(bank, rows[i], seen, i, kind, plots, j, PLACE, PLACE, widest, room, fit, to)
            elif offset[j] == 0.0:
                d2, ln = paired_at_all(bank, rows[i], seen, i, kind, plots, j, widest, room, fit, to)
            else:
                d2, ln = paired_later(bank, rows[i], eye, later, plots, j, widest, room, fit, to)
            if d2 > widest * widest:
                continue
            if found < most:
                same = SAME_NAME if name != 0 and identity[j] == name else 0.0
                plot[found], distance2[found], score[found] = j, d2, sure + ln - density[j] + same
            found += 1
        start[i + 1] = found
    return Edges(start, plot, distance2, score, fit, seen.seen)
