"""Ways to make an item as rows: operations, components, loads and where they are qualified.

A frePPLe order occupies its resources from its start to its end, whatever its size; Outwork's hours are per unit, or per
step in which an operation runs. So:

- `time_per`: hours of a unit are `duration_per` x the load's quantity.
- `fixed_time`: the whole duration is a set-up, taken once in each step in which the operation runs, at most the hours of
  one step; where orders have a largest size, it is shared by the units of a full order instead.
- a resource that counts by buckets: the load's quantity for each unit, whatever the duration.

The lead time is that of the smallest order: `duration` + `duration_per` x smallest size, in open hours of the calendars
of the operation, its place and its resources, at the best start up to the last due date; the hours of an order beyond that
are in its loads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from outwork.model.table import Row
from outwork.model.tables.design import Component, Load, Operation
from outwork.model.tables.sourcing import Qualification
from outwork.store.formats.frepple.calendars import DAY_HOURS, shortest
from outwork.store.formats.frepple.capacity import Capacity, Taken
from outwork.store.formats.frepple.ground import Ground, days, hours
from outwork.store.formats.frepple.ways import Way

IDLE: str = "no process"
"""Process of an operation that takes no hours."""


@dataclass(frozen=True)
class Sizes:
    """Sizes of a frePPLe order in its own units: smallest, largest (None: any), and the lot (0: any)."""

    least: float
    most: float | None
    lot: float


def sizes(way: Way) -> Sizes:
    """Return the sizes of a way's orders; frePPLe's smallest order is one unit unless it says otherwise."""
    operation = way.operation
    least = 1.0 if operation.size_minimum is None else max(0.0, operation.size_minimum)
    most = operation.size_maximum if operation.size_maximum and operation.size_maximum >= least else None
    exact = most is not None and most == least
    multiple = operation.size_multiple or 0.0
    return Sizes(least, most, least if exact else multiple if multiple > 1 else 0.0)


@dataclass(frozen=True)
class Making:
    """Turns ways into rows. `near`: days from the start in which the best start of an operation is looked for."""

    ground: Ground
    capacity: Capacity
    near: int

    def rows(self, way: Way) -> Iterable[Row]:
        """Yield the rows of one way."""
        taken = self.capacity.loads(way.operation.name, way.site)
        size = sizes(way)
        loads, setup, process = self._hours(way, taken, size)
        lead = self.lead(way, taken, size)
        yield Operation(
            operation=way.name,
            item=way.makes.item,
            process=process,
            lead_days=lead,
            setup_hours=setup,
            lot=self._lot(way, size, loads),
        )
        for take in way.takes:
            yield Component(
                operation=way.name, item=take.spot.item, quantity=take.quantity, choice=take.choice, since=take.since,
                until=take.until,
            )  # fmt: skip
        for name, amount in loads.items():
            yield Load(operation=way.name, process=name, hours=amount)
        yield Qualification(
            operation=way.name,
            site=way.site,
            unit_cost=max(0.0, way.operation.cost) / way.per + way.mood.cost(),
            earliest=self.ground.first(way.mood.since, lead, way.operation.fence),
        )

    def lead(self, way: Way, taken: list[Taken], size: Sizes) -> float:
        """Days from the start of a unit to its being ready."""
        operation = way.operation
        each = hours(operation.duration_per) * max(size.least, 0.0)
        spread = any(not load.bucketed for load in taken) and each > DAY_HOURS * self.ground.step_days
        worked = hours(operation.duration) + (0.0 if spread else each)
        fastest = max((self.capacity.efficiency(name) for load in taken for name in load.members), default=1.0)
        place = self.ground.model.locations.get(operation.location or "")
        gates = [operation.available, place.available if place else None]
        single = [load.members[0] for load in taken if len(load.members) == 1]
        gates += [gate for name in single for gate in self.capacity.gates(name)]
        elapsed = shortest(self.capacity.open_hours(gates), max(0.0, worked) / (fastest or 1.0), self.near)
        return self.ground.lead(elapsed + way.extra, f"operation '{way.name}'")

    def _hours(self, way: Way, taken: list[Taken], size: Sizes) -> tuple[dict[str, float], float, str]:
        """Return hours of a unit by process, hours of a set-up, and the process that the set-up occupies."""
        operation = way.operation
        loads: dict[str, float] = {}
        fixed: dict[str, float] = {}
        for load in taken:
            if load.bucketed:
                loads[load.process] = loads.get(load.process, 0.0) + load.quantity / way.per
                fixed[load.process] = load.fixed
            elif operation.duration_per:
                loads[load.process] = loads.get(load.process, 0.0) + hours(operation.duration_per) * load.quantity / way.per
                if operation.duration:
                    self._lose("fixed part of a duration", way, "it takes time, but no hours of its resource")
            else:
                fixed[load.process] = self._fixed(way, load)
        if size.most and not operation.duration_per:
            for name, amount in fixed.items():
                loads[name] = loads.get(name, 0.0) + amount / (size.most * way.per)
            fixed = {}
        main = self._scarcest([load for load in taken if fixed.get(load.process, 0.0) > 0])
        for name, amount in fixed.items():
            if amount > 0 and main and name != main.process:
                self._lose("second resource of an order of fixed duration", way, f"only '{main.process}' is occupied by it")
        own = main.process if main else (taken[0].process if taken else IDLE)
        return {name: amount for name, amount in loads.items() if amount > 0}, fixed.get(own, 0.0), own

    def _fixed(self, way: Way, load: Taken) -> float:
        """Hours that an order of fixed duration takes of a process in its first step."""
        whole = hours(way.operation.duration) * load.quantity
        step = DAY_HOURS * self.ground.step_days * load.quantity
        held = min(whole, step, self._slowest(load))
        if whole > held + 1e-6:  # beyond rounding
            self._lose("hours of an order after its first step", way, "a resource is occupied in the step of the start")
        return held

    def _slowest(self, load: Taken) -> float:
        """Hours of a process that nearly every step with any hours has."""
        if not load.members:
            return 0.0
        daily = np.sum([self.capacity.hours(name) for name in load.members], axis=0)
        steps = np.add.reduceat(daily, np.arange(0, len(daily), self.ground.step_days))
        open_steps = steps[steps > 0]
        return float(np.quantile(open_steps, 0.1, method="lower")) if len(open_steps) else 0.0

    def _scarcest(self, loads: list[Taken]) -> Taken | None:
        return min(loads, key=lambda load: self._slowest(load) / load.quantity, default=None)

    def _lot(self, way: Way, size: Sizes, loads: dict[str, float]) -> float:
        """Return the lot in units of what is made, where a lot is done within a step."""
        if size.least > 1 and size.lot < size.least:
            self._lose("smallest order size", way, "any quantity can be made")
        lot = size.lot * way.per
        if lot and any(amount * lot > DAY_HOURS * self.ground.step_days for amount in loads.values()):
            self._lose("multiple of an order size", way, "a lot takes longer than a step, so any quantity can be made")
            return 0.0
        if way.operation.size_multiple and not lot:
            self._lose("multiple of an order size", way, "quantities need not be whole")
        return lot

    def _lose(self, what: str, way: Way, why: str) -> None:
        self.ground.losses.add(what, f"operation '{way.name}'", why)


def span(way: Way) -> float:
    """Days that a way takes at most for its smallest order, for a first guess at how far to plan."""
    operation = way.operation
    return days(operation.duration + operation.duration_per * max(1.0, operation.size_minimum or 1.0)) + way.extra
