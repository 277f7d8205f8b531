"""Changes that people send, carried out for them, and what comes back: rows as they then stand, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from outwork.model.errors import Fault, InvalidProgramme
from outwork.model.table import Table
from outwork.store.exchange import edit
from outwork.store.exchange.asked import Asked, typed
from outwork.store.exchange.merged import Changes, merged
from outwork.store.exchange.visible import known
from outwork.store.overlay import REMOVE
from outwork.store.service import Other, Snapshot, stamp
from outwork.store.sight import View
from outwork.web.desk import Here


@dataclass(frozen=True)
class Saved:
    """A row after it was written: its place among what was sent, its key, and how it stands now (None where it is gone).

    `proposed` says that it waits for approval, and stands as before.
    """

    at: int
    key: tuple[Any, ...]
    row: Mapping[str, Any] | None
    stamp: str
    proposed: bool = False


@dataclass(frozen=True)
class Done:
    """What became of changes: each row, and the numbers of proposals that wait for approval."""

    rows: tuple[Saved, ...]
    proposals: tuple[int, ...]


def change(here: Here, name: str, asked: Sequence[Asked], remark: str = "") -> Done:
    """Carry out changes of one table in one transaction.

    UnknownName where there is no such table, InvalidProgramme with the faults of cells, Stale, Forbidden; nothing is written.
    """
    table = known(here.view, name)
    with here.desk.writing(here.asker) as writing:
        view = of(here, writing.base)
        changes = merged(table, typed(table, asked), view)
        proposals = edit.edit(writing, view, [changes], remark)
        after = writing.now
    return Done(tuple(_saved(table, changes, asked, of(here, after), proposed=bool(proposals))), tuple(proposals))


def of(here: Here, snapshot: Snapshot) -> View:
    """Return what the asker sees of a snapshot."""
    return here.service.views.of(snapshot, here.asker)


def row(view: View, table: Table, key: Sequence[Any]) -> Mapping[str, Any] | None:
    """Return a row as it is seen, None where it is not."""
    found = view[table.name].filter(pl.col(name) == value for name, value in zip(table.key, key, strict=True))
    return found.row(0, named=True) if found.height else None


def keyed(table: Table, view: View, texts: Sequence[str]) -> Mapping[str, Any] | None:
    """Return the row of a key that is written as text, None where there is none that is seen."""
    if len(texts) != len(table.key):
        return None
    own = dict(zip(table.key, texts, strict=True))
    sheet = typed(table, [Asked(REMOVE, own)]).sheet
    found = sheet.frame.row(0)
    return None if None in found else row(view, table, [sheet.frame[name][0] for name in table.key])


def _saved(table: Table, changes: Changes, asked: Sequence[Asked], view: View, *, proposed: bool) -> list[Saved]:
    """Return every row that was sent, also those that stood there already as they were wanted."""
    wanted = typed(table, asked)
    kinds = wanted.change
    found = []
    for at, key in enumerate(wanted.sheet.frame.select(table.key).iter_rows()):
        now = row(view, table, key)
        waits = proposed and not _stands(changes, at, now, gone=kinds[at] == REMOVE)
        found.append(Saved(at, key, now, stamp(now), waits))
    return found


def _stands(changes: Changes, at: int, now: Mapping[str, Any] | None, *, gone: bool) -> bool:
    """Return whether a row is as it was wanted."""
    rows = changes.frame.filter(changes.lines == at)
    if not rows.height:
        return True
    return now is None if gone else now is not None and dict(now) == rows.drop("change").row(0, named=True)


def faults_of(error: InvalidProgramme) -> list[dict[str, Any]]:
    """Return faults by cell: place among what was sent, column, what is wrong, what was written, the nearest right name."""
    return [_fault(fault) for fault in error.faults]


def _fault(fault: Fault) -> dict[str, Any]:
    at = {} if fault.line is None or fault.line < 0 else {"at": fault.line}
    return {
        "table": fault.table,
        **at,
        "column": fault.column,
        "what": said(fault),
        "value": fault.value,
        "nearest": fault.nearest,
    }


def said(fault: Fault) -> str:
    """Return what is wrong and the nearest right name, without where."""
    return fault.reason + (f"; did you mean '{fault.nearest}'?" if fault.nearest else "")


def differing(other: Other, cells: Mapping[str, Any]) -> list[str]:
    """Return the columns that somebody wrote of a row that somebody else has changed."""
    return [name for name in cells if other.now is not None and name in other.now]
