"""Qualification before making, the ramp after it, and set-ups and lots."""

from __future__ import annotations

import numpy as np

from outwork.model.axis import Array, Index
from outwork.plan.build.draft import Draft
from outwork.plan.build.spans import total
from outwork.plan.network import Network

NOTHING = 1e-9
"""Units [unit] below which a ramp says nothing."""


def started(draft: Draft) -> None:
    """started[j] in {0,1}: the qualification of pair p(j) has started by the step of its start j; it never goes back.

    For consecutive starts of a pair:   started[j]  <=  started[j+1]     [1]

    The fee falls due at the start, so start j costs what it is dearer than a start one later.
    """
    network = draft.network
    making, horizon = network.making, network.horizon
    pair, step = making.start_pair, making.start_step
    fee = np.where(step >= 0, making.fee[pair] * network.discount[np.clip(step, 0, horizon.steps - 1)], 0.0)
    last = np.r_[pair[1:] != pair[:-1], True] if len(pair) else np.empty(0, bool)
    cost = np.where(last, fee, fee - np.r_[fee[1:], 0.0])
    draft.blocks["started"] = draft.model.variables(
        "started", {"pair": pair, "step": step}, cost=cost, upper=1.0, lower=_fixed(network), integer=True
    )
    before = np.flatnonzero(~last)
    draft.limit("once", {"pair": pair[before], "step": step[before]}, upper=0.0)
    draft.add("once", np.arange(len(before)), "started", before)
    draft.add("once", np.arange(len(before)), "started", before + 1, -1.0)


def starts(draft: Draft) -> None:
    """At most so many qualifications start at a site on one date.

    For every site s and date:   sum_{p at s} started[p,date] - started[p,date before]  <=  qualification_starts[s]     [1]
    """
    network = draft.network
    making = network.making
    most = network.starts[making.site[making.start_pair]]
    limited = np.flatnonzero((most >= 0) & (making.start_step >= 0))
    site, step = making.site[making.start_pair[limited]], making.start_step[limited]
    keys, row = np.unique(np.stack([site, step]), axis=1, return_inverse=True)
    draft.limit("starts", {"site": keys[0], "step": keys[1]}, upper=network.starts[keys[0]].astype(np.float64))
    draft.add("starts", row.ravel(), "started", limited)
    follows = limited > 0
    follows[follows] = making.start_pair[limited[follows]] == making.start_pair[limited[follows] - 1]
    draft.add("starts", row.ravel()[follows], "started", limited[follows] - 1, -1.0)


def ramp(draft: Draft) -> None:
    """A pair makes no more than the ramp of its qualification allows.

    For every possible pair p and bucket t, over the steps w of t and the starts j of p:
        make[p,t]  <=  sum_j (S[t,j] - S[t,j+1]) * started[j],   S[t,j] = sum_w rate[p,w] * share[p, weeks from ready(j) to w]

    in units; `rate` is what the site's hours allow in a step. The hours sit in these coefficients too. A pair that loads
    nothing has no such rate, and no limit from the first step on in which its share is above 0.
    """
    own = draft.spans["make"]
    row_span = np.flatnonzero(draft.network.making.possible[own.member])
    draft.limit("ramp", {"pair": own.member[row_span], "bucket": own.bucket[row_span]}, upper=0.0)
    draft.add("ramp", np.arange(len(row_span)), "make", row_span)
    row, start, coefficient = ramp_terms(draft, row_span)
    draft.add("ramp", row, "started", start, -coefficient)


def ramp_terms(draft: Draft, row_span: Index) -> tuple[Index, Index, Array]:
    """Return (row, start, S[t,j] - S[t,j+1]) of the ramp rows. Args: row_span, the span of make of every row."""
    making, horizon, own = draft.network.making, draft.horizon, draft.spans["make"]
    pair = making.start_pair
    share, loaded = making.shares(pair, making.start_step, horizon), np.isfinite(making.rate(draft.network.hours))[pair]
    allowed = total(horizon, np.where(loaded, share, share > 0) * full_rate(draft.network)[pair])
    follows = np.r_[pair[1:] == pair[:-1], False] if len(pair) else np.empty(0, bool)
    step_up = allowed - np.where(follows[:, None], np.r_[allowed[1:], np.zeros((1, horizon.buckets))], 0.0)
    row_of = np.full((len(making), horizon.buckets), -1)
    row_of[own.member[row_span], own.bucket[row_span]] = np.arange(len(row_span))
    row = row_of[pair]
    start, bucket = np.nonzero((row >= 0) & (np.abs(step_up) > NOTHING))
    return row[start, bucket], start.astype(np.int64), step_up[start, bucket]


def full_rate(network: Network) -> Array:
    """Units that a pair can start in a step at full rate, or could ever be needed. [pair, step]."""
    making = network.making
    rate = making.rate(network.hours)
    ceiling = most_ever(network)
    return np.where(np.isfinite(rate), rate, ceiling[:, None])


def most_ever(network: Network) -> Array:
    """Units of a pair that all demands together can call for, with one lot to spare. [pair]."""
    making = network.making
    return network.need[making.item] / making.yield_rate + making.lot + 1.0


def setup(draft: Draft) -> None:
    """setup[p,t] in {0..steps of t}: steps in which pair p runs; lots[p,t] whole.

    For every pair p with set-ups and bucket t:   make[p,t]  <=  most[p,t] * setup[p,t]     [unit]
    For every pair p with lots and bucket t:      make[p,t]   =  lot[p] * lots[p,t]         [unit]

    most[p,t] is what the hours left by one set-up allow in a step, or what can ever be needed.
    """
    network, making, own = draft.network, draft.network.making, draft.spans["make"]
    paid = (making.setup_hours > 0) | (making.setup_cost > 0)
    span = np.flatnonzero(paid[own.member])
    runs = own.keep(span)
    draft.timed("setup", "pair", runs, cost=making.setup_cost[runs.member], upper=runs.steps, integer=True)
    draft.limit("setup", {"pair": runs.member, "bucket": runs.bucket}, upper=0.0)
    draft.add("setup", np.arange(len(runs)), "make", span)
    most = np.maximum.reduceat(_running_rate(network), draft.horizon.edges[:-1], axis=1)
    draft.add("setup", np.arange(len(runs)), "setup", np.arange(len(runs)), -most[runs.member, runs.bucket])
    span = np.flatnonzero(making.lot[own.member] > 0)
    batches = own.keep(span)
    draft.timed("lots", "pair", batches, integer=True)
    draft.limit("lots", {"pair": batches.member, "bucket": batches.bucket}, lower=0.0, upper=0.0)
    draft.add("lots", np.arange(len(span)), "make", span)
    draft.add("lots", np.arange(len(span)), "lots", np.arange(len(span)), -making.lot[batches.member])


def _running_rate(network: Network) -> Array:
    """Units that a pair can start in a step in which it is also set up. [pair, step]."""
    making, most = network.making, network.hours.most()
    left = (
        most[making.load_pool]
        - np.where(making.load_pool == making.setup_pool[making.load_pair], making.setup_hours[making.load_pair], 0.0)[:, None]
    )
    rate = np.broadcast_to(most_ever(network)[:, None], (len(making), most.shape[1])).copy()
    np.minimum.at(rate, making.load_pair, np.maximum(left, 0.0) / making.load_hours[:, None])
    return rate


def _fixed(network: Network) -> Array:
    """Lower bounds of the starts: 1 where a commitment fixes the only start of a pair, else 0. [start]."""
    making = network.making
    return np.isin(np.arange(len(making.start_pair)), making.start_fixed).astype(np.float64)
