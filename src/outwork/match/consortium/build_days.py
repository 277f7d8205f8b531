"""When the last unit is there, as rows of the problem.

    first[i]  day on which the first units of item i are there
    last[i]   day on which the last are
    begin[o]  day on which the first of every input of operation o is there
    end[o]    day on which the last of every input is there

A step of the chain begins when every site of the step before has begun to deliver, works at an even rate, and ends when its
hours are worked and its last input is through. For a fluid that arrives evenly that is exact: what is left to do at any time
is largest at the beginning or at the end of the arrivals. The days themselves are computed by days.py from the same formulas.
"""

from __future__ import annotations

import numpy as np

from outwork.match.consortium.draft import Draft
from outwork.match.consortium.field import Field
from outwork.solve.blocks import Array, Index


def timed(draft: Draft) -> None:
    """Add the days to a problem: last[goal] <= days, and what it costs to wait."""
    ask, routing = draft.ask, draft.field.routing
    items, operations = np.arange(len(routing.items)), np.arange(len(routing.operations))
    cost = np.where(items == routing.goal, ask.aim.days, 0.0)
    upper = latest(draft)
    draft.variables("first", {"item": items}, lower=np.minimum(draft.room.soonest, upper), upper=upper)
    draft.variables("last", {"item": items}, lower=np.minimum(draft.room.soonest, upper), upper=upper, cost=cost)
    draft.variables("begin", {"operation": operations}, upper=upper[routing.makes])
    draft.variables("end", {"operation": operations}, upper=upper[routing.makes])
    inputs(draft)
    passing(draft)
    beginning(draft)
    working(draft)


def latest(draft: Draft) -> Array:
    """Return the day after which an item would be too late. [item]; the horizon for one that is not needed in time."""
    own, end = draft.room, horizon(draft.field)
    needless = own.soonest > own.latest
    upper = np.where(needless, end, np.minimum(own.latest, end))
    goal = draft.field.routing.goal
    upper[goal] = min(end, draft.ask.days)
    return upper


def horizon(field: Field) -> float:
    """Return the days after which no consortium still works: all begun, all hours worked, the longest chain gone through."""
    return float(field.start.max(initial=0.0) + field.window + field.routing.longest)


def inputs(draft: Draft) -> None:
    """An operation waits for all that it takes.

    For every operation o and item j that it takes:   begin[o] >= first[j],     end[o] >= last[j]     [day]
    """
    routing = draft.field.routing
    each = np.arange(len(routing.takes))
    for name, own, item in (("begins", "begin", "first"), ("ends", "end", "last")):
        draft.rows(name, {"take": each}, lower=0.0)
        draft.terms(name, each, own, routing.takes_by)
        draft.terms(name, each, item, routing.takes, -1.0)


def passing(draft: Draft) -> None:
    """A unit takes its lead time through an operation.

    For every operation o that makes i:   first[i] >= begin[o] + lead[o],     last[i] >= end[o] + lead[o]     [day]
    of several that make i only for those that take part: of every pair p of such an o, less (1 - use[p]) * big.
    """
    field, routing = draft.field, draft.field.routing
    alone = np.bincount(routing.makes, minlength=len(routing.items))[routing.makes] == 1
    pair = np.flatnonzero(~alone[field.operation])
    operation = np.r_[np.flatnonzero(alone), field.operation[pair]]
    choice, upper, soonest = np.arange(len(operation)) >= alone.sum(), latest(draft), draft.room.soonest
    big = choice * (upper[routing.makes[operation]] + routing.lead[operation] - soonest[routing.makes[operation]])
    rows = np.arange(len(operation))
    for name, item, own in (("first passes", "first", "begin"), ("last passes", "last", "end")):
        draft.rows(name, {"operation": operation, "row": rows}, lower=routing.lead[operation] - big)
        draft.terms(name, rows, item, routing.makes[operation])
        draft.terms(name, rows, own, operation, -1.0)
        draft.terms(name, rows[choice], "use", pair, -big[choice])


def beginning(draft: Draft) -> None:
    """What a pair makes is not there before it is mended and qualified.

    For every pair p that makes i:   first[i]  >=  (begin[p] + lead[p]) * use[p]     [day]
    """
    field, routing = draft.field, draft.field.routing
    every = np.arange(field.size)
    draft.rows("mends", {"pair": every}, lower=0.0)
    draft.terms("mends", every, "first", routing.makes[field.operation])
    draft.terms("mends", every, "use", every, -(draft.room.begin + routing.lead[field.operation]))


def working(draft: Draft) -> None:
    """A pair ends only when the hours of its pools are worked, at an even rate over the window.

    With busy[k] = window * sum_q hours[q,k] * make[q] / most[k], for every pair p that makes i and pool k that it loads:
        last[i]  >=  begin[p] + busy[k] + lead[p]  -  (1 - use[p]) * big     [day]
        last[i]  >=  begin[o] + busy[k] + lead[p]  -  (1 - use[p]) * big     [day]
    A pair without hours has the same rows without busy; `big` is the least that lets a pair be that takes no part, from what
    room.py knows.
    """
    field, routing = draft.field, draft.field.routing
    idle = np.setdiff1d(np.arange(field.size), field.load_pair)
    pair, pool = np.r_[field.load_pair, idle], np.r_[field.load_pool, np.full(len(idle), -1)]
    operation = field.operation[pair]
    lead = routing.lead[operation]
    item = routing.makes[operation]
    busy = np.r_[draft.room.busy, 0.0][pool]
    waits = (("mended works", draft.room.begin[pair]), ("fed works", latest(draft)[item] - lead))
    for name, start in waits:
        big = np.maximum(start + busy + lead - draft.room.soonest[item], 0.0)
        rows, fixed = np.arange(len(pair)), start if name == "mended works" else 0.0
        draft.rows(name, {"pair": pair, "pool": pool}, lower=fixed + lead - big)
        draft.terms(name, rows, "last", item)
        draft.terms(name, rows, "use", pair, -big)
        if name == "fed works":
            draft.terms(name, rows, "begin", operation, -1.0)
        _busy(draft, name, pool)


def _busy(draft: Draft, name: str, pool: Index) -> None:
    """Take busy[k] off rows, of which `pool` [row] is the pool, -1 for none."""
    field = draft.field
    rate = per_unit(field)
    order = np.argsort(field.load_pool, kind="stable")
    held = field.load_pool[order]
    first, last = np.searchsorted(held, pool, "left"), np.searchsorted(held, pool, "right")
    row = np.repeat(np.arange(len(pool)), last - first)
    load = order[np.concatenate([np.arange(a, b) for a, b in zip(first, last, strict=True)] or [np.empty(0, np.int64)])]
    draft.terms(name, row, "make", field.load_pair[load], -rate[load])


def per_unit(field: Field) -> Array:
    """Return by how many days one unit keeps a pool busy. [load] in day/unit; 0 where its hours are not known or none."""
    most = field.hours.most[field.load_pool]
    known = np.isfinite(most) & (most > 0)
    return np.where(known, field.window * field.load_hours / np.where(known, most, 1.0), 0.0)
