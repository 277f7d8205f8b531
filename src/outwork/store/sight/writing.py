"""Who may change which rows: what an edit holds that its author may not make."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import polars as pl

from outwork.model.asker import Asker
from outwork.model.frames import dtype, empty
from outwork.model.table import Column, Link
from outwork.model.tables import BY_NAME
from outwork.store.overlay import ADD, REMOVE, Overlay
from outwork.store.sight.book import POLICIES
from outwork.store.sight.filters import Eyes, Frames, one, packed
from outwork.store.sight.policy import references
from outwork.store.sight.rules import EVERYTHING, Rule

OLD: Final = " before"
"""Ends the name of a column as it stood before the change; no column of a table has a space in its name."""
ADDS: Final = pl.col("change") == ADD
REMOVES: Final = pl.col("change") == REMOVE


def may_write(asker: Asker, table: str) -> Rule | None:
    """Return which rows of a table an asker may add, change and remove, or None where none."""
    writing = POLICIES[asker.role].writing.get(table)
    return None if writing is None else writing.rule


def refused(before: Frames, edit: Overlay, asker: Asker) -> Overlay:
    """Return the changes of an edit that its author may not make; nothing where all of them are theirs to make.

    A row has to be theirs before and after the change. Columns that they do not see stay as they are, which for a new row is
    their default. Rows that a row names are ones that they see, or that are new in the same edit. Tables to which a rule looks
    are read as they stood before. So nobody writes their way in, and a hidden row is refused like one that is not there.

    Args: before, every table of the programme and its results as they stand; edit, the change of it.
    """
    eyes = Eyes(POLICIES[asker.role], asker, before)
    eyes.all()
    found = {name: _refused(eyes, name, edit) for name in edit.tables}
    return Overlay(MappingProxyType({name: changes for name, changes in found.items() if changes.height}))


def _refused(eyes: Eyes, name: str, edit: Overlay) -> pl.DataFrame:
    """Return the changes of one table that are refused."""
    changes = edit.tables[name]
    writing = eyes.policy.writing.get(name)
    if writing is None:
        return changes
    table = BY_NAME[name]
    theirs = eyes.mask(name, writing.rule)
    old = eyes.frames.get(name, empty(table)).filter(theirs).with_columns(was=True)
    both = changes.join(old, on=list(table.key), how="left", suffix=OLD, maintain_order="left")
    there = pl.col("was").is_not_null() | pl.lit(
        writing.rule == EVERYTHING
    )  # who may write any row is told that it is not there
    hidden = [column for column in table.columns if not eyes.policy.sees(name, column.name)]
    known = [_known(eyes, link, edit) for link in references(table) if not {*link.own} & {column.name for column in hidden}]
    stays = pl.all_horizontal(theirs, *(_kept(column) for column in hidden), *known).fill_null(value=False)
    return both.filter(~((ADDS | there) & (REMOVES | stays))).select(changes.columns)


def _kept(column: Column) -> pl.Expr:
    """Return that a column is as it was, or as it is when nobody states it."""
    before = pl.when(ADDS).then(pl.lit(column.default, dtype(column))).otherwise(column.name + OLD)
    return before.eq_missing(pl.col(column.name))


def _known(eyes: Eyes, link: Link, edit: Overlay) -> pl.Expr:
    """Return that a row names one that its author sees, one that is new in the same edit, or none.

    Who sees all that is there is told by the checks of the tables that a name is not among it.
    """
    if link.table in eyes.shown and eyes.policy.lines[link.table].whole:
        return pl.lit(value=True)
    unseen = empty(BY_NAME[link.table])
    seen, new = eyes.shown.get(link.table, unseen), edit.tables.get(link.table, unseen.with_columns(change=None)).filter(ADDS)
    there = pl.concat([seen.select(link.theirs), new.select(link.theirs)])
    none = pl.any_horizontal(pl.col(name).is_null() | (pl.col(name) == "") for name in link.own)
    return none | one(link.own).is_in(packed(there, link.theirs).implode())
