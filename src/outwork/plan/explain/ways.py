"""The ways on which goods come, by the names that the tables give them."""

from __future__ import annotations

from outwork.model.outcome import Pointer
from outwork.plan.explain.chain import Hop
from outwork.plan.explain.words import day
from outwork.plan.solved import Solved


def hop_name(solved: Solved, hop: Hop) -> str:
    """Return a way without its date. Example: mast from lund to turku by road."""
    network = solved.network
    if hop.block == "make":
        making = network.making
        return f"{network.operations.names[making.operation[hop.member]]} at {network.sites.names[making.site[hop.member]]}"
    if hop.block == "buy":
        item, site, party = offer_key(solved, hop.member)
        return f"{item} from {party} to {site}"
    leg = _leg(solved, hop)
    lanes, lane = network.lanes, int(network.legs.lane[leg])
    ends = (network.sites.names[lanes.origin[lane]], network.sites.names[lanes.destination[lane]])
    return (
        f"{network.items.names[network.legs.item[leg]]} from {ends[0]} to {ends[1]} by {lanes.mode.names[lanes.mode_of[lane]]}"
    )


def hop_text(solved: Solved, hop: Hop) -> str:
    """Return a way and when it begins. Example: build at lund from 2026-01-26."""
    begins = {"make": "from", "buy": "ordered on"}.get(hop.block, "leaving on")
    return f"{hop_name(solved, hop)} {begins} {day(solved.network, hop.step)}"


def hop_row(solved: Solved, hop: Hop) -> Pointer:
    """Return the row that states the lead time of a way."""
    network = solved.network
    if hop.block == "make":
        return Pointer("operations", (network.operations.names[network.making.operation[hop.member]],))
    if hop.block == "buy":
        return Pointer("supplies", offer_key(solved, hop.member))
    return lane_row(solved, int(network.legs.lane[_leg(solved, hop)]))


def _leg(solved: Solved, hop: Hop) -> int:
    return hop.member if hop.block == "ship" else int(solved.network.directs.leg[hop.member])


def offer_key(solved: Solved, offer: int) -> tuple[str, str, str]:
    """Return item, site and party of an offer, the key of its row in `supplies`."""
    network, offers = solved.network, solved.network.offers
    item, site = network.items.names[offers.item[offer]], network.sites.names[offers.site[offer]]
    return item, site, network.parties.names[offers.party[offer]]


def lane_row(solved: Solved, lane: int) -> Pointer:
    """Return the row of `lanes` or of `corridors` that a lane comes from."""
    source, own = int(solved.network.lanes.source[lane]), solved.programme["lanes"]
    table, row = ("lanes", source) if source < own.height else ("corridors", source - own.height)
    record = solved.programme[table].row(row, named=True)
    return Pointer(table, (record["origin"], record["destination"], record["mode"]))
