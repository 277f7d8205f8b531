"""How good the plan is, what it costs and what it decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from outwork.store.service import told as saying
from outwork.store.service.told import Told
from outwork.web.asked import Asked, filters, planned
from outwork.web.charts import bars
from outwork.web.desk import Here, Present
from outwork.web.query import Query
from outwork.web.seen import Listing, View, about, listed, picked, within
from outwork.web.texts import Texts

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Quality:
    """How the plan was found and how good it is: costs in EUR, `gap` [1]; only who sees the whole programme is told."""

    sentence: str
    status: str
    at: str
    cost: float | None
    bound: float | None
    gap: float | None
    greedy: float | None
    stale: bool
    """Whether the programme was changed since."""


@dataclass(frozen=True)
class Overview:
    """The plan in figures; None where the asker may not see what a figure is made of."""

    planned: bool
    quality: Quality | None
    served: tuple[tuple[str, int], ...]
    """Demands by what they come to: on time, late, short, left."""
    costs: tuple[tuple[str, float], ...] | None
    """Money by kind, not discounted, the most first [EUR]."""
    years: tuple[tuple[int, str, float], ...]
    """Money by year and kind [EUR]."""
    qualify: Listing | None
    applications: Listing | None
    made: Listing | None


def shown(view: View, query: Query, told: Told | None, digest: str) -> Overview:
    """Return the plan in figures.

    Args: told, what `plan` said, None where the asker may not know; digest, of the programme as it stands.
    """
    promises = about(view, within(picked(view, "promises"), query, "due"), query)
    money = about(view, within(picked(view, "cash_events"), query, "day"), query)
    spent = money.filter(pl.col("kind") != "revenue")
    sums = spent.group_by("kind").agg(pl.col("amount").sum()).sort("amount", "kind", descending=[True, False])
    years = spent.group_by(pl.col("day").dt.year(), "kind").agg(pl.col("amount").sum()).sort("day", "kind")
    sees_money = view.sees("cash_events", "amount")
    made = about(view, within(picked(view, "make", "item", "site", "start", "good"), query, "start"), query)
    sums_made = (
        made.group_by("item")
        .agg(units=pl.col("good").sum(), sites=pl.col("site").n_unique())
        .sort("units", "item", descending=[True, False])
    )
    return Overview(
        planned=promises.height > 0 or made.height > 0,
        quality=None if told is None else _quality(told, digest),
        served=_served(promises),
        costs=tuple(sums.iter_rows()) if sees_money else None,
        years=tuple(years.iter_rows()) if sees_money else (),
        qualify=_seen(view, "qualify", about(view, picked(view, "qualify"), query).sort("start", "operation", "site")),
        applications=_seen(view, "applications", picked(view, "applications").sort("apply_by", "licence")),
        made=_seen(view, "make", sums_made, query.page),
    )


def _quality(told: Told, digest: str) -> Quality:
    own, more = told.outcome, told.more
    return Quality(
        own.sentence,
        own.status.value,
        told.at,
        own.cost,
        own.bound,
        own.gap,
        _number(more, "greedy"),
        told.made_by.digest != digest,
    )


def _number(more: Mapping[str, Any], name: str) -> float | None:
    value = more.get(name)
    return float(value) if isinstance(value, int | float) else None


def _served(promises: pl.DataFrame) -> tuple[tuple[str, int], ...]:
    """Count demands by what they come to, those of which there is none left out."""
    comes_to = (
        pl.when(~pl.col("taken")).then(pl.lit("left")).when(pl.col("short") > 0).then(pl.lit("short"))
        .when(pl.col("late") > 0).then(pl.lit("late")).otherwise(pl.lit("on time"))
    )  # fmt: skip
    found = dict(promises.group_by(comes_to.alias("comes_to")).agg(pl.len()).iter_rows())
    return tuple((name, found[name]) for name in ("on time", "late", "short", "left") if name in found)


def _seen(view: View, table: str, rows: pl.DataFrame, page: int = 1) -> Listing | None:
    return listed(rows, page) if view.sees(table) else None


def drawing(shown: Overview, t: Texts) -> Markup:
    """Return the picture of the costs."""
    amounts = [bars.Amount(t(f"money.{kind.replace('-', '_')}"), amount, t.euros(amount)) for kind, amount in shown.costs or ()]
    return bars.drawn("costs", amounts, bars.Words(t("plan.costs"), t("plan.costs.told")))


def said(here: Here, scenario: str = "") -> Told | None:
    """Return what `plan` said of a scenario; None where it said nothing, or the asker does not see the whole programme."""
    if not here.view.whole:
        return None
    with here.desk.reading() as connection:
        return saying.all_of(connection, scenario).get("plan")


@router.get("/plan")
def show(here: Present, query: Asked) -> HTMLResponse:
    """Show the plan in figures."""
    told = said(here)
    own = shown(here.view, query, told, "" if told is None else here.snapshot.programme.digest)
    narrowing = filters(here.view, "item", "site", "nation")
    return planned(here, "plan.html", query, narrowing, shown=own, picture=drawing(own, here.t))
