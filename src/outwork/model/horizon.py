"""Dates for people, steps and buckets for the engine.

The horizon is cut twice. A *step* is the finest grain, one week unless the settings say otherwise: every plan is told in
steps, and the independent checker replays it step by step. A *bucket* is one or several whole steps: the optimiser
plans fine buckets first and longer ones after. Steps and buckets count from 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

BLOCK_WEEKS = 4
"""Length of the long buckets after the fine ones [week]."""


@dataclass(frozen=True)
class Horizon:
    """The time over which a programme is planned.

    Args: start, the first day; steps, how many; step_days, the length of a step [day]; fine_steps, how many steps at the
    beginning are buckets of their own, the rest being put together in blocks of `block_weeks`.
    """

    start: date
    steps: int
    step_days: int = 7
    fine_steps: int | None = None
    block_weeks: int = BLOCK_WEEKS

    @classmethod
    def of(cls, start: date, weeks: int, step_days: int = 7, weekly_buckets: int | None = None) -> Horizon:
        """Build a horizon from the columns of the settings table, lengths in weeks."""
        fine = None if weekly_buckets is None else _steps(weekly_buckets, step_days)
        return cls(start, _steps(weeks, step_days), step_days, fine)

    @property
    def weeks_per_step(self) -> float:
        """Length of a step [week]."""
        return self.step_days / 7

    @cached_property
    def edges(self) -> NDArray[np.int64]:
        """First step of every bucket and, last, the number of steps. [bucket + 1]."""
        fine = self.steps if self.fine_steps is None else min(self.fine_steps, self.steps)
        block = max(1, _steps(self.block_weeks, self.step_days))
        return np.unique(np.r_[np.arange(fine), np.arange(fine, self.steps, block), self.steps])

    @property
    def buckets(self) -> int:
        """Number of buckets."""
        return len(self.edges) - 1

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """Steps in every bucket. [bucket]."""
        return np.diff(self.edges)

    @cached_property
    def bucket_of(self) -> NDArray[np.int64]:
        """Bucket of every step. [step]."""
        return np.repeat(np.arange(self.buckets), self.lengths)

    def fine(self) -> Horizon:
        """Return the same horizon with every step a bucket of its own."""
        return Horizon(self.start, self.steps, self.step_days)

    def step(self, day: date) -> int:
        """Step that holds the day; negative before the horizon, `steps` or more after it."""
        return (day - self.start).days // self.step_days

    def first_step_from(self, day: date) -> int:
        """First step that begins on the day or later."""
        return -((self.start - day).days // self.step_days)

    def day(self, step: int) -> date:
        """First day of the step."""
        return self.start + timedelta(days=int(step) * self.step_days)

    def lead(self, days: float) -> int:
        """Steps that a lead time takes, rounded up so that a plan never promises too early."""
        return int(np.ceil(days / self.step_days - 1e-9))


def _steps(weeks: int, step_days: int) -> int:
    """Whole steps in a number of weeks, rounded up."""
    return -(-weeks * 7 // step_days)
