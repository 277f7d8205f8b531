"""A table as one asker knows it: its visible columns, and the names that they may write into those that refer to others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import polars as pl

from outwork.model.errors import UnknownName
from outwork.model.nearest import nearest
from outwork.model.table import Link, Table
from outwork.model.tables import BY_NAME
from outwork.store.reading import Sheet
from outwork.store.sight import View

Frames = Mapping[str, pl.DataFrame]
NOTHING: Final[Frames] = MappingProxyType({})


def known(view: View, name: str) -> Table:
    """Return a table with the columns that the asker sees. UnknownName where they see none, as where there is no such table."""
    if name not in view:
        near = nearest(name, view)
        raise UnknownName(f"there is no table '{name}'" + (f"; did you mean '{near}'?" if near else ""))
    return BY_NAME[name].only(view[name].columns)


def parents(view: View, table: Table, also: Frames = NOTHING) -> dict[str, Sheet]:
    """Return, for each table to which one refers, the names that the asker may write.

    Those are the ones that they see, in that table or in the rows that refer to it, and those that they write with it (`also`).
    So a name that is hidden from them is as wrong as one of which nobody has ever heard.
    """
    found: dict[str, list[pl.DataFrame]] = defaultdict(list)
    for link in table.links:
        found[link.table] += _named(view, table, link, also)
    return {
        name: Sheet(_keys(name, frames), pl.concat(frames, how="diagonal").unique(maintain_order=True), name)
        for name, frames in found.items()
    }


def _named(view: View, table: Table, link: Link, also: Frames) -> list[pl.DataFrame]:
    own = view[table.name].select(pl.col(mine).alias(other) for mine, other in zip(link.own, link.theirs, strict=True))
    there = (frames[link.table] for frames in (view, also) if link.table in frames)
    return [own.drop_nulls(), *(frame.select(link.theirs) for frame in there if set(link.theirs) <= set(frame.columns))]


def _keys(name: str, frames: list[pl.DataFrame]) -> Table:
    return BY_NAME[name].only({column for frame in frames for column in frame.columns})
