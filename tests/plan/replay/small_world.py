"""Random small programmes, and a plain second replay of their plans, one dictionary and one step after the other.

Raw material is bought at a, a part takes 2 of it at a, a unit takes a part and 1 raw at a or b, and b wants units. Lead
times, yields, limits, windows and caps are drawn; quantities are multiples of 1/4 and yields 1/2 or 1, so that sums are exact.
A plan is a dictionary from (kind, *names, step) to a quantity.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from outwork.model.frames import from_rows
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.model.tables.capacity import Resource
from outwork.model.tables.design import Component, Item, Load, Operation
from outwork.model.tables.frame import Nation, Settings
from outwork.model.tables.moving import Clearance, Lane, Stock
from outwork.model.tables.places import Party, Site
from outwork.model.tables.planned import Buy, Delivery, Make, Ship, Use
from outwork.model.tables.sourcing import Qualification, Supply
from outwork.model.tables.wanting import Demand

START = date(2026, 1, 5)
STEPS = 5
RECIPE = {"part": {"raw": 2.0}, "unit": {"part": 1.0, "raw": 1.0}}
PAIRS = (("part", "a"), ("unit", "a"), ("unit", "b"))
Plan = dict[tuple[Any, ...], float]


@dataclass(frozen=True)
class World:
    """What is drawn: leads [step], yields [1], limits in units, kilograms (one each) or hours a step, windows in steps."""

    make_lead: dict[str, int]
    good: dict[str, float]
    hours: dict[str, float]
    buy_lead: int
    buy_most: float
    buy_least: float
    ship_lead: int
    ship_most: float
    ship_until: int
    cap: float
    store: float
    on_hand: dict[tuple[str, str], float]
    wanted: float
    earliest: int


def drawn(rng: np.random.Generator) -> World:
    return World(
        make_lead={item: int(rng.integers(0, 3)) for item in RECIPE},
        good={item: float(rng.choice([0.5, 1.0])) for item in RECIPE},
        hours={site: float(rng.integers(2, 9)) for site in "ab"},
        buy_lead=int(rng.integers(0, 3)),
        buy_most=float(rng.integers(4, 15)),
        buy_least=float(rng.integers(0, 4)),
        ship_lead=int(rng.integers(0, 2)),
        ship_most=float(rng.integers(2, 9)),
        ship_until=int(rng.integers(2, STEPS)),
        cap=float(rng.integers(1, 8)),
        store=float(rng.integers(6, 20)),
        on_hand={(item, site): float(rng.integers(0, 7)) for item in ("raw", "part", "unit") for site in "ab"},
        wanted=float(rng.integers(2, 9)),
        earliest=int(rng.integers(0, 3)),
    )


def feasible(world: World, plan: Plan) -> bool:
    """Return whether a plan keeps to every rule of its world."""
    if any(quantity < 0 or not 0 <= key[-1] < STEPS for key, quantity in plan.items()):
        return False
    running = {key: quantity for key, quantity in plan.items() if quantity > 0}
    return _rows_fit(world, running) and _recipes_fit(running) and _stocks_fit(world, running)


def _rows_fit(world: World, plan: Plan) -> bool:
    hours, cleared, handed = defaultdict(float), 0.0, 0.0
    moved = defaultdict(float)
    for (kind, *names, step), quantity in plan.items():
        match kind, names:
            case "make", [item, site]:
                hours[site, step] += quantity
                if (item, site) not in PAIRS:
                    return False
            case "buy", []:
                if not world.buy_least <= quantity <= world.buy_most:
                    return False
            case "ship", [item, origin]:
                moved[step] += quantity
                cleared += quantity if item == "unit" else 0.0
                if origin != "a" or step > world.ship_until:
                    return False
            case "deliver", []:
                handed += quantity
                if step < world.earliest:
                    return False
    within_hours = all(total <= world.hours[site] for (site, _), total in hours.items())
    return (
        within_hours and max(moved.values(), default=0) <= world.ship_most and cleared <= world.cap and handed <= world.wanted
    )


def _recipes_fit(plan: Plan) -> bool:
    need, taken = defaultdict(float), defaultdict(float)
    for (kind, *names, step), quantity in plan.items():
        if kind == "make":
            for item, each in RECIPE[names[0]].items():
                need[*names, item, step] += each * quantity
        if kind == "use":
            taken[*names, step] += quantity
    return need == taken


def _stocks_fit(world: World, plan: Plan) -> bool:
    stock = defaultdict(float, world.on_hand)
    coming = defaultdict(list)
    for (kind, *names, step), quantity in plan.items():
        match kind, names:
            case "make", [item, site]:
                coming[step + world.make_lead[item]].append((item, site, quantity * world.good[item]))
            case "use", [_, site, item]:
                coming[step].append((item, site, -quantity))
            case "buy", []:
                coming[step + world.buy_lead].append(("raw", "a", quantity))
            case "ship", [item, _]:
                coming[step].append((item, "a", -quantity))
                coming[step + world.ship_lead].append((item, "b", quantity))
            case "deliver", []:
                coming[step].append(("unit", "b", -quantity))
    for step in range(STEPS):
        for item, site, quantity in coming[step]:
            stock[item, site] += quantity
        if min(stock.values()) < 0 or stock["raw", "a"] > max(world.store, world.on_hand["raw", "a"]):
            return False
    return True


def grown(world: World, rng: np.random.Generator) -> Plan:
    """Return a plan of decisions drawn one after the other, each kept where the plan stays feasible with it."""
    plan: Plan = {}
    for _ in range(60):
        wish = _wish(rng, int(rng.integers(STEPS)), float(rng.integers(1, 17)) / 4)
        trial = defaultdict(float, plan)
        for key, quantity in wish.items():
            trial[key] += quantity
        if feasible(world, trial):
            plan = dict(trial)
    return plan


def _wish(rng: np.random.Generator, step: int, quantity: float) -> Plan:
    match rng.choice(["make", "make", "buy", "ship", "deliver"]):
        case "make":
            item, site = PAIRS[rng.integers(len(PAIRS))]
            uses = {("use", item, site, taken, step): each * quantity for taken, each in RECIPE[item].items()}
            return {("make", item, site, step): quantity} | uses
        case "ship":
            return {("ship", str(rng.choice(["part", "unit", "raw"])), "a", step): quantity}
        case kind:
            return {(str(kind), step): quantity * (3 if kind == "buy" else 1)}


def mutated(plan: Plan, rng: np.random.Generator) -> Plan:
    """Return the plan with one decision, and what it takes in if it makes, larger, smaller, left out, moved or turned."""
    keys = sorted(plan, key=str)
    key = keys[rng.integers(len(keys))]
    hit = [key]
    if key[0] == "make" and rng.random() < 0.7:
        hit += [other for other in keys if other[0] == "use" and other[1:3] == key[1:3] and other[-1] == key[-1]]
    change, size = rng.integers(5), float(rng.integers(1, 9)) / 4
    trial = defaultdict(float, {k: q for k, q in plan.items() if k not in hit})
    for each in hit:
        scale = plan[each] / plan[key]
        match change:
            case 0:
                trial[each] += plan[each] + size * scale
            case 1:
                trial[each] += plan[each] - min(size, plan[key]) * scale
            case 2:
                trial[*each[:-1], each[-1] + int(rng.choice([-1, 1]) if each is key else 0)] += plan[each]
            case 3 if each[0] == "ship":
                trial[*each[:2], "b", each[-1]] += plan[each]
    return dict(trial)


def programme(world: World) -> Programme:
    """Return the world as tables."""
    sites, week = ("a", "b"), timedelta(weeks=1)
    return Programme.of(
        Settings(name="small", start=START, weeks=STEPS),
        [Nation(nation="SE", name="Sweden"), Nation(nation="FI", name="Finland")],
        Party(party="firm", name="Firm", nation="SE", role="manufacturer"),
        [Site(site=site, party="firm", nation=nation, name=site) for site, nation in zip(sites, ("SE", "FI"), strict=True)],
        [Resource(resource=f"r-{site}", site=site, process="work", hours=world.hours[site], cost=1) for site in sites],
        [Item(item=item, name=item, value=1, mass=1, controlled=item == "unit") for item in ("raw", "part", "unit")],
        [
            Operation(operation=item, item=item, process="work", lead_days=7 * lead, yield_rate=world.good[item])
            for item, lead in world.make_lead.items()
        ],
        [Component(operation=item, item=own, quantity=each) for item, takes in RECIPE.items() for own, each in takes.items()],
        [Load(operation=item, process="work", hours=1) for item in RECIPE],
        [Qualification(operation=item, site=site) for item, site in PAIRS],
        Supply(
            item="raw", site="a", party="firm", price=1, per_week=world.buy_most, minimum=world.buy_least,
            lead_days=7 * world.buy_lead,
        ),
        Lane(
            origin="a", destination="b", lead_days=7 * world.ship_lead, cost=1, per_week=world.ship_most,
            until=START + world.ship_until * week,
        ),
        [
            Stock(item=item, site=site, on_hand=on_hand, most=world.store if (item, site) == ("raw", "a") else None)
            for (item, site), on_hand in world.on_hand.items()
        ],
        Clearance(clearance="c", item="unit", origin="SE", destination="FI", opens=START, quantity_cap=world.cap),
        Demand(
            demand="d", item="unit", site="b", quantity=world.wanted, due=START + 60 * week,
            earliest=START + world.earliest * week + timedelta(days=3),
        ),
    )  # fmt: skip


def tables(world: World, plan: Plan) -> dict[str, pl.DataFrame]:
    """Return the plan as tables, in which the columns that follow from a decision are right."""
    rows = defaultdict(list)
    for (kind, *names, step), quantity in plan.items():
        rows[kind].append(_row(world, kind, names, step, quantity))
    return {kind: from_rows(BY_NAME[kind], held) for kind, held in rows.items()}


def _row(world: World, kind: str, names: list[str], step: int, quantity: float) -> Any:
    when = {"start": START + timedelta(weeks=step), "quantity": quantity}
    then = lambda lead: START + timedelta(weeks=step + lead)  # noqa: E731
    match kind, names:
        case "make", [item, site]:
            made = {"good": quantity * world.good[item], "ready": then(world.make_lead[item])}
            return Make(operation=item, site=site, item=item, **made, **when)
        case "use", [item, site, taken]:
            return Use(operation=item, site=site, item=taken, **when)
        case "buy", []:
            return Buy(item="raw", site="a", party="firm", ready=then(world.buy_lead), cost=quantity, **when)
        case "ship", [item, origin]:
            ends = {"origin": origin, "destination": "b" if origin == "a" else "a", "clearance": "c" if item == "unit" else ""}
            return Ship(item=item, mode="road", ready=then(world.ship_lead), cost=quantity, **ends, **when)
        case _:
            return Delivery(demand="d", weeks_late=0, **when)
