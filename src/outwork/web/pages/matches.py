"""Who else could make it: candidates, what they lack, what to ask them, and consortia that could make a whole design."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from outwork.web.asked import Asked, filters, planned
from outwork.web.desk import Present
from outwork.web.query import Query
from outwork.web.seen import Listing, View, about, listed, picked

router = APIRouter(include_in_schema=False)
CONSORTIA: Final = 10
VERDICTS: Final = ("can", "unknown", "cannot")


@dataclass(frozen=True)
class Consortium:
    """A consortium and what each site does in it."""

    row: Mapping[str, Any]
    parts: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Matches:
    """What matching found; None: may not be seen."""

    candidates: Listing | None
    counts: tuple[tuple[str, int], ...]
    gaps: Listing | None
    enquiries: Listing | None
    consortia: tuple[Consortium, ...] | None
    scarcities: Listing | None
    investments: Listing | None


def shown(view: View, query: Query) -> Matches:
    """Return what was matched for the item, site and nation that are asked for."""
    items = picked(view, "operations", "operation", "item")
    candidates = about(view, picked(view, "candidates").join(items, on="operation", how="left", maintain_order="left"), query)
    gaps = about(view, picked(view, "gaps").join(items, on="operation", how="left", maintain_order="left"), query)
    counts = dict(candidates.group_by("verdict").agg(pl.len()).iter_rows())
    consortia = about(view, picked(view, "consortia"), query).sort("item", "cost", "days", "consortium", nulls_last=True)
    return Matches(
        _seen(view, "candidates", candidates.sort("operation", "place", "site", nulls_last=True), query.page),
        tuple((name, counts[name]) for name in VERDICTS if name in counts),
        _seen(view, "gaps", gaps.sort("days", "operation", "site", "need", nulls_last=True), query.page),
        _seen(view, "enquiries", about(view, picked(view, "enquiries"), query).sort("place", "enquiry", nulls_last=True)),
        _consortia(view, consortia) if view.sees("consortia") else None,
        _seen(
            view,
            "scarcities",
            about(view, picked(view, "scarcities"), query).sort(
                "hour", "item", "process", descending=[True, False, False], nulls_last=True
            ),
        ),
        _seen(view, "investments", about(view, picked(view, "investments"), query).sort("place", "site", "investment")),
    )


def _consortia(view: View, consortia: pl.DataFrame) -> tuple[Consortium, ...]:
    first = consortia.head(CONSORTIA)
    parts = picked(view, "parts").join(first.select("consortium"), on="consortium", how="semi").sort("operation", "site")
    return tuple(
        Consortium(row, tuple(parts.filter(pl.col("consortium") == row["consortium"]).to_dicts())) for row in first.to_dicts()
    )


def _seen(view: View, table: str, rows: pl.DataFrame, page: int = 1) -> Listing | None:
    return listed(rows, page, 40) if view.sees(table) else None


@router.get("/matches")
def show(here: Present, query: Asked) -> HTMLResponse:
    """Show who else could make it."""
    narrowing = filters(here.view, "item", "site", "nation", days=())
    return planned(here, "matches.html", query, narrowing, shown=shown(here.view, query))
