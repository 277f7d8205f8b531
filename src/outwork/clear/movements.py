"""What would move from one nation to another if the programme is carried out: goods, and what makers of goods need to know.

Goods move from sites that make, buy or keep them, over lanes and corridors, to sites that use or want them, also by way of
sites that pass on; and from suppliers to the sites that they deliver to. Technology and tooling move from the nation whose
design it is to a site elsewhere that makes it or may come to. Movements are told by nations and the party that receives,
since that is what the law asks about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from outwork.clear import ways
from outwork.clear.case import Movement
from outwork.clear.facts import ALL
from outwork.clear.rules.provision import ItemKind
from outwork.model.programme import Programme

WITH_THE_WORK: Final[tuple[ItemKind, ...]] = ("technology", "tooling")
"""What goes to a site that makes what another nation has designed."""

Key = tuple[str, ItemKind, str, str, str]
"""Item, kind, origin, destination, consignee."""


@dataclass
class _Found:
    """One movement while it is being put together, over all sites of its nations and party."""

    demands: set[str] = field(default_factory=set)
    final: set[str] = field(default_factory=set)
    processed: set[bool] = field(default_factory=set)


def movements(programme: Programme) -> tuple[Movement, ...]:
    """Return every movement across a border that the programme may come to, in the order of their names."""
    network = ways.network_of(programme)
    items = programme["items"]["item"].to_list()
    by_item = {item: pairs for item in items if (pairs := network.ways(item))}
    served = ways.served(network, by_item)
    found: dict[Key, _Found] = {}
    for item, pairs in by_item.items():
        finals = ways.ends(item, pairs, network)
        for origin, destination in pairs:
            key: Key = (item, "goods", network.nation[origin], network.nation[destination], network.party[destination])
            _note(
                found,
                key,
                served.get((item, destination), set()),
                finals[destination],
                network.users.get(item, ()),
                destination,
            )
    for key, site in _from_suppliers(programme, network):
        _note(found, key, served.get((key[0], site), set()), {key[3]}, network.users.get(key[0], ()), site)
    for key, site in _with_the_work(programme, network):
        _note(found, key, served.get((key[0], site), set()), {key[3]}, (site,), site)
    revisions = revisions_of(programme)
    return tuple(
        Movement(item, revision, kind, origin, destination, consignee, *_frozen(each))
        for (item, kind, origin, destination, consignee), each in sorted(found.items(), key=lambda pair: pair[0])
        for revision in revisions.get(item, (ALL,))
    )


def _from_suppliers(programme: Programme, network: ways.Network) -> Iterator[tuple[Key, str]]:
    """Yield the movements of what suppliers deliver from abroad."""
    home = dict(programme["parties"].select("party", "nation").iter_rows())
    for item, site, party in programme["supplies"].select("item", "site", "party").iter_rows():
        yield (item, "goods", home[party], network.nation[site], network.party[site]), site


def _with_the_work(programme: Programme, network: ways.Network) -> Iterator[tuple[Key, str]]:
    """Yield the movements of technology and tooling to those who make what another nation has designed."""
    designs = programme["items"].filter(pl.col("technology_of").is_not_null()).select("item", "technology_of")
    making = programme["qualifications"].join(programme["operations"].select("operation", "item"), on="operation")
    for item, site, origin in making.join(designs, on="item").select("item", "site", "technology_of").unique().iter_rows():
        for kind in WITH_THE_WORK:
            yield (item, kind, origin, network.nation[site], network.party[site]), site


def _note(
    found: dict[Key, _Found], key: Key, demands: Iterable[str], final: AbstractSet[str], users: Iterable[str], site: str
) -> None:
    """Add one pair of sites to the movement of their nations, where there is a border between them.

    It is worked on there where the site takes it in and does not send it on to another nation as it is.
    """
    if key[2] == key[3]:
        return
    each = found.setdefault(key, _Found())
    each.demands.update(demands)
    each.final.update(final)
    each.processed.add(site in set(users) and final <= {key[3]})


def _frozen(found: _Found) -> tuple[frozenset[str], bool | None, frozenset[str]]:
    """Return the nations in which it ends, whether all of it is worked on, and the demands that it serves."""
    return frozenset(found.final), False not in found.processed, frozenset(found.demands)


def revisions_of(programme: Programme) -> dict[str, tuple[str, ...]]:
    """Return the revisions of each item that are not withdrawn, in their order."""
    rows = programme["revisions"].filter(pl.col("status") != "withdrawn").sort("item", "revision")
    found: dict[str, list[str]] = {}
    for item, revision in rows.select("item", "revision").iter_rows():
        found.setdefault(item, []).append(revision)
    return {item: tuple(revisions) for item, revisions in found.items()}
