"""Plan against demand: what is wanted and what is handed over, item by item, added up over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl
from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from outwork.web.asked import Asked, filters, planned, today
from outwork.web.charts import curve
from outwork.web.charts.curve import Point
from outwork.web.desk import Present
from outwork.web.query import Query
from outwork.web.seen import Listing, View, about, choices, listed, picked, span
from outwork.web.texts import Texts

router = APIRouter(include_in_schema=False)
PER_PAGE: Final = 6
"""Items whose curves are drawn on one page."""


@dataclass(frozen=True)
class Curve:
    """An item: what all its demands want and get until each day, and in all."""

    item: str
    name: str
    points: tuple[Point, ...]
    wanted: float
    delivered: float
    behind: float
    """Most units by which the plan lags behind."""


@dataclass(frozen=True)
class Demand:
    """The curves on this page, over `since` to `until`, and every demand with what it comes to."""

    sees: bool
    since: date | None
    until: date | None
    curves: tuple[Curve, ...]
    promises: Listing
    items: tuple[str, ...]
    pages: int
    page: int


def shown(view: View, query: Query) -> Demand:
    """Return what is wanted against what is handed over. An option that is left counts as not wanted."""
    promises = about(view, picked(view, "promises"), query).sort("due", "demand")
    since, until = span(view, query)
    taken = promises.filter("taken")
    worst = taken.group_by("item").agg(pl.col("short").sum(), pl.col("late").sum(), pl.col("quantity").sum())
    items = listed(worst.sort("short", "late", "quantity", "item", descending=[True, True, True, False]), query.page, PER_PAGE)
    names = dict(picked(view, "items", "item", "name").iter_rows())
    moves = _moves(view, taken)
    curves = tuple(_curve(row["item"], names, moves, (since, until)) for row in items.rows)
    open_promises = promises
    if query.since or query.until:
        open_promises = promises.filter(pl.col("due").is_between(since, until))
    return Demand(
        view.sees("promises"),
        since,
        until,
        curves,
        listed(open_promises),
        choices(view, "promises", "item"),
        items.pages,
        items.page,
    )


def _moves(view: View, taken: pl.DataFrame) -> pl.DataFrame:
    """Return, by item and day, units that become due and units that are handed over."""
    wanted = taken.select("item", day="due", wanted="quantity", delivered=pl.lit(0.0))
    handed = picked(view, "deliver", "demand", "start", "quantity").join(taken.select("demand", "item"), on="demand")
    given = handed.select("item", day="start", wanted=pl.lit(0.0), delivered="quantity")
    sums = pl.concat([wanted, given]).group_by("item", "day").agg(pl.col("wanted", "delivered").sum())
    return sums.sort("item", "day")


def _curve(item: str, names: dict[str, str], moves: pl.DataFrame, ends: tuple[Any, Any]) -> Curve:
    """Return the curve of an item. What comes before the first day is added up on it, so that no height is lost."""
    own = moves.filter(pl.col("item") == item).with_columns(pl.col("wanted", "delivered").cum_sum())
    since, until = ends
    before = own.filter(pl.col("day") < since).tail(1).with_columns(day=pl.lit(since, pl.Date))
    inside = pl.concat([before, own.filter(pl.col("day").is_between(since, until))]) if since and until else own
    points = tuple(Point(*row) for row in inside.select("day", "wanted", "delivered").iter_rows())
    last = points[-1] if points else None
    behind = max((point.wanted - point.delivered for point in points), default=0.0)
    return Curve(
        item, names.get(item, item), points, last.wanted if last else 0.0, last.delivered if last else 0.0, max(behind, 0.0)
    )


def drawings(shown: Demand, now: date, t: Texts) -> tuple[Markup, ...]:
    """Return the pictures of a page, one for each curve."""
    if shown.since is None or shown.until is None:
        return ()
    span = (shown.since, shown.until)
    return tuple(
        curve.drawn(f"curve-{place}", each.points, span, now, _words(each, t)) for place, each in enumerate(shown.curves)
    )


def _words(each: Curve, t: Texts) -> curve.Words:
    told = t("demand.told", item=each.name, wanted=t.units(each.wanted), delivered=t.units(each.delivered))
    return curve.Words(t("demand.of", item=each.name), told, t("demand.wanted"), t("demand.delivered"), t("chart.today"))


@router.get("/demand")
def show(here: Present, query: Asked) -> HTMLResponse:
    """Show plan against demand."""
    own = shown(here.view, query)
    narrowing = filters(here.view, "item", "site", "nation")
    return planned(here, "demand.html", query, narrowing, shown=own, pictures=drawings(own, today(), here.t))
