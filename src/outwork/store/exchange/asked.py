"""Rows as somebody typed them, read by the same readers as a file of theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from outwork.model.errors import Fault
from outwork.model.nearest import nearest
from outwork.model.table import Table
from outwork.store import cells, headers
from outwork.store.overlay import ADD, CHANGE, REMOVE
from outwork.store.reading import Raw, Sheet, shown

PUT: Final = "put"
"""The row is to be there as it is written, whether or not it was: what a file says of its rows."""
WANTED: Final = (ADD, CHANGE, REMOVE)

Cell = str | int | float | bool | None


@dataclass(frozen=True)
class Asked:
    """A row that somebody wants otherwise.

    `change` is `add`, `change` or `remove`; `cells` what they wrote, by column, of a row that is there only its key and what
    changes; `stamp` the mark of the row as they saw it, None where they did not say.
    """

    change: str
    cells: Mapping[str, Cell]
    stamp: str | None = None


@dataclass(frozen=True, eq=False)
class Wanted:
    """Rows that are wanted, typed.

    Args: sheet, the columns that anybody wrote and the key; given, by column whether it was written, column by column of
    `sheet`, None where all were; change and stamp, of each row.
    """

    sheet: Sheet
    change: pl.Series
    stamp: pl.Series
    given: pl.DataFrame | None = None
    faults: tuple[Fault, ...] = field(default=())


def typed(table: Table, asked: Sequence[Asked]) -> Wanted:
    """Return what people wrote as typed columns. Args: table, the columns that they see. Lines count rows from 0."""
    names = [name for name in table.names if name in table.key or any(name in each.cells for each in asked)]
    texts = _texts(table.only(names), asked)
    raw = Raw(tuple(names), texts, table.name, pl.Series(range(len(asked)), dtype=pl.Int64), comma=True)
    return Wanted(
        headers.sheet(table.only(names), raw),
        pl.Series([each.change for each in asked], dtype=pl.String),
        pl.Series([each.stamp for each in asked], dtype=pl.String),
        pl.DataFrame({name: [name in each.cells for each in asked] for name in names}),
        tuple(_strangers(table, asked)),
    )


def _texts(table: Table, asked: Sequence[Asked]) -> pl.DataFrame:
    """Return cells as text; numbers that need no reading are written with the comma that others have."""
    numbers = [column.name for column in table.columns if column.kind == "number"]
    typed = [each.cells.get(name) for name in numbers for each in asked]
    comma = cells.has_decimal_comma(pl.Series([cell for cell in typed if isinstance(cell, str)], dtype=pl.String))
    columns = {name: [_text(each.cells.get(name), "," if comma else ".") for each in asked] for name in table.names}
    return pl.DataFrame(columns, schema=dict.fromkeys(table.names, pl.String))


def _text(cell: Cell, point: str) -> str | None:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return repr(cell).replace(".", point)
    return None if cell is None else str(cell)


def _strangers(table: Table, asked: Sequence[Asked]) -> list[Fault]:
    """Return a fault for each cell under a name that is no column."""
    return [
        Fault(
            table.name,
            f"there is no column {shown(name)} in {table.name}",
            at,
            name,
            "",
            nearest(name, table.names),
            table.name,
        )
        for at, each in enumerate(asked)
        for name in each.cells
        if name not in table.names
    ]
