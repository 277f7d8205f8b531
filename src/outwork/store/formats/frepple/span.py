"""How far to plan, in which steps, and what the dearest unit costs."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from outwork.model.table import FIRST_DAY, LAST_DAY, Row
from outwork.model.tables.design import Component, Item, Load, Operation
from outwork.model.tables.moving import Lane
from outwork.model.tables.sourcing import Qualification, Supply
from outwork.store.formats.frepple.calendars import Calendars
from outwork.store.formats.frepple.capacity import Capacity
from outwork.store.formats.frepple.neutral import Demand, Model

LONGEST_WEEKS: Final = 1040
SPARE_DAYS: Final = 28
SPARE_CHAINS: Final = 1.25
"""How often the longest chain of lead times fits between the last due date, or the end of the work, and the horizon."""
WEEK: Final = 7
WORKING_WEEK: Final = 5
LOOK: Final = 60
"""Days from the start over which buckets are looked at for the length of a step."""
BUCKETS: Final = "buckets"


def first_day(model: Model, given: date | None) -> date | None:
    """Return the day on which the plan starts: the one given, the model's own, or its earliest date; None without any."""
    if given:
        return given
    if model.current:
        return model.current.date()
    moments: list[datetime] = [each.due for each in model.demands.values() if each.due]
    moments += [each for order in model.orders for each in (order.start, order.end) if each]
    inside = [moment.date() for moment in moments if FIRST_DAY < moment.date() < LAST_DAY]
    return min(inside, default=None)


def step_days(model: Model, start: date) -> int:
    """Return the length of a step [day]: 7 where resources count by buckets of about a week or more, else 1.

    A bucket's whole capacity may be used on one day, which daily steps cannot say.
    """
    names = {each.maximum_calendar for each in model.resources.values() if each.type == BUCKETS}
    calendars = Calendars(model, start, LOOK)
    lengths = [
        after - first
        for name in names
        if name in model.calendars
        for first, after, value in calendars.stretches(str(name))
        if value > 0 and after > 0
    ]
    return WEEK if lengths and max(lengths) >= WORKING_WEEK else 1


@dataclass(frozen=True)
class Rows:
    """Rows indexed for questions about the whole network."""

    operations: Mapping[str, list[Operation]]
    """By the item that they make, the preferred one first."""
    components: Mapping[str, list[Component]]
    loads: Mapping[str, list[Load]]
    supplies: Mapping[str, list[Supply]]
    lanes: Mapping[str, list[Lane]]
    unit_costs: Mapping[str, float]
    masses: Mapping[str, float]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Rows:
        """Index rows of whichever tables."""
        made, parts, loads = defaultdict(list), defaultdict(list), defaultdict(list)
        bought, moved = defaultdict(list), defaultdict(list)
        costs: dict[str, float] = {}
        masses: dict[str, float] = {}
        for row in rows:
            match row:
                case Operation():
                    made[row.item].append(row)
                case Component():
                    parts[row.operation].append(row)
                case Load():
                    loads[row.operation].append(row)
                case Supply():
                    bought[row.item].append(row)
                case Lane(item=str(item)):
                    moved[item].append(row)
                case Qualification():
                    costs[row.operation] = row.unit_cost
                case Item():
                    masses[row.item] = row.mass
        for ways in made.values():
            ways.sort(key=lambda way: costs.get(way.operation, 0.0))
        return cls(made, parts, loads, bought, moved, costs, masses)

    def longest(self, item: str, known: dict[str, float]) -> float:
        """Return the longest chain of lead times behind an item, all its lanes once among them [day]."""
        if item not in known:
            bought = max((supply.lead_days for supply in self.supplies.get(item, [])), default=0.0)
            made = [
                way.lead_days
                + max((self.longest(part.item, known) for part in self.components.get(way.operation, [])), default=0.0)
                for way in self.operations.get(item, [])
            ]
            known[item] = max([bought, *made]) + sum({lane.lead_days for lane in self.lanes.get(item, [])})
        return known[item]

    def dearest(self, item: str, known: dict[str, float]) -> float:
        """Return what a unit costs by the dearest way to get it [EUR/unit]."""
        if item not in known:
            bought = max((supply.price for supply in self.supplies.get(item, [])), default=0.0)
            made = [
                self.unit_costs.get(way.operation, 0.0)
                + sum(part.quantity * self.dearest(part.item, known) for part in self.components.get(way.operation, []))
                for way in self.operations.get(item, [])
            ]
            moved = sum(lane.cost for lane in self.lanes.get(item, [])) * self.masses.get(item, 0.0)
            known[item] = max([bought, *made]) + moved
        return known[item]

    def gross(self, item: str, amount: float, needs: dict[str, list[float]]) -> None:
        """Add to `needs` the amounts of items that so much of an item comes to, by the preferred operations."""
        needs[item].append(amount)
        for way in self.operations.get(item, [])[:1]:
            for part in self.components.get(way.operation, []):
                self.gross(part.item, amount * part.quantity, needs)


Needs = Mapping[str, list[float]]
"""Amounts of every item that the demands come to, one after the other [unit]."""


def needs(demands: Iterable[Demand], items: Mapping[str, str], rows: Rows) -> Needs:
    """Return what the demands come to; `items` says what each of them wants."""
    found: dict[str, list[float]] = defaultdict(list)
    for demand in demands:
        rows.gross(items[demand.name], demand.quantity or 0.0, found)
    return found


def weeks(start: date, demands: Iterable[Demand], wanted: Needs, rows: Rows, capacity: Capacity) -> int:
    """Return how many weeks to plan: to the last due date or as long as the work takes, the longest lead and more."""
    known: dict[str, float] = {}
    chain = max((rows.longest(item, known) for item in wanted), default=0.0)
    due = max(((demand.due.date() - start).days for demand in demands if demand.due), default=0)
    span = max(0, due, _work(wanted, rows, capacity)) + SPARE_CHAINS * chain + SPARE_DAYS
    return min(LONGEST_WEEKS, max(1, math.ceil(span / WEEK)))


def _work(wanted: Needs, rows: Rows, capacity: Capacity) -> float:
    """Return the days that the busiest process takes for all that is wanted, made by the preferred operations."""
    hours: dict[str, float] = defaultdict(float)
    for item, amounts in wanted.items():
        for way in rows.operations.get(item, [])[:1]:
            for load in rows.loads.get(way.operation, []):
                hours[load.process] += load.hours * sum(amounts)
            hours[way.process] += way.setup_hours * len(amounts)
    daily = {process: capacity.mean(process) for process in hours}
    return max((hours[process] / daily[process] for process in hours if daily[process] > 0), default=0.0)
