"""One person's changes within one transaction: what they may not change, what is stale, and columns that they do not see.

Whoever sees only some columns changes only those: of a row that is there the others stay as they are, and a new row has the
defaults of its table. What they are told rests on what they see. One thing is told besides: that a key is taken, even where
they may not see by what, since two rows cannot have one key.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Any, Final

import polars as pl

from outwork.model.errors import Fault, InvalidProgramme, OutworkError
from outwork.model.frames import dtype
from outwork.model.table import Table
from outwork.model.tables import BY_NAME
from outwork.store.exchange.merged import Changes
from outwork.store.overlay import ADD, REMOVE, Overlay
from outwork.store.reading import shown
from outwork.store.service import Other, Stale, Writing, approvals, audit, subject
from outwork.store.service.snapshot import Snapshot
from outwork.store.sight import View, may_write, refused

TAKEN: Final = "cannot be used: the key is taken; choose another"
BEHIND: Final = "breaks a rule over what you do not see; ask the programme office"
BOUND: Final = "cannot be removed by you: rows that you do not see may refer to it; ask the programme office"


class Forbidden(OutworkError):
    """Somebody asked for a change of a table, or of a row of it, that is not theirs to make; nothing was written."""

    def __init__(self, table: str, key: tuple[Any, ...] = ()) -> None:
        """Keep the table and the first such row."""
        self.table, self.key = table, key
        what = f"the row {' '.join(map(str, key))} of {table}" if key else table
        super().__init__(f"{what} is not yours to write; ask the programme office")


def refuse(view: View, changes: Iterable[Changes]) -> None:
    """Raise InvalidProgramme with every fault of changes, or Forbidden where a table is not the asker's to write."""
    changes = tuple(changes)
    for each in changes:
        if may_write(view.asker, each.table.name) is None:
            raise Forbidden(each.table.name)
    faults = [fault for each in changes for fault in (*each.faults, *_bound(view, each))]
    if faults:
        raise InvalidProgramme(tuple(faults))


def edit(writing: Writing, view: View, changes: Iterable[Changes], remark: str = "") -> list[int]:
    """Write changes, propose those on which named persons decide, and return the numbers of the proposals.

    Args: view, of the programme as it stands in this transaction; remark, what its author says to those who decide.
    Stale where a row is not as its author saw it, InvalidProgramme with every fault, Forbidden where a row is not theirs.
    """
    changes = tuple(changes)
    refuse(view, changes)
    _refuse_stale(writing, view, changes)
    overlay = whole(writing.base, changes)
    for name, rows in refused(writing.base.frames, overlay, view.asker).tables.items():
        raise Forbidden(name, tuple(rows.select(BY_NAME[name].key).row(0)))
    _refuse_taken(writing.base, changes)
    try:
        return approvals.put(writing, overlay, {}, remark)
    except InvalidProgramme as error:
        raise InvalidProgramme(tuple(_told(view, changes, error.faults))) from None


def whole(base: Snapshot, changes: Iterable[Changes]) -> Overlay:
    """Return changes with the columns that their author does not see."""
    return Overlay(MappingProxyType({each.table.name: _completed(base, each) for each in changes if each.frame.height}))


def _completed(base: Snapshot, changes: Changes) -> pl.DataFrame:
    table = BY_NAME[changes.table.name]
    hidden = [column for column in table.columns if column.name not in changes.table.names]
    there = base.programme[table.name].select(*table.key, *(column.name for column in hidden))
    frame = changes.frame.join(there, on=list(table.key), how="left", maintain_order="left")
    added = pl.col("change") == ADD
    defaults = (
        pl.when(added).then(pl.lit(column.default, dtype(column))).otherwise(column.name).alias(column.name)
        for column in hidden
    )
    return frame.with_columns(defaults).select("change", *table.names)


def _bound(view: View, changes: Changes) -> list[Fault]:
    """Return a fault for each removal to which rows may refer of which the author does not see all."""
    name = changes.table.name
    removed = changes.frame["change"] == REMOVE
    if not removed.any() or view.surrounds(name):
        return []
    return [Fault(name, f"the row {BOUND}", line, place=name) for line in changes.lines.filter(removed)]


def _refuse_stale(writing: Writing, view: View, changes: Iterable[Changes]) -> None:
    """Raise Stale with every row that somebody else has changed, as the author may see it."""
    others = [_other(writing, view, each.table, key) for each in changes for key in each.stale.values()]
    if others:
        raise Stale(tuple(others))


def _other(writing: Writing, view: View, table: Table, key: tuple[Any, ...]) -> Other:
    now = view[table.name].filter(pl.col(name) == value for name, value in zip(table.key, key, strict=True))
    if not now.height:  # who removed it is told to those alone who see all: of a row that is hidden it would tell too much
        act = audit.latest(writing.connection, subject(table, dict(zip(table.key, key, strict=True)))) if view.whole else None
        return Other(table.name, key, None, act)
    act = audit.latest(writing.connection, subject(table, now.row(0, named=True)))
    return Other(table.name, key, MappingProxyType(now.row(0, named=True)), act)


def _refuse_taken(base: Snapshot, changes: Iterable[Changes]) -> None:
    """Raise InvalidProgramme where a row is added whose key one has that the author does not see."""
    faults = []
    for each in changes:
        key = list(each.table.key)
        rows = each.frame.with_columns(each.lines.alias(" line")).filter(pl.col("change") == ADD)
        for row in rows.join(base.programme[each.table.name].select(key), on=key, how="semi").iter_rows(named=True):
            words = ", ".join(f"{name} {shown(row[name])}" for name in key)
            faults.append(
                Fault(each.table.name, f"{words} {TAKEN}", row[" line"], key[-1], str(row[key[-1]]), place=each.table.name)
            )
    if faults:
        raise InvalidProgramme(tuple(faults))


def _told(view: View, changes: Iterable[Changes], faults: Iterable[Fault]) -> list[Fault]:
    """Return faults as the author may read them: what rests on what they do not see is told as that and no more."""
    if view.whole:
        return list(faults)
    own = [each.table.name for each in changes]
    where = [fault.table if fault.table in own else own[0] for fault in faults]
    return [Fault(name, f"the change {BEHIND}", place=name) for name in dict.fromkeys(where)]
