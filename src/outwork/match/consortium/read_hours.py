"""The hours that a design could be given: the same hours of the same resources as `plan` counts, and those nobody has told."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Final

import numpy as np

from outwork.match.consortium.field import Hours
from outwork.match.consortium.routing import Routing
from outwork.match.judging.matched import Matched
from outwork.match.judging.needs import keys
from outwork.match.judging.related import processes
from outwork.match.terms.kinds import State
from outwork.model.axis import Array, Axis, Index, Mask, group, numbers
from outwork.model.programme import Programme
from outwork.model.spare import open_hours

MACHINE: Final = 40.0
"""Hours a week that a machine gives which a repair would buy: one shift; an assumption."""


@dataclass(frozen=True, eq=False)
class Loads:
    """Pairs whose hours are asked for. Args: operation, site [pair]; machines [pair], whether a repair would buy a machine."""

    programme: Programme
    found: Matched
    routing: Routing
    operation: Index
    site: Index
    machines: Mask


@dataclass(frozen=True, eq=False)
class Load:
    """Hours of a pool that one unit of a pair takes. [load]; told, whether anybody has said how many hours the pool has."""

    pair: Index
    pool: Index
    hours: Array
    process: tuple[str, ...]
    told: Mask


def hours(loads: Loads, days: tuple[int, int]) -> tuple[Hours, Load]:
    """Return the pools of all pairs with what grants them hours between two days, and what a unit of each pair takes."""
    codes, of_pair, of_code, each = _wanted(loads)
    pool, (site, code) = group(loads.site[of_pair], of_code)
    resource, granted = _grants(loads, codes, site, code)
    own, every = _resources(loads, days), np.arange(len(site))
    told = np.isin(every, granted)
    idle = np.bincount(granted, (own.ordinary + own.overtime)[resource], len(site)) <= 0
    bought = np.isin(every, pool[loads.machines[of_pair]]) & idle
    lacking, machine = loads.found.offers.complete[site], MACHINE * (days[1] - days[0] + 1) / 7
    extra = np.flatnonzero(~told | bought)
    rate = _cheapest(own.cost, codes, code, resource, granted)
    plain = tuple(each.removeprefix("~") or "unknown" for each in codes)
    held = Hours(
        processes=plain,
        pool_site=site,
        pool_process=code,
        resources=own.names + tuple(f"{plain[code[at]]} at {loads.found.offers.sites.names[site[at]]}" for at in extra),
        site=np.r_[own.site, site[extra]],
        ordinary=np.r_[own.ordinary, np.where(bought, machine, np.where(lacking, 0.0, inf))[extra]],
        overtime=np.r_[own.overtime, np.zeros(len(extra))],
        cost=np.r_[own.cost, rate[code[extra]]],
        overtime_cost=np.r_[own.overtime_cost, rate[code[extra]]],
        grant_resource=np.r_[resource, len(own.names) + np.arange(len(extra))],
        grant_pool=np.r_[granted, extra],
    )
    return held, Load(of_pair, pool, each, tuple(plain[at] for at in of_code), (told | bought | lacking)[pool])


def _wanted(loads: Loads) -> tuple[tuple[str, ...], Index, Index, Array]:
    """Return processes, and of every hour that a pair takes the pair, the process and the hours for one unit."""
    routing = loads.routing
    rows = loads.programme["loads"].sort("operation", "process").rows(named=True)
    coded = keys([row["process"] for row in rows], loads.found.terms.words)
    own = {name: loads.found.needs.processes[loads.found.needs.process[loads.found.needs.operations.position[name]]]
           for name in routing.operations}  # fmt: skip
    asked: dict[tuple[int, str], float] = {}
    for row, code in zip(rows, coded, strict=True):
        if row["operation"] in own:
            place = (routing.operations.index(row["operation"]), code)
            asked[place] = asked.get(place, 0.0) + row["hours"]
    codes = Axis(tuple(sorted({code for _, code in asked} | set(own.values()))))
    pairs, of_code, each = [], [], []
    for pair, operation in enumerate(loads.operation.tolist()):
        for (at, code), taken in asked.items():
            if at == operation:
                pairs.append(pair)
                of_code.append(codes.position[code])
                each.append(taken)
    return codes.names, np.array(pairs, np.int64), np.array(of_code, np.int64), np.array(each, np.float64)


def _grants(loads: Loads, codes: tuple[str, ...], site: Index, code: Index) -> tuple[Index, Index]:
    """Return which resources give hours to which pools: those that offer the process, or a narrower or a broader one."""
    offers = loads.found.offers
    state = processes(codes, offers.processes, loads.found.terms.words)
    names = Axis.of(loads.programme["resources"].sort("resource"), "resource").position
    found = set[tuple[int, int]]()
    for pool, (where, what) in enumerate(zip(site.tolist(), code.tolist(), strict=True)):
        begin, end = np.searchsorted(offers.site, [where, where + 1])
        for offer in range(begin, end):
            if not offers.listing[offer] and state[what, offers.process[offer]] != State.FAILED:
                found.add((names[offers.names[offer]], pool))
    grants = np.array(sorted(found), np.int64).reshape(-1, 2)
    return grants[:, 0], grants[:, 1]


@dataclass(frozen=True, eq=False)
class _Resources:
    """Resources by name, with their hours in the days wanted. Arrays [resource] as in Hours."""

    names: tuple[str, ...]
    site: Index
    ordinary: Array
    overtime: Array
    cost: Array
    overtime_cost: Array


def _resources(loads: Loads, days: tuple[int, int]) -> _Resources:
    """Return all resources with the hours of the steps that hold the days, as `judge` counts them."""
    rows = loads.programme["resources"].sort("resource")
    axis, horizon = Axis.of(rows, "resource"), loads.found.needs.windows.horizon
    ordinary, overtime = open_hours({**loads.programme.tables, "resources": rows}, axis, horizon)
    steps = slice(days[0] // horizon.step_days, days[1] // horizon.step_days + 1)
    cost, extra = numbers(rows, "cost"), numbers(rows, "overtime_cost")
    site = loads.found.offers.sites.at(rows["site"])
    spare, added = ordinary[:, steps].sum(axis=1), overtime[:, steps].sum(axis=1)
    return _Resources(axis.names, site, spare, added, cost, np.where(np.isnan(extra), 1.5 * cost, extra))


def _cheapest(cost: Array, codes: tuple[str, ...], code: Index, resource: Index, granted: Index) -> Array:
    """Return the least cost of an hour of each process that anybody has told, 0 where nobody has. [process] in EUR/h."""
    least = np.full(len(codes), inf)
    np.minimum.at(least, code[granted], cost[resource])
    return np.where(np.isfinite(least), least, 0.0)
