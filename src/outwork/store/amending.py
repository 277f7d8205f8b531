"""A proposed change of one row as changed rows over a programme, so that it can be tried as a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import polars as pl

from outwork.model.frames import from_columns
from outwork.model.outcome import Amendment
from outwork.model.programme import Programme
from outwork.model.table import Column
from outwork.model.tables import BY_NAME, INPUT
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
