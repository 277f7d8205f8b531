"""How full every machine, line and crew is, by week or by four weeks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl
from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from outwork.web.asked import Asked, filters, planned
from outwork.web.charts import heat
from outwork.web.desk import Present
from outwork.web.query import Query
from outwork.web.seen import Listing, View, about, listed, picked, within
from outwork.web.texts import Texts

router = APIRouter(include_in_schema=False)
WEEKS: Final = 26
"""Steps up to which each has a column of its own."""
BLOCK: Final = 4
"""Steps in a column otherwise."""
PER_PAGE: Final = 30


@dataclass(frozen=True)
class Capacity:
    """Hours by resource (in the order of `resources`) and column (beginning on `columns`): used and open [h].

    `block` is how many steps a column holds; a pair that is not in `hours` has neither.
    """

    sees: bool
    columns: tuple[date, ...]
    block: int
    resources: Listing
    hours: Mapping[tuple[str, date], tuple[float, float, float]]
    """Used, open and overtime hours."""


def shown(view: View, query: Query) -> Capacity:
    """Return the hours of the resources on a page, the fullest first."""
    where = picked(view, "resources", "resource", "site", "process")
    work = within(picked(view, "work", "resource", "start", "used", "overtime", "open_hours"), query, "start")
    work = about(view, work.join(where, on="resource", how="left", maintain_order="left"), query)
    starts = work["start"].unique().sort().to_list()
    block = 1 if len(starts) <= WEEKS else BLOCK
    columns = {start: starts[place - place % block] for place, start in enumerate(starts)}
    column = pl.DataFrame(
        {"start": list(columns), "column": list(columns.values())}, schema={"start": pl.Date, "column": pl.Date}
    )
    work = work.join(column, on="start", how="left", maintain_order="left")
    resources = listed(_fullest(work), query.page, PER_PAGE)
    on_page = pl.DataFrame({"resource": [row["resource"] for row in resources.rows]}, schema={"resource": pl.String})
    cells = (
        work.join(on_page, on="resource", how="semi")
        .group_by("resource", "column")
        .agg(pl.col("used", "open_hours", "overtime").sum())
    )
    rows: dict[tuple[str, date], tuple[float, float, float]] = {
        (resource, day): (used, open_hours, overtime) for resource, day, used, open_hours, overtime in cells.iter_rows()
    }
    return Capacity(view.sees("work"), tuple(dict.fromkeys(columns.values())), block, resources, rows)


def share(hours: tuple[float, float, float] | None) -> float | None:
    """Return the share of the open hours that is used [1]; None where none are open and none used."""
    if hours is None or (hours[1] <= 0 and hours[0] <= 0):
        return None
    return hours[0] / hours[1] if hours[1] > 0 else float("inf")


def _fullest(work: pl.DataFrame) -> pl.DataFrame:
    """Return resources with their hours over the whole time, by site, the fullest of each site first."""
    sums = work.group_by("resource", "site", "process").agg(pl.col("used", "open_hours").sum())
    shared = sums.with_columns(share=pl.col("used") / pl.col("open_hours").clip(1e-9))
    return shared.with_columns(top=pl.col("share").max().over("site")).sort(
        "top", "site", "share", "resource", descending=[True, False, True, False], nulls_last=True
    )


def rows(shown: Capacity) -> tuple[Mapping[str, Any], ...]:
    """Return the table under the picture: a row for each resource and column with any hours."""
    return tuple(
        {
            "resource": row["resource"],
            "site": row["site"],
            "start": day,
            "used": found[0],
            "open": found[1],
            "overtime": found[2],
        }
        for row in shown.resources.rows
        for day in shown.columns
        if (found := shown.hours.get((row["resource"], day))) is not None
    )


def drawing(shown: Capacity, query: Query, t: Texts) -> Markup:
    """Return the picture of a page: a line for each resource, a cell for each column."""
    lines = [
        heat.Line(
            row["site"],
            f"{row['resource']} · {row['site']}",
            tuple(_cell(row["resource"], day, shown, t) for day in shown.columns),
            f"/gantt{query.address(site=row['site'])}",
        )
        for row in shown.resources.rows
    ]
    names = [t.day(day) for day in shown.columns]
    levels = tuple(t(f"capacity.level_{level}") for level in range(len(heat.LEVELS) + 1))
    return heat.drawn("capacity", names, lines, heat.Words(t("capacity.title"), t("capacity.told"), levels))


def _cell(resource: str, day: date, shown: Capacity, t: Texts) -> heat.Cell:
    hours = shown.hours.get((resource, day))
    own = share(hours)
    if hours is None or own is None:
        return heat.Cell(None, t("capacity.closed", resource=resource, day=day))
    return heat.Cell(own, t("capacity.cell", resource=resource, day=day, used=hours[0], open=hours[1]))


@router.get("/capacity")
def show(here: Present, query: Asked) -> HTMLResponse:
    """Show how full everything is."""
    own = shown(here.view, query)
    narrowing = filters(here.view, "site", "nation")
    return planned(here, "capacity.html", query, narrowing, shown=own, rows=rows(own), picture=drawing(own, query, here.t))
