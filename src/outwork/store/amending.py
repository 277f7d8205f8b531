"""A proposed change of one row as changed rows over a programme, so that it can be tried as a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import polars as pl

from outwork.model.frames import from_columns
from outwork.model.nearest import nearest
from outwork.model.outcome import Amendment
from outwork.model.programme import Programme
from outwork.model.table import Column
from outwork.model.tables import BY_NAME, INPUT
from outwork.store.cells import typed, why
from outwork.store.overlay import Overlay, diff


def amended(base: Programme, amendment: Amendment) -> Overlay:
    """Return what an amendment changes in a programme, nothing where all is so already.

    ValueError where it names a table or a column that no programme has.
    """
    table = BY_NAME.get(amendment.table)
    named = {name for name, _ in (*amendment.key, *amendment.changes)}
    if table not in INPUT or not named <= set(table.names) or {name for name, _ in amendment.key} != set(table.key):
        raise ValueError(f"{amendment.table}: no programme has such a row; ask for the plan again")
    row = {name: _value(table.column(name), value) for name, value in (*amendment.key, *amendment.changes)}
    frame, same = base[table.name], pl.all_horizontal(*(pl.col(name) == row[name] for name in table.key))
    old = frame.filter(same)
    whole: Mapping[str, Any] = {**(old.row(0, named=True) if old.height else {}), **row}
    new = from_columns(table, {name: [value] for name, value in whole.items()})
    return diff(base, base.replace(**{table.name: frame.filter(~same).vstack(new)}))


def _value(column: Column, value: Any) -> Any:
    """Return a value as its column holds it; days and instants come as text from where amendments are kept."""
    if isinstance(value, str) and column.kind == "date":
        return date.fromisoformat(value)
    if isinstance(value, str) and column.kind == "instant":
        return datetime.fromisoformat(value)
    return float(value) if column.kind == "number" and value is not None else value


def of_cell(table: str, key: str, column: str, value: str) -> Amendment:
    """Return the change of one cell as somebody writes it: a key of several columns has semicolons between its parts.

    ValueError where the table, the key, the column or the value cannot be read as such.
    """
    if (own := BY_NAME.get(table)) not in INPUT:
        raise ValueError(f"there is no table '{table}' of a programme")
    parts = [part.strip() for part in key.split(";")]
    if len(parts) != len(own.key):
        raise ValueError(f"{table}: a row is named by {', '.join(own.key)}, with semicolons between them")
    if column not in own.names:
        near = nearest(column, own.names)
        raise ValueError(f"{table}: there is no column '{column}'" + (f"; did you mean '{near}'?" if near else ""))
    named = tuple((name, _read(own.column(name), part)) for name, part in zip(own.key, parts, strict=True))
    return Amendment(table, named, ((column, _read(own.column(column), value.strip())),))


def _read(column: Column, text: str) -> Any:
    """Return the value that a cell's text means, None where it is blank."""
    values, unread = typed(column, pl.Series([text or None], dtype=pl.String), comma=False)
    if unread is not None:
        raise ValueError(f"{column.name}: '{text}' {why(column, text)}")
    return values[0]
