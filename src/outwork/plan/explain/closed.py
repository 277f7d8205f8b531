"""Why an item cannot come to a site at all within the horizon: no maker, no way, no clearance, or too late."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from outwork.model.axis import NEVER
from outwork.model.outcome import Pointer
from outwork.model.programme import Programme
from outwork.plan.explain import changes
from outwork.plan.explain.edits import Edit
from outwork.plan.explain.leave import refused
from outwork.plan.explain.words import day, last_day, listed
from outwork.plan.network import Network

Told = tuple[str, tuple[Pointer, ...], tuple[Edit, ...]]
"""A clause, the rows behind it, and edits that could help."""
DEEPEST = 50
"""Levels of components after which nothing deeper is looked for."""


def closed(programme: Programme, network: Network, demand: int) -> Told:
    """Return why nothing can be handed over for a demand."""
    wishes = network.wishes
    return _closed(programme, network, (int(wishes.item[demand]), int(wishes.site[demand])), DEEPEST)


def _closed(programme: Programme, network: Network, wanted: tuple[int, int], deeper: int) -> Told:
    item, site = wanted
    name, place = network.items.names[item], network.sites.names[site]
    when = int(network.reach.earliest[item, site])
    rows = (Pointer("items", (name,)), Pointer("sites", (place,)))
    if when < NEVER:
        end = last_day(network, network.horizon.steps - 1)
        return f"{name} cannot be at {place} before {day(network, when)}, and the horizon ends on {end}", rows, ()
    there = np.flatnonzero(network.reach.earliest[item] < NEVER)
    if len(there):
        return _cut_off(programme, network, wanted, [int(origin) for origin in there])
    lacking = _lacking(network, item)
    if lacking is not None and deeper:
        return _closed(programme, network, lacking, deeper - 1)
    return f"no site can make {name} within the horizon, and no offer delivers it", rows, ()


def _cut_off(programme: Programme, network: Network, wanted: tuple[int, int], origins: list[int]) -> Told:
    """The item is somewhere, but cannot come to the site."""
    (item, site), lanes = wanted, network.lanes
    name, place = network.items.names[item], network.sites.names[site]
    ways = np.flatnonzero((lanes.destination == site) & np.isin(lanes.origin, origins))
    rows = (Pointer("items", (name,)), Pointer("sites", (place,)))
    controlled = bool(programme["items"]["controlled"][item])
    foreign = sorted({int(network.nation[lanes.origin[way]]) for way in ways} - {int(network.nation[site])})
    if controlled and foreign:
        enters = network.nations.names[network.nation[site]]
        leaves = [network.nations.names[nation] for nation in foreign]
        party = network.parties.names[network.party[site]]
        why = [refused(programme, name, leaving, enters, party) for leaving in leaves]
        text = f"{name} is controlled, and no clearance in force lets it go from {listed(leaves)} to {enters}"
        text += "".join(clause for clause, _ in why)
        late = [edit for leaving in leaves for edit in _sooner(programme, name, leaving, enters)]
        edits = [*late, *(_clearance(programme, name, leaving, enters) for leaving in leaves)]
        return text, (*rows, *(row for _, behind in why for row in behind)), tuple(edits)
    names = listed([network.sites.names[origin] for origin in origins])
    if not len(ways):
        return f"no lane or corridor leads to {place} from where {name} can be ({names})", rows, ()
    return f"{name} can be at {names}, but not sent on to {place}: look at transit and the windows of the lanes", rows, ()


def _sooner(programme: Programme, item: str, origin: str, destination: str) -> Iterator[Edit]:
    """Yield an application as soon as can be for every licence that would let an item go, but not within the horizon."""
    for name in programme["clearances"].filter(item=item, origin=origin, destination=destination, kind="goods")["clearance"]:
        yield from changes.applied(programme, name)


def _clearance(programme: Programme, item: str, origin: str, destination: str) -> Edit:
    """Return a clearance that opens with the horizon."""
    held = set(programme["clearances"]["clearance"].to_list())
    name = next(each for k in range(len(held) + 1) if (each := f"new-{k + 1}") not in held)
    changes = (("item", item), ("origin", origin), ("destination", destination), ("opens", programme.horizon.start))
    return Edit("clearances", (("clearance", name),), changes, "a clearance that is applied for")


def _lacking(network: Network, item: int) -> tuple[int, int] | None:
    """Return a component, and the site, for which a maker of the item waits in vain."""
    making, earliest = network.making, network.reach.earliest
    for use in np.flatnonzero(making.item[making.use_pair] == item):
        component, site = int(making.use_item[use]), int(making.site[making.use_pair[use]])
        if earliest[component, site] >= NEVER:
            return component, site
    return None
