"""Which qualifications somebody must begin so that every demand can be served at all."""

from __future__ import annotations

import numpy as np

from outwork.model.axis import Array, Index, Mask
from outwork.plan.greedy import ways
from outwork.plan.network import Network


def necessary(network: Network) -> Index:
    """Return positions of starts: for every demand that nobody can serve yet, those of its cheapest chain, as soon as may be.

    A fee is shared over the units that all demands together call for; what an earlier demand has begun is free to later
    ones. Stock on hand counts for nothing, and
    nothing is known here of hours, offers' limits and dates. The sites' limits of starts on one date are kept.
    """
    making, wishes = network.making, network.wishes
    chosen = [int(start) for start in making.start_fixed]
    usable = ~making.possible
    usable[making.start_pair[chosen]] = True
    for demand in np.argsort(-wishes.short, kind="stable"):
        if np.isfinite(ways.unit_costs(network, usable, on_hand=np.inf)[wishes.item[demand], wishes.site[demand]]):
            continue
        node = int(network.node[wishes.item[demand], wishes.site[demand]])
        for pair in sorted(_chain(network, usable, node)) if node >= 0 else ():
            start = _free(network, pair, chosen)
            if start >= 0:
                chosen.append(start)
                usable[pair] = True
    return np.unique(np.array(chosen, np.int64))


def _chain(network: Network, usable: Mask, node: int) -> set[int]:
    """Return the pairs to be qualified for the cheapest way to have anything at a node."""
    making = network.making
    able = usable | np.isin(np.arange(len(making)), making.start_pair)
    fee: Array = np.where(usable, 0.0, making.fee / np.maximum(network.need[making.item], 1.0))
    found = ways.find(network, able, fee, on_hand=np.inf)
    needed: set[int] = set()
    seen: set[int] = set()
    ask = [node]
    while ask:
        here = ask.pop()
        if here in seen or not found[here]:
            continue
        seen.add(here)
        way = min(found[here], key=lambda each: each.cost)
        if way.kind == "ship":
            ask.append(way.source)
        elif way.kind == "make":
            needed |= set() if usable[way.member] else {way.member}
            ask += _components(network, found, way.member)
    return needed


def _components(network: Network, found: list[list[ways.Way]], pair: int) -> list[int]:
    """Return the nodes that a pair takes in from: every component, and of a choice the cheapest."""
    making = network.making
    cheapest: dict[int, tuple[float, int]] = {}
    for use in np.flatnonzero(making.use_pair == pair):
        node = int(network.node[making.use_item[use], making.site[pair]])
        price = min((way.cost for way in found[node]), default=np.inf) * making.use_quantity[use] if node >= 0 else np.inf
        key = int(making.use_choice[use]) if making.use_choice[use] >= 0 else -1 - int(use)
        cheapest[key] = min(cheapest.get(key, (np.inf, -1)), (float(price), node))
    return [node for _, node in cheapest.values() if node >= 0]


def _free(network: Network, pair: int, chosen: list[int]) -> int:
    """Return the first start of a pair on a date on which its site may still begin one, -1 where there is none."""
    making, most, site = network.making, network.starts, network.making.site
    begun = [(int(site[making.start_pair[start]]), int(making.start_step[start])) for start in chosen]
    for start in np.flatnonzero(making.start_pair == pair):
        limit = int(most[site[pair]])
        if limit < 0 or begun.count((int(site[pair]), int(making.start_step[start]))) < limit:
            return int(start)
    return -1
