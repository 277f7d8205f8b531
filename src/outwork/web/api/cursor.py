"""Where a page of rows ends: the key of its last row, so that rows that come and go meanwhile shift nothing."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import polars as pl

from outwork.model.errors import Fault, InvalidProgramme
from outwork.model.frames import dtype
from outwork.model.table import Column, Table
from outwork.store import cells
from outwork.web.cells import text


def cursor(table: Table, row: dict[str, object]) -> str:
    """Return the cursor behind a row."""
    key = json.dumps([text(row[name]) for name in table.key], ensure_ascii=False)
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def behind(frame: pl.DataFrame, table: Table, after: str) -> pl.DataFrame:
    """Return the rows whose key comes after a cursor. InvalidProgramme where it is none of this table."""
    key = list(_key(table, after))
    last = pl.lit(value=False)
    for name, value in reversed(list(zip(table.key, key, strict=True))):
        last = (pl.col(name) > value) | ((pl.col(name) == value) & last)
    return frame.filter(last)


def _key(table: Table, after: str) -> Iterator[pl.Expr]:
    """Yield the values of a cursor."""
    try:
        told = json.loads(base64.b64decode(after + "=" * (-len(after) % 4), altchars=b"-_", validate=True))
        for name, each in zip(table.key, told, strict=True):
            yield _value(table.column(name), each)
    except (ValueError, TypeError, RecursionError) as error:
        said = "is no cursor of this table; take it from the answer before, or begin without one"
        raise InvalidProgramme((Fault(table.name, said, None, "after", after, "", table.name),)) from error


def _value(column: Column, told: Any) -> pl.Expr:
    """Return a value of a key. ValueError where it is none."""
    values, unread = cells.typed(column, pl.Series([told], dtype=pl.String), comma=False)
    if unread is not None or (values[0] is None and column.kind != "text"):
        raise ValueError(f"{told!r} is no {column.name}")
    return pl.lit("" if values[0] is None else values[0], dtype=dtype(column))
