"""A grid over what a sensor measures, so that a track looks only at the detections near it.

Measurements lie in cells of (range, azimuth), (azimuth) or (x, y), about one to a cell.
"""

from __future__ import annotations

from math import ceil, floor, pi, sqrt
from typing import Final, NamedTuple

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.kernel import called, inlined, making
from outwork.watch.sensors import RADAR_2D, SELF_REPORT

SHORTEST: Final = 1e-9
"""Step [m] of cells where all detections are in one place."""


class Cells(NamedTuple):
    """Detections by cell: low end and step of both axes [4], numbers of rows and columns, start [cells + 1], order [n]."""

    scale: Floats
    rows: int
    columns: int
    start: Ints
    order: Ints


@making
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


@called
def spaced(z: Floats, axis: int, steps: int) -> tuple[float, float]:
    """Return the least number on an axis, and the step that divides what lies above it into so many."""
    low, high = z[0, axis], z[0, axis]
    for j in range(len(z)):
        low, high = min(low, z[j, axis]), max(high, z[j, axis])
    return low, max((high - low) / steps, SHORTEST)


@inlined
def clipped(at: float, most: int) -> int:
    """Return the cell, 0 to most - 1, that a number of steps from the low end falls into; the ends hold what is beyond."""
    return int(min(max(floor(at), 0.0), most - 1.0))


@inlined
def band(centre: float, half: float, low: float, step: float, cells: int, wraps: bool) -> tuple[int, int]:  # noqa: FBT001
    """Return the first and last cell that a box touches along an axis; one that wraps may go on beyond its end."""
    first, last = floor((centre - half - low) / step), floor((centre + half - low) / step)
    if not wraps:
        return clipped(first, cells), clipped(last, cells)
    if last - first >= cells - 1:
        return 0, cells - 1
    return int(first), int(last)
