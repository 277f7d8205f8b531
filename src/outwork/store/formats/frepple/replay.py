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

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

import polars as pl

from outwork.model.frames import schema
from outwork.model.horizon import Horizon
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.store.formats.frepple.expect import Expected
from outwork.store.formats.frepple.sourcing import UNLIMITED
from outwork.store.formats.frepple.translate import Translated
from outwork.store.formats.frepple.ways import Take, Way

Record = dict[str, Any]
NOTHING = 1e-9


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
        for row in self._programme["commitments"].iter_rows(named=True):
            step = self._horizon.step(row["start"])
            if not 0 <= step < self._horizon.steps:
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
        step = self._horizon.step(order["start"].date())
        if name in self._offers:
            item, site, party = self._offers[name]
            self.bought[item, site, party, step] += amount
        elif name in self._lanes:
            item, origin, destination, mode = self._lanes[name]
            self.shipped[item, origin, destination, mode, step] += amount
        elif name in self.converted.ways:
            way = self.converted.ways[name]
            for each, share in self._spread(way, order["start"], order["end"]).items():
                self._make(way, each, amount * way.per * share, order["start"])

    def delivery(self, row: Record) -> None:
        """Add a delivery."""
        if row["at"] is not None and row["quantity"] > 0 and row["demand"] in self._wanted:
            step = min(max(0, self._horizon.step(row["at"].date())), self._horizon.steps - 1)
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
            if (item, origin) in self._endless:
                self.bought[item, origin, UNLIMITED, step] += quantity
        self._bring(way.makes.item, way.site, way.makes.site, step + self._leads[way.name], amount)

    def _bring(self, item: str, origin: str, destination: str, step: int, amount: float) -> None:
        if origin != destination and step < self._horizon.steps:
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

    def _spread(self, way: Way, start: datetime, end: datetime) -> Mapping[int, float]:
        """Return the share of an order's units that starts in each step."""
        first = self._horizon.step(start.date())
        width = self._horizon.step_days
        until = end - timedelta(days=self._leads[way.name] * width)
        if not self._loads.get(way.name) or self._lots.get(way.name) or until <= start:
            return {first: 1.0}
        hours: dict[int, float] = {}
        for step in range(first, self._horizon.step(until.date()) + 1):
            begins = datetime.combine(self._day(step), time())
            inside = min(until, begins + timedelta(days=width)) - max(start, begins)
            hours[step] = max(0.0, inside / timedelta(hours=1)) * (self._open_share(way, step))
        total = sum(hours.values())
        return {step: amount / total for step, amount in hours.items()} if total > 0 else {first: 1.0}

    def _open_share(self, way: Way, step: int) -> float:
        """Share of a step in which the scarcest process of a way is open, against its usual hours [1]."""
        shares = [self._open.get((process, way.site), {}).get(step, 1.0) for process in self._loads[way.name]]
        return min(shares, default=1.0)

    @cached_property
    def _programme(self) -> Programme:
        return self.converted.programme

    @cached_property
    def _horizon(self) -> Horizon:
        return self._programme.horizon

    @cached_property
    def _leads(self) -> Mapping[str, int]:
        rows = self._programme["operations"].iter_rows(named=True)
        return {row["operation"]: self._horizon.lead(row["lead_days"]) for row in rows}

    @cached_property
    def _lots(self) -> Mapping[str, float]:
        return dict(self._programme["operations"].select("operation", "lot").iter_rows())

    @cached_property
    def _loads(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for row in self._programme["loads"].iter_rows(named=True):
            found[row["operation"]].append(row["process"])
        return found

    @cached_property
    def _open(self) -> Mapping[tuple[str, str], Mapping[int, float]]:
        """Hours of each process at a site in each step that differs from the usual, as a share of the usual [1]."""
        found: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
        resources = {row["resource"]: row for row in self._programme["resources"].iter_rows(named=True)}
        for entry in self._programme["calendar"].iter_rows(named=True):
            resource = resources[entry["resource"]]
            share = entry["hours"] / resource["hours"] if resource["hours"] else 0.0
            for step in range(self._horizon.step(entry["since"]), self._horizon.step(entry["until"]) + 1):
                found[resource["process"], resource["site"]][step] = share
        return found

    @cached_property
    def _wanted(self) -> frozenset[str]:
        return frozenset(self._programme["demands"]["demand"])

    @cached_property
    def _offers(self) -> Mapping[str, tuple[str, str, str]]:
        """Offers by the name that frePPLe gives to a purchase."""
        rows = self._programme["supplies"].iter_rows(named=True)
        return {
            f"Purchase {row['item']} @ {row['site']} from {row['party']}": (row["item"], row["site"], row["party"])
            for row in rows
        }

    @cached_property
    def _lanes(self) -> Mapping[str, tuple[str, str, str, str]]:
        """Lanes by the name that frePPLe gives to a shipment, or by the operation that they were."""
        found = {}
        for row in self._programme["lanes"].iter_rows(named=True):
            lane = (row["item"], row["origin"], row["destination"], row["mode"])
            found[row["mode"]] = lane
            found.setdefault(f"Ship {row['item']} from {row['origin']} to {row['destination']}", lane)
        return found

    @cached_property
    def _endless(self) -> frozenset[tuple[str, str]]:
        rows = self._programme["supplies"].filter(pl.col("party") == UNLIMITED)
        return frozenset(rows.select("item", "site").iter_rows())

    @cached_property
    def _shown(self) -> dict[tuple[str, date | datetime], float]:
        """What frePPLe's buffers show as taken of an item at a moment."""
        found: dict[tuple[str, date | datetime], float] = defaultdict(float)
        for row in self.expected.buffers.filter(pl.col("change") < 0).iter_rows(named=True):
            found[row["buffer"].rpartition(" @ ")[0] or row["buffer"], row["at"]] -= row["change"]
        return found

    def _day(self, step: int) -> date:
        return self._horizon.day(step)

    def _make_rows(self) -> Iterable[Record]:
        items = dict(self._programme["operations"].select("operation", "item").iter_rows())
        for (operation, site, step), amount in self.made.items():
            yield {
                "operation": operation, "site": site, "start": self._day(step), "item": items[operation], "quantity": amount,
                "good": amount, "ready": self._day(step + self._leads[operation]),
            }  # fmt: skip

    def _buy_rows(self) -> Iterable[Record]:
        offers = {(row["item"], row["site"], row["party"]): row for row in self._programme["supplies"].iter_rows(named=True)}
        for (item, site, party, step), amount in self.bought.items():
            offer = offers[item, site, party]
            ready = self._day(step + self._horizon.lead(offer["lead_days"]))
            yield {"item": item, "site": site, "party": party, "start": self._day(step), "quantity": amount, "ready": ready,
                   "cost": amount * offer["price"]}  # fmt: skip

    def _ship_rows(self) -> Iterable[Record]:
        lanes = {
            (row["origin"], row["destination"], row["mode"]): row for row in self._programme["lanes"].iter_rows(named=True)
        }
        masses = dict(self._programme["items"].select("item", "mass").iter_rows())
        for (item, origin, destination, mode, step), amount in self.shipped.items():
            lane = lanes[origin, destination, mode]
            yield {
                "item": item, "origin": origin, "destination": destination, "mode": mode, "start": self._day(step),
                "clearance": "", "quantity": amount, "ready": self._day(step + self._horizon.lead(lane["lead_days"])),
                "cost": amount * masses[item] * lane["cost"],
            }  # fmt: skip

    def _deliver_rows(self) -> Iterable[Record]:
        dues = dict(self._programme["demands"].select("demand", "due").iter_rows())
        for (demand, step), amount in self.delivered.items():
            late = max(0, step - self._horizon.step(dues[demand])) * self._horizon.weeks_per_step
            yield {"demand": demand, "start": self._day(step), "origin": "", "quantity": amount, "weeks_late": late}


def _frame(name: str, rows: Iterable[Record]) -> pl.DataFrame:
    table = BY_NAME[name]
    full = [{column.name: row.get(column.name, column.default) for column in table.columns} for row in rows]
    return pl.DataFrame(full, schema=schema(table), orient="row").sort(list(table.key))
