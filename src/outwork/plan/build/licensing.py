"""Applying for a licence: nothing moves, is made or is qualified under it unless its fee is paid."""

from __future__ import annotations

import numpy as np

from outwork.model.axis import Array, Index, group
from outwork.plan.build.draft import Draft
from outwork.plan.build.qualification import most_ever
from outwork.plan.network import Network
from outwork.plan.network.licences import cover, gated
from outwork.solve.blocks import Block

MOVES = ("ship", "direct")


def applied(draft: Draft) -> None:
    """applied[l] in {0,1}: the plan applies for licence l; only for those with a fee that can be of any use [1].

    The fee falls due in the step of the application.
    """
    network, own = draft.network, draft.network.licences
    pairs, legs = gated(own, own.priced), own.of(network.legs.clearance, own.priced)
    rights = own.of(own.right_clearance[np.isin(own.right_pair, pairs)], own.priced)
    licence = np.unique(np.r_[legs, rights])
    licence = licence[licence >= 0].astype(np.int64)
    cost = own.fee[licence] * network.discount[own.step[licence]]
    draft.plain("applied", "licence", licence, cost=cost, upper=1.0, integer=True)


def covered(draft: Draft) -> None:
    """What moves under a licence to apply for moves only where the plan applies for it.

    For every such licence l, item i and site s to which it moves:
        sum_{legs of i to s under l, t} ship + direct  <=  most[l,i,s] * applied[l]     [unit]

    most[l,i,s] is what can ever be wanted of i at s, and what the caps of l allow.
    """
    network, block = draft.network, draft.blocks["applied"]
    parts = [_moves(draft, name) for name in MOVES]
    licence, item, site = (np.concatenate([part[1][k] for part in parts]) for k in range(3))
    row, keys = group(licence, item, site)
    rows = draft.limit("covered", dict(zip(("licence", "item", "site"), keys, strict=True)), upper=0.0)
    ends = np.cumsum([len(part[0]) for part in parts])[:-1]
    for (span, _), name, own_row in zip(parts, MOVES, np.split(row, ends), strict=True):
        draft.add("covered", own_row, name, span)
    if rows.size:
        most = np.minimum(_wanted(network)[keys[1], keys[2]], _capped(network, keys[0], keys[1]))
        draft.add("covered", np.arange(rows.size), "applied", np.searchsorted(block.keys["licence"], keys[0]), -most)


def _moves(draft: Draft, name: str) -> tuple[Index, tuple[Index, Index, Index]]:
    """Return the variables of `ship` or `direct` under licences with a fee, and the licence, item and destination of each."""
    network, legs = draft.network, draft.network.legs
    member = draft.spans[name].member
    leg = member if name == "ship" else network.directs.leg[member]
    if not len(legs):
        leg = np.full(len(leg), -1, np.int64)
    clearance = np.where(leg >= 0, legs.clearance[leg], -1) if len(legs) else leg
    licence = network.licences.of(clearance, network.licences.priced)
    span = np.flatnonzero(licence >= 0)
    leg = leg[span]
    return span, (licence[span], legs.item[leg], network.lanes.destination[legs.lane[leg]])


def _wanted(network: Network) -> Array:
    """Units of every item that can ever be wanted at every site. [item, site].

    Where nothing takes it in or sends it on, its own demands, safety stock and commitments; elsewhere all that all demands
    together call for. To either is added what a whole lot or a supplier's minimum can be too much.
    """
    making, legs, wishes, stores, decided = network.making, network.legs, network.wishes, network.stores, network.decided
    goes_on = np.zeros((len(network.items), len(network.sites)), bool)
    goes_on[making.use_item, making.site[making.use_pair]] = True
    goes_on[legs.item, network.lanes.origin[legs.lane]] = True
    own = np.zeros(goes_on.shape)
    np.add.at(own, (wishes.item, wishes.site), wishes.quantity)
    np.add.at(own, (stores.item, stores.site), stores.safety)
    sent = decided.of("ship")
    np.add.at(own, (decided.item[sent], decided.destination[sent]), decided.quantity[sent])
    spare = np.zeros(len(network.items))
    np.maximum.at(spare, making.item, making.lot)
    np.maximum.at(spare, network.offers.item, network.offers.least)
    return np.where(goes_on, network.need[:, None], own) + spare[:, None]


def _capped(network: Network, licence: Index, item: Index) -> Array:
    """Units of an item that the caps of its licence allow, inf where they allow any. [row]."""
    leave, value = network.leave, network.value
    cap = np.full(len(network.licences.names), -1)
    cap[network.licences.own[network.licences.own >= 0]] = leave.cap[network.licences.own >= 0]
    mine = cap[licence]
    units = np.where(mine >= 0, np.r_[leave.quantity, np.inf][mine], np.inf)
    worth = np.where(mine >= 0, np.r_[leave.value, np.inf][mine], np.inf)
    return np.minimum(units, worth / np.maximum(value[item], 1e-9))


def taught(draft: Draft) -> None:
    """Who has leave for technology only by licences to apply for makes, or starts to qualify, only where one is applied for.

    For every such pair p and bucket t:   make[p,t]  <=  most[p] * sum_{l that give leave in t} applied[l]     [unit]
    For every such start j of p:          started[j] - started[j-1]  <=  sum_{l in its step} applied[l]       [1]
    """
    network, steps = draft.network, draft.horizon.steps
    pairs = gated(network.licences, network.licences.priced)
    cells: dict[str, list[tuple[int, int, int]]] = {"make": [], "started": []}
    for pair in pairs.tolist():
        free, held = cover(network.licences, network.leave, pair, network.licences.priced, steps)
        own, making = draft.spans["make"], network.making
        for span in np.flatnonzero(own.member == pair).tolist():
            inside = slice(int(own.first[span]), int(own.last[span]) + 1)
            if not free[inside].any():
                cells["make"] += [(pair, span, licence) for licence, mask in held.items() if mask[inside].any()]
        for start in np.flatnonzero((making.start_pair == pair) & (making.start_step >= 0)).tolist():
            step = int(making.start_step[start])
            if not free[step]:
                cells["started"] += [(pair, start, licence) for licence, mask in held.items() if mask[step]]
    _gate(draft, "taught make", "make", cells["make"])
    _gate(draft, "taught start", "started", cells["started"])


def _gate(draft: Draft, rows: str, name: str, cells: list[tuple[int, int, int]]) -> None:
    """Add the rows of `taught`. Args: cells, (pair, variable of the block, licence)."""
    pair, variable, licence = np.array(cells, np.int64).reshape(-1, 3).T
    row, (key, place) = group(pair, variable)
    when = draft.blocks[name].keys["bucket" if name == "make" else "step"][place]
    draft.limit(rows, {"pair": key, "bucket" if name == "make" else "step": when}, upper=0.0)
    draft.add(rows, np.arange(len(place)), name, place)
    most = most_ever(draft.network)[pair] if name == "make" else np.ones(len(pair))
    draft.add(rows, row, "applied", np.searchsorted(draft.blocks["applied"].keys["licence"], licence), -most)
    if name == "started":
        before = np.flatnonzero(_follows(draft.blocks[name], place))
        draft.add(rows, before, name, place[before] - 1, -1.0)


def _follows(started: Block, place: Index) -> Index:
    """Whether the start before a start is one of the same pair."""
    pair = started.keys["pair"]
    return np.where(place > 0, pair[np.maximum(place - 1, 0)] == pair[place], False)
