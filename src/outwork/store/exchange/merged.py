"""What somebody wants, put together with the rows that they see: a change of these, and whatever is wrong with it.

Nothing here looks at what the asker does not see, so no fault can tell of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl

from outwork.model.errors import Fault
from outwork.model.frames import dtype
from outwork.model.nearest import nearest
from outwork.model.table import Column, Table
from outwork.store import check
from outwork.store.exchange.asked import PUT, WANTED, Wanted
from outwork.store.exchange.visible import NOTHING, Frames, parents
from outwork.store.overlay import ADD, CHANGE, REMOVE
from outwork.store.reading import Sheet, shown
from outwork.store.service import stamp
from outwork.store.sight import View

THERE = " there"
"""A column that says whether a row is there; no column of a table has a space in its name."""
OLD = " before"


@dataclass(frozen=True, eq=False)
class Changes:
    """Changed rows of one table as their author sees them: `change`, then the visible columns; and what is wrong with them.

    `lines` is the line of each row in what they wrote; `stale` has the keys of rows that are not as they saw them, by line.
    """

    table: Table
    frame: pl.DataFrame
    lines: pl.Series
    faults: tuple[Fault, ...] = ()
    stale: Mapping[int, tuple[Any, ...]] = field(default_factory=dict)


def merged(table: Table, wanted: Wanted, view: View, also: Frames = NOTHING) -> Changes:
    """Return the change that rows as they are wanted make of the rows that their author sees.

    Args: table, as they know it; also, rows of other tables that they write with it.
    """
    both = _beside(table, wanted.sheet.frame, view)
    there = both[THERE]
    change = _plain(wanted.change, there)
    whole = Sheet(
        table,
        both.select(_value(column, wanted) for column in table.columns),
        table.name,
        wanted.sheet.lines,
        wanted.sheet.unread,
        ragged=wanted.sheet.ragged,
        width=wanted.sheet.width,
        whole=wanted.sheet.whole,
    )
    lines = _lines(whole)
    kept = change.is_in([ADD, REMOVE]) | _differs(table, whole.frame, both) | _unread(whole)
    stale = dict(_stale(table, wanted.stamp, both, lines))
    misfits = tuple(each for each in _misfits(table, whole, change, there, view) if each.line not in stale)
    wrong = {fault.line for fault in misfits}
    rows = _rows(_where(whole, kept), change.filter(kept), parents(view, table, also), {*wrong, *stale})
    return Changes(
        table,
        whole.frame.insert_column(0, change.alias("change")).filter(kept),
        lines.filter(kept),
        (*wanted.sheet.faults, *wanted.faults, *misfits, *rows),
        stale,
    )


def _beside(table: Table, frame: pl.DataFrame, view: View) -> pl.DataFrame:
    """Return what was written, and beside it the row as it stands."""
    old = view[table.name].rename({name: name + OLD for name in table.names if name not in table.key})
    old = old.select(*table.key, *(name + OLD for name in table.names if name not in table.key)).with_columns(
        pl.lit(value=True).alias(THERE)
    )
    return frame.join(old, on=list(table.key), how="left", maintain_order="left").with_columns(
        pl.col(THERE).fill_null(value=False)
    )


def _plain(change: pl.Series, there: pl.Series) -> pl.Series:
    """Return how each row changes, with `put` resolved."""
    either = pl.when(there).then(pl.lit(CHANGE)).otherwise(pl.lit(ADD))
    return change.to_frame("change").select(pl.when(change == PUT).then(either).otherwise("change").alias("change")).to_series()


def _value(column: Column, wanted: Wanted) -> pl.Expr:
    """Return a column of the rows as they are to be: what was written, or else what stands there, or else the default."""
    name, default = column.name, pl.lit(column.default, dtype(column))
    if column.key:
        return pl.col(name)
    if name not in wanted.sheet.frame.columns:
        return pl.when(THERE).then(name + OLD).otherwise(default).alias(name)
    if wanted.given is None:
        return pl.col(name)
    return pl.when(pl.col(THERE) & ~wanted.given[name]).then(name + OLD).otherwise(name).alias(name)


def _differs(table: Table, frame: pl.DataFrame, both: pl.DataFrame) -> pl.Series:
    """Return which rows are other than they stand."""
    own = [name for name in table.names if name not in table.key]
    if not own:
        return pl.repeat(False, frame.height, dtype=pl.Boolean, eager=True)
    beside = pl.concat([frame.select(own), both.select(name + OLD for name in own)], how="horizontal")
    return beside.select(pl.any_horizontal(pl.col(name).ne_missing(pl.col(name + OLD)) for name in own)).to_series()


def _unread(sheet: Sheet) -> pl.Series:
    """Return the rows of which some cell could not be read, or that have too many or too few cells."""
    found = pl.repeat(False, sheet.frame.height, dtype=pl.Boolean, eager=True)
    for texts in (*sheet.unread.values(), *(() if sheet.ragged is None else (sheet.ragged,))):
        found = found | texts.is_not_null()
    return found


def _misfits(table: Table, sheet: Sheet, change: pl.Series, there: pl.Series, view: View) -> Iterator[Fault]:
    """Yield a fault for each change to a row that is not there, for each row added that is, and for any other change."""
    last = table.key[-1]
    own = view[table.name][last].cast(pl.String) if len(table.key) == 1 else pl.Series([], dtype=pl.String)
    unread = _unread(_where_columns(sheet, table.key))
    for row in (~change.is_in(WANTED) | ((change == ADD) == there)).arg_true():
        key = [sheet.frame[name][row] for name in table.key]
        if change[row] not in WANTED:
            said, near = (
                f"change {shown(change[row] or '')} is not one of {', '.join(WANTED)}",
                nearest(change[row] or "", WANTED),
            )
            yield sheet.fault(row, "", said, change[row] or "", near)
        elif None in key and change[row] != ADD and not unread[row]:
            blank = table.key[key.index(None)]
            yield sheet.fault(row, blank, f"{blank} is empty; the key says which row is meant")
        elif there[row]:
            yield sheet.fault(row, last, f"{_words(table, key)} is there already; change it instead", str(key[-1]))
        elif change[row] != ADD and not unread[row]:
            yield sheet.fault(row, last, f"{_words(table, key)} is not there", str(key[-1]), nearest(str(key[-1]), own))


def _words(table: Table, key: list[object]) -> str:
    return ", ".join(f"{name} {shown(value)}" for name, value in zip(table.key, key, strict=True))


def _rows(sheet: Sheet, change: pl.Series, others: Mapping[str, Sheet], wrong: set[int | None]) -> Iterator[Fault]:
    """Yield the faults of changed rows; of those that are removed only the key counts, and it was looked for."""
    lines = _lines(sheet)
    told = lines.is_in([line for line in wrong if line is not None])
    fine = set(lines.filter(~told))
    for fault in check.rows(_where(sheet, change != REMOVE), others):
        if fault.line in fine:
            yield fault
    key = list(sheet.table.key)
    twice = sheet.frame.select(pl.struct(key).is_duplicated() & ~pl.any_horizontal(pl.col(key).is_null())).to_series()
    for row in (twice & ~told & (change == REMOVE)).arg_true():
        yield sheet.fault(row, key[-1], "the row is removed, and another line speaks of it too")


def _lines(sheet: Sheet) -> pl.Series:
    return pl.Series(range(sheet.frame.height), dtype=pl.Int64) if sheet.lines is None else sheet.lines


def _where(sheet: Sheet, kept: pl.Series) -> Sheet:
    """Return only the rows marked."""
    return replace(
        sheet,
        frame=sheet.frame.filter(kept),
        lines=None if sheet.lines is None else sheet.lines.filter(kept),
        unread={name: texts.filter(kept) for name, texts in sheet.unread.items()},
        ragged=None if sheet.ragged is None else sheet.ragged.filter(kept),
    )


def _where_columns(sheet: Sheet, names: tuple[str, ...]) -> Sheet:
    """Return only what could not be read of the columns named."""
    return replace(sheet, unread={name: texts for name, texts in sheet.unread.items() if name in names}, ragged=None)


def _stale(table: Table, stamps: pl.Series, both: pl.DataFrame, lines: pl.Series) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield line and key of rows that are not as their author saw them."""
    for row in stamps.is_not_null().arg_true():
        key = both.select(table.key).row(row)
        if None not in key and stamps[row] != stamp(_standing(table, both, row)):
            yield int(lines[row]), key


def _standing(table: Table, both: pl.DataFrame, row: int) -> Mapping[str, Any] | None:
    """Return a row as it stands, None where it is not there."""
    if not both[THERE][row]:
        return None
    return {name: both[name if name in table.key else name + OLD][row] for name in table.names}
