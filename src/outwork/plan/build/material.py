"""Making, buying, moving, keeping and handing over, and the balance of material between them."""

from __future__ import annotations

import numpy as np

from outwork.model.axis import Array, Index, join
from outwork.plan.build.commitments import receipts
from outwork.plan.build.draft import Draft
from outwork.plan.build.spans import Spans, arrivals, open_parts, overlap, spans
from outwork.plan.network import Network


def make(draft: Draft) -> None:
    """make[p,t] >= 0: units of pair p (operation at site) started in bucket t [unit]."""
    making = draft.network.making
    own = spans(draft.horizon, making.first, making.last)
    own = open_parts(own, own.member, making.shut)
    draft.timed("make", "pair", own, cost=making.unit_cost[own.member])


def take(draft: Draft) -> None:
    """take[c,t] >= 0: units of alternative component c that its pair takes in [unit]; components without choice follow make.

    For every pair p, choice g and bucket t:   sum_{c in g} take[c,t] / quantity[c]  =  make[p,t]     [unit]
    """
    making, horizon = draft.network.making, draft.horizon
    free = making.use_choice >= 0
    node = draft.network.node[making.use_item, making.site[making.use_pair]]
    there = draft.network.reach.earliest[making.use_item, making.site[making.use_pair]]
    first = np.maximum(np.maximum(making.use_first, making.first[making.use_pair]), there)
    last = np.where(free & (node >= 0), np.minimum(making.use_last, making.last[making.use_pair]), -1)
    own = spans(horizon, first, last)
    own = open_parts(own, making.use_pair[own.member], making.shut)
    block = draft.timed("take", "use", own)
    own_make = draft.spans["make"]
    choices = np.unique(np.stack([making.use_pair[free], making.use_choice[free]]), axis=1)
    pair, choice = choices if choices.size else (np.empty(0, np.int64), np.empty(0, np.int64))
    width = int(making.use_choice.max(initial=0)) + 1
    member = np.flatnonzero(np.isin(own_make.member, pair))
    which = [np.flatnonzero(pair == p) for p in own_make.member[member]]
    row_make = np.repeat(member, [len(w) for w in which])
    row_choice = choice[np.concatenate([np.empty(0, np.int64), *which])]
    keys = {"pair": own_make.member[row_make], "choice": row_choice, "bucket": own_make.bucket[row_make]}
    rows = draft.limit("choice", keys, lower=0.0, upper=0.0)
    draft.add("choice", np.arange(rows.size), "make", row_make, -1.0)
    code = (keys["pair"] * width + keys["choice"]) * horizon.buckets + keys["bucket"]
    mine = (making.use_pair[own.member] * width + making.use_choice[own.member]) * horizon.buckets + own.bucket
    order = np.argsort(code)
    row = order[np.searchsorted(code[order], mine)] if len(mine) else mine
    draft.add("choice", row, "take", np.arange(block.size), 1 / making.use_quantity[own.member])


def buy(draft: Draft) -> None:
    """0 <= buy[u,t] <= per_week: units of offer u ordered [unit]."""
    offers = draft.network.offers
    own = spans(draft.horizon, offers.first, offers.last)
    draft.timed("buy", "offer", own, cost=offers.price[own.member], upper=offers.most[own.member] * own.steps)


def ship(draft: Draft) -> None:
    """ship[l,t] >= 0: units that leave on leg l, an item on a lane under a clearance [unit]."""
    network = draft.network
    own = spans(draft.horizon, network.legs.first, network.legs.last)
    cost = network.lanes.cost[network.legs.lane] * network.mass[network.legs.item]
    draft.timed("ship", "leg", own, cost=cost[own.member])


def stock(draft: Draft) -> None:
    """0 <= stock[n,t] <= most: units at node n (item at site) at the end of bucket t [unit]; below[n,t] is missing to safety.

    For every node n with a safety stock:   stock[n,t] + below[n,t]  >=  safety[n]     [unit]
    """
    network, horizon, stores = draft.network, draft.horizon, draft.network.stores
    item, site = network.node_item, network.node_site
    own = spans(horizon, network.reach.earliest[item, site], np.full(len(item), horizon.steps - 1))
    most = np.full(network.node.shape, np.inf)
    most[stores.item, stores.site] = np.maximum(stores.most, stores.on_hand)
    weeks = horizon.lengths[own.bucket] * horizon.weeks_per_step
    draft.timed(
        "stock", "node", own,
        cost=network.holding[item[own.member]] * weeks, upper=most[item[own.member], site[own.member]],
    )  # fmt: skip
    guarded = np.flatnonzero(stores.safety > 0)
    first = np.zeros(len(guarded), np.int64)
    short = spans(horizon, first, np.full(len(guarded), horizon.steps - 1))
    store = guarded[short.member]
    price = network.short_rate * network.value[stores.item[store]] / 52 * horizon.lengths[short.bucket] * horizon.weeks_per_step
    draft.timed("below", "store", Spans(store, short.bucket, short.first, short.last), cost=price)
    everyone = np.arange(len(store))
    draft.limit("safety", {"store": store, "bucket": short.bucket}, lower=stores.safety[store])
    draft.add("safety", everyone, "below", everyone)
    kept = draft.at("stock", network.node[stores.item[store], stores.site[store]], short.bucket)
    draft.add("safety", everyone[kept >= 0], "stock", kept[kept >= 0])


def balance(draft: Draft) -> None:
    """What comes to a node goes on or stays.

    For every node n and bucket t:
        stock[n,t-1] + yield * make arriving + buy arriving + ship arriving + on hand and history
        = stock[n,t] + quantity * make + take + ship leaving + deliver                                [unit]

    Arrivals of a bucket come in shares, see spans.arrivals.
    """
    network, own = draft.network, draft.spans["stock"]
    given = _given(network)[own.member, own.bucket]
    draft.limit("balance", {"node": own.member, "bucket": own.bucket}, lower=0.0 - given, upper=0.0 - given)
    draft.add("balance", np.arange(len(own)), "stock", np.arange(len(own)), -1.0)
    later = np.flatnonzero(own.bucket > 0)
    before = draft.at("stock", own.member[later], own.bucket[later] - 1)
    draft.add("balance", later[before >= 0], "stock", before[before >= 0])
    making, offers, legs, lanes = network.making, network.offers, network.legs, network.lanes
    arrive(draft, "make", network.node[making.item, making.site], making.lead, making.yield_rate)
    arrive(draft, "buy", network.node[offers.item, offers.site], offers.lead, np.ones(len(offers.lead)))
    arrive(draft, "ship", network.node[legs.item, lanes.destination[legs.lane]], lanes.lead[legs.lane], np.ones(len(legs)))
    leave(draft, "ship", network.node[legs.item, lanes.origin[legs.lane]])
    leave(draft, "take", network.node[making.use_item, making.site[making.use_pair]])
    leave(draft, "deliver", network.node[network.wishes.item, network.wishes.site])
    leave(draft, "direct", network.node[network.directs.item, network.directs.origin])
    _consume(draft)


def arrive(draft: Draft, name: str, node: Index, lead: Index, factor: Array) -> None:
    """Let what a block starts come to its nodes. Args: node, lead [step] and factor, all [member]."""
    own = draft.spans[name]
    span, bucket, share = arrivals(draft.horizon, own, lead[own.member])
    member = own.member[span]
    draft.add("balance", draft.at("stock", node[member], bucket), name, span, share * factor[member])


def leave(draft: Draft, name: str, node: Index) -> None:
    """Let what a block takes leave its nodes in its own bucket. Args: node [member]."""
    own = draft.spans[name]
    draft.add("balance", draft.at("stock", node[own.member], own.bucket), name, np.arange(len(own)), -1.0)


def _consume(draft: Draft) -> None:
    """Take components without choice from stock, in the share of a span in which they are in force.

    For every pair p and bucket t in which such a component cannot be there yet:   make[p,t]  <=  0     [unit]
    """
    making, own = draft.network.making, draft.spans["make"]
    fixed = np.flatnonzero(making.use_choice < 0)
    span, use = join(own.member, making.use_pair[fixed])
    use = fixed[use]
    held = overlap(own.first[span], own.last[span], making.use_first[use], making.use_last[use]) / own.steps[span]
    span, use, held = span[held > 0], use[held > 0], held[held > 0]
    node = draft.network.node[making.use_item[use], making.site[making.use_pair[use]]]
    row = draft.at("stock", node, own.bucket[span])
    here = row >= 0
    draft.add("balance", row[here], "make", span[here], -making.use_quantity[use[here]] * held[here])
    draft.limit("absent", {"pair": own.member[span[~here]], "bucket": own.bucket[span[~here]]}, upper=0.0)
    draft.add("absent", np.arange(int((~here).sum())), "make", span[~here])


def _given(network: Network) -> Array:
    """Stock on hand, and what history still brings. [node, bucket] in units."""
    given = np.zeros((len(network.node_item), network.horizon.buckets))
    stores = network.stores
    held = stores.on_hand > 0
    here = network.node[stores.item[held], stores.site[held]]
    np.add.at(given, (here, np.zeros_like(here)), stores.on_hand[held])
    coming = receipts(network)
    where = (network.node[coming.item, coming.site], network.horizon.bucket_of[coming.step])
    np.add.at(given, where, coming.quantity)
    return given
