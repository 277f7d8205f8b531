"""From days and amounts to places in a drawing, and the marks along an axis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor, log10
from typing import Final

STEPS: Final = (1.0, 2.0, 5.0, 10.0)
"""Round distances between marks, times a power of ten."""
MONTHS: Final = (1, 2, 3, 6, 12, 24)
"""Round distances between marks in time [month]."""


@dataclass(frozen=True)
class Days:
    """Time along an axis: `since` stands at `left`, the day after `until` at `right` [px]."""

    since: date
    until: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Return where a day begins, kept inside the axis [px]."""
        span = max((self.until - self.since).days + 1, 1)
        share = ((day - self.since).days) / span
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def holds(self, day: date) -> bool:
        """Return whether a day lies on the axis."""
        return self.since <= day <= self.until

    def months(self, most: int = 13) -> Iterator[date]:
        """Yield the first days of months, at most so many and at round distances."""
        count = (self.until.year - self.since.year) * 12 + self.until.month - self.since.month + 1
        every = next((step for step in MONTHS if count / step <= most), MONTHS[-1])
        month = self.since.replace(day=1)
        while month <= self.until:
            if month >= self.since and (month.month - 1) % min(every, 12) == 0:
                yield month
            month = (month.replace(day=28) + timedelta(days=4)).replace(day=1)


@dataclass(frozen=True)
class Amounts:
    """Amounts along an axis: 0 stands at `low`, `most` at `high` [px]."""

    most: float
    low: float
    high: float

    def at(self, amount: float) -> float:
        """Return where an amount stands [px]."""
        return self.low + (amount / self.most if self.most else 0.0) * (self.high - self.low)

    def marks(self, about: int = 5) -> Iterator[float]:
        """Yield about so many round amounts from 0 up to the most."""
        step = round_step(self.most / about)
        count = 0
        while step and count * step <= self.most * (1 + 1e-9):
            yield count * step
            count += 1


def round_step(rough: float) -> float:
    """Return the round number next above a rough distance, 0 for none."""
    if rough <= 0:
        return 0.0
    power = 10.0 ** floor(log10(rough))
    return next(step for step in STEPS if step * power >= rough * (1 - 1e-9)) * power


def reaching(most: float, about: int = 5) -> float:
    """Return the round amount at which an axis ends so that it holds the most, 1 where there is nothing."""
    step = round_step(most / about)
    if not step:
        return 1.0
    return step * -(-most // step) if most % step > step * 1e-9 else most
