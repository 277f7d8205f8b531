"""Demands, what they weigh, and what lateness and shortage cost.

frePPLe plans demands strictly one after the other, the lowest priority number first; Outwork weighs them against each
other. The levels become powers of a ratio r, the lowest weighing 1: with n levels r is 4, or less where 4^(n-1) would pass
1,000. Lateness and shortage are not priced in frePPLe. So that no cost ever pays for being late, a unit late for a week costs
ten times the dearest unit that can be delivered, and one never delivered as much as being late for the whole horizon and a
week more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from outwork.model.tables.wanting import Demand as DemandRow
from outwork.store.formats.frepple.ground import Ground
from outwork.store.formats.frepple.neutral import Demand
from outwork.store.formats.gaps import Spot

PLANNED: Final = frozenset({"open", "quote"})
RATIO: Final = 4.0
HEAVIEST: Final = 1000.0
LATE_MULTIPLE: Final = 10.0
"""A unit late for a week costs so many times the dearest deliverable unit."""


@dataclass(frozen=True)
class Prices:
    """What lateness [EUR/unit/week] and shortage [EUR/unit] cost, before the weight of a demand."""

    lateness: float
    shortage: float

    @classmethod
    def of(cls, dearest: float, weeks: int) -> Prices:
        """Return the prices for the dearest deliverable unit [EUR/unit] over a horizon [week]."""
        lateness = LATE_MULTIPLE * max(1.0, dearest)
        return cls(lateness, lateness * (weeks + 1))


def weights(priorities: Iterable[float]) -> dict[float, float]:
    """Return the weight of every priority number: the lowest number weighs most, the highest weighs 1."""
    levels = sorted(set(priorities), reverse=True)
    ratio = RATIO if len(levels) < 2 else min(RATIO, HEAVIEST ** (1 / (len(levels) - 1)))  # noqa: PLR2004  # one level
    return {level: min(HEAVIEST, ratio**place) for place, level in enumerate(levels)}


def planned(ground: Ground) -> list[Demand]:
    """Return the demands that frePPLe would plan, in the order of the file; the others are listed."""
    found = []
    parents = {demand.owner for demand in ground.model.demands.values()}
    for demand in ground.model.demands.values():
        pointer = f"demand '{demand.name}'"
        if demand.type == "forecast":
            ground.losses.add("forecast", pointer, "forecasts are not netted with orders")
        elif demand.status not in PLANNED:
            ground.losses.add(f"demand that is {demand.status}", pointer, "left out: frePPLe too plans only open ones")
        elif demand.type == "group" or (demand.name in parents and not demand.quantity):
            ground.losses.add("group of demands", pointer, "its demands are delivered one by one")
        elif not demand.quantity or demand.quantity <= 0 or demand.due is None:
            ground.losses.add("demand without quantity or date", pointer, "left out: there is nothing to plan")
        elif not demand.item and not demand.operation:
            ground.losses.add("demand without item", pointer, "left out: there is nothing to plan")
        else:
            found.append(demand)
    return found


def rows(demands: Iterable[Demand], spots: Mapping[str, Spot], prices: Prices, ground: Ground) -> Iterable[DemandRow]:
    """Yield the rows of demands; `spots` is what and where each of them wants."""
    demands = list(demands)
    weight = weights(demand.priority for demand in demands)
    for demand in demands:
        if demand.due is None or demand.quantity is None:
            continue
        if demand.customer:
            ground.losses.add("customer", f"demand '{demand.name}'", "demands name no customer")
        if demand.status == "quote":
            ground.losses.add("status quote", f"demand '{demand.name}'", "it is planned as binding, as frePPLe does")
        yield DemandRow(
            demand=demand.name, item=spots[demand.name].item, site=spots[demand.name].site, quantity=demand.quantity,
            due=demand.due.date(), priority=weight[demand.priority], lateness=prices.lateness, shortage=prices.shortage,
        )  # fmt: skip
