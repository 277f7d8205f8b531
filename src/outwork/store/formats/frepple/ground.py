"""What every part of the translation stands on: the model, the calendar of the plan, and where losses are listed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from outwork.store.formats.converted import Losses
from outwork.store.formats.frepple.neutral import Model

Rounding = Literal["down", "nearest", "up"]
LONGEST_LEAD: Final = 3660.0
"""Longest lead time that a table takes [day]."""
DAY: Final = timedelta(days=1)
UNEVEN: Final = 1e-6


@dataclass(frozen=True)
class Ground:
    """The model, the first day of the plan, the length of its steps [day], and how lead times become whole steps."""

    model: Model
    losses: Losses
    start: date
    step_days: int
    rounding: Rounding

    def lead(self, days: float, pointer: str) -> float:
        """Return a lead time in days that is a whole number of steps, and list what rounding took or gave."""
        steps = max(0.0, days) / self.step_days
        rounded = {"down": math.floor(steps + UNEVEN), "up": math.ceil(steps - UNEVEN), "nearest": math.floor(steps + 0.5)}
        whole = min(rounded[self.rounding] * self.step_days, LONGEST_LEAD)
        if abs(whole - max(0.0, days)) > UNEVEN:
            why = f"told in steps of {self.step_days} day{'s' if self.step_days > 1 else ''}, rounded {self.rounding}"
            self.losses.add("part of a step of lead time", pointer, why)
        return float(whole)

    def first(self, ends: datetime | None, lead: float, fence: timedelta = timedelta(0)) -> date | None:
        """Return the first day on which something may start; None where that is no later than the plan's own start.

        Args: ends, frePPLe's first day of validity, which is that of the end; lead, days from start to end; fence, time
        after the current date in which nothing new starts.
        """
        today = datetime.combine(self.start, datetime.min.time())
        opens = today + fence if ends is None else max(ends - timedelta(days=lead), today + fence)
        return None if opens.date() <= self.start else opens.date()


def last(ends: datetime | None, lead: float = 0.0) -> date | None:
    """Return the last day on which something may start that must have ended by a moment; `lead` in days."""
    return None if ends is None else (ends - timedelta(days=lead)).date()


def before(moment: datetime | None) -> date | None:
    """Return the last day of use of what ends at a moment that is itself excluded."""
    return None if moment is None else (moment - timedelta(seconds=1)).date()


def days(length: timedelta) -> float:
    """Return a length of time in days."""
    return length / DAY


def hours(length: timedelta) -> float:
    """Return a length of time in hours."""
    return length / timedelta(hours=1)
