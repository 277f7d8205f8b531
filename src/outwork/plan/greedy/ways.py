"""How every item can come to every site, the cheapest way first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from outwork.model.axis import Array, Index, Mask
from outwork.plan.network import Network


@dataclass(frozen=True)
class Way:
    """A way to get an item at a site: kind ("make", "buy" or "ship") and its position among pairs, offers or legs.

    cost in EUR/unit, everything before it included; fixed in EUR each time; lead in steps; source, node that it empties, or -1.
    """

    kind: str
    member: int
    cost: float
    fixed: float
    lead: int
    source: int


def unit_costs(network: Network, usable: Mask, extra: Array | float = 0.0, on_hand: float = 0.0) -> Array:
    """Return what a unit costs at least where nothing is scarce. [item, site] in EUR/unit.

    Args: usable [pair]; extra, what a unit started costs besides [pair], and on_hand, a unit that lies there, in EUR/unit.
    """
    making, offers, legs, lanes, stores = network.making, network.offers, network.legs, network.lanes, network.stores
    cost = np.full(network.node.shape, np.inf)
    np.minimum.at(cost, (offers.item, offers.site), offers.price)
    held = stores.on_hand > 0
    np.minimum.at(cost, (stores.item[held], stores.site[held]), on_hand)
    origin, destination = lanes.origin[legs.lane], lanes.destination[legs.lane]
    move = lanes.cost[legs.lane] * network.mass[legs.item]
    for _ in range(len(network.items) + len(network.sites)):
        before = cost.copy()
        made = np.where(usable, (pair_costs(network, cost) + extra) / making.yield_rate, np.inf)
        np.minimum.at(cost, (making.item, making.site), made)
        np.minimum.at(cost, (legs.item, destination), cost[legs.item, origin] + move)
        if np.array_equal(before, cost):
            break
    return cost


def pair_costs(network: Network, cost: Array) -> Array:
    """Return what a unit started costs, with hours of the cheapest resources and cheapest components. [pair] in EUR/unit."""
    making, hours = network.making, network.hours
    cheapest = np.full(len(hours.pool_site), np.inf)
    np.minimum.at(cheapest, hours.grant_pool, hours.cost[hours.grant_resource])
    total = making.unit_cost.copy()
    np.add.at(total, making.load_pair, making.load_hours * cheapest[making.load_pool])
    taken = making.use_quantity * cost[making.use_item, making.site[making.use_pair]]
    fixed = making.use_choice < 0
    np.add.at(total, making.use_pair[fixed], taken[fixed])
    choices, which = np.unique(np.stack([making.use_pair, making.use_choice])[:, ~fixed], axis=1, return_inverse=True)
    best = np.full(choices.shape[1], np.inf)
    np.minimum.at(best, which.ravel(), taken[~fixed])
    np.add.at(total, choices[0], best)
    return total


def find(network: Network, usable: Mask, extra: Array | float = 0.0, on_hand: float = 0.0) -> list[list[Way]]:
    """Return the ways to every node. [node]. Args as of unit_costs."""
    making, offers, legs, lanes = network.making, network.offers, network.legs, network.lanes
    cost = unit_costs(network, usable, extra, on_hand)
    found: list[list[Way]] = [[] for _ in network.node_item]

    def note(kind: str, members: Index, node: Index, price: Array, fixed: Array, lead: Index, source: Index) -> None:
        for k in members[(node[members] >= 0) & np.isfinite(price[members])]:
            found[node[k]].append(Way(kind, int(k), float(price[k]), float(fixed[k]), int(lead[k]), int(source[k])))

    made: Array = (pair_costs(network, cost) + extra) / making.yield_rate
    nowhere = np.full(len(making), -1)
    note("make", np.flatnonzero(usable), network.node[making.item, making.site], made, making.setup_cost, making.lead, nowhere)
    everyone = np.arange(len(offers.item))
    node, nothing = network.node[offers.item, offers.site], np.zeros(len(everyone))
    note("buy", everyone, node, offers.price, nothing, offers.lead, np.full(len(everyone), -1))
    lane = legs.lane
    move = cost[legs.item, lanes.origin[lane]] + lanes.cost[lane] * network.mass[legs.item]
    node, source = network.node[legs.item, lanes.destination[lane]], network.node[legs.item, lanes.origin[lane]]
    useful = _useful(network, usable)
    note("ship", useful[source[useful] >= 0], node, move, lanes.fixed[lane], lanes.lead[lane], source)
    return found


def _useful(network: Network, usable: Mask) -> Index:
    """Positions of the legs that leave a source of their item, or pass it on from a source that has no leg of its own there."""
    legs, lanes, stores = network.legs, network.lanes, network.stores
    origin, destination = lanes.origin[legs.lane], lanes.destination[legs.lane]
    source = np.zeros(network.node.shape, bool)
    making, offers = network.making, network.offers
    source[making.item[usable], making.site[usable]] = True
    source[offers.item, offers.site] = True
    source[stores.item[stores.on_hand > 0], stores.site[stores.on_hand > 0]] = True
    decided = network.decided
    sent = decided.of("ship")
    source[decided.item[sent], decided.destination[sent]] = True
    kept = source[legs.item, origin]
    for item in np.unique(legs.item[~kept]):
        mine = np.flatnonzero(legs.item == item)
        joined = np.zeros((len(network.sites), len(network.sites)), bool)
        joined[origin[mine], destination[mine]] = True
        first = joined[source[item]]
        reached = first
        while not np.array_equal(reached, further := reached | (reached @ joined)):
            reached = further
        passes = (reached.T.astype(np.int64) @ (~first).astype(np.int64)) > 0
        kept[mine] |= passes[origin[mine], destination[mine]]
    return np.flatnonzero(kept)
