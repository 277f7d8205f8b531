"""The choice of a consortium as a problem: sets, variables and rows as docs/why/consortia.md tells them."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite

import numpy as np

from outwork.match.consortium import build_days
from outwork.match.consortium.draft import Ask, Draft, able
from outwork.match.consortium.field import Field
from outwork.solve.blocks import Array, Index, Problem

ROUNDING = 1e-9
"""What rounding may add to a product that is a whole number."""


def build(field: Field, ask: Ask) -> Problem:
    """Return the problem of the consortium that an ask describes."""
    draft = Draft(field, ask)
    pairs(draft)
    hours(draft)
    balance(draft)
    linked(draft)
    worked(draft)
    capacity(draft)
    mended(draft)
    members(draft, Members("firm", field.sites.party[field.site], ask.wish.firms))
    members(draft, Members("nation", field.sites.nation[field.site], ask.wish.nations))
    shares(draft)
    if ask.singles:
        singles(draft)
    if ask.timed:
        build_days.timed(draft)
    unlike(draft)
    return draft.model.freeze()


def pairs(draft: Draft) -> None:
    """make[p] >= 0: units started of pair p; use[p] in {0,1}: p takes part; repair[r] in [0,1]: r is paid.

    A pair that is closed, whose hours are none or that could not end in time has use[p] <= 0. A repair need not be whole: it
    is as large as the largest use that asks for it.
    """
    field, ask = draft.field, draft.ask
    every = np.arange(field.size)
    cost = ask.aim.cost
    draft.variables("make", {"pair": every}, cost=cost * field.unit_cost)
    draft.variables("use", {"pair": every}, cost=cost * field.fixed_cost, upper=usable(field, ask), integer=True)
    repairs = np.arange(len(field.repairs.names))
    draft.variables("repair", {"repair": repairs}, cost=cost * field.repairs.cost, upper=1.0)


def usable(field: Field, ask: Ask) -> Array:
    """Return 1 for the pairs that could take part, else 0. [pair]."""
    return able(field, ask).astype(np.float64)


def hours(draft: Draft) -> None:
    """work[g] >= 0: hours that grant g gives to its pool; overtime[r] >= 0: hours added to resource r [h]."""
    own, cost = draft.field.hours, draft.ask.aim.cost
    grants, extra = np.arange(len(own.grant_pool)), np.flatnonzero(own.overtime > 0)
    draft.variables("work", {"grant": grants}, cost=cost * own.cost[own.grant_resource])
    premium = np.maximum(own.overtime_cost - own.cost, 0.0)[extra]
    draft.variables("overtime", {"resource": extra}, cost=cost * premium, upper=own.overtime[extra])


def balance(draft: Draft) -> None:
    """What is made of an item is what is taken of it, and of the design what is wanted.

    For every item i:   sum_{p makes i} good[p] * make[p]  -  sum_{p takes i} takes[p,i] * make[p]  =  wanted[i]     [unit]
    """
    field, routing = draft.field, draft.field.routing
    wanted = np.zeros(len(routing.items))
    wanted[routing.goal] = routing.quantity
    draft.rows("balance", {"item": np.arange(len(wanted))}, lower=wanted, upper=wanted)
    draft.terms("balance", routing.makes[field.operation], "make", np.arange(field.size), routing.good[field.operation])
    for operation, item, units in zip(routing.takes_by, routing.takes, routing.takes_units, strict=True):
        draft.terms("balance", item, "make", np.flatnonzero(field.operation == operation), -units)


def linked(draft: Draft) -> None:
    """Only a pair that takes part makes anything, and no more than its hours and its time allow.

    For every pair p:   make[p]  <=  most[p] * use[p]     [unit], most as room.py has it
    """
    every = np.arange(draft.field.size)
    draft.rows("linked", {"pair": every}, upper=0.0)
    draft.terms("linked", every, "make", every)
    draft.terms("linked", every, "use", every, -draft.room.most)


def worked(draft: Draft) -> None:
    """What pairs work in a pool is given by its resources.

    For every pool k:   sum_p hours[p,k] * make[p]  <=  sum_{g to k} work[g]     [h]
    """
    field, own = draft.field, draft.field.hours
    draft.rows("pool", {"pool": np.arange(len(own.pool_site))}, upper=0.0)
    draft.terms("pool", field.load_pool, "make", field.load_pair, field.load_hours)
    draft.terms("pool", own.grant_pool, "work", np.arange(len(own.grant_pool)), -1.0)


def capacity(draft: Draft) -> None:
    """What a resource gives to all its pools fits into its spare hours and its overtime.

    For every resource r:   sum_{g of r} work[g]  <=  ordinary[r] + overtime[r]     [h]
    """
    own = draft.field.hours
    draft.rows("capacity", {"resource": np.arange(len(own.resources))}, upper=own.ordinary)
    draft.terms("capacity", own.grant_resource, "work", np.arange(len(own.grant_resource)))
    extra = draft.block("overtime").keys["resource"]
    draft.terms("capacity", extra, "overtime", np.arange(len(extra)), -1.0)


def mended(draft: Draft) -> None:
    """A pair takes part only when every repair that it needs is paid.

    For every pair p and repair r that it needs:   use[p]  <=  repair[r]     [1]
    """
    own = draft.field.repairs
    each = np.arange(len(own.pair))
    draft.rows("mended", {"pair": own.pair, "repair": own.repair}, upper=0.0)
    draft.terms("mended", each, "use", own.pair)
    draft.terms("mended", each, "repair", own.repair, -1.0)


@dataclass(frozen=True, eq=False)
class Members:
    """Groups of pairs of which only some may take part: those of one party, or of one nation."""

    name: str
    of: Index
    most: int | None


def members(draft: Draft, kind: Members) -> None:
    """At most so many parties, or nations, take part.

    For every pair p of group g:   use[p]  <=  in[g],     and     sum_g in[g]  <=  most     [1]
    """
    if kind.most is None:
        return
    groups, place = np.unique(kind.of, return_inverse=True)
    every = np.arange(draft.field.size)
    draft.variables(kind.name, {kind.name: groups}, upper=1.0)
    draft.rows(f"{kind.name} of", {"pair": every}, upper=0.0)
    draft.terms(f"{kind.name} of", every, "use", every)
    draft.terms(f"{kind.name} of", every, kind.name, place, -1.0)
    draft.rows(f"{kind.name}s", {"wish": np.zeros(1)}, upper=float(kind.most))
    draft.terms(f"{kind.name}s", np.zeros(len(groups)), kind.name, np.arange(len(groups)))


def shares(draft: Draft) -> None:
    """A nation or a party does its share, of the units of an item or of the value of the work.

    For every share e:   least[e] * sum_p weight[p] * make[p]  <=  sum_{p of e} weight[p] * make[p]
                                                               <=  most[e] * sum_p weight[p] * make[p]     [unit or EUR]
    """
    every, asked = np.arange(draft.field.size), draft.ask.wish.every_share
    for name, sign in (("least share", 1.0), ("most share", -1.0)):
        draft.rows(name, {"share": np.arange(len(asked))}, lower=0.0)
        for row, share in enumerate(asked):
            bound = share.least if sign > 0 else share.most
            part = share.mine(draft.field) - bound
            draft.terms(name, np.full(len(every), row), "make", every, sign * part * share.weight(draft.field))


def singles(draft: Draft) -> None:
    """sole[i] in {0,1}: item i hangs on one site, which makes more than 1 - second of it.

    For every item i and site s that could make it, with most[i] the units of it of which no more are ever made:
        sum_{p makes i at s} good[p] * make[p]
            <=  (1 - second) * sum_{p makes i} good[p] * make[p]  +  second * most[i] * sole[i]     [unit]
    and     sum_i sole[i]  <=  single points     [1]
    """
    field, ask, routing = draft.field, draft.ask, draft.field.routing
    item, good = routing.makes[field.operation], routing.good[field.operation]
    (place, site), row = np.unique(np.stack([item, field.site]), axis=1, return_inverse=True)
    row, every, items = row.ravel(), np.arange(field.size), np.arange(len(routing.items))
    most = np.zeros(len(items))
    np.maximum.at(most, routing.makes, routing.most * routing.good)
    draft.variables("sole", {"item": items}, cost=ask.aim.single_points, upper=1.0, integer=True)
    draft.rows("second", {"item": place, "site": site}, upper=0.0)
    draft.terms("second", row, "make", every, good)
    for each in items:
        rows, mine = np.flatnonzero(place == each), np.flatnonzero(item == each)
        rest = -(1.0 - ask.wish.second) * np.tile(good[mine], len(rows))
        draft.terms("second", np.repeat(rows, len(mine)), "make", np.tile(mine, len(rows)), rest)
    draft.terms("second", np.arange(len(place)), "sole", place, -ask.wish.second * most[place])
    draft.rows("singles", {"wish": np.zeros(1)}, upper=ask.single_points if isfinite(ask.single_points) else inf)
    draft.terms("singles", np.zeros(len(items)), "sole", items)


def unlike(draft: Draft) -> None:
    """What is built gives up at least the share `apart`, and at least one, of the pairs of every consortium before it.

    For every earlier consortium c of pairs U(c):   sum_{p in U(c)} use[p]  <=  |U(c)| - max(1, ceil(apart * |U(c)|))     [1]
    """
    before, apart = draft.ask.unlike, draft.ask.apart
    size = np.array([len(used) for used in before], np.float64)
    draft.rows("unlike", {"before": np.arange(len(before))}, upper=size - np.maximum(1.0, np.ceil(apart * size - ROUNDING)))
    for row, used in enumerate(before):
        draft.terms("unlike", np.full(len(used), row), "use", used)
