"""Calendars as hours of every day: how many units of a resource are open, for how long."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from outwork.store.formats.frepple.neutral import Bucket, Calendar, Model

Array = NDArray[np.float64]
DAY_HOURS: Final = 24.0
NOTHING: Final = 1e-6
LONGEST_BUCKET: Final = 400
"""A bucket that holds at the start is looked for so many days back."""
MIDNIGHT: Final = timedelta(hours=24)


class Calendars:
    """Answers what a calendar says on a day. `start` is day 0; there are `count` days."""

    def __init__(self, model: Model, start: date, count: int) -> None:
        """Index the buckets; the strongest stands first."""
        self._model = model
        self.start = start
        self.count = count
        self._buckets: dict[str, list[Bucket]] = defaultdict(list)
        for bucket in model.buckets:
            self._buckets[bucket.calendar].append(bucket)
        for held in self._buckets.values():
            held.sort(key=lambda bucket: (bucket.priority, -(bucket.start.toordinal() if bucket.start else 0)))
        self._known: dict[tuple[tuple[str, ...], str | None, float], Array] = {}

    def open_hours(self, gates: Iterable[str | None], size: str | None = None, plain: float = 1.0) -> Array:
        """Hours in which all gates are open, times the size, of every day [day].

        Args: gates, calendars that must be above 0 (None: always open); size, calendar of the number of units open at
        once, or else `plain` units.
        """
        known = tuple(sorted({gate for gate in gates if gate and gate in self._model.calendars}))
        key = (known, size if size in self._model.calendars else None, plain)
        if key not in self._known:
            self._known[key] = np.array([self._day(day, *key) for day in self._days()])
        return self._known[key]

    def at_start(self, name: str) -> float:
        """Return what a calendar says at the start of the plan."""
        return self._value(self._model.calendars[name], datetime.combine(self.start, time()))

    def per_bucket(self, name: str) -> Array:
        """Spread the value of every bucket evenly over its days [day]: a run of days on which one entry holds is a bucket."""
        found = np.zeros(self.count)
        for first, after, value in self.stretches(name):
            found[max(0, first) : max(0, after)] = value / (after - first)
        return found

    def stretches(self, name: str) -> list[tuple[int, int, float]]:
        """Return the buckets of a calendar: first day, day after the last, value. Days before the start are negative."""
        start = datetime.combine(self.start, time())
        days = range(-LONGEST_BUCKET, self.count)
        holding = [self._entry(name, start + timedelta(days=day)) for day in days]
        cuts = [0, *(place for place in range(1, len(days)) if holding[place] is not holding[place - 1]), len(days)]
        default = self._model.calendars[name].default
        return [
            (days[low], days[0] + high, entry.value if (entry := holding[low]) else default) for low, high in pairwise(cuts)
        ]

    def _days(self) -> Iterable[datetime]:
        first = datetime.combine(self.start, time())
        return (first + timedelta(days=place) for place in range(self.count))

    def _day(self, day: datetime, gates: tuple[str, ...], size: str | None, plain: float) -> float:
        """Add up the stretches of a day between the moments at which any of the calendars changes."""
        names = [*gates, *([size] if size else [])]
        edges = sorted({day, day + MIDNIGHT, *(edge for name in names for edge in self._edges(name, day))})
        total = 0.0
        for begins, ends in pairwise(edges):
            if all(self._value(self._model.calendars[gate], begins) > 0 for gate in gates):
                units = self._value(self._model.calendars[size], begins) if size else plain
                total += max(0.0, units) * ((ends - begins) / timedelta(hours=1))
        return total

    def _edges(self, name: str, day: datetime) -> Iterable[datetime]:
        after = day + MIDNIGHT
        for bucket in self._buckets.get(name, ()):
            for moment in (bucket.start, bucket.end):
                if moment and day < moment < after:
                    yield moment
            for clock in (bucket.starttime, _closing(bucket)):
                if timedelta(0) < clock < MIDNIGHT:
                    yield day + clock

    def _value(self, calendar: Calendar, moment: datetime) -> float:
        entry = self._entry(calendar.name, moment)
        return entry.value if entry else calendar.default

    def _entry(self, name: str, moment: datetime) -> Bucket | None:
        """Return the entry that holds at a moment; None where the default does."""
        return next((bucket for bucket in self._buckets.get(name, ()) if _holds(bucket, moment)), None)


def _holds(bucket: Bucket, moment: datetime) -> bool:
    if (bucket.start and moment < bucket.start) or (bucket.end and moment >= bucket.end):
        return False
    if not int(bucket.days) >> (moment.isoweekday() % 7) & 1:
        return False
    clock = moment - datetime.combine(moment.date(), time())
    return bucket.starttime <= clock < _closing(bucket)


def _closing(bucket: Bucket) -> timedelta:
    """Return when a bucket closes on its days; a second before midnight means midnight."""
    return MIDNIGHT if bucket.endtime >= timedelta(hours=23, minutes=59) or not bucket.endtime else bucket.endtime


def runs(hours: Array) -> list[tuple[int, int, float]]:
    """Cut days into stretches of equal hours: first day, last day, hours a day."""
    if not len(hours):
        return []
    cuts = np.r_[0, np.flatnonzero(np.abs(np.diff(hours)) > NOTHING) + 1, len(hours)]
    return [(int(a), int(b) - 1, float(hours[a])) for a, b in pairwise(cuts)]


def usual(hours: Array) -> float:
    """Return the hours that most days have."""
    if not len(hours):
        return 0.0
    values, counts = np.unique(np.round(hours, 6), return_counts=True)
    return float(values[np.argmax(counts)])


def shortest(open_hours: Array, needed: float, near: int) -> float:
    """Return the fewest days from start to end of work that takes `needed` open hours, over all starts in `near` days [day].

    Work that ends at midnight ends on the day that then begins. Parts of a day are those of the work itself.
    """
    done = np.r_[0.0, np.cumsum(open_hours)]
    starts = np.flatnonzero(open_hours[:near] > 0)
    ends = np.searchsorted(done, done[starts] + needed - NOTHING)
    starts, ends = starts[ends < len(done)], ends[ends < len(done)]
    if needed <= 0 or not len(starts) or bool(np.all(open_hours >= DAY_HOURS)):
        return max(0.0, needed) / DAY_HOURS
    full = (np.abs(done[ends] - done[starts] - needed) < NOTHING) & (open_hours[ends - 1] >= DAY_HOURS)
    return float(np.min(ends - starts - np.where(full, 0, 1))) + needed / DAY_HOURS % 1
