"""Days on which an authority works: neither Saturday, Sunday nor a public holiday of its nation.

The day of an application is not counted (Regulation (EEC, Euratom) 1182/71, article 3(1)): what takes one working day and is
applied for on a Friday is decided on the Monday. `holidays.csv` reaches to the end of 2030; later years know weekends only, so
that a decision in them is reckoned early by the holidays that it passes, about ten working days in a year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Final

import numpy as np

from outwork.model.errors import Fault, InvalidRules
from outwork.model.sheet import lines

FILE: Final = "holidays.csv"
COLUMNS: Final = ("nation", "day", "name")


@dataclass(frozen=True)
class WorkingDays:
    """The working days of one nation. `holidays`: its public holidays; they need not fall on weekdays."""

    holidays: tuple[date, ...] = ()

    @cached_property
    def calendar(self) -> np.busdaycalendar:
        """The same as numpy keeps it."""
        return np.busdaycalendar(weekmask="1111100", holidays=[np.datetime64(day) for day in self.holidays])

    def after(self, day: date, many: int) -> date:
        """Return the working day that is `many` working days after a day, which itself does not count; the day itself for 0."""
        return day if many == 0 else self._moved(day, many)

    def before(self, day: date, many: int) -> date:
        """Return the last working day of which `after` many working days is no later than a day; the day itself for 0."""
        return day if many == 0 else self._moved(day, -many)

    def between(self, start: date, end: date) -> int:
        """Return how many working days lie after the start, up to and with the end."""
        one = np.timedelta64(1, "D")
        first, last = np.datetime64(start) + one, np.datetime64(end) + one
        return int(np.busday_count(first, last, busdaycal=self.calendar))

    def _moved(self, day: date, many: int) -> date:
        found: date = np.busday_offset(np.datetime64(day), many, roll="backward", busdaycal=self.calendar).astype(object)
        return found


def read(texts: Mapping[str, str]) -> Mapping[str, WorkingDays]:
    """Return the working days of each nation that `holidays.csv` names. InvalidRules with every fault of the file."""
    faults: list[Fault] = []
    found: dict[str, list[date]] = {}
    for line in lines(FILE, texts, COLUMNS, faults):
        nation, day = line.nation("nation"), line.day("day")
        line.needed("name")
        if day in found.setdefault(nation, []):
            line.fault("day", f"{day} is named twice for {nation}")
        found[nation].append(day)
    if faults:
        raise InvalidRules(tuple(faults))
    return MappingProxyType({nation: WorkingDays(tuple(sorted(days))) for nation, days in sorted(found.items())})
