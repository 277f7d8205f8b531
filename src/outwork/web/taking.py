"""Which rows lie behind a planner's page, to be taken away as files, narrowed as the page is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from outwork.model.tables import BY_NAME
from outwork.web.query import Query
from outwork.web.seen import View, about, picked, within

BEHIND: Final[Mapping[str, tuple[str, ...]]] = {
    "/": ("promises", "applications", "work", "determinations", "gaps"),
    "/plan": ("promises", "make", "buy", "ship", "qualify", "cash_events"),
    "/network": ("ship",),
    "/gantt": ("make", "qualify"),
    "/capacity": ("work",),
    "/demand": ("promises", "deliver"),
    "/pegging": ("pegging",),
    "/why": ("promises", "work"),
    "/clearances": ("determinations", "clearances", "closures", "applications"),
    "/matches": ("candidates", "gaps", "enquiries", "consortia"),
}
"""By page, the tables of which it shows something."""


def takeable(view: View, path: str) -> tuple[str, ...]:
    """Return the tables behind the page at a path of which somebody sees any row."""
    return tuple(name for name in BEHIND.get(path, ()) if view[name].height)


def narrowed(view: View, name: str, query: Query) -> pl.DataFrame:
    """Return the rows of a table within the time and about the things that are asked for, with the columns that are seen."""
    days = [column.name for column in BY_NAME[name].columns if column.kind == "date"]
    own = about(view, picked(view, name, *view[name].columns), query)
    return within(own, query, *days) if days and set(days) <= set(own.columns) else own
