"""Tables as columns: the polars face of a declaration."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import polars as pl

from outwork.model.table import Column, Kind, Row, Table

DTYPES: Final[dict[Kind, pl.DataType]] = {
    "text": pl.String(),
    "integer": pl.Int64(),
    "number": pl.Float64(),
    "flag": pl.Boolean(),
    "date": pl.Date(),
    "instant": pl.Datetime("us", "UTC"),
}

INSTANT_FORMAT: Final = "%Y-%m-%dT%H:%M:%S%.6fZ"
"""How an instant is written as text: in UTC, to the microsecond."""


def dtype(column: Column) -> pl.DataType:
    """Return the polars type of a column."""
    return DTYPES[column.kind]


def schema(table: Table) -> pl.Schema:
    """Return the polars schema of a table."""
    return pl.Schema({column.name: dtype(column) for column in table.columns})


def empty(table: Table) -> pl.DataFrame:
    """Return the table without rows."""
    return _empty(tuple((column.name, column.kind) for column in table.columns)).clone()


@cache
def _empty(columns: tuple[tuple[str, Kind], ...]) -> pl.DataFrame:
    return pl.DataFrame(schema={name: DTYPES[kind] for name, kind in columns})


def from_rows(table: Table, rows: Iterable[Row]) -> pl.DataFrame:
    """Return rows, which are valid each by itself, as columns."""
    return pl.DataFrame([row.model_dump() for row in rows], schema=schema(table), orient="row")


def from_columns(table: Table, columns: dict[str, Any]) -> pl.DataFrame:
    """Return the table from columns, filling the defaults of those not given. TypeError on a column it lacks."""
    unknown = set(columns) - set(table.names)
    if unknown:
        raise TypeError(f"{table.name} has no column {', '.join(sorted(unknown))}")
    frame = pl.DataFrame(columns)
    return frame.select(
        pl.col(column.name).cast(dtype(column))
        if column.name in columns
        else pl.lit(column.default, dtype(column)).alias(column.name)
        for column in table.columns
    )


def to_rows(table: Table, frame: pl.DataFrame) -> list[Row]:
    """Return columns as row objects, for people who ask for them."""
    return [table.row.model_validate(record) for record in frame.iter_rows(named=True)]
