"""The faults that a change of a sound programme brings, found without looking at what it leaves alone.

A row that stays as it was has no fault of its own. It can only lose the row that it names, and only by a removal: references
name whole keys, which a change leaves as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import polars as pl

from outwork.model.errors import Fault
from outwork.model.programme import Programme
from outwork.model.table import Link, Table
from outwork.model.tables import BY_NAME, INPUT, RESULTS
from outwork.store import check
from outwork.store.overlay import REMOVE, Overlay
from outwork.store.reading import Sheet

Frames = Mapping[str, pl.DataFrame]


def faults(changed: Programme, changes: Overlay) -> tuple[Fault, ...]:
    """Return every fault of a programme that was sound before these changes. Args: changed, the programme with them made."""
    sheets = {table.name: Sheet(table, changed[table.name], table.name) for table in INPUT}
    gone = removed(changes)
    return tuple(
        fault
        for table in INPUT
        for fault in (*_alone(table, changed), *check.rows(_touched(table, changed, changes, gone), sheets))
    )


def dangling(results: Frames, changes: Overlay) -> Overlay:
    """Return the removal of those rows of answers that name removed rows, directly or through other answers."""
    gone = removed(changes)
    found: dict[str, pl.DataFrame] = {}
    for table in RESULTS:
        lost = _naming(results[table.name], table.links, gone)
        if lost.height:
            gone[table.name] = lost.select(table.key)
            found[table.name] = lost.select(pl.lit(REMOVE).alias("change"), pl.all())
    return Overlay(MappingProxyType(found))


def removed(changes: Overlay) -> dict[str, pl.DataFrame]:
    """Return the keys of removed rows, by table."""
    keys = {name: frame.filter(pl.col("change") == REMOVE).select(BY_NAME[name].key) for name, frame in changes.tables.items()}
    return {name: frame for name, frame in keys.items() if frame.height}


def _touched(table: Table, changed: Programme, changes: Overlay, removed: Frames) -> Sheet:
    """Return the rows of a table that were written, and those that name a row that was removed."""
    named = _naming(changed[table.name], table.links, removed)
    if table.name in changes.tables:
        put = changes.tables[table.name].filter(pl.col("change") != REMOVE).select(table.names)
        named = pl.concat([put, named.join(put, on=list(table.key), how="anti")])
    return Sheet(table, named, table.name)


def _naming(frame: pl.DataFrame, links: Sequence[Link], removed: Frames) -> pl.DataFrame:
    """Return the rows that name a removed one."""
    marks = [_marked(frame, link, removed[link.table]) for link in links if link.table in removed]
    return frame.filter(pl.any_horizontal(marks)) if marks else frame.clear()


def _marked(frame: pl.DataFrame, link: Link, removed: pl.DataFrame) -> pl.Series:
    keys = removed.select(pl.struct(pl.col(theirs).alias(own) for own, theirs in zip(link.own, link.theirs, strict=True)))
    return frame.select(pl.struct(link.own).is_in(keys.to_series().implode())).to_series()


def _alone(table: Table, changed: Programme) -> Iterator[Fault]:
    """Yield a fault where a table of one row has lost it or got another."""
    if table.single and changed[table.name].height != 1:
        yield Fault(table.name, f"{table.name} holds exactly one row, not {changed[table.name].height}; change that one")
