"""The best consortium by trying every set of pairs, each with a linear problem of its own, written apart from the project's."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import inf

import numpy as np
from scipy.optimize import linprog

from outwork.match.consortium.field import Field


@dataclass(frozen=True)
class Limits:
    """What a brute search keeps to."""

    days: float = inf
    doubled: float | None = None
    firms: int | None = None


def best(field: Field, allowed: list[int], limits: Limits = Limits()) -> float:
    """Return the least cost over all sets of pairs, inf where none will do."""
    least = inf
    for size in range(1, len(allowed) + 1):
        for pairs in combinations(allowed, size):
            least = min(least, cost(field, list(pairs), limits, least))
    return least


def cost(field: Field, pairs: list[int], limits: Limits, beaten: float) -> float:
    """Return the least cost with these pairs, inf where it is not below `beaten` or they will not do."""
    if limits.firms is not None and len({field.sites.party[field.site[p]] for p in pairs}) > limits.firms:
        return inf
    paid = {r for p, r in zip(field.repairs.pair, field.repairs.repair, strict=True) if p in pairs}
    fixed = sum(field.fixed_cost[p] for p in pairs) + sum(field.repairs.cost[r] for r in paid)
    if fixed >= beaten:
        return inf
    return fixed + divided(field, pairs, limits)


def divided(field: Field, pairs: list[int], limits: Limits) -> float:
    """Return the least cost of dividing the work among pairs: columns make, then ordinary and added hours, then last days."""
    routing, n, k, items = field.routing, len(pairs), len(field.hours.pool_site), len(field.routing.items)
    assert list(field.hours.grant_resource) == list(field.hours.grant_pool) == list(range(k))
    width = n + 2 * k + items
    price = np.zeros(width)
    price[:n] = field.unit_cost[pairs]
    price[n : n + k], price[n + k : n + 2 * k] = field.hours.cost, field.hours.overtime_cost
    equal, wanted, upper, most = [], [], [], []
    for item in range(items):
        row = np.zeros(width)
        for at, p in enumerate(pairs):
            o = field.operation[p]
            row[at] += routing.good[o] * (routing.makes[o] == item)
            for by, taken, units in zip(routing.takes_by, routing.takes, routing.takes_units, strict=True):
                row[at] -= units * (by == o and taken == item)
        equal.append(row)
        wanted.append(routing.quantity if item == routing.goal else 0.0)
    load = np.zeros((k, width))
    for p, pool, hours in zip(field.load_pair, field.load_pool, field.load_hours, strict=True):
        if p in pairs:
            load[pool, pairs.index(p)] += hours
    for pool in range(k):
        row = load[pool].copy()
        row[n + pool] = row[n + k + pool] = -1.0
        upper.append(row)
        most.append(0.0)
    rows = [*timed(field, pairs, load, width), *doubled(field, pairs, width, limits)]
    upper += [row for row, _ in rows]
    most += [limit for _, limit in rows]
    ends = [(0, limits.days if item == routing.goal else None) for item in range(items)]
    bounds = [(0, None)] * n + list(zip([0.0] * k, field.hours.ordinary, strict=True))
    bounds += [*zip([0.0] * k, field.hours.overtime, strict=True), *ends]
    found = linprog(price, np.array(upper), most, np.array(equal), wanted, bounds)
    return float(found.fun) if found.success else inf


def timed(field: Field, pairs: list[int], load: np.ndarray, width: int) -> list[tuple[np.ndarray, float]]:
    """Return the rows of time for a set of pairs, whose beginnings are then numbers."""
    routing = field.routing
    ready = {p: field.ready[p] for p in pairs}
    for p, r in zip(field.repairs.pair, field.repairs.repair, strict=True):
        if p in pairs:
            ready[p] = max(ready[p], field.ready[p] + field.repairs.days[r])
    first, rows = dict.fromkeys(range(len(routing.items)), 0.0), []
    place = width - len(routing.items)
    for item in reversed(range(len(routing.items))):
        for p in pairs:
            o = field.operation[p]
            if routing.makes[o] != item:
                continue
            inputs = [j for by, j in zip(routing.takes_by, routing.takes, strict=True) if by == o]
            start = max([ready[p], *(first[j] for j in inputs)])
            first[item] = max(first[item], start + routing.lead[o])
            for pool in {k for q, k in zip(field.load_pair, field.load_pool, strict=True) if q == p}:
                hours = field.hours.ordinary[pool] + field.hours.overtime[pool]
                row = load[pool] * field.window / hours
                row[place + item] = -1.0
                rows.append((row, -start - routing.lead[o]))
            for j in inputs:
                row = np.zeros(width)
                row[place + j], row[place + item] = 1.0, -1.0
                rows.append((row, -routing.lead[o]))
    return rows


def doubled(field: Field, pairs: list[int], width: int, limits: Limits) -> list[tuple[np.ndarray, float]]:
    """Return the rows by which no site makes more than all but a share of any item."""
    if limits.doubled is None:
        return []
    rows = []
    item = [field.routing.makes[field.operation[p]] for p in pairs]
    good = [field.routing.good[field.operation[p]] for p in pairs]
    for i, s in {(i, int(field.site[p])) for i, p in zip(item, pairs, strict=True)}:
        row = np.zeros(width)
        for at, p in enumerate(pairs):
            if item[at] == i:
                row[at] = good[at] * ((field.site[p] == s) - (1 - limits.doubled))
        rows.append((row, 0.0))
    return rows
