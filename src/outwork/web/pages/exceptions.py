"""What needs somebody's attention first: demands that are late, papers to chase, bottlenecks, gaps, papers that end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import polars as pl
from fastapi import APIRouter
from fastapi.responses import Response

from outwork.web.asked import Asked, filters, planned, today
from outwork.web.desk import Present
from outwork.web.navigation import FIRST as FIRST_PAGE
from outwork.web.navigation import first
from outwork.web.query import Query
from outwork.web.seen import Listing, View, about, listed, picked, within

router = APIRouter(include_in_schema=False)
FIRST: Final = 12
"""Rows of a section."""
FULL: Final = 0.95
"""Share of its ordinary hours [1] from which on a resource holds things back."""
SOON: Final = 90
"""Days before the end of a paper from which on somebody should renew it."""


@dataclass(frozen=True)
class Exceptions:
    """What needs attention; a section is None where the asker may not see what it is made of."""

    name: str
    """The programme's name, '' where it has none or is not told."""
    planned: bool
    """Whether there is a plan of which the asker sees anything."""
    demands: int
    """Demands that the plan serves, as far as the asker sees them."""
    late: Listing | None
    left: Listing | None
    papers: Listing | None
    closed: Listing | None
    experts: Listing | None
    bottlenecks: Listing | None
    gaps: Listing | None
    enquiries: Listing | None
    coverage: Listing | None
    ending: Listing | None


def shown(view: View, query: Query, today: date) -> Exceptions:
    """Return what needs attention in the time, and about the item, site and nation that are asked for."""
    promises = about(view, within(picked(view, "promises"), query, "due"), query)
    bound = pl.col("taken")
    return Exceptions(
        name=next(iter(picked(view, "settings", "name")["name"].drop_nulls()), ""),
        planned=promises.height > 0,
        demands=promises.height,
        late=_section(view, "promises", late(promises.filter(bound))),
        left=_section(view, "promises", promises.filter(~bound).sort("due", "demand")),
        papers=_section(view, "applications", papers(view, query)),
        closed=_section(view, "closures", about(view, picked(view, "closures"), query).sort("item", "closure")),
        experts=_section(view, "determinations", experts(view, query)),
        bottlenecks=_section(view, "work", bottlenecks(view, query)),
        gaps=_section(
            view, "gaps", about(view, picked(view, "gaps"), query).sort("days", "operation", "site", nulls_last=True)
        ),
        enquiries=_section(view, "enquiries", about(view, picked(view, "enquiries"), query).sort("place", "enquiry")),
        coverage=_section(view, "coverage_gaps", picked(view, "coverage_gaps").sort("area", descending=True)),
        ending=ending(view, query, today),
    )


def late(promises: pl.DataFrame) -> pl.DataFrame:
    """Return promises that are short or late, what is missing altogether first."""
    wrong = promises.filter((pl.col("short") > 0) | (pl.col("late") > 0))
    return wrong.sort(pl.col("short") > 0, "weeks_late", "due", "demand", descending=[True, True, False, False])


def papers(view: View, query: Query) -> pl.DataFrame:
    """Return the licences to apply for, those with the nearest last day first."""
    wanted = within(about(view, picked(view, "applications"), query), query, "apply_on", "first_use")
    known = picked(view, "licences", "licence", "authority", "kind", "lead_days")
    return wanted.join(known, on="licence", how="left", maintain_order="left").sort("apply_by", "licence")


def experts(view: View, query: Query) -> pl.DataFrame:
    """Return determinations that a person has to decide, or that wait for facts."""
    every = about(view, picked(view, "determinations"), query)
    waiting = every.filter((pl.col("outcome") == "needs_expert") | (pl.col("missing") != ""))
    return waiting.sort("item", "revision", "origin", "destination", "consignee", "kind")


def bottlenecks(view: View, query: Query) -> pl.DataFrame:
    """Return resources with steps in which nearly all of their hours are used, the one with most of them first.

    `full` counts these steps, `steps` those with any hours; `worth` is what one more hour in each full step brings [EUR],
    blank where the asker may not see it.
    """
    where = picked(view, "resources", "resource", "site", "process")
    work = within(picked(view, "work", "resource", "start", "used", "open_hours", "worth"), query, "start")
    work = about(view, work.join(where, on="resource", how="left", maintain_order="left"), query)
    full = pl.col("used") >= FULL * pl.col("open_hours")
    sums = work.filter(pl.col("open_hours") > 0).group_by("resource", "site", "process").agg(
        full=full.sum(), steps=pl.len(), first=pl.col("start").filter(full).min(), last=pl.col("start").filter(full).max(),
        used=pl.col("used").sum(), open_hours=pl.col("open_hours").sum(),
        worth=pl.when(pl.col("worth").is_not_null().any()).then(pl.col("worth").filter(full).sum()),
    )  # fmt: skip
    return sums.filter(pl.col("full") > 0).sort("worth", "full", "resource", descending=[True, True, False], nulls_last=True)


def ending(view: View, query: Query, today: date) -> Listing | None:
    """Return certificates and evidence that end within SOON days, or have ended, the first first."""
    tables = [name for name in ("certificates", "evidence") if view.sees(name, "until")]
    if not tables:
        return None
    papers = {
        "certificates": picked(view, "certificates", "site", "scheme", "scope", "until").select(
            "site", item=pl.lit(""), what="scheme", detail="scope", until="until"
        ),
        "evidence": picked(view, "evidence", "evidence", "item", "requirement", "until").select(
            pl.lit("").alias("site"), "item", what="requirement", detail="evidence", until="until"
        ),
    }
    every = pl.concat([papers[name].with_columns(table=pl.lit(name)) for name in tables])
    soon = about(view, every, query).filter(pl.col("until") <= today + timedelta(days=SOON))
    return listed(soon.with_columns(over=pl.col("until") < today).sort("until", "table", "what", "detail"), per=FIRST)


def _section(view: View, table: str, rows: pl.DataFrame) -> Listing | None:
    """Return the first rows of a section, None where the table may not be seen."""
    return listed(rows, per=FIRST) if view.sees(table) else None


@router.get("/")
def show(here: Present, query: Asked) -> Response:
    """Show what needs attention, or to whom nothing of it is shown the first of their pages."""
    if (begins := first(here.asker.role)) != FIRST_PAGE.path:
        return here.go(begins)
    narrowing = filters(here.view, "item", "site", "nation")
    return planned(here, "exceptions.html", query, narrowing, shown=shown(here.view, query, today()))
