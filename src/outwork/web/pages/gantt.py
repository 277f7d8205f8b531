"""What is qualified and made where and when, as bars in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import polars as pl
from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from outwork.web.asked import Asked, filters, planned
from outwork.web.asked import today as this_day
from outwork.web.charts import gantt
from outwork.web.charts.gantt import Due
from outwork.web.desk import Present
from outwork.web.query import Query
from outwork.web.seen import Listing, View, about, listed, picked, span, within
from outwork.web.texts import Texts

router = APIRouter(include_in_schema=False)
PER_PAGE: Final = 40
"""Rows of bars on a page."""
DUES: Final = 30
"""Due lines that are drawn; more would hide the bars."""
BEFORE: Final = timedelta(days=90)
"""Time before the horizon that is shown so that today is on the page."""


@dataclass(frozen=True)
class Run:
    """Steps of making or a qualification without a pause: `until` is the first day after it.

    `firm` where a commitment has decided it; `units` are started [unit], None for a qualification.
    """

    kind: gantt.Kind
    operation: str
    site: str
    item: str
    since: date
    until: date
    units: float | None
    firm: bool


@dataclass(frozen=True)
class Gantt:
    """The bars of a page: by row (`site`, `operation`) in the order of `lanes`."""

    sees: bool
    since: date | None
    until: date | None
    today: date
    lanes: Listing
    runs: tuple[Run, ...]
    dues: tuple[Due, ...]


def shown(view: View, query: Query, today: date) -> Gantt:
    """Return the runs of the rows on a page, by site and in the order in which they begin."""
    runs = within(about(view, pl.concat([_made(view), _qualified(view)]), query), query, "since", "until")
    lanes = listed(_lanes(runs), query.page, PER_PAGE)
    on_page = pl.DataFrame(
        [(row["site"], row["operation"]) for row in lanes.rows],
        schema={"site": pl.String, "operation": pl.String},
        orient="row",
    )
    here = runs.join(on_page, on=["site", "operation"], how="semi").sort("site", "operation", "since", "kind")
    since, until = span(view, query)
    if query.since is None and since is not None and since - BEFORE <= today < since:
        since = today
    return Gantt(
        view.sees("make") or view.sees("qualify"),
        since,
        until,
        today,
        lanes,
        tuple(Run(*row) for row in here.iter_rows()),
        _dues(view, query, since, until),
    )


COLUMNS: Final = ("kind", "operation", "site", "item", "since", "until", "units", "firm")


def _made(view: View) -> pl.DataFrame:
    """Return making, steps in a row put together, apart where a commitment decides them."""
    make = picked(view, "make", "operation", "site", "start", "item", "quantity", "ready")
    step = pl.duration(days=_step_days(view))
    decided = _decided(view, "make").select("operation", "site", pl.col("start").alias("start"), firm=pl.lit(value=True))
    make = make.join(decided.unique(), on=["operation", "site", "start"], how="left").with_columns(
        pl.col("firm").fill_null(value=False)
    )
    make = make.sort("operation", "site", "start")
    pair = ["operation", "site"]
    breaks = (pl.col("start") != pl.col("start").shift().over(pair) + step) | (
        pl.col("firm") != pl.col("firm").shift().over(pair)
    )
    runs = make.with_columns(run=breaks.fill_null(value=True).cum_sum())
    sums = runs.group_by("run", *pair, "item", "firm", maintain_order=True).agg(
        since=pl.col("start").min(),
        until=pl.max_horizontal(pl.col("ready").max(), pl.col("start").max() + step),
        units=pl.col("quantity").sum(),
    )
    return sums.select(pl.lit("making").alias("kind"), *COLUMNS[1:])


def _qualified(view: View) -> pl.DataFrame:
    """Return qualifications that the plan starts."""
    items = picked(view, "operations", "operation", "item")
    started = picked(view, "qualify", "operation", "site", "start", "ready").join(items, on="operation", how="left")
    decided = _decided(view, "qualify").select("operation", "site", firm=pl.lit(value=True)).unique()
    started = started.join(decided, on=["operation", "site"], how="left")
    return started.select(
        pl.lit("qualification").alias("kind"), "operation", "site", "item", pl.col("start").alias("since"),
        pl.col("ready").alias("until"), pl.lit(None, pl.Float64).alias("units"), pl.col("firm").fill_null(value=False),
    )  # fmt: skip


def _decided(view: View, kind: str) -> pl.DataFrame:
    own = picked(view, "commitments", "kind", "operation", "site", "start").filter(pl.col("kind") == kind)
    return own.with_columns(start=_step_of(view, pl.col("start")))


def _step_of(view: View, day: pl.Expr) -> pl.Expr:
    """Return the first day of the step that holds a day."""
    start = picked(view, "settings", "start")["start"].min()
    days = (day - pl.lit(start, pl.Date)).dt.total_days() // _step_days(view) * _step_days(view)
    return (pl.lit(start, pl.Date) + pl.duration(days=days)).cast(pl.Date)


def _step_days(view: View) -> int:
    found: Any = picked(view, "settings", "step_days")["step_days"].min()
    return int(found or 7)


def _lanes(runs: pl.DataFrame) -> pl.DataFrame:
    """Return rows by site; sites in the order in which something first happens there, and so the rows of each."""
    rows = runs.group_by("site", "operation").agg(first=pl.col("since").min())
    return rows.with_columns(opens=pl.col("first").min().over("site")).sort("opens", "site", "first", "operation")


def _dues(view: View, query: Query, since: date | None, until: date | None) -> tuple[Due, ...]:
    """Return the days by which what is on the page is wanted: those late first where there are more than can be drawn."""
    promises = about(view, picked(view, "promises"), Query(item=query.item, demand=query.demand))
    late = (pl.col("late") > 0) | (pl.col("short") > 0)
    seen = promises.filter(pl.col("taken"), pl.col("due").is_between(since, until)).with_columns(behind=late)
    chosen = seen.sort("behind", "due", "demand", descending=[True, False, False]).head(DUES).sort("due", "demand")
    return tuple(Due(day, name, behind) for day, name, behind in chosen.select("due", "demand", "behind").iter_rows())


def drawing(shown: Gantt, query: Query, t: Texts) -> Markup:
    """Return the picture of a page."""
    if shown.since is None or shown.until is None:
        return Markup()
    runs: dict[tuple[str, str], list[gantt.Bar]] = {}
    for run in shown.runs:
        runs.setdefault((run.site, run.operation), []).append(_bar(run, query, t))
    lanes = [
        gantt.Lane(row["site"], row["operation"], tuple(runs.get((row["site"], row["operation"]), ())))
        for row in shown.lanes.rows
    ]
    words = gantt.Words(t("gantt.title"), t("gantt.told", count=len(shown.runs)), t("chart.today"))
    return gantt.drawn("gantt", lanes, (shown.since, shown.until), shown.today, shown.dues, words)


def _bar(run: Run, query: Query, t: Texts) -> gantt.Bar:
    ends = {"operation": run.operation, "site": run.site, "since": run.since, "until": run.until}
    if run.kind == "qualification":
        return gantt.Bar(run.kind, run.since, run.until, t("gantt.qualification"), t("gantt.qualified", **ends), not run.firm)
    units = t.units(run.units or 0.0)
    href = f"/pegging{query.address(item=run.item, site=run.site, nation='', demand='')}"
    return gantt.Bar(run.kind, run.since, run.until, units, t("gantt.made", units=units, **ends), not run.firm, href)


@router.get("/gantt")
def show(here: Present, query: Asked) -> HTMLResponse:
    """Show what runs where and when."""
    own = shown(here.view, query, this_day())
    narrowing = filters(here.view, "item", "site", "nation")
    return planned(here, "gantt.html", query, narrowing, shown=own, picture=drawing(own, query, here.t))
