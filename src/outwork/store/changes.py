"""Overlays on disk: a folder with a CSV file for each table that changes, its first column `change` saying how."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import polars as pl

from outwork.model.errors import Fault, InvalidProgramme, Unreadable
from outwork.model.nearest import nearest
from outwork.model.table import Table
from outwork.model.tables import INPUT
from outwork.store import check, headers
from outwork.store.kinds import folder
from outwork.store.overlay import ADD, CHANGE, CHANGES, REMOVE, Overlay
from outwork.store.reading import Raw, Sheet


def save(overlay: Overlay, where: str | Path) -> None:
    """Write an overlay into a folder, in place of an earlier one."""
    folder.write_text(str(where), {table.name: overlay.tables.get(table.name, pl.DataFrame()) for table in INPUT})


def load(where: str | Path) -> Overlay:
    """Return the overlay in a folder. InvalidProgramme with every fault in it, Unreadable where there is none."""
    if not Path(where).is_dir():
        raise Unreadable(f"{where}: is not there; an overlay is a folder of CSV files with a column 'change'")
    found = folder.read_text(str(where))
    faults = list(found.faults)
    tables: dict[str, pl.DataFrame] = {}
    for table in INPUT:
        if table.name in found.raws:
            tables[table.name], wrong = _changes(table, found.raws[table.name])
            faults.extend(wrong)
    if faults:
        raise InvalidProgramme(tuple(faults))
    return Overlay(MappingProxyType(tables))


def _changes(table: Table, raw: Raw) -> tuple[pl.DataFrame, list[Fault]]:
    """Return the changed rows of a table and their faults; what they refer to is looked at when they are applied."""
    if "change" not in raw.header:
        said = f"column 'change' is missing: it says of each row {', '.join(CHANGES[:-1])} or {CHANGES[-1]}"
        return pl.DataFrame(), [
            *raw.faults,
            *([Fault(table.name, said, None, "change", "", "", raw.place)] if raw.header else []),
        ]
    at = raw.header.index("change")
    change = raw.frame.to_series(at).fill_null("").str.strip_chars()
    rest = replace(raw, header=raw.header[:at] + raw.header[at + 1 :], frame=raw.frame.drop(raw.frame.columns[at]), faults=())
    written = change.is_in([ADD, CHANGE])
    put = headers.sheet(table, rest.where(written))
    gone = _keys(table, rest.where(change == REMOVE))
    wrong = [_unknown(table, raw, row, change[row]) for row in (~change.is_in(CHANGES)).arg_true()]
    faults = [*raw.faults, *wrong, *_absent(table, put), *check.rows(put, {}), *gone.faults, *check.rows(gone, {})]
    faults += [fault for fault in put.faults if put.frame.height or fault.column not in table.names]
    kept = put.frame.insert_column(0, change.filter(written).alias("change"))
    removed = gone.frame.select(pl.lit(REMOVE).alias("change"), *table.key)
    rows = pl.concat([kept, removed], how="diagonal")
    return rows, faults or _twice(table, rows, raw)


def _keys(table: Table, raw: Raw) -> Sheet:
    """Return the keys of removed rows, whatever else stands in them."""
    keys = replace(table, columns=tuple(column for column in table.columns if column.key), rules=())
    named = [at for at, name in enumerate(raw.header) if headers.kind(keys, name)]
    only = replace(raw, header=tuple(raw.header[at] for at in named), frame=raw.frame[:, named])
    return headers.sheet(keys, only)


def _absent(table: Table, put: Sheet) -> list[Fault]:
    """Return a fault for each column that is not there: a default in its place would change the base unasked."""
    if not put.frame.height:
        return []
    absent = [column for column in table.columns if not column.required and column.name in put.defaulted]
    said = "column '{}' is missing: a row that is added or changed is written whole, blank cells included"
    return [Fault(table.name, said.format(column.name), None, column.name, "", "", put.place) for column in absent]


def _unknown(table: Table, raw: Raw, row: int, change: str) -> Fault:
    line = None if raw.lines is None else int(raw.lines[row])
    said = f"change '{change}' is not one of {', '.join(CHANGES)}"
    return Fault(table.name, said, line, "change", change, nearest(change, CHANGES), raw.place)


def _twice(table: Table, rows: pl.DataFrame, raw: Raw) -> list[Fault]:
    """Return a fault for each row that is both put and removed."""
    key = list(table.key)
    twice = rows.filter(rows.select(key).is_duplicated() & (rows["change"] == REMOVE)).select(key)
    return [
        Fault(table.name, f"{', '.join(map(str, own))} is both removed and written", place=raw.place)
        for own in twice.iter_rows()
    ]
