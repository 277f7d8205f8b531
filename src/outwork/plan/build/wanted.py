"""Demands, options, single sources and agreements."""

from __future__ import annotations

import numpy as np

from outwork.model.axis import Array, Index
from outwork.plan.build.draft import Draft
from outwork.plan.build.spans import Spans, overlap, spans


def deliver(draft: Draft) -> None:
    """deliver[d,t] >= 0: units handed over for demand d from stock at its site [unit]; each costs its lateness."""
    network, wishes = draft.network, draft.network.wishes
    stocked = ~wishes.single & (network.node[wishes.item, wishes.site] >= 0)
    first = np.maximum(wishes.earliest, network.reach.earliest[wishes.item, wishes.site])
    own = spans(draft.horizon, first, np.where(stocked, network.horizon.steps - 1, -1))
    draft.timed("deliver", "demand", own, cost=handing(draft, own, own.member, np.zeros(len(own), np.int64)))


def handing(draft: Draft, own: Spans, demand: Index, lead: Index) -> Array:
    """Cost of handing over one unit that leaves in a span: its lateness, less what an option pays. [span] in EUR/unit.

    Late is what arrives on average after the due step, unless the span still has a step that is on time.
    """
    wishes = draft.network.wishes
    first, last = own.first + lead, own.last + lead
    due = wishes.due[demand]
    weeks = np.where(first <= due, 0.0, (first + last) / 2 - due) * draft.horizon.weeks_per_step
    return wishes.late[demand] * weeks - np.where(wishes.option[demand], wishes.price[demand], 0.0)


def short(draft: Draft) -> None:
    """short[d] >= 0: units of a binding demand that are never delivered; taken[d] in {0,1}: an option is taken.

    For every binding demand:   sum_t deliver[d,t] (or direct)  +  short[d]  =  quantity[d]     [unit]
    For every option:           sum_t deliver[d,t] (or direct)  =  quantity[d] * taken[d]       [unit]
    """
    wishes = draft.network.wishes
    everyone = np.arange(len(wishes.names))
    binding, option = everyone[~wishes.option], everyone[wishes.option]
    worth = draft.network.discount[np.clip(wishes.due, 0, draft.horizon.steps - 1)]
    draft.plain("short", "demand", binding, cost=(wishes.short * worth)[binding], upper=wishes.quantity[binding])
    draft.plain("taken", "demand", option, upper=1.0, integer=True)
    wanted = np.where(wishes.option, 0.0, wishes.quantity)
    draft.limit("demand", {"demand": everyone}, lower=wanted, upper=wanted)
    draft.add("demand", binding, "short", np.arange(len(binding)))
    draft.add("demand", option, "taken", np.arange(len(option)), -wishes.quantity[option])
    draft.add("demand", draft.spans["deliver"].member, "deliver", np.arange(len(draft.spans["deliver"])))
    served = draft.network.directs.demand[draft.spans["direct"].member]
    draft.add("demand", served, "direct", np.arange(len(served)))


def direct(draft: Draft) -> None:
    """direct[x,t] >= 0: units that leave an origin for a single-source demand by way x [unit]; source[d,a] in {0,1}.

    For every single-source demand d and origin a:   sum_{x from a, t} direct[x,t]  <=  quantity[d] * source[d,a]     [unit]
    For every single-source demand d:                sum_a source[d,a]  <=  1                                         [1]
    """
    network, wishes, ways = draft.network, draft.network.wishes, draft.network.directs
    here = network.node[ways.item, ways.origin] >= 0
    first = np.maximum(ways.first, network.reach.earliest[ways.item, ways.origin])
    first = np.maximum(first, wishes.earliest[ways.demand] - ways.lead)
    own = spans(draft.horizon, first, np.where(here, np.minimum(ways.last, network.horizon.steps - 1 - ways.lead), -1))
    demand = ways.demand[own.member]
    hand = handing(draft, own, demand, ways.lead[own.member])
    priced = ways.leg[own.member] >= 0
    move = np.zeros(len(own))
    leg = ways.leg[own.member[priced]]
    move[priced] = network.lanes.cost[network.legs.lane[leg]] * network.mass[network.legs.item[leg]]
    draft.timed("direct", "direct", own, cost=hand + move)
    keys, row = np.unique(np.stack([ways.demand, ways.origin]), axis=1, return_inverse=True)
    row = row.ravel()
    draft.blocks["source"] = draft.model.variables("source", {"demand": keys[0], "site": keys[1]}, upper=1.0, integer=True)
    draft.limit("source", {"demand": keys[0], "site": keys[1]}, upper=0.0)
    draft.add("source", row[own.member], "direct", np.arange(len(own)))
    draft.add("source", np.arange(keys.shape[1]), "source", np.arange(keys.shape[1]), -wishes.quantity[keys[0]])
    single = np.flatnonzero(wishes.single)
    draft.limit("single", {"demand": single}, upper=1.0)
    draft.add("single", np.searchsorted(single, keys[0]), "source", np.arange(keys.shape[1]))


def shares(draft: Draft) -> None:
    """An agreement gives a nation or a party its share of what is started.

    For every share e over the steps of its window:
        min_share[e] * sum_p make[p]  <=  sum_{p of e} make[p]  <=  max_share[e] * sum_p make[p]     [unit]
    """
    network, making, wanted = draft.network, draft.network.making, draft.network.shares
    own = draft.spans["make"]
    for name, bound, sign in (("least share", wanted.least, 1.0), ("most share", wanted.most, -1.0)):
        binds = np.flatnonzero(bound > 0 if sign > 0 else bound < 1)
        draft.limit(name, {"share": binds}, lower=0.0)
        for row, e in enumerate(binds):
            inside = (
                overlap(own.first, own.last, np.full(len(own), wanted.first[e]), np.full(len(own), wanted.last[e])) / own.steps
            )
            span = np.flatnonzero((making.item[own.member] == wanted.item[e]) & (inside > 0))
            site = making.site[own.member[span]]
            mine = (network.nation[site] == wanted.nation[e]) | (network.party[site] == wanted.party[e])
            draft.add(name, np.full(len(span), row), "make", span, sign * (mine - bound[e]) * inside[span])
