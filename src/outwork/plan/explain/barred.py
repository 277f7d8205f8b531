"""What bars a wish that cannot be kept, where that is no wish of its own: a way that is not there, leave that is not given."""

from __future__ import annotations

from outwork.model.axis import NEVER
from outwork.model.outcome import Pointer
from outwork.model.programme import Programme
from outwork.plan.explain.chain import Cause
from outwork.plan.explain.closed import closed
from outwork.plan.explain.leave import opens_late, refused
from outwork.plan.explain.reach import resolved
from outwork.plan.network import Network
from outwork.plan.network.lanes import FREE


def barred(programme: Programme, network: Network, row: Pointer) -> str:
    """Return what bars a demand or a commitment to ship, as a sentence without its point; nothing where nothing does."""
    if row.table == "commitments":
        return _shipment(programme, network, row.key[0])
    return _demand(programme, network, row.key[0]) if row.table == "demands" else ""


def _demand(programme: Programme, network: Network, name: str) -> str:
    """Return why not a single unit can be there by the due date: no way or leave at all, or leave that opens too late."""
    wishes = network.wishes
    demand = wishes.names.position[name]
    item, site = int(wishes.item[demand]), int(wishes.site[demand])
    earliest = int(network.reach.earliest[item, site])
    if network.node[item, site] < 0 or earliest >= NEVER:
        text, _, _ = closed(programme, network, demand)
        return text
    if earliest <= wishes.due[demand]:
        return ""
    end = resolved(network, Cause(("reach", int(network.node[item, site])), earliest, 0.0, ()))
    if end is None or end.place[0] != "opens":
        return ""
    return opens_late(programme, network, network.leave.names.names[end.place[1]])


def _shipment(programme: Programme, network: Network, name: str) -> str:
    """Return, for a commitment to ship what no leg carries on that day, the clearance or the lane that is missing."""
    held = programme["commitments"].filter(commitment=name, kind="ship")
    if held.is_empty():
        return ""
    order = held.row(0, named=True)
    item, step = network.items.position[order["item"]], network.horizon.step(order["start"])
    ends = network.sites.position[order["site"]], network.sites.position[order["destination"]]
    lanes, legs = network.lanes, network.legs
    mine = (lanes.origin == ends[0]) & (lanes.destination == ends[1])
    open_legs = (legs.item == item) & mine[legs.lane] & (legs.first <= step) & (step <= legs.last)
    if open_legs.any():
        return ""
    way = f"{order['site']} to {order['destination']}"
    if not (mine & (lanes.first <= step) & (step <= lanes.last)).any():
        return f"No lane or corridor leads from {way} on {order['start'].isoformat()}"
    nations = [network.nations.names[network.nation[end]] for end in ends]
    crosses = nations[0] != nations[1] and programme["items"]["controlled"][item]
    missing = not ((legs.item == item) & mine[legs.lane] & (legs.clearance != FREE) & (legs.first <= step)).any()
    if crosses and missing:
        why, _ = refused(programme, order["item"], nations[0], nations[1], network.parties.names[network.party[ends[1]]])
        said = f"no clearance in force on that day lets it go from {nations[0]} to {nations[1]}{why}"
        return f"{order['item']} is controlled: {said}"
    return f"{order['item']} cannot leave {order['site']} for {order['destination']} on that day"
