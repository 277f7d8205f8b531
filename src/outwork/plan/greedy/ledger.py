"""What is booked, what is left, and a way back: the books of the greedy planner."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from outwork.model.axis import Array, Index
from outwork.plan.build.commitments import receipts
from outwork.plan.greedy import fit
from outwork.plan.greedy.fit import DUST
from outwork.plan.network import Network, reach
from outwork.plan.network.licences import cover, gated


class Ledger:
    """Bookings over steps and what they leave. The one mutable thing of the greedy planner; `undo` takes bookings back.

    Booked: make [pair, step], take [use, step], buy [offer, step], ship [leg, step], direct [direct, step], deliver
    [demand, step] in units; running [pair, step], set-ups. Left: stock [node, step], units at the end of a step; hours
    [layer, resource, step], ordinary first, then overtime; rate [pair, step], units that ramp and commitments allow; offered
    [offer, step], units; open [leg, step], 1 where goods may leave; weight [limit, step] in kg; units, worth [cap] in unit and
    EUR; applied [licence], fees that are paid; barren [node], last step by which nothing more can be had; spent [0] in EUR,
    not discounted. licence [leg] is the one with a fee on which a leg rests, or -1; taught as the function says.
    """

    def __init__(self, network: Network, starts: Index) -> None:
        """Open the books with what lies there and what history brings. Args: starts, positions of started qualifications."""
        steps = network.horizon.steps
        making, legs, offers, leave = network.making, network.legs, network.offers, network.leave
        self.network = network
        self._undo: list[tuple[NDArray[Any], Any, Any]] = []
        self.make, self.take = np.zeros((len(making), steps)), np.zeros((len(making.use_pair), steps))
        self.buy, self.ship = np.zeros((len(offers.item), steps)), np.zeros((len(legs), steps))
        self.direct = np.zeros((len(network.directs.demand), steps))
        self.deliver = np.zeros((len(network.wishes.names), steps))
        self.running = np.zeros((len(making), steps), bool)
        self.hours = np.stack([network.hours.hours, network.hours.overtime])
        self.rate = _rates(network, starts)
        step = np.arange(steps)
        self.offered = np.where(_within(step, offers.first, offers.last), offers.most[:, None], 0.0)
        self.open = _within(step, legs.first, legs.last).astype(np.float64)
        self.weight = np.repeat(network.lanes.limits[:, None], steps, axis=1)
        self.units, self.worth = leave.quantity.copy(), leave.value.copy()
        self.stock, self.most = _stocks(network)
        self.barren = _earliest(network, starts) - 1
        self.spent = np.zeros(1)
        self.applied = np.zeros(len(network.licences.names), bool)
        self.licence = network.licences.of(legs.clearance, network.licences.priced)
        self.taught = taught(network)
        for start in np.union1d(starts, making.start_fixed).astype(np.int64).tolist():
            begun = np.arange(steps) == making.start_step[start]
            self.teach(int(making.start_pair[start]), begun.astype(np.float64))
        self.pools = [_pools(network, pair) for pair in range(len(making))]
        self.loads = [_loads(network, pair) for pair in range(len(making))]

    def add(self, array: NDArray[Any], place: Any, amount: Any) -> None:
        """Add to a place of one of the arrays."""
        self._undo.append((array, place, array[place].copy()))
        array[place] += amount

    def put(self, array: NDArray[Any], place: Any, value: Any) -> None:
        """Set a place of one of the arrays."""
        self._undo.append((array, place, array[place].copy()))
        array[place] = value

    def mark(self) -> int:
        """Return the place in the books to which `undo` can go back."""
        return len(self._undo)

    def undo(self, mark: int) -> None:
        """Take back everything booked since the mark."""
        while len(self._undo) > mark:
            array, place, value = self._undo.pop()
            array[place] = value

    def room(self, node: int) -> Array | None:
        """Return what may be kept besides at a node, None where nothing limits it. [step] in units."""
        return None if np.isinf(self.most[node]) else self.most[node] - self.stock[node]

    def able(self, pair: int) -> Array:
        """Return units that a pair can start besides, by its rate and the hours that its site has left. [step]."""
        making = self.network.making
        most = self.rate[pair] - self.make[pair]
        both = self.hours[0] + self.hours[1]
        for resources, hours, setup in self.pools[pair]:
            left = both[resources].sum(axis=0) - np.where(self.running[pair], 0.0, setup)
            most = np.minimum(most, left / hours)
        most = np.maximum(most, 0.0)
        lot = making.lot[pair]
        return fit.whole(most, float(lot))

    def owed(self, leg: int) -> float:
        """Return the fee that is still to be paid for the licence of a leg [EUR]."""
        licence = int(self.licence[leg])
        return 0.0 if licence < 0 or self.applied[licence] else float(self.network.licences.fee[licence])

    def depart(self, leg: int) -> None:
        """Apply for the licence of a leg, where nobody has yet."""
        if self.owed(leg):
            self._apply(int(self.licence[leg]))

    def teach(self, pair: int, start: Array) -> None:
        """Apply for leave for technology in the steps of starts that have none without a fee, the cheapest. [step]."""
        for step in np.flatnonzero(start > 0) if pair in self.taught else ():
            givers = [licence for licence, mask in self.taught[pair].items() if mask[step]]
            if givers and not self.applied[givers].any():
                self._apply(min(givers, key=lambda licence: float(self.network.licences.fee[licence])))

    def _apply(self, licence: int) -> None:
        self.put(self.applied, licence, value=True)
        self.add(self.spent, 0, float(self.network.licences.fee[licence]))

    def work(self, pair: int, start: Array) -> Array:
        """Book the hours of starts, ordinary ones first; return the share of them that found its hours. [step] in [1]."""
        making = self.network.making
        fresh = (start > 0) & ~self.running[pair]
        found = np.ones(len(start))
        for resources, hours, setup in self.loads[pair]:
            asked = start * hours + np.where(fresh, setup, 0.0)
            owed = asked
            for layer, resource, price in resources:
                given = np.minimum(owed, self.hours[layer, resource])
                self.add(self.hours, (layer, resource), -given)
                self.add(self.spent, 0, price * given.sum())
                owed = owed - given
                if owed.max() <= 0:
                    break
            found = np.where(owed > DUST, np.minimum(found, 1 - owed / np.maximum(asked, DUST)), found)
        self.put(self.running, pair, self.running[pair] | (start > 0))
        self.add(self.spent, 0, making.setup_cost[pair] * fresh.sum())
        return found


def taught(network: Network) -> dict[int, dict[int, NDArray[np.bool_]]]:
    """Return by pair and licence the steps in which only licences with a fee give leave for technology. [step]."""
    found, own = {}, network.licences
    for pair in gated(own, own.priced).tolist():
        free, held = cover(own, network.leave, pair, own.priced, network.horizon.steps)
        found[pair] = {licence: mask & ~free for licence, mask in held.items()}
    return found


def _within(step: Index, first: Index, last: Index) -> NDArray[np.bool_]:
    """Mark the steps of windows. [member, step]."""
    return (step >= first[:, None]) & (step <= last[:, None])


def _rates(network: Network, starts: Index) -> Array:
    """Units that every pair may start by its window and the ramps of started qualifications. [pair, step]."""
    making, horizon = network.making, network.horizon
    rate = np.where(making.possible[:, None], 0.0, np.full((len(making), horizon.steps), np.inf))
    begun = np.union1d(starts, making.start_fixed).astype(np.int64)
    pair = making.start_pair[begun]
    share = making.shares(pair, making.start_step[begun], horizon)
    full = making.rate(network.hours)[pair]
    np.maximum.at(rate, pair, np.where(share > 0, share * np.where(np.isfinite(full), full, 1.0), 0.0))
    limitless = np.zeros(rate.shape, bool)
    np.logical_or.at(limitless, pair, (share > 0) & np.isinf(full))
    rate[limitless] = np.inf
    return np.where(making.open(horizon.steps), rate, 0.0)


def _earliest(network: Network, starts: Index) -> Index:
    """Return the first step in which anything can be at a node, the horizon where nothing ever can. [node]."""
    begun = np.union1d(starts, network.making.start_fixed).astype(np.int64)
    making = replace(network.making, start_pair=network.making.start_pair[begun], start_step=network.making.start_step[begun])
    found = reach.measure(
        making, network.lanes, network.legs, network.offers, network.stores, network.wishes, network.decided, network.node.shape
    )
    return np.minimum(found.earliest, network.horizon.steps)[network.node >= 0]


def _stocks(network: Network) -> tuple[Array, Array]:
    """Units that lie at every node at the end of every step if nothing is done [node, step], and the most that may [node]."""
    nodes, stores = len(network.node_item), network.stores
    coming = np.zeros((nodes, network.horizon.steps))
    most = np.full(nodes, np.inf)
    node = network.node[stores.item, stores.site]
    most[node[node >= 0]] = np.maximum(stores.most, stores.on_hand)[node >= 0]
    np.add.at(coming[:, 0], node[node >= 0], stores.on_hand[node >= 0])
    due = receipts(network)
    np.add.at(coming, (network.node[due.item, due.site], due.step), due.quantity)
    return np.cumsum(coming, axis=1), most


def _pools(network: Network, pair: int) -> list[tuple[Index, float, float]]:
    """Return (resources, hours for one unit, set-up hours) of every set of loaded processes that share resources.

    A pair fits into the hours of its site exactly where every such set does (Hall's condition).
    """
    making, hours = network.making, network.hours
    loads = np.flatnonzero(making.load_pair == pair)
    sets = []
    for count in range(1, len(loads) + 1):
        for chosen in combinations(loads, count):
            pools = making.load_pool[list(chosen)]
            parts = [hours.grant_resource[hours.grant_pool == pool] for pool in pools]
            resources = np.unique(np.concatenate(parts))
            if count == 1 or len(resources) < sum(len(part) for part in parts):
                setup = making.setup_hours[pair] if making.setup_pool[pair] in pools else 0.0
                sets.append((resources, float(making.load_hours[list(chosen)].sum()), float(setup)))
    return sets


def _loads(network: Network, pair: int) -> list[tuple[list[tuple[int, int, float]], float, float]]:
    """Return, for every pool that a pair loads, its resources, hours for one unit and set-up hours, the scarcest pool first.

    Resources as (layer, resource, EUR/h): ordinary hours first, those that no other of these pools can use first, then by cost.
    """
    making, hours = network.making, network.hours
    mine = making.load_pair == pair
    pools = set(making.load_pool[mine].tolist()) | ({int(making.setup_pool[pair])} if making.setup_hours[pair] > 0 else set())
    grants = {pool: hours.grant_resource[hours.grant_pool == pool].tolist() for pool in pools}
    shared = [resource for grant in grants.values() for resource in grant]
    found = []
    for pool in sorted(pools, key=lambda each: len(grants[each])):
        resources = [
            (layer, resource, float(price[resource]))
            for layer, price in enumerate((hours.cost, hours.overtime_cost))
            for resource in sorted(grants[pool], key=lambda each: (shared.count(each), price[each]))
        ]
        unit = float(making.load_hours[mine & (making.load_pool == pool)].sum())
        found.append((resources, unit, float(making.setup_hours[pair]) if pool == making.setup_pool[pair] else 0.0))
    return found
