"""From a demand to all that serves it, and from an item at a site to the demands that it serves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import polars as pl
from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from outwork.web.asked import Asked, filters, planned
from outwork.web.desk import Present
from outwork.web.query import Query
from outwork.web.seen import Listing, View, about, choices, listed, picked, within

router = APIRouter(include_in_schema=False)
DEEPEST: Final = 40
"""Sources one above the other; a chain of supply that is longer goes in a circle."""
KEYS: Final = ["source", "name", "item", "site"]
Place = tuple[str, str]
"""An item at a site."""


@dataclass(frozen=True)
class Source:
    """What brings an item to a site for a demand: units in all, and when the first and the last of them begin.

    `again`: what it rests on stands further up, at the first source of the same item at the same site.
    """

    kind: str
    name: str
    item: str
    site: str
    since: date
    until: date
    quantity: float
    sources: tuple[Source, ...] = ()
    again: bool = False


@dataclass(frozen=True)
class Pegging:
    """Both directions: the sources of a demand (`wanted` is its promise), or what an item at a site serves."""

    sees: bool
    demands: tuple[str, ...]
    wanted: Mapping[str, Any] | None
    sources: tuple[Source, ...]
    serves: Listing | None
    rows: Listing


def shown(view: View, query: Query) -> Pegging:
    """Return the tree of a demand, or the demands that an item or a site serves, and the rows behind either."""
    rows = within(about(view, picked(view, "pegging"), query), query, "start")
    promises = (
        picked(view, "promises").filter(pl.col("demand") == query.demand) if query.demand else picked(view, "promises").clear()
    )
    wanted = promises.row(0, named=True) if promises.height else None
    asked = query.demand or query.item or query.site
    return Pegging(
        view.sees("pegging"),
        choices(view, "promises", "demand"),
        wanted,
        _tree(view, wanted) if wanted is not None else (),
        _serves(view, rows) if not query.demand and asked else None,
        listed(rows.sort("demand", "start", *KEYS), query.page) if asked else listed(rows.clear()),
    )


@dataclass(eq=False)
class _Tree:
    """Sources by the item and site to which they bring, and what has been told."""

    by_place: Mapping[Place, list[dict[str, Any]]]
    components: Mapping[str, list[str]]
    told: set[Place] = field(default_factory=set)

    def at(self, place: Place, depth: int = 0) -> Iterator[Source]:
        """Yield what brings an item to a site; what that rests on is told once."""
        again = place in self.told or depth > DEEPEST
        self.told.add(place)
        for row in self.by_place.get(place, ()):
            rests = row["source"] in {"make", "ship"}
            below = tuple(self._below(row, depth)) if rests and not again else ()
            yield Source(
                row["source"],
                row["name"],
                row["item"],
                row["site"],
                row["since"],
                row["until"],
                row["quantity"],
                below,
                again and rests,
            )

    def _below(self, row: dict[str, Any], depth: int) -> Iterator[Source]:
        """Yield what a source itself rests on: the components of what is made, or what comes to where it is sent from."""
        if row["source"] == "ship":
            yield from self.at((row["item"], row["site"]), depth + 1)
        elif row["source"] == "make":
            for component in self.components.get(row["name"], ()):
                yield from self.at((component, row["site"]), depth + 1)


def _tree(view: View, wanted: Mapping[str, Any]) -> tuple[Source, ...]:
    """Return what serves a demand, with all that this rests on. The whole demand is told, whatever time is asked for."""
    own = picked(view, "pegging").filter(pl.col("demand") == wanted["demand"])
    sums = own.group_by(KEYS).agg(since=pl.col("start").min(), until=pl.col("start").max(), quantity=pl.col("quantity").sum())
    by_place: dict[Place, list[dict[str, Any]]] = defaultdict(list)
    for row in sums.sort("quantity", *KEYS, descending=[True, *(False for _ in KEYS)]).iter_rows(named=True):
        by_place[row["item"], _brought_to(row)].append(row)
    used = picked(view, "components", "operation", "item").sort("operation", "item")
    components: dict[str, list[str]] = defaultdict(list)
    for operation, item in used.iter_rows():
        components[operation].append(item)
    return tuple(_Tree(by_place, components).at((wanted["item"], wanted["site"])))


def _brought_to(row: Mapping[str, Any]) -> str:
    """Return the site to which a source brings its item: of a shipment, whose name is destination and mode, the destination."""
    return str(row["name"]).rpartition(" ")[0] if row["source"] == "ship" else str(row["site"])


def _serves(view: View, rows: pl.DataFrame) -> Listing:
    """Return the demands that rows serve, the one that is due first."""
    due = picked(view, "promises", "demand", "due", "complete", "weeks_late", "short").rename({"complete": "promised"})
    sums = rows.group_by("demand", "source", "name", "item", "site").agg(
        quantity=pl.col("quantity").sum(), since=pl.col("start").min(), until=pl.col("start").max()
    )
    return listed(sums.join(due, on="demand", how="left").sort("due", "demand", *KEYS), per=200)


@router.get("/pegging")
def show(here: Present, query: Asked) -> HTMLResponse:
    """Show what serves what."""
    narrowing = filters(here.view, "demand", "item", "site", days=())
    return planned(here, "pegging.html", query, narrowing, shown=shown(here.view, query))
