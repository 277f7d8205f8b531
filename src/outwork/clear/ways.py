"""The ways of a programme: who has an item, who takes it in, and how it gets there from site to site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import polars as pl

from outwork.model.programme import Programme

K = TypeVar("K")
V = TypeVar("V")
Node = tuple[str, str]
"""An item at a site."""


@dataclass(frozen=True)
class Network:
    """The ways of a programme: who has an item, who takes it in, and how it gets there."""

    nation: Mapping[str, str]
    party: Mapping[str, str]
    transit: frozenset[str]
    roads: Mapping[str, tuple[tuple[str, str | None], ...]]
    """Site -> sites that it sends to, each with the only item that the lane carries, or None."""
    holders: Mapping[str, frozenset[str]]
    """Item -> sites that make, buy or keep it."""
    users: Mapping[str, frozenset[str]]
    """Item -> sites that take it in to make something."""
    wanted: Mapping[Node, frozenset[str]]
    """(item, site) -> demands for it there."""
    made_of: Mapping[Node, frozenset[str]]
    """(component, site) -> items that the site makes of it."""

    def ways(self, item: str) -> list[tuple[str, str]]:
        """Return the pairs of sites between which an item can move, from where it is to where it is taken in or passed on."""
        reached = set(self.holders.get(item, ()))
        waiting = sorted(reached)
        found: list[tuple[str, str]] = []
        while waiting:
            origin = waiting.pop()
            for destination, only in self.roads.get(origin, ()):
                if only in {None, item} and self._takes(item, destination):
                    found.append((origin, destination))
                    if destination in self.transit and destination not in reached:
                        reached.add(destination)
                        waiting.append(destination)
        return sorted(set(found))

    def _takes(self, item: str, site: str) -> bool:
        return site in self.transit or site in self.users.get(item, ()) or (item, site) in self.wanted


def network_of(programme: Programme) -> Network:
    """Return the ways of a programme."""
    nation = dict(programme["sites"].select("site", "nation").iter_rows())
    qualified = programme["qualifications"].join(programme["operations"].select("operation", "item"), on="operation")
    taken = programme["components"].rename({"item": "part"}).join(qualified.select("operation", "item", "site"), on="operation")
    holders = pl.concat([table.select("item", "site") for table in (qualified, programme["supplies"], programme["stocks"])])
    transit = frozenset(programme["sites"].filter("transit")["site"])
    return Network(
        nation,
        dict(programme["sites"].select("site", "party").iter_rows()),
        transit,
        _roads(programme, nation),
        grouped(holders.iter_rows()),
        grouped(taken.select("part", "site").iter_rows()),
        grouped(
            ((item, site), demand) for demand, item, site in programme["demands"].select("demand", "item", "site").iter_rows()
        ),
        grouped(((part, site), item) for part, site, item in taken.select("part", "site", "item").iter_rows()),
    )


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, frozenset[V]]:
    """Return the values of each key."""
    found: dict[K, set[V]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}


def _roads(programme: Programme, nation: Mapping[str, str]) -> dict[str, tuple[tuple[str, str | None], ...]]:
    """Return where each site sends to, over lanes and over the corridors of nations."""
    found: dict[str, set[tuple[str, str | None]]] = {}
    for origin, destination, only in programme["lanes"].select("origin", "destination", "item").iter_rows():
        found.setdefault(origin, set()).add((destination, only))
    by_nation: dict[str, list[str]] = {}
    for site, where in nation.items():
        by_nation.setdefault(where, []).append(site)
    for origin, destination in programme["corridors"].select("origin", "destination").unique().iter_rows():
        for site in by_nation.get(origin, ()):
            found.setdefault(site, set()).update((other, None) for other in by_nation.get(destination, ()) if other != site)
    return {site: tuple(sorted(roads, key=str)) for site, roads in found.items()}


def ends(item: str, pairs: Iterable[tuple[str, str]], network: Network) -> dict[str, set[str]]:
    """Return, for each site that an item reaches, the nations in which it is used or handed over, here or beyond."""
    onward = grouped(pairs)
    sites = {site for pair in onward.items() for site in (pair[0], *pair[1])}
    found = {site: {network.nation[site]} if _ends_at(item, site, network) else set() for site in sites}
    changed = True
    while changed:
        changed = False
        for site in sites & network.transit:
            more = set().union(*(found[other] for other in onward.get(site, ())))
            changed |= not more <= found[site]
            found[site] |= more
    return found


def _ends_at(item: str, site: str, network: Network) -> bool:
    return site in network.users.get(item, ()) or (item, site) in network.wanted


def served(network: Network, ways: Mapping[str, list[tuple[str, str]]]) -> dict[Node, set[str]]:
    """Return which demands an item at a site can come to serve, by being handed over, sent on or built in.

    Worked back from the demands, until nothing new is found.
    """
    before: dict[Node, set[Node]] = {}
    for item, pairs in ways.items():
        for origin, destination in pairs:
            before.setdefault((item, destination), set()).add((item, origin))
    for (part, site), items in network.made_of.items():
        for item in items:
            before.setdefault((item, site), set()).add((part, site))
    found: dict[Node, set[str]] = {node: set(demands) for node, demands in network.wanted.items()}
    waiting = sorted(found)
    while waiting:
        node = waiting.pop()
        for earlier in before.get(node, ()):
            known = found.setdefault(earlier, set())
            if not found[node] <= known:
                known |= found[node]
                waiting.append(earlier)
    return found
