"""Decisions that are already taken: what history still brings, and what is fixed within the horizon."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from outwork.model.axis import Array, Index, Mask, group
from outwork.plan.build.draft import Draft
from outwork.plan.network import Network


@dataclass(frozen=True, eq=False)
class Receipts:
    """Units that arrive within the horizon whatever is decided. [receipt]: item, site, step of arrival, quantity."""

    item: Index
    site: Index
    step: Index
    quantity: Array


def receipts(network: Network) -> Receipts:
    """Return what was made, bought or sent before the horizon and arrives in it, at nodes that can matter."""
    decided, making, lanes, offers = network.decided, network.making, network.lanes, network.offers
    found: list[tuple[int, int, int, float]] = []
    for k in np.flatnonzero(decided.step < 0):
        site, step, quantity = decided.site[k], decided.step[k], decided.quantity[k]
        if decided.kind[int(k)] == "make":
            pairs = np.flatnonzero((making.operation == decided.operation[k]) & (making.site == site))
            found.extend((making.item[p], site, step + making.lead[p], quantity * making.yield_rate[p]) for p in pairs)
        elif decided.kind[int(k)] == "buy":
            same = (offers.item == decided.item[k]) & (offers.site == site) & (offers.party == decided.party[k])
            found.extend((decided.item[k], site, step + offers.lead[u], quantity) for u in np.flatnonzero(same))
        else:
            ways = np.flatnonzero(_lane(network, int(k)))
            found.extend((decided.item[k], decided.destination[k], step + lanes.lead[way], quantity) for way in ways)
    table = np.array(found, np.float64).reshape(-1, 4)
    item, site, step = table[:, :3].T.astype(np.int64)
    quantity = table[:, 3]
    kept = (step >= 0) & (step < network.horizon.steps)
    kept[kept] &= network.node[item[kept], site[kept]] >= 0
    return Receipts(item[kept], site[kept], step[kept], quantity[kept])


def fix(draft: Draft) -> None:
    """Keep what is decided within the horizon.

    In a bucket of one step:   make, buy or ship over all its clearances  =  what is decided     [unit]
    In a longer bucket:        the same  >=  what is decided in its steps                        [unit]

    Decisions on the same thing in the same bucket add up.
    """
    network, decided = draft.network, draft.network.decided
    inside = np.flatnonzero((decided.step >= 0) & (decided.step < network.horizon.steps))
    codes = decided.kind.rank("dense").to_numpy().astype(np.int64)
    thing = (codes, decided.operation, decided.item, decided.site, decided.destination, decided.party, decided.mode)
    same, (*_, bucket) = group(*(key[inside] for key in thing), network.horizon.bucket_of[decided.step[inside]])
    first = inside[np.unique(same, return_index=True)[1]]
    quantity = np.bincount(same, decided.quantity[inside], len(first))
    exact = network.horizon.lengths[bucket] == 1
    draft.limit("decided", {"commitment": first, "bucket": bucket}, lower=quantity, upper=np.where(exact, quantity, np.inf))
    for row, k in enumerate(first):
        name, members = _members(network, int(k))
        position = draft.at(name, np.flatnonzero(members), np.full(int(members.sum()), bucket[row]))
        draft.add("decided", np.full(int((position >= 0).sum()), row), name, position[position >= 0])


def _members(network: Network, k: int) -> tuple[str, Mask]:
    """Return the block that a commitment speaks of and which of its members."""
    decided, making, offers, legs = network.decided, network.making, network.offers, network.legs
    kind = decided.kind[k]
    if kind == "make":
        return "make", (making.operation == decided.operation[k]) & (making.site == decided.site[k])
    if kind == "buy":
        same = (offers.item == decided.item[k]) & (offers.site == decided.site[k])
        return "buy", same & (offers.party == decided.party[k])
    return "ship", (legs.item == decided.item[k]) & _lane(network, k)[legs.lane]


def _lane(network: Network, k: int) -> Mask:
    """Mark the lanes of a commitment to ship. [lane]."""
    decided, lanes = network.decided, network.lanes
    same = (lanes.origin == decided.site[k]) & (lanes.destination == decided.destination[k])
    marked: Mask = same & (lanes.mode_of == decided.mode[k])
    return marked
