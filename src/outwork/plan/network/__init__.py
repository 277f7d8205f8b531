"""A programme as index arrays: everything that the optimiser, the greedy planner and the explanations share.

Positions stand for rows of the input tables, in their order; a *node* is an item at a site that can matter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl

from outwork.model import spare
from outwork.model.axis import Array, Axis, Index, flags, join, numbers
from outwork.model.horizon import Horizon
from outwork.model.programme import Programme
from outwork.model.spare import Hours
from outwork.plan.network import directs, lanes, licences, making, reach, trim, wanting
from outwork.plan.network.directs import Directs
from outwork.plan.network.lanes import Lanes, Leave, Legs
from outwork.plan.network.licences import Licences
from outwork.plan.network.making import Making
from outwork.plan.network.reach import Reach
from outwork.plan.network.wanting import Decided, Offers, Shares, Stores, Wishes


@dataclass(frozen=True, eq=False)
class Network:
    """The programme in arrays.

    value in EUR/unit, mass in kg/unit, holding in EUR/unit/week [item]; nation, party, starts [site], starts -1 where open;
    node [item, site], -1 where the item cannot matter; discount [step].
    """

    horizon: Horizon
    items: Axis
    sites: Axis
    nations: Axis
    parties: Axis
    operations: Axis
    value: Array
    mass: Array
    holding: Array
    nation: Index
    party: Index
    starts: Index
    short_rate: float
    discount: Array
    hours: Hours
    making: Making
    lanes: Lanes
    leave: Leave
    licences: Licences
    legs: Legs
    offers: Offers
    stores: Stores
    wishes: Wishes
    shares: Shares
    decided: Decided
    reach: Reach
    node: Index

    @classmethod
    def of(cls, programme: Programme) -> Network:
        """Read a valid programme."""
        return _read(programme)

    @cached_property
    def node_item(self) -> Index:
        """Item of every node. [node]."""
        return np.nonzero(self.node >= 0)[0]

    @cached_property
    def node_site(self) -> Index:
        """Site of every node. [node]."""
        return np.nonzero(self.node >= 0)[1]

    @cached_property
    def directs(self) -> Directs:
        """Ways to serve single-source demands."""
        source = reach.sources(self.making, self.offers, self.stores, self.node.shape)
        sent = self.decided.of("ship")
        sent = sent[self.decided.step[sent] < 0]
        source[self.decided.item[sent], self.decided.destination[sent]] = True
        return directs.read(self.wishes, self.legs, self.lanes, source, self.horizon.steps)

    @cached_property
    def need(self) -> Array:
        """Units of every item that all demands together can call for, scrap included. [item]."""
        return _need(self)

    def bucketed(self, horizon: Horizon) -> Network:
        """Return the same network over the same steps with other buckets."""
        return replace(self, horizon=horizon)


def _read(programme: Programme) -> Network:
    horizon, settings = programme.horizon, programme.settings
    items, sites = Axis.of(programme["items"], "item"), Axis.of(programme["sites"], "site")
    nations, parties = Axis.of(programme["nations"], "nation"), Axis.of(programme["parties"], "party")
    place = programme["sites"]
    nation, party = nations.at(place["nation"]), parties.at(place["party"])
    value = numbers(programme["items"], "value")
    capacity = spare.read(programme, sites, horizon)
    leave = lanes.read_leave(licences.dated(programme), items, nations, parties, horizon)
    pairs = making.read(programme, sites, items, horizon, capacity, leave, (nation, party))
    ways = lanes.read_lanes(programme, sites, items, horizon)
    offers = wanting.read_offers(programme, sites, items, parties, horizon)
    stores = wanting.read_stores(programme, sites, items)
    wishes = wanting.read_wishes(programme, sites, items, horizon)
    operations = Axis.of(programme["operations"], "operation")
    axes = {"operation": operations, "item": items, "site": sites, "party": parties, "mode": ways.mode}
    decided = wanting.read_decided(programme, axes, horizon)
    shape = (len(items), len(sites))
    able = reach.able(programme, items, sites)
    legs = lanes.legs(ways, *reach.candidates(ways, *able), leave, (nation, party), flags(programme["items"], "controlled"))
    found = reach.measure(pairs, ways, legs, offers, stores, wishes, decided, shape)
    years = np.arange(horizon.steps) * horizon.weeks_per_step / 52
    return Network(
        horizon, items, sites, nations, parties, operations, value, numbers(programme["items"], "mass"),
        value * numbers(programme["items"], "holding_rate") / 52, nation, party,
        place["qualification_starts"].fill_null(-1).to_numpy().astype(np.int64), settings.short_rate,
        (1 + settings.discount_rate) ** -years, capacity, trim.pairs(pairs, found, decided, horizon.steps), ways, leave,
        licences.read(programme, leave, pairs, (nation, party)), trim.legs(legs, ways, found, decided, horizon.steps),
        trim.offers(offers, found, decided, horizon.steps), stores, wishes,
        wanting.read_shares(programme, items, nations, parties, horizon), decided, found, _nodes(found, stores, horizon.steps),
    )  # fmt: skip


def _nodes(found: Reach, stores: Stores, steps: int) -> Index:
    """Number the items at sites that can be there in time to matter, or lie there from the start. [item, site]."""
    alive = found.earliest + found.tail <= steps - 1
    held = (stores.on_hand > 0) | (stores.safety > 0)
    alive[stores.item[held], stores.site[held]] = True
    return np.where(alive, np.cumsum(alive).reshape(alive.shape) - 1, -1)


def _need(network: Network) -> Array:
    """Explode demands, safety stocks and what is decided through the most demanding way to make each item."""
    making, wishes, stores, decided = network.making, network.wishes, network.stores, network.decided
    own = np.zeros(len(network.items))
    np.add.at(own, wishes.item, wishes.quantity)
    np.add.at(own, stores.item, stores.safety)
    moved, sites = np.r_[decided.of("buy"), decided.of("ship")], len(network.sites)
    np.add.at(own, decided.item[moved], decided.quantity[moved])
    begun, pair = join(decided.operation * sites + decided.site, making.operation * sites + making.site)
    np.add.at(own, making.item[pair], decided.quantity[begun])
    edges = pl.DataFrame(
        {
            "parent": making.item[making.use_pair],
            "child": making.use_item,
            "rate": making.use_quantity / making.yield_rate[making.use_pair],
        }
    )
    edges = edges.group_by("parent", "child").agg(pl.col("rate").max()).sort("parent", "child")
    parent, child, rate = edges["parent"].to_numpy(), edges["child"].to_numpy(), edges["rate"].to_numpy()
    need = own
    for _ in range(len(own) + 1):
        deeper = own.copy()
        np.add.at(deeper, child, rate * need[parent])
        if np.allclose(deeper, need, rtol=1e-12):
            break
        need = deeper
    return need
