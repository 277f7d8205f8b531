"""Leave to move: what was determined and on which law, what has still to be known, and by when to apply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from outwork.web.asked import Asked, filters, planned
from outwork.web.desk import Present
from outwork.web.pages.exceptions import papers
from outwork.web.query import Query
from outwork.web.seen import Listing, View, about, listed, picked

router = APIRouter(include_in_schema=False)
OUTCOMES: Final = ("prohibited", "needs_expert", "licence", "general", "open")
"""What can come out, the strictest first."""
PER_PAGE: Final = 25


@dataclass(frozen=True)
class Determined:
    """A movement, what was determined of it, and the trace: where it is listed, provisions, facts stated or missing."""

    row: Mapping[str, Any]
    listed: tuple[str, ...]
    cites: tuple[str, ...]
    facts: tuple[Mapping[str, Any], ...]
    missing: tuple[str, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class Clearances:
    """Determinations of a page, how many there are by outcome, questions, applications and closures; None: may not be seen."""

    determined: tuple[Determined, ...]
    listing: Listing | None
    counts: tuple[tuple[str, int], ...]
    questions: Listing | None
    papers: Listing | None
    clearances: Listing | None
    closures: Listing | None


def shown(view: View, query: Query) -> Clearances:
    """Return what was determined about the item and nation that are asked for, the strictest first."""
    every = about(view, picked(view, "determinations"), query)
    every = _crossing(every, query)
    counts = dict(every.group_by("outcome").agg(pl.len()).iter_rows())
    order = pl.col("outcome").replace_strict({name: place for place, name in enumerate(OUTCOMES)}, return_dtype=pl.Int64)
    keys = ("item", "revision", "origin", "destination", "consignee", "kind")
    page = listed(every.sort(order, *keys), query.page, PER_PAGE)
    facts = picked(view, "facts").sort("item", "revision", "fact")
    return Clearances(
        tuple(_determined(row, facts) for row in page.rows),
        page if view.sees("determinations") else None,
        tuple((name, counts[name]) for name in OUTCOMES if name in counts),
        _seen(view, "questions", about(view, picked(view, "questions"), query).sort("rank", "item", "fact")),
        _seen(view, "applications", papers(view, query)),
        _seen(view, "clearances", _crossing(about(view, picked(view, "clearances"), query), query).sort("item", "clearance")),
        _seen(view, "closures", _crossing(about(view, picked(view, "closures"), query), query).sort("item", "closure")),
    )


def _determined(row: Mapping[str, Any], facts: pl.DataFrame) -> Determined:
    own = facts.filter(pl.col("item") == row["item"], pl.col("revision").is_in(["all", row["revision"]]))
    return Determined(
        row,
        _parts(row["listed"]),
        _parts(row["cite"]),
        tuple(own.to_dicts()),
        _parts(row["missing"]),
        _parts(row["conditions"]),
    )


def _crossing(frame: pl.DataFrame, query: Query) -> pl.DataFrame:
    """Return the rows that leave or enter the nation that is asked for."""
    if not query.nation:
        return frame
    return frame.filter((pl.col("origin") == query.nation) | (pl.col("destination") == query.nation))


def _parts(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(";") if part.strip())


def _seen(view: View, table: str, rows: pl.DataFrame) -> Listing | None:
    return listed(rows) if view.sees(table) else None


@router.get("/clearances")
def show(here: Present, query: Asked) -> HTMLResponse:
    """Show leave to move."""
    narrowing = filters(here.view, "item", "nation", days=())
    return planned(here, "clearances.html", query, narrowing, shown=shown(here.view, query))
