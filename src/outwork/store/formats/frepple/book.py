"""A programme looked up by the names that frePPLe's plans use."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from outwork.model.horizon import Horizon
from outwork.model.programme import Programme
from outwork.store.formats.frepple.sourcing import UNLIMITED

Record = dict[str, Any]
NUMBERED: Final = re.compile(r" \(\d+\)$")
"""The programme tells alike offers apart by a number."""


@dataclass(frozen=True)
class Book:
    """Answers about a programme, each worked out once."""

    programme: Programme

    @cached_property
    def horizon(self) -> Horizon:
        """Steps of the plan."""
        return self.programme.horizon

    @cached_property
    def leads(self) -> Mapping[str, int]:
        """Lead time of every operation [step]."""
        rows = self.programme["operations"].iter_rows(named=True)
        return {row["operation"]: self.horizon.lead(row["lead_days"]) for row in rows}

    @cached_property
    def lots(self) -> Mapping[str, float]:
        """Lot of every operation [unit]; 0 where any quantity is made."""
        return dict(self.programme["operations"].select("operation", "lot").iter_rows())

    @cached_property
    def loads(self) -> Mapping[str, list[str]]:
        """Processes that the units of every operation take hours of."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.programme["loads"].iter_rows(named=True):
            found[row["operation"]].append(row["process"])
        return found

    @cached_property
    def open(self) -> Mapping[tuple[str, str], NDArray[np.float64]]:
        """Hours of each process at a site in each step [step], all that can give hours to it together."""
        found: dict[tuple[str, str], NDArray[np.float64]] = defaultdict(lambda: np.zeros(self.horizon.steps + 1))
        further: dict[str, list[str]] = defaultdict(list)
        for row in self.programme["capabilities"].iter_rows(named=True):
            further[row["resource"]].append(row["process"])
        entries = self.programme["calendar"].partition_by("resource", as_dict=True)
        for row in self.programme["resources"].iter_rows(named=True):
            hours = np.full(self.horizon.steps + 1, row["hours"] * self.horizon.weeks_per_step)
            exceptions = entries.get((row["resource"],))
            for entry in exceptions.iter_rows(named=True) if exceptions is not None else ():
                span = slice(max(0, self.horizon.step(entry["since"])), max(0, self.horizon.step(entry["until"]) + 1))
                hours[span] = entry["hours"] * self.horizon.weeks_per_step
            for process in (row["process"], *further[row["resource"]]):
                found[process, row["site"]] += hours
        return found

    @cached_property
    def wanted(self) -> frozenset[str]:
        """Names of the demands."""
        return frozenset(self.programme["demands"]["demand"])

    def fitting(self, offers: list[Record], day: date) -> tuple[str, str, str]:
        """Return the offer that holds on a day, or else the first, of those that frePPLe calls alike."""
        held = [each for each in offers if (each["since"] or day) <= day <= (each["until"] or day)]
        offer = (held or offers)[0]
        return offer["item"], offer["site"], offer["party"]

    @cached_property
    def offers(self) -> Mapping[str, list[Record]]:
        """Offers by the name that frePPLe gives to a purchase."""
        found: dict[str, list[Record]] = defaultdict(list)
        for row in self.programme["supplies"].iter_rows(named=True):
            found[f"Purchase {row['item']} @ {row['site']} from {NUMBERED.sub('', row['party'])}"].append(row)
        return found

    @cached_property
    def lanes(self) -> Mapping[str, tuple[str, str, str, str]]:
        """Lanes by the name that frePPLe gives to a shipment, or by the operation that they were."""
        found = {}
        for row in self.programme["lanes"].iter_rows(named=True):
            lane = (row["item"], row["origin"], row["destination"], row["mode"])
            found[row["mode"]] = lane
            found.setdefault(f"Ship {row['item']} from {row['origin']} to {row['destination']}", lane)
        return found

    @cached_property
    def endless(self) -> frozenset[tuple[str, str]]:
        """Items and sites that have supply without limit."""
        rows = self.programme["supplies"].filter(pl.col("party") == UNLIMITED)
        return frozenset(rows.select("item", "site").iter_rows())
