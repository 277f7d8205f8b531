"""Older files: what each format changed, as functions over tables.

The columns of a table can grow without a new format, because a column that is not there takes its default. A change
that renames, splits or reinterprets columns is a *step*: a function from the tables of one format to those of the next.
Opening an older file takes the steps in memory and writes nothing; the next save writes the file anew, in one transaction,
so an older file is either as it was or of the new format, whatever interrupts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import polars as pl

from outwork.model.errors import Unreadable

Frames = Mapping[str, pl.DataFrame]
Step = Callable[[Frames], Frames]

STEPS: Final[tuple[Step, ...]] = ()
"""The step at position n takes format n + 1 to format n + 2."""


def version() -> int:
    """Return the number of the format that this Outwork writes."""
    return len(STEPS) + 1


def upgraded(frames: Frames, found: int, place: str, steps: Sequence[Step] | None = None) -> Frames:
    """Return the tables of an older format as today's. Unreadable where they were written by a newer Outwork."""
    steps = STEPS if steps is None else steps
    if found > len(steps) + 1:
        own = len(steps) + 1
        raise Unreadable(f"{place}: is of format {found} and this Outwork reads up to {own}; use the Outwork that wrote it")
    for step in steps[found - 1 :]:
        frames = step(frames)
    return frames
