"""Hours: what is worked fits into what stands spare."""

from __future__ import annotations

import numpy as np

from outwork.model.axis import Index, join
from outwork.plan.build.draft import Draft
from outwork.plan.build.spans import Spans, total


def work(draft: Draft) -> None:
    """work[g,t] >= 0: hours that grant g (a resource to a process of its site) gives; overtime[r,t]: hours added [h].

    Only resources of pools that some pair loads have variables. Overtime costs what it costs beyond an ordinary hour.
    """
    hours, horizon = draft.network.hours, draft.horizon
    loaded = np.zeros(len(hours.pool_site), bool)
    loaded[draft.network.making.load_pool] = True
    setup = draft.network.making.setup_pool
    loaded[setup[setup >= 0]] = True
    grant = np.flatnonzero(loaded[hours.grant_pool])
    draft.timed(
        "work", "grant", _everywhere(draft, grant), cost=np.repeat(hours.cost[hours.grant_resource[grant]], horizon.buckets)
    )
    extra = np.intersect1d(np.flatnonzero(hours.overtime.any(axis=1)), hours.grant_resource[grant])
    most = total(horizon, hours.overtime)[extra].ravel()
    premium = np.repeat((hours.overtime_cost - hours.cost)[extra], horizon.buckets)
    draft.timed("overtime", "resource", _everywhere(draft, extra), cost=premium, upper=most)


def pools(draft: Draft) -> None:
    """What pairs work in a process of a site is given by its resources.

    For every pool k and bucket t:   sum_p hours[p,k] * make[p,t] + setup_hours[p] * setup[p,t]  <=  sum_g work[g,t]     [h]
    """
    network, horizon, hours = draft.network, draft.horizon, draft.network.hours
    making, own = network.making, draft.spans["make"]
    given = draft.blocks["work"].keys
    pool = np.unique(hours.grant_pool[given["grant"]])
    row_of = np.full(len(hours.pool_site), -1)
    row_of[pool] = np.arange(len(pool))
    keys = _everywhere(draft, pool)
    draft.limit("pool", {"pool": keys.member, "bucket": keys.bucket}, upper=0.0)
    draft.add(
        "pool",
        row_of[hours.grant_pool[given["grant"]]] * horizon.buckets + given["bucket"],
        "work",
        np.arange(len(given["grant"])),
        -1.0,
    )
    span, load = join(own.member, making.load_pair)
    row = row_of[making.load_pool[load]] * horizon.buckets + own.bucket[span]
    draft.add("pool", row, "make", span, making.load_hours[load])
    setups = draft.spans["setup"]
    spent = np.flatnonzero(making.setup_hours[setups.member] > 0)
    member = setups.member[spent]
    draft.add(
        "pool",
        row_of[making.setup_pool[member]] * horizon.buckets + setups.bucket[spent],
        "setup",
        spent,
        making.setup_hours[member],
    )


def capacity(draft: Draft) -> None:
    """What a resource gives fits into its open hours and overtime.

    For every resource r and bucket t:   sum_{g of r} work[g,t]  <=  hours[r,t] + overtime[r,t]     [h]
    """
    hours, horizon = draft.network.hours, draft.horizon
    given = draft.blocks["work"].keys
    resource = np.unique(hours.grant_resource[given["grant"]])
    row_of = np.full(len(hours.site), -1)
    row_of[resource] = np.arange(len(resource))
    keys = _everywhere(draft, resource)
    draft.limit(
        "capacity", {"resource": keys.member, "bucket": keys.bucket}, upper=total(horizon, hours.hours)[resource].ravel()
    )
    row = row_of[hours.grant_resource[given["grant"]]] * horizon.buckets + given["bucket"]
    draft.add("capacity", row, "work", np.arange(len(row)))
    extra = draft.blocks["overtime"].keys
    draft.add(
        "capacity",
        row_of[extra["resource"]] * horizon.buckets + extra["bucket"],
        "overtime",
        np.arange(len(extra["bucket"])),
        -1.0,
    )


def _everywhere(draft: Draft, member: Index) -> Spans:
    """Return spans over all buckets for every member."""
    horizon = draft.horizon
    bucket = np.tile(np.arange(horizon.buckets), len(member))
    return Spans(np.repeat(member, horizon.buckets), bucket, horizon.edges[bucket], horizon.edges[bucket + 1] - 1)
