"""One more hour, of a resource that works for a consortium or of an ability that a nation has not got."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import scipy.sparse as sp

from outwork.match.consortium.field import Field
from outwork.match.consortium.found import LITTLE, Found
from outwork.model.axis import Mask
from outwork.solve.blocks import Array, Index, Problem
from outwork.solve.price import Effect, MatrixSlope, moved, price, slope


@dataclass(frozen=True, eq=False)
class Hour:
    """One more hour of a process in a nation, both as positions.

    Args: worth, what it saves at the margin [EUR/h]; more, what makes the problem that has it.
    """

    process: int
    nation: int
    worth: float
    more: Callable[[], Problem]


def held(found: Found) -> Iterator[Hour]:
    """Yield one more hour, paid for as the others, of every resource that works for a consortium."""
    own, given = found.field.hours, found.of("work")
    for grant in np.flatnonzero(given > LITTLE).tolist():
        pool = own.grant_pool[grant]
        resource = int(own.grant_resource[grant])
        nation = int(found.field.sites.nation[own.pool_site[pool]])
        more = partial(moved, found.problem, more_hours(found, resource, 1.0), 1.0)
        yield Hour(int(own.pool_process[pool]), nation, price(found.answer, more_hours(found, resource)), more)


def more_hours(found: Found, resource: int, step: float = 0.0) -> Effect:
    """Return what ordinary hours of a resource change, each: its capacity, and how fast its pools work.

    A pool works window * hours / most days on a unit, so a `step` of hours takes 1 / (most + step) of that off for each.
    """
    own, capacity = found.field.hours, found.problem.rows["capacity"]
    pools = own.grant_pool[own.grant_resource == resource]
    faster = [_faster(found.problem, name, pools, own.most + step) for name in ("mended works", "fed works")]
    matrix = MatrixSlope(*(np.concatenate([getattr(each, axis) for each in faster]) for axis in ("row", "variable", "rise")))
    return Effect(own.resources[resource], "h", row_upper=slope(capacity.first + resource), matrix=matrix)


def _faster(problem: Problem, name: str, pools: Index, most: Array) -> MatrixSlope:
    """Return by how much of itself what a unit takes in rows of time falls with an hour of their pools: 1 / most [pool]."""
    block = problem.rows.get(name)
    place = np.empty(0, np.int64) if block is None else np.flatnonzero(np.isin(block.keys["pool"], pools))
    if block is None or not place.size:
        return MatrixSlope(place, place, np.empty(0))
    make = problem.variables["make"]
    busy = sp.coo_array(problem.matrix.tocsr()[block.first + place][:, make.slice])
    hours = most[block.keys["pool"][place]][busy.row]
    return MatrixSlope((block.first + place)[busy.row], make.first + busy.col.astype(np.int64), -busy.data / hours)


def missing(found: Found, able: Mask) -> Iterator[Hour]:
    """Yield one hour of each operation in each nation where nobody is known to be able to do it.

    Such a site is taken to cost what the cheapest pair of the operation costs by the unit, and nothing to set up. What one unit
    of it saves is the price of what it makes, less that of what it takes, plus what it does for shares:
        worth = ( good * price[i] - sum_j takes[j] * price[j] + shares - cost ) / hours     [EUR/h]
    Days and single points are left out of it. Args: able [operation, nation].
    """
    for operation in range(len(found.field.routing.operations)):
        unit = _unit(found.field, operation)
        if unit is None:
            continue
        for nation in np.flatnonzero(~able[operation]).tolist():
            column = _column(found, operation, nation)
            dual = found.answer.dual
            assert dual is not None  # noqa: S101 - the whole numbers are fixed, so it is a linear problem
            worth = float(column @ dual - unit.cost) / unit.hours
            yield Hour(unit.process, nation, worth, partial(_with, found.problem, column, unit))


@dataclass(frozen=True)
class _Unit:
    """What one unit of an operation takes where it is cheapest: process, its hours [h/unit], cost [EUR/unit]."""

    process: int
    hours: float
    cost: float


def _unit(field: Field, operation: int) -> _Unit | None:
    """Return what one unit takes, None where the operation has no pair with hours of its own process."""
    mine = np.flatnonzero(field.operation == operation)
    process = field.hours.processes.index(field.routing.process[operation])
    here = np.isin(field.load_pair, mine) & (field.hours.pool_process[field.load_pool] == process)
    if not here.any():
        return None
    return _Unit(process, float(field.load_hours[here].max()), float(field.worth[mine].min()))


def _column(found: Found, operation: int, nation: int) -> Array:
    """Return the coefficients [row] of one unit of an operation at a new site in a nation."""
    field, problem, routing = found.field, found.problem, found.field.routing
    column = np.zeros(problem.row_lower.size)
    column[problem.rows["balance"].first + routing.makes[operation]] += routing.good[operation]
    taken = routing.takes_by == operation
    np.add.at(column, problem.rows["balance"].first + routing.takes[taken], -routing.takes_units[taken])
    pair = int(np.flatnonzero(field.operation == operation)[0])
    for place, share in enumerate(found.ask.wish.every_share):
        mine = share.by == "nation" and share.whose == field.sites.nations[nation]
        weight = share.weight(field)[pair]
        column[problem.rows["least share"].first + place] = (mine - share.least) * weight
        column[problem.rows["most share"].first + place] = -(mine - share.most) * weight
    return column


def _with(problem: Problem, column: Array, unit: _Unit) -> Problem:
    """Return the problem with one more variable: as many units as an hour allows."""
    return replace(
        problem,
        cost=np.r_[problem.cost, unit.cost],
        lower=np.r_[problem.lower, 0.0],
        upper=np.r_[problem.upper, 1.0 / unit.hours],
        integer=np.r_[problem.integer, False],
        matrix=sp.csc_array(sp.hstack([problem.matrix, sp.csc_array(column[:, None])])),
    )
