"""What could be there when: from rows of tables, the first day of every item at every site, and what is left of stock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from outwork.model.table import Row
from outwork.model.tables.design import Component, Load, Operation
from outwork.model.tables.moving import Lane
from outwork.model.tables.sourcing import Qualification, Supply
from outwork.store.formats.frepple.capacity import Capacity
from outwork.store.formats.frepple.ground import Ground
from outwork.store.formats.gaps import Spot

NEVER: Final = float("inf")


class Reach:
    """First days of items at sites, without asking how many; stock and arrivals that are not spoken for yet."""

    def __init__(self, rows: Iterable[Row], ground: Ground, capacity: Capacity) -> None:
        """Index the rows and work out the first days."""
        self._ground = ground
        self._capacity = capacity
        self._rows: dict[type[Row], list[Row]] = defaultdict(list)
        for row in rows:
            self._rows[type(row)].append(row)
        self.operations = {row.operation: row for row in self._rows[Operation] if isinstance(row, Operation)}
        self.components: dict[str, list[Component]] = defaultdict(list)
        for row in self._rows[Component]:
            if isinstance(row, Component):
                self.components[row.operation].append(row)
        self._loads: dict[str, list[Load]] = defaultdict(list)
        for row in self._rows[Load]:
            if isinstance(row, Load):
                self._loads[row.operation].append(row)
        self._spare: dict[Spot, list[tuple[date, float]]] = defaultdict(list)
        self._taken: dict[tuple[str, date], float] = defaultdict(float)
        self._first = self._first_days()

    def lead_of(self, operation: str) -> float:
        """Lead time of an operation [day]."""
        return self.operations[operation].lead_days

    def arrive(self, spot: Spot, day: date, amount: float) -> None:
        """Note what will be there anyway."""
        self._spare[spot].append((day, amount))

    def take(self, needs: Iterable[tuple[Spot, float]], day: date) -> bool:
        """Take material by a day; False, and nothing taken, where some of it cannot be there."""
        wanted = list(needs)
        when = (day - self._ground.start).days
        short = [spot for spot, amount in wanted if self._left(spot, day) < amount and self._first.get(spot, NEVER) > when]
        if short:
            return False
        for spot, amount in wanted:
            self._spare[spot].append((day, -min(amount, self._left(spot, day))))
        return True

    def fits(self, operation: str, site: str, amount: float, day: date) -> bool:
        """Tell whether the hours and the lot of an operation allow so many units in the step of that day; if so, take them."""
        row = self.operations[operation]
        if row.lot and abs(amount / row.lot - round(amount / row.lot)) > 1e-6:  # noqa: PLR2004  # beyond rounding
            return False
        needed = {load.process: load.hours * amount for load in self._loads[operation]}
        if row.setup_hours:
            needed[row.process] = needed.get(row.process, 0.0) + row.setup_hours
        step = (day - self._ground.start).days // self._ground.step_days
        first = self._ground.start + timedelta(days=step * self._ground.step_days)
        members = {process: self._capacity.members_of(process, site) for process in needed}
        for process, amount_needed in needed.items():
            there = sum(self._hours(name, step) - self._taken[name, first] for name in members[process])
            if amount_needed > there + 1e-6:  # beyond rounding
                return False
        for process, amount_needed in needed.items():
            for name in members[process]:
                self._taken[name, first] += amount_needed / len(members[process])
        return True

    def _hours(self, name: str, step: int) -> float:
        width = self._ground.step_days
        return float(self._capacity.hours(name)[step * width : (step + 1) * width].sum())

    def _left(self, spot: Spot, day: date) -> float:
        return max(0.0, sum(amount for since, amount in self._spare[spot] if since <= day))

    def _first_days(self) -> dict[Spot, float]:
        """Relax until nothing comes earlier: days after the start at which new supply of an item can be at a site."""
        first: dict[Spot, float] = {}
        for row in self._rows[Supply]:
            if isinstance(row, Supply):
                spot = Spot(row.item, row.site)
                first[spot] = min(first.get(spot, NEVER), self._since(row.since) + row.lead_days)
        changed = True
        while changed:
            changed = False
            for spot, day in [*self._made(first), *self._moved(first)]:
                if day < first.get(spot, NEVER) - 1e-9:  # beyond rounding
                    first[spot] = day
                    changed = True
        return first

    def _made(self, first: dict[Spot, float]) -> Iterable[tuple[Spot, float]]:
        for row in self._rows[Qualification]:
            if isinstance(row, Qualification):
                operation = self.operations[row.operation]
                needs = [
                    first.get(Spot(each.item, row.site), NEVER) for each in self.components[row.operation] if not each.choice
                ]
                yield Spot(operation.item, row.site), max([self._since(row.earliest), *needs]) + operation.lead_days

    def _moved(self, first: dict[Spot, float]) -> Iterable[tuple[Spot, float]]:
        for row in self._rows[Lane]:
            if isinstance(row, Lane) and row.item:
                day = max(first.get(Spot(row.item, row.origin), NEVER), self._since(row.since))
                yield Spot(row.item, row.destination), day + row.lead_days

    def _since(self, day: date | None) -> float:
        return 0.0 if day is None else max(0.0, float((day - self._ground.start).days))
