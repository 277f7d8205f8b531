"""Names on one side, positions on the other; days on one side, steps on the other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from outwork.model.horizon import Horizon

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Mask = NDArray[np.bool_]

NEVER = 1 << 30
"""A step after every horizon."""


@dataclass(frozen=True, eq=False)
class Axis:
    """The names along one axis, in the order of their positions."""

    names: tuple[str, ...]

    @classmethod
    def of(cls, frame: pl.DataFrame, column: str) -> Axis:
        """Take the names from a key column."""
        return cls(tuple(frame[column].to_list()))

    def __len__(self) -> int:
        """Return the number of positions."""
        return len(self.names)

    @cached_property
    def position(self) -> dict[str, int]:
        """Position of every name."""
        return {name: k for k, name in enumerate(self.names)}

    def at(self, names: pl.Series) -> Index:
        """Positions of names; -1 where there is none or the name is blank."""
        if not self.names or names.is_empty():
            return np.full(len(names), -1, np.int64)
        return names.replace_strict(self.position, default=-1, return_dtype=pl.Int64).fill_null(-1).to_numpy().astype(np.int64)


def numbers(frame: pl.DataFrame, column: str, blank: float = np.nan) -> Array:
    """Return a column of numbers as an array, blanks as told."""
    return frame[column].cast(pl.Float64).fill_null(blank).to_numpy().astype(np.float64)


def flags(frame: pl.DataFrame, column: str) -> Mask:
    """Return a column of flags as an array."""
    return frame[column].to_numpy().astype(bool)


def windows(horizon: Horizon, frame: pl.DataFrame, since: str, until: str) -> tuple[Index, Index]:
    """Return first and last step whose first day lies in the window; blank is open. Empty where last < first."""
    first = [0 if day is None else max(horizon.first_step_from(day), 0) for day in frame[since].to_list()]
    last = [horizon.steps - 1 if day is None else min(horizon.step(day), horizon.steps - 1) for day in frame[until].to_list()]
    return np.array(first, np.int64), np.array(last, np.int64)


def leads(horizon: Horizon, frame: pl.DataFrame, column: str = "lead_days") -> Index:
    """Return lead times in whole steps, rounded up."""
    return np.ceil(numbers(frame, column) / horizon.step_days - 1e-9).astype(np.int64)


def group(*keys: Index) -> tuple[Index, tuple[Index, ...]]:
    """Number the distinct tuples of keys: return the group of every member and, for every group, its keys."""
    if not len(keys[0]):
        return np.empty(0, np.int64), tuple(np.empty(0, np.int64) for _ in keys)
    found, inverse = np.unique(np.stack(keys), axis=1, return_inverse=True)
    return inverse.ravel().astype(np.int64), tuple(found)


def join(left: Index, right: Index) -> tuple[Index, Index]:
    """Return positions (in left, in right) of all pairs with equal keys, ordered by left."""
    order = np.argsort(right, kind="stable")
    first = np.searchsorted(right[order], left, "left")
    count = np.searchsorted(right[order], left, "right") - first
    here = np.repeat(np.arange(len(left)), count)
    offset = np.arange(len(here)) - np.repeat(np.cumsum(count) - count, count)
    return here, order[np.repeat(first, count) + offset]
