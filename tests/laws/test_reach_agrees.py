"""What the check of a programme says can come to a site at all is what the planner can bring there in time without end.

Both are written from docs/reference/meaning.md apart from each other: the check over tables, the planner over arrays.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import product
from typing import TypeVar

import numpy as np
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from outwork.model.axis import NEVER
from outwork.model.programme import Programme
from outwork.model.table import Row
from outwork.model.tables.capacity import Capability, Resource
from outwork.model.tables.design import Component, Item, Load, Operation
from outwork.model.tables.frame import Nation, Settings
from outwork.model.tables.moving import Corridor, Lane, Stock
from outwork.model.tables.places import Party, Site
from outwork.model.tables.sourcing import Qualification, Supply
from outwork.model.tables.wanting import Demand
from outwork.plan.network import Network
from outwork.store.door import of_frames
from outwork.store.flow import Makers, Ways, begun, spread
from outwork.store.sense import nonsense
from tests.examples import drawing

SITES = ("a", "b", "c", "d")
ITEMS = ("raw", "part", "unit")
PROCESSES = ("bend", "weld")


Thing = TypeVar("Thing")


def some(dice: np.random.Generator, of: Iterable[Thing], odds: float) -> list[Thing]:
    """Keep each with the odds [1]."""
    return [each for each in of if dice.random() < odds]


def world(seed: int) -> Programme:
    """Return a programme whose tables are drawn at random; leads are days, and the horizon is two years."""
    dice = np.random.default_rng(seed)
    pairs = list(product(ITEMS[1:], SITES))
    return Programme.of(
        Settings(name="world", start=date(2026, 1, 5), weeks=104),
        [Nation(nation=code, name=code) for code in ("SE", "FI")],
        Party(party="p", name="P", nation="SE", role="supplier"),
        [
            Site(site=s, party="p", nation="SE" if s in "ab" else "FI", name=s, transit=bool(some(dice, [s], 0.3)))
            for s in SITES
        ],
        [Item(item=i, name=i, sourcing=str(dice.choice(["either", "either", "make", "buy"]))) for i in ITEMS],
        [
            Operation(operation=f"o-{i}", item=i, process="bend", setup_hours=float(dice.integers(0, 2)), lead_days=3)
            for i in ITEMS[1:]
        ],
        components(dice),
        [Load(operation=f"o-{i}", process=p, hours=1) for i, p in some(dice, product(ITEMS[1:], PROCESSES), 0.4)],
        resources(dice),
        [Qualification(operation=f"o-{i}", site=s) for i, s in some(dice, pairs, 0.4)],
        [Supply(item=i, site=s, party="p", price=1, lead_days=2) for i, s in some(dice, product(ITEMS, SITES), 0.12)],
        [Stock(item=i, site=s, on_hand=float(dice.integers(0, 2))) for i, s in some(dice, product(ITEMS, SITES), 0.1)],
        lanes(dice),
        [
            Corridor(origin=o, destination=d, mode="sea", lead_days=9)
            for o, d in some(dice, product(("SE", "FI"), repeat=2), 0.2)
        ],
        [
            Demand(demand=f"{i}-{s}", item=i, site=s, quantity=1, due=date(2026, 6, 1))
            for i, s in some(dice, product(ITEMS, SITES), 0.3)
        ],
    )  # fmt: skip


def components(dice: np.random.Generator) -> list[Row]:
    """Return what parts and units are made of; some have dates, some stand for each other."""
    choice = next(iter(some(dice, ["metal"], 0.5)), None)
    until = next(iter(some(dice, [date(2026, 3, 1)], 0.3)), None) if choice is None else None
    used = some(dice, ["raw", "part"], 0.8)
    unit = [Component(operation="o-unit", item=item, quantity=1, choice=choice, until=until) for item in used]
    return [Component(operation="o-part", item="raw", quantity=1), *unit]


def resources(dice: np.random.Generator) -> list[Row]:
    """Return resources, some of which can do the other process as well."""
    found = [Resource(resource=f"r-{s}-{p}", site=s, process=p, hours=1) for s, p in some(dice, product(SITES, PROCESSES), 0.6)]
    return [*found, *(Capability(resource=row.resource, process="weld") for row in some(dice, found, 0.4))]


def lanes(dice: np.random.Generator) -> list[Row]:
    """Return lanes by road and sea, some for one item only."""
    ways = [way for way in product(SITES, SITES, ("road", "sea")) if way[0] != way[1]]
    return [
        Lane(origin=o, destination=d, mode=m, lead_days=4, item=str(dice.choice(ITEMS)) if some(dice, [o], 0.3) else None)
        for o, d, m in some(dice, ways, 0.15)
    ]


@drawing(1.0, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6))
def test_the_check_and_the_planner_reach_the_same_sites(seed: int) -> None:
    programme = world(seed)
    sheets, network = of_frames(programme.tables), Network.of(programme)
    item, site = np.nonzero(network.reach.earliest < NEVER)
    planned = {(network.items.names[i], network.sites.names[s]) for i, s in zip(item, site, strict=True)}
    assert set(spread(begun(sheets), Makers.of(sheets), Ways.of(sheets)).rows()) == planned


@drawing(1.0, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6))
def test_every_demand_that_the_planner_cannot_reach_is_told_and_no_other(seed: int) -> None:
    programme = world(seed)
    network = Network.of(programme)
    wishes = network.wishes
    lost = {
        name
        for name, item, site in zip(wishes.names.names, wishes.item, wishes.site, strict=True)
        if network.reach.earliest[item, site] >= NEVER
    }
    faults = nonsense(of_frames(programme.tables), set())
    told = {fault.reason.split("demand '")[1].split("'")[0] for fault in faults if fault.table == "demands"}
    assert told <= lost
    assert told or not lost or any(fault.table == "components" for fault in faults)
