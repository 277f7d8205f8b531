"""Suppliers' minimums, lanes' limits and fixed costs, and the caps of licences."""

from __future__ import annotations

import numpy as np

from outwork.model.axis import Index, Mask
from outwork.plan.build.draft import Draft
from outwork.plan.build.spans import spans
from outwork.plan.network.directs import OWN
from outwork.plan.network.lanes import FREE


def ordered(draft: Draft) -> None:
    """ordered[u,t] in {0..steps of t}: steps in which offer u is ordered from; only for offers with a minimum.

    For every such offer and bucket:   minimum[u] * ordered[u,t]  <=  buy[u,t]  <=  most[u] * ordered[u,t]     [unit]
    """
    network, offers, own = draft.network, draft.network.offers, draft.spans["buy"]
    span = np.flatnonzero(offers.least[own.member] > 0)
    block = own.keep(span)
    draft.timed("ordered", "offer", block, upper=block.steps, integer=True)
    keys = {"offer": block.member, "bucket": block.bucket}
    everyone = np.arange(len(span))
    least = offers.least[block.member]
    most = np.minimum(offers.most[block.member], network.need[offers.item[block.member]] + least)
    for name, factor in (("minimum", least), ("ordering", most)):
        sign = 1.0 if name == "minimum" else -1.0
        draft.limit(name, keys, upper=0.0)
        draft.add(name, everyone, "ordered", everyone, sign * factor)
        draft.add(name, everyone, "buy", span, -sign)


def trips(draft: Draft) -> None:
    """trips[l,t] in {0..steps of t}: steps in which anything moves on lane l; only for lanes with a fixed cost.

    For every leg of such a lane:   ship[leg,t]  <=  most[leg] * trips[l,t]     [unit]
    """
    network, horizon, lanes = draft.network, draft.horizon, draft.network.lanes
    priced = lanes.fixed > 0
    moved = np.zeros(len(lanes), bool)
    moved[network.legs.lane] = True
    own = spans(horizon, np.zeros(len(lanes), np.int64), np.where(priced & moved, horizon.steps - 1, -1))
    draft.timed("trips", "lane", own, cost=lanes.fixed[own.member], upper=own.steps, integer=True)
    for name in ("ship", "direct"):
        _carry(draft, name, priced)


def _carry(draft: Draft, name: str, priced: Mask) -> None:
    """Let goods move on a lane with a fixed cost only in as many steps as are paid for."""
    network, own = draft.network, draft.spans[name]
    lane, item = _ways(draft, name)
    span = np.flatnonzero(lane >= 0)
    span = span[priced[lane[span]]]
    way = "leg" if name == "ship" else "direct"
    draft.limit(f"{name} trips", {way: own.member[span], "bucket": own.bucket[span]}, upper=0.0)
    draft.add(f"{name} trips", np.arange(len(span)), name, span)
    most = network.need[item[span]] + 1.0
    limit = network.lanes.limit[lane[span]]
    weighed = (limit >= 0) & (network.mass[item[span]] > 0)
    if weighed.any():
        most[weighed] = np.minimum(most[weighed], network.lanes.limits[limit[weighed]] / network.mass[item[span[weighed]]])
    draft.add(f"{name} trips", np.arange(len(span)), "trips", draft.at("trips", lane[span], own.bucket[span]), -most)


def lane_capacity(draft: Draft) -> None:
    """What moves on a lane, or on all lanes of a corridor, weighs no more than its limit.

    For every limit m and bucket t:   sum_{legs of m} mass * (ship[leg,t] + direct[leg,t])  <=  per_week[m] * weeks(t)   [kg]
    """
    network, horizon = draft.network, draft.horizon
    limits = network.lanes.limits
    limit, bucket = np.divmod(np.arange(len(limits) * horizon.buckets), horizon.buckets)
    draft.limit("lane", {"limit": limit, "bucket": bucket}, upper=np.outer(limits, horizon.lengths).ravel())
    for name in ("ship", "direct"):
        lane, item = _ways(draft, name)
        span = np.flatnonzero(lane >= 0)
        span = span[network.lanes.limit[lane[span]] >= 0]
        row = network.lanes.limit[lane[span]] * horizon.buckets + draft.spans[name].bucket[span]
        draft.add("lane", row, name, span, network.mass[item[span]])


def licences(draft: Draft) -> None:
    """What moves under the clearances of one licence stays within its caps.

    For every licence c:   sum ship + direct  <=  quantity_cap[c] [unit],   sum value * (ship + direct)  <=  value_cap[c] [EUR]
    """
    network, leave = draft.network, draft.network.leave
    for name, caps in (("quantity cap", leave.quantity), ("value cap", leave.value)):
        draft.limit(name, {"cap": np.arange(len(caps))}, upper=caps)
        for block in ("ship", "direct"):
            leg = _leg(draft, block)
            span = np.flatnonzero(leg >= 0)
            span = span[network.legs.clearance[leg[span]] != FREE]
            cap = leave.cap[network.legs.clearance[leg[span]]]
            span, cap = span[cap >= 0], cap[cap >= 0]
            weight = network.value[network.legs.item[leg[span]]] if name == "value cap" else np.ones(len(span))
            draft.add(name, cap, block, span, weight)


def _leg(draft: Draft, name: str) -> Index:
    """Leg of every variable of `ship` or `direct`, OWN where it is none."""
    member = draft.spans[name].member
    return member if name == "ship" else draft.network.directs.leg[member]


def _ways(draft: Draft, name: str) -> tuple[Index, Index]:
    """Lane (OWN where there is none) and item of every variable of `ship` or `direct`."""
    legs, leg = draft.network.legs, _leg(draft, name)
    if not len(legs):
        return np.full(len(leg), OWN), np.zeros(len(leg), np.int64)
    item = legs.item[leg] if name == "ship" else draft.network.directs.item[draft.spans[name].member]
    return np.where(leg >= 0, legs.lane[leg], OWN), item
