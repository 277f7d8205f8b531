"""What pages are made of: the tables as one person sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import polars as pl

from outwork.model.frames import schema
from outwork.model.tables import BY_NAME
from outwork.web.query import Query

PER_PAGE = 50
"""Rows on a page."""


class View(Protocol):
    """The rows and columns that somebody may see, as `store.sight` answers."""

    def __getitem__(self, name: str) -> pl.DataFrame:
        """Return what they see of a table, without rows where they see nothing of it."""

    def sees(self, table: str, column: str | None = None) -> bool:
        """Return whether they may see rows of a table, and that column of them."""


@dataclass(frozen=True)
class Listing:
    """Some rows of many, for one page: `total` is how many there are, `pages` how many pages they fill."""

    rows: tuple[Mapping[str, Any], ...]
    total: int
    page: int = 1
    pages: int = 1

    def __bool__(self) -> bool:
        """Return whether there is any row."""
        return self.total > 0


def picked(view: View, table: str, *columns: str) -> pl.DataFrame:
    """Return columns of what is seen of a table; one that may not be seen is blank throughout."""
    frame, types = view[table], schema(BY_NAME[table])
    wanted = columns or BY_NAME[table].names
    if not frame.columns:  # polars makes a row of blanks where there are no columns to count rows by
        return pl.DataFrame(schema={name: types[name] for name in wanted})
    return frame.select(pl.col(name) if name in frame.columns else pl.lit(None, types[name]).alias(name) for name in wanted)


def within(frame: pl.DataFrame, query: Query, *days: str) -> pl.DataFrame:
    """Return the rows of which the last of the columns `days` lies after `since` and the first before `until`."""
    if query.since is not None:
        frame = frame.filter(pl.col(days[-1]).is_null() | (pl.col(days[-1]) >= query.since))
    if query.until is not None:
        frame = frame.filter(pl.col(days[0]).is_null() | (pl.col(days[0]) <= query.until))
    return frame


def about(view: View, frame: pl.DataFrame, query: Query) -> pl.DataFrame:
    """Return the rows about the item, site, nation and demand that are asked for, as far as the frame has such columns."""
    for name in ("item", "site", "demand"):
        if getattr(query, name) and name in frame.columns:
            frame = frame.filter(pl.col(name) == getattr(query, name))
    if query.nation and "site" in frame.columns:
        there = picked(view, "sites", "site", "nation").filter(pl.col("nation") == query.nation)
        frame = frame.join(there, on="site", how="semi", maintain_order="left")
    return frame


def listed(frame: pl.DataFrame, page: int = 1, per: int = PER_PAGE) -> Listing:
    """Return one page of rows; a page after the last is the last."""
    pages = max(-(-frame.height // per), 1)
    page = min(page, pages)
    return Listing(tuple(frame.slice((page - 1) * per, per).to_dicts()), frame.height, page, pages)


def span(view: View, query: Query) -> tuple[Any, Any]:
    """Return the first and the last day that a page shows: as asked for, or else the horizon; None where there is none."""
    settings = picked(view, "settings", "start", "weeks")
    first = settings["start"].min()
    last = settings.select(pl.col("start") + pl.duration(weeks="weeks") - pl.duration(days=1)).to_series().max()
    return query.since or first, query.until or last


def choices(view: View, table: str, column: str, rows: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the names that a filter offers: those of a table that somebody sees. Args: rows, further ones."""
    names = picked(view, table, column)[column].drop_nulls().unique().to_list()
    return tuple(sorted({*names, *rows}))
