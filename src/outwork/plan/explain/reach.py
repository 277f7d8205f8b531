"""Why nothing can be at a node earlier: the longest of the lead times and windows that lead there, way by way."""

from __future__ import annotations

import numpy as np

from outwork.model.axis import NEVER
from outwork.plan.explain.chain import Cause, Hop
from outwork.plan.explain.columns import Place
from outwork.plan.network import Network
from outwork.plan.network.lanes import FREE

DEEPEST = 100
"""Ways after which the search gives up; no chain of components and lanes is longer."""


def resolved(network: Network, cause: Cause) -> Cause | None:
    """Return the cause with its window followed up to the lead time or date that sets it; others as they are.

    Where a window begins because something needed cannot be there earlier, its own earliest way is followed. None where it
    begins with the horizon and no way takes any time.
    """
    end = _followed(network, cause)
    if end.place[0] in ("making from", "lane since", "since") and end.step <= 0:
        return _moved(end, ("lead", 0), 0) if any(lead(network, hop) for hop in end.path) else None
    return end


def lead(network: Network, hop: Hop) -> int:
    """Return how many steps a way takes."""
    if hop.block == "make":
        return int(network.making.lead[hop.member])
    if hop.block == "buy":
        return int(network.offers.lead[hop.member])
    if hop.block == "direct":
        return int(network.directs.lead[hop.member])
    return int(network.lanes.lead[network.legs.lane[hop.member]])


def _followed(network: Network, cause: Cause) -> Cause:
    for _ in range(DEEPEST):
        kind, member = cause.place
        if kind == "reach":
            following = _way_to(network, cause, member)
        elif kind.endswith(" window"):
            following = _window(network, cause, kind.removesuffix(" window"), member)
        else:
            return cause
        if following is None:
            return cause
        cause = following
    return cause


def _way_to(network: Network, cause: Cause, node: int) -> Cause | None:
    """Return the way by which a node is reached at the earliest."""
    item, site, earliest = int(network.node_item[node]), int(network.node_site[node]), network.reach.earliest
    when = int(earliest[item, site])
    making, offers, legs, lanes = network.making, network.offers, network.legs, network.lanes
    made = np.flatnonzero((making.item == item) & (making.site == site) & (network.reach.pair + making.lead == when))
    bought = np.flatnonzero((offers.item == item) & (offers.site == site) & (offers.first + offers.lead == when))
    lead = lanes.lead[legs.lane]
    sent = np.flatnonzero((legs.item == item) & (lanes.destination[legs.lane] == site) & (legs.first + lead == when))
    for block, found, leads in (("make", made, making.lead), ("buy", bought, offers.lead), ("ship", sent, lead)):
        if len(found) and when < NEVER:
            member = int(found[0])
            step = when - int(leads[member])
            return _moved(cause, (f"{block} window", member), step, Hop(block, member, step))
    return None


def _window(network: Network, cause: Cause, block: str, member: int) -> Cause | None:
    """Return what sets the first step of a way: something that it needs, or a row of its own (then None or its place)."""
    if block == "make":
        return _making(network, cause, member)
    if block in ("ship", "direct"):
        leg = member if block == "ship" else int(network.directs.leg[member])
        return _moving(network, cause, leg)
    offers = network.offers
    return _moved(cause, ("since", member), int(offers.first[member]))


def _making(network: Network, cause: Cause, pair: int) -> Cause:
    """A make begins when its last component can be there, its technology is cleared, or its qualification is over."""
    making, reach, site = network.making, network.reach, network.making.site[pair]
    uses = np.flatnonzero((making.use_pair == pair) & (making.use_first <= 0))
    there = {int(use): int(reach.earliest[making.use_item[use], site]) for use in uses}
    for choice in np.unique(making.use_choice[uses][making.use_choice[uses] >= 0]):
        options = [int(use) for use in uses if making.use_choice[use] == choice]
        best = min(options, key=lambda use: there[use])
        for use in options:
            there[use] = there[best] if use == best else -1
    last = max(there, key=lambda use: there[use], default=-1)
    if last >= 0 and there[last] >= cause.step > 0:
        node = int(network.node[making.use_item[last], site])
        return _moved(cause, ("reach", node), cause.step)
    return _moved(cause, ("qualification" if making.possible[pair] else "making from", pair), cause.step)


def _moving(network: Network, cause: Cause, leg: int) -> Cause:
    """A shipment begins when there is something to send, its clearance opens, or its lane does."""
    legs, lanes, leave = network.legs, network.lanes, network.leave
    item, origin = int(legs.item[leg]), int(lanes.origin[legs.lane[leg]])
    clearance = int(legs.clearance[leg])
    if clearance != FREE and leave.first[clearance] >= cause.step > 0:
        return _moved(cause, ("opens", clearance), cause.step)
    if network.reach.earliest[item, origin] >= cause.step > 0:
        return _moved(cause, ("reach", int(network.node[item, origin])), cause.step)
    return _moved(cause, ("lane since", int(legs.lane[leg])), cause.step)


def _moved(cause: Cause, place: Place, step: int, *hops: Hop) -> Cause:
    return Cause(place, step, cause.weight, (*cause.path, *hops))
