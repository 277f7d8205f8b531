"""Columns of texts as places in a list of names, and arrays of which a part is replaced."""

from __future__ import annotations

from datetime import date
from typing import Final, TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from outwork.model.axis import Axis, Index

Names = tuple[str, ...]
N = TypeVar("N", bound=np.generic)

UNDATED: Final = -(1 << 40)
"""Stands for a day that nobody has told."""
EPOCH: Final = date(1970, 1, 1)


def listed(cells: pl.Series) -> tuple[Names, Index]:
    """Return the distinct texts of a column in their order, and the place of each cell's among them, -1 for a blank."""
    texts = tuple(cells.drop_nulls().unique().sort().to_list())
    return texts, Axis(texts).at(cells)


def gathered(keys: list[str], places: Index) -> tuple[Names, Index]:
    """Return the distinct keys in their order, and the place of the key that each of many places in `keys` has."""
    names = tuple(sorted(set(keys)))
    position = Axis(names).position
    known = np.array([position[key] for key in keys], np.int64)
    return names, known[places] if len(places) else places


def merged(names: Names, more: Names) -> tuple[Names, Index]:
    """Return names with those of more behind that they lack, and the place of each of the latter; at -1, for blanks, -1."""
    known = set(names)
    every = (*names, *(name for name in more if name not in known))
    position = Axis(every).position
    return every, np.array([*(position[name] for name in more), -1], np.int64)


def put(array: NDArray[N], middle: NDArray[N], begin: int, end: int) -> NDArray[N]:
    """Return an array with what stands from begin to end, along its last axis, replaced."""
    return np.concatenate([array[..., :begin], middle, array[..., end:]], axis=-1)


def days(dates: pl.Series, blank: int = UNDATED) -> Index:
    """Return dates as days from 1970-01-01, blanks as told."""
    return dates.to_physical().cast(pl.Int64).fill_null(blank).to_numpy().astype(np.int64)
