"""Where things are made, and what moves between these places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl
from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from outwork.web.asked import Asked, filters, planned
from outwork.web.charts import legend
from outwork.web.charts import network as charts
from outwork.web.charts.ground import ground
from outwork.web.desk import Here, Present
from outwork.web.query import Query
from outwork.web.seen import Listing, View, about, listed, picked, within
from outwork.web.texts import Texts

router = APIRouter(include_in_schema=False)
MOST: Final = 400
"""Flows that are drawn, the largest: more would be a smear."""


@dataclass(frozen=True)
class Place:
    """A site on the map, degrees of WGS 84."""

    site: str
    name: str
    nation: str
    latitude: float
    longitude: float
    makes: float
    """Units started here in the time."""


@dataclass(frozen=True)
class Flow:
    """What moves from one site to another, over the time and all items that are asked for."""

    origin: str
    destination: str
    quantity: float
    items: int
    shipments: int


@dataclass(frozen=True)
class Network:
    """Sites with a place, flows among them (the largest first), and sites that have no place on the map."""

    sees: bool
    places: tuple[Place, ...]
    placeless: tuple[str, ...]
    flows: tuple[Flow, ...]
    table: Listing


def shown(view: View, query: Query) -> Network:
    """Return sites and flows for the item, site, nation and time that are asked for."""
    moved = within(picked(view, "ship", "item", "origin", "destination", "mode", "start", "quantity"), query, "start")
    if query.item:
        moved = moved.filter(pl.col("item") == query.item)
    if query.site:
        moved = moved.filter((pl.col("origin") == query.site) | (pl.col("destination") == query.site))
    if query.nation:
        there = picked(view, "sites", "site", "nation").filter(pl.col("nation") == query.nation)["site"].to_list()
        moved = moved.filter(pl.col("origin").is_in(there) | pl.col("destination").is_in(there))
    made = within(about(view, picked(view, "make", "item", "site", "start", "quantity"), query), query, "start")
    places, placeless = _places(view, made, moved, query)
    flows = moved.group_by("origin", "destination").agg(
        quantity=pl.col("quantity").sum(), items=pl.col("item").n_unique(), shipments=pl.len()
    )
    flows = flows.sort("quantity", "origin", "destination", descending=[True, False, False])
    lines = moved.group_by("origin", "destination", "mode", "item").agg(
        quantity=pl.col("quantity").sum(), first=pl.col("start").min(), last=pl.col("start").max(), shipments=pl.len()
    )
    lines = lines.sort("quantity", "origin", "destination", "mode", "item", descending=[True, False, False, False, False])
    return Network(
        view.sees("sites"), places, placeless, tuple(Flow(*row) for row in flows.head(MOST).iter_rows()),
        listed(lines, query.page),
    )  # fmt: skip


def _places(view: View, made: pl.DataFrame, moved: pl.DataFrame, query: Query) -> tuple[tuple[Place, ...], tuple[str, ...]]:
    """Return the sites that are drawn, all or those with anything to do with what is asked for, and those without a place."""
    sums = made.group_by("site").agg(makes=pl.col("quantity").sum())
    sites = picked(view, "sites", "site", "name", "nation", "latitude", "longitude").join(sums, on="site", how="left")
    if query.item or query.site or query.nation:
        ends = pl.concat([moved["origin"], moved["destination"], made["site"]]).unique()
        sites = sites.filter(
            pl.col("site").is_in(ends.implode()) | (pl.col("site") == query.site) | (pl.col("nation") == query.nation)
        )
    sites = sites.with_columns(pl.col("makes").fill_null(0.0)).sort("site")
    placed = pl.col("latitude").is_not_null() & pl.col("longitude").is_not_null()
    return tuple(Place(*row) for row in sites.filter(placed).iter_rows()), tuple(sites.filter(~placed)["site"].to_list())


def drawings(shown: Network, view: View, query: Query, here: Here) -> tuple[Markup, Markup]:
    """Return the map and its legend."""
    t, busy = here.t, _hours(view, query)
    sites = [_site(place, busy.get(place.site), query, t) for place in shown.places]
    flows = [
        charts.Flow(each.origin, each.destination, each.quantity, (f"{each.origin} → {each.destination}", _amount(each, t)))
        for each in shown.flows
    ]
    words = charts.Words(t("network.title"), t("network.told", count=len(flows)))
    drawn = charts.drawn("network", sites, flows, ground(here.service.parts.manifest), words)
    own = legend.Words(*(t(f"network.legend_{name}") for name in ("title", "spare", "used", "full", "flow", "broken")))
    return drawn, legend.legend("network-legend", charts.measures(sites, flows), own)


def _site(place: Place, hours: tuple[float, float] | None, query: Query, t: Texts) -> charts.Site:
    used, spare = hours or (0.0, 0.0)
    told = [t("network.makes", units=t.units(place.makes))] if place.makes else []
    told += [t("network.hours", used=t.number(used), open=t.number(spare))] if hours else []
    href = f"/gantt{query.address(site=place.site, nation='')}"
    return charts.Site(place.site, place.name, place.nation, place.longitude, place.latitude, used, spare, tuple(told), href)


def _amount(flow: Flow, t: Texts) -> str:
    return t("network.flow", units=t.units(flow.quantity))


def _hours(view: View, query: Query) -> dict[str, tuple[float, float]]:
    """Return hours used and open by site over the time that is asked for [h]."""
    where = picked(view, "resources", "resource", "site")
    work = within(picked(view, "work", "resource", "start", "used", "open_hours"), query, "start").join(where, on="resource")
    sums = work.group_by("site").agg(pl.col("used", "open_hours").sum())
    return {site: (used, spare) for site, used, spare in sums.iter_rows()}


@router.get("/network")
def show(here: Present, query: Asked) -> HTMLResponse:
    """Show the map."""
    own = shown(here.view, query)
    narrowing = filters(here.view, "item", "site", "nation")
    picture, signs = drawings(own, here.view, query, here)
    return planned(here, "network.html", query, narrowing, shown=own, map=picture, legend=signs)
