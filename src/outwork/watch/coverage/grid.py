"""The air over an area, cut into cells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from outwork.watch.frames import Floats, Frame


@dataclass(frozen=True, eq=False)
class Grid:
    """Cells over an area at some altitudes.

    frame; east [column] and north [row], middles of the cells in the plane of the frame [m]; altitude [level], heights above
    the ellipsoid [m]; step, side of a cell [m]. Arrays over cells have the axes [level, row, column].
    """

    frame: Frame
    east: Floats
    north: Floats
    altitude: Floats
    step: float

    @property
    def shape(self) -> tuple[int, int, int]:
        """Levels, rows and columns."""
        return len(self.altitude), len(self.north), len(self.east)

    @cached_property
    def ground(self) -> tuple[Floats, Floats]:
        """Latitude and longitude of the cells [row, column] in degrees."""
        north, east = np.meshgrid(self.north, self.east, indexing="ij")
        latitude, longitude, _ = self.frame.geodetic(np.stack([east, north, np.zeros_like(east)], axis=-1))
        return latitude, longitude

    @cached_property
    def place(self) -> Floats:
        """Middles of the cells [cell, 3] in the frame [m], level by level, row by row."""
        latitude, longitude = (np.broadcast_to(each, self.shape) for each in self.ground)
        altitude = np.broadcast_to(self.altitude[:, None, None], self.shape)
        return self.frame.enu(latitude.ravel(), longitude.ravel(), altitude.ravel())


def grid(frame: Frame, *, wide: float, deep: float, step: float, altitudes: Floats) -> Grid:
    """Return the cells of a rectangle around the frame's origin, `wide` m to the east and `deep` m to the north.

    ValueError where there would be no cell.
    """
    columns, rows = int(np.ceil(wide / step)), int(np.ceil(deep / step))
    if min(columns, rows, len(altitudes)) < 1:
        raise ValueError(f"an area of {wide} m x {deep} m in steps of {step} m at {len(altitudes)} altitudes has no cell")
    return Grid(frame, _middles(columns, step), _middles(rows, step), np.asarray(altitudes, np.float64), step)


def _middles(count: int, step: float) -> Floats:
    """Return the middles of so many cells in a row, the origin in their middle."""
    return np.asarray((np.arange(count) - (count - 1) / 2) * step, np.float64)
