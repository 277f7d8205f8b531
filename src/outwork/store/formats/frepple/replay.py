"""A plan of frePPLe's told as a plan of ours, so that our checker can replay it.

frePPLe plans to the second, Outwork in steps. So that what was feasible stays feasible:

- An order counts in the step of its start. Where a unit's hours are in its loads, the order's units are spread over the
  steps from its start to its end less the lead time, in proportion to the hours in each; lots are not torn apart.
- What we round down is there no later than frePPLe has it. What takes whole steps longer with us than with frePPLe has no
  place in the plan: the checker refuses it, and rightly so.
- Orders that were there before are the programme's own commitments, and are taken from it.
- Moves that the translation adds (material at another place than the operation) happen when they are needed; what has no
  limit is bought when it is taken. Of alternative components, those are used up that frePPLe's buffers show as taken.
- A delivery counts in the step of its moment; one before the plan counts in its first step.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Final

import numpy as np
import polars as pl

from outwork.model.frames import schema
from outwork.model.tables import BY_NAME
from outwork.store.formats.frepple.book import Book, Record
from outwork.store.formats.frepple.expansion import joint
from outwork.store.formats.frepple.expect import Expected
from outwork.store.formats.frepple.sourcing import UNLIMITED
from outwork.store.formats.frepple.translate import Translated
from outwork.store.formats.frepple.ways import Take, Way

NOTHING: Final = 1e-9
VALIDITY: Final = re.compile(r" valid from \S+$")
"""frePPLe tells alike purchases apart by their first day."""
PIECES: Final = 1000
"""Orders of more units are spread in so many equal pieces."""


def as_plan(converted: Translated, expected: Expected) -> dict[str, pl.DataFrame]:
    """Return make, use, buy, ship and deliver of a plan of frePPLe's, as our tables."""
    replay = Replay(converted, expected)
    replay.commitments()
    for order in expected.operations.iter_rows(named=True):
        if order["status"] == "proposed":
            replay.order(order)
    for row in expected.demands.iter_rows(named=True):
        replay.delivery(row)
    return replay.tables()


@dataclass
class Replay:
    """Plan tables as they grow, line by line."""

    converted: Translated
    expected: Expected
    made: dict[tuple[str, str, int], float] = field(default_factory=lambda: defaultdict(float))
    used: dict[tuple[str, str, int, str], float] = field(default_factory=lambda: defaultdict(float))
    bought: dict[tuple[str, str, str, int], float] = field(default_factory=lambda: defaultdict(float))
    shipped: dict[tuple[str, str, str, str, int], float] = field(default_factory=lambda: defaultdict(float))
    delivered: dict[tuple[str, int], float] = field(default_factory=lambda: defaultdict(float))

    def commitments(self) -> None:
        """Take the programme's own commitments within the horizon."""
        for row in self._book.programme["commitments"].iter_rows(named=True):
            step = self._book.horizon.step(row["start"])
            if not 0 <= step < self._book.horizon.steps:
                continue
            if row["kind"] == "make":
                self._make(self.converted.ways[row["operation"]], step, row["quantity"], row["start"])
            elif row["kind"] == "buy":
                self.bought[row["item"], row["site"], row["party"], step] += row["quantity"]
            elif row["kind"] == "ship":
                self.shipped[row["item"], row["site"], row["destination"], row["mode"], step] += row["quantity"]

    def order(self, order: Record) -> None:
        """Add an order of frePPLe's own."""
        name, amount = order["operation"], order["quantity"]
        step = self._book.horizon.step(order["start"].date())
        if step >= self._book.horizon.steps:
            return
        offers = self._book.offers.get(VALIDITY.sub("", name))
        if offers:
            self.bought[(*self._book.fitting(offers, order["start"].date()), step)] += amount
        elif name in self._book.lanes:
            item, origin, destination, mode = self._book.lanes[name]
            self.shipped[item, origin, destination, mode, step] += amount
        elif joint(name) in self.converted.ways:
            way = self.converted.ways[joint(name)]
            self._make(way, self._book.horizon.step(order["end"].date()), amount * way.per, order["end"])
        elif name in self.converted.ways:
            way = self.converted.ways[name]
            for each, share in self._spread(way, order["start"], order["end"], amount).items():
                self._make(way, each, amount * way.per * share, order["start"])

    def delivery(self, row: Record) -> None:
        """Add a delivery."""
        if row["at"] is not None and row["quantity"] > 0 and row["demand"] in self._book.wanted:
            step = min(max(0, self._book.horizon.step(row["at"].date())), self._book.horizon.steps - 1)
            self.delivered[row["demand"], step] += row["quantity"]

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return the plan tables."""
        return {
            "make": _frame("make", self._make_rows()),
            "use": _frame("use", (
                {"operation": o, "site": s, "start": self._day(t), "item": i, "quantity": q}
                for (o, s, t, i), q in self.used.items() if q > NOTHING
            )),
            "buy": _frame("buy", self._buy_rows()),
            "ship": _frame("ship", self._ship_rows()),
            "deliver": _frame("deliver", self._deliver_rows()),
        }  # fmt: skip

    def _make(self, way: Way, step: int, amount: float, moment: date | datetime) -> None:
        if amount <= NOTHING:
            return
        self.made[way.name, way.site, step] += amount
        for take, quantity in self._taken(way, amount, moment):
            item, origin = take.spot
            self.used[way.name, way.site, step, item] += quantity
            self._bring(item, origin, way.site, step, quantity)
            if (item, origin) in self._book.endless:
                self.bought[item, origin, UNLIMITED, step] += quantity
        self._bring(way.makes.item, way.site, way.makes.site, step + self._book.leads[way.name], amount)

    def _bring(self, item: str, origin: str, destination: str, step: int, amount: float) -> None:
        if origin != destination and step < self._book.horizon.steps:
            self.shipped[item, origin, destination, f"to hand {item}", step] += amount

    def _taken(self, way: Way, amount: float, moment: date | datetime) -> Iterable[tuple[Take, float]]:
        """Yield what an order takes: everything without a choice, and of alternatives what the buffers show."""
        day = moment.date() if isinstance(moment, datetime) else moment
        valid = [take for take in way.takes if (take.since or day) <= day <= (take.until or day)]
        choices: dict[str, list[Take]] = defaultdict(list)
        for take in valid:
            if take.choice:
                choices[take.choice].append(take)
            else:
                yield take, take.quantity * amount
        for takes in choices.values():
            left = amount
            for take in takes:
                there = self._shown.get((take.spot.item, moment), 0.0) / take.quantity
                part = min(left, there)
                if part > NOTHING:
                    self._shown[take.spot.item, moment] -= part * take.quantity
                    left -= part
                    yield take, part * take.quantity
            if left > NOTHING:
                yield takes[0], left * takes[0].quantity

    def _spread(self, way: Way, start: datetime, end: datetime, amount: float) -> Mapping[int, float]:
        """Return the share of an order's units that starts in each step.

        Units start one after the other: each where the hours of those before it are done, but early enough to be ready by the
        end. What is not counted by units starts with the order.
        """
        first, last = self._book.horizon.step(start.date()), self._book.horizon.step(end.date()) - self._book.leads[way.name]
        if not self._book.loads.get(way.name) or self._book.lots.get(way.name) or last <= first:
            return {first: 1.0}
        until = end - way.operation.duration
        hours = np.array([self._worked(way, step, start, until) for step in range(first, last + 1)])
        whole = self._book.leads[way.name] > 0 and amount < PIECES
        pieces = max(1, math.ceil(amount)) if whole else PIECES
        done = np.cumsum(hours) / hours.sum() if hours.sum() > 0 else np.ones(len(hours))
        starts = (np.arange(pieces) + (0.0 if whole else 0.5)) / pieces
        steps = np.minimum(np.searchsorted(done, starts + NOTHING), len(hours) - 1)
        return {first + int(step): float(share) / pieces for step, share in enumerate(np.bincount(steps)) if share}

    def _worked(self, way: Way, step: int, start: datetime, until: datetime) -> float:
        """Open hours of a way between two moments that lie in a step."""
        begins = datetime.combine(self._day(step), time())
        inside = min(until, begins + timedelta(days=self._book.horizon.step_days)) - max(start, begins)
        return max(0.0, inside / timedelta(hours=1)) * self._open_share(way, step)

    def _open_share(self, way: Way, step: int) -> float:
        """Share of a step in which an order of a way is worked on: all of it where a process has a unit open all day [1]."""
        full = 24.0 * self._book.horizon.step_days
        shares = [
            self._book.open[process, way.site][step] / full
            for process in self._book.loads[way.name]
            if (process, way.site) in self._book.open
        ]
        return min([1.0, *map(float, shares)])

    @cached_property
    def _book(self) -> Book:
        return Book(self.converted.programme)

    @cached_property
    def _shown(self) -> dict[tuple[str, date | datetime], float]:
        """What frePPLe's buffers show as taken of an item at a moment."""
        found: dict[tuple[str, date | datetime], float] = defaultdict(float)
        for row in self.expected.buffers.filter(pl.col("change") < 0).iter_rows(named=True):
            found[row["buffer"].rpartition(" @ ")[0] or row["buffer"], row["at"]] -= row["change"]
        return found

    def _day(self, step: int) -> date:
        return self._book.horizon.day(step)

    def _make_rows(self) -> Iterable[Record]:
        rows = {row["operation"]: row for row in self._book.programme["operations"].iter_rows(named=True)}
        pairs = {(row["operation"], row["site"]): row for row in self._book.programme["qualifications"].iter_rows(named=True)}
        for (operation, site, step), amount in self.made.items():
            yield {
                "operation": operation, "site": site, "start": self._day(step), "item": rows[operation]["item"],
                "quantity": amount, "good": amount, "ready": self._day(step + self._book.leads[operation]),
                "setups": int(rows[operation]["setup_hours"] > 0), "cost": amount * pairs[operation, site]["unit_cost"],
            }  # fmt: skip

    def _buy_rows(self) -> Iterable[Record]:
        offers = {
            (row["item"], row["site"], row["party"]): row for row in self._book.programme["supplies"].iter_rows(named=True)
        }
        for (item, site, party, step), amount in self.bought.items():
            offer = offers[item, site, party]
            ready = self._day(step + self._book.horizon.lead(offer["lead_days"]))
            yield {"item": item, "site": site, "party": party, "start": self._day(step), "quantity": amount, "ready": ready,
                   "cost": amount * offer["price"]}  # fmt: skip

    def _ship_rows(self) -> Iterable[Record]:
        lanes = {
            (row["origin"], row["destination"], row["mode"]): row for row in self._book.programme["lanes"].iter_rows(named=True)
        }
        masses = dict(self._book.programme["items"].select("item", "mass").iter_rows())
        for (item, origin, destination, mode, step), amount in self.shipped.items():
            lane = lanes[origin, destination, mode]
            yield {
                "item": item, "origin": origin, "destination": destination, "mode": mode, "start": self._day(step),
                "clearance": "", "quantity": amount, "ready": self._day(step + self._book.horizon.lead(lane["lead_days"])),
                "cost": amount * masses[item] * lane["cost"],
            }  # fmt: skip

    def _deliver_rows(self) -> Iterable[Record]:
        dues = dict(self._book.programme["demands"].select("demand", "due").iter_rows())
        for (demand, step), amount in self.delivered.items():
            late = max(0, step - self._book.horizon.step(dues[demand])) * self._book.horizon.weeks_per_step
            yield {"demand": demand, "start": self._day(step), "origin": "", "quantity": amount, "weeks_late": late}


def _frame(name: str, rows: Iterable[Record]) -> pl.DataFrame:
    table = BY_NAME[name]
    full = [{column.name: row.get(column.name, column.default) for column in table.columns} for row in rows]
    return pl.DataFrame(full, schema=schema(table), orient="row").sort(list(table.key))
