"""Demand by demand: on time if possible, else late for as long as that costs less than to leave it."""

from __future__ import annotations

import numpy as np

from outwork.model.axis import Array, Index
from outwork.plan.greedy import fit
from outwork.plan.greedy.fit import DUST
from outwork.plan.greedy.pull import PATIENCE, Puller
from outwork.plan.network.directs import OWN


def serve(puller: Puller) -> None:
    """Serve binding demands by urgency (shortage price over value), then due date; then options that pay."""
    network = puller.network
    wishes = network.wishes
    urgency = wishes.short / np.maximum(network.value[wishes.item], 1e-9)
    order = np.lexsort((wishes.due, -urgency))
    for demand in order[~wishes.option[order]]:
        _best(puller, int(demand))
    for demand in order[wishes.option[order]]:
        _optional(puller, int(demand))


def _optional(puller: Puller, demand: int) -> None:
    """Take an option where all of it can be had for less than its price."""
    wishes, ledger = puller.network.wishes, puller.ledger
    mark, before = ledger.mark(), float(ledger.spent[0])
    missing, late = _best(puller, demand)
    if missing > DUST or float(ledger.spent[0]) - before + late >= wishes.price[demand] * wishes.quantity[demand]:
        ledger.undo(mark)


def _best(puller: Puller, demand: int) -> tuple[float, float]:
    """Serve a demand, a single-source one from the origin that costs least; return units missing and EUR of lateness."""
    wishes, ledger, directs = puller.network.wishes, puller.ledger, puller.network.directs
    puller.patience = PATIENCE
    if not wishes.single[demand]:
        return _stocked(puller, demand)
    mine = np.flatnonzero(directs.demand == demand)
    tried = []
    for origin in np.unique(directs.origin[mine]):
        mark, before = ledger.mark(), float(ledger.spent[0])
        missing, late = _single(puller, demand, mine[directs.origin[mine] == origin])
        cost = missing * wishes.short[demand] + late + float(ledger.spent[0]) - before
        tried.append((missing > DUST, cost, int(origin)))
        ledger.undo(mark)
    if not tried:
        return float(wishes.quantity[demand]), 0.0
    return _single(puller, demand, mine[directs.origin[mine] == min(tried)[2]])


def _stocked(puller: Puller, demand: int) -> tuple[float, float]:
    """Deliver from the stock of the demand's site."""
    network, ledger = puller.network, puller.ledger
    wishes = network.wishes
    node = int(network.node[wishes.item[demand], wishes.site[demand]])
    rest, late = float(wishes.quantity[demand]), 0.0
    for step, price in _dates(puller, demand) if node >= 0 else ():
        if rest <= DUST:
            break
        had = puller.pull(node, _at(network.horizon.steps, step, rest))
        ledger.add(ledger.deliver, demand, had)
        rest, late = rest - float(had.sum()), late + price * float(had.sum())
    return rest, late


def _single(puller: Puller, demand: int, ways: Index) -> tuple[float, float]:
    """Deliver straight from one origin."""
    network, ledger = puller.network, puller.ledger
    wishes, directs, steps = network.wishes, network.directs, network.horizon.steps
    rest, late = float(wishes.quantity[demand]), 0.0
    node = int(network.node[wishes.item[demand], directs.origin[ways[0]]])
    for step, price in _dates(puller, demand) if node >= 0 else ():
        for way in ways:
            leg, lead = int(directs.leg[way]), int(directs.lead[way])
            most = puller.passable(leg) if leg != OWN else np.full(steps, np.inf)
            leaving = fit.latest(_at(steps, step, rest), lead, most, None)
            if leg != OWN:
                leaving = puller.capped(leg, leaving)
            if leaving.max(initial=0.0) <= DUST:
                continue
            had = puller.pull(node, leaving)
            ledger.add(ledger.direct, way, had)
            if leg != OWN:
                puller.depart(leg, had)
            rest, late = rest - float(had.sum()), late + price * float(had.sum())
    return rest, late


def _dates(puller: Puller, demand: int) -> list[tuple[int, float]]:
    """Return steps to deliver in and what lateness costs there [EUR/unit]: the due step, then later ones ever further apart."""
    wishes, horizon = puller.network.wishes, puller.network.horizon
    due, last = int(wishes.due[demand]), horizon.steps - 1
    node = int(puller.network.node[wishes.item[demand], wishes.site[demand]])
    first = int(puller.ledger.barren[node]) + 1 if node >= 0 and not wishes.single[demand] else 0
    step, dates = min(max(due, int(wishes.earliest[demand]), first), last), []
    while True:
        price = max(step - due, 0) * horizon.weeks_per_step * float(wishes.late[demand])
        if price < wishes.short[demand] or wishes.option[demand]:
            dates.append((step, price))
        if step >= last:
            return dates
        step = min(step + 1 + max(step - due, 0) // 3, last)


def _at(steps: int, step: int, quantity: float) -> Array:
    """Return a need of one step. [step]."""
    need = np.zeros(steps)
    need[step] = quantity
    return need
