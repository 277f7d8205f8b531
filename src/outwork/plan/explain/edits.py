"""Changes to the input tables that could help, each as the edit of one row that a person can make by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from outwork.model.frames import from_columns
from outwork.model.outcome import Amendment, Pointer
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.plan.explain.words import number


@dataclass(frozen=True)
class Edit:
    """One row that is changed, or added where there is none with its key.

    Args: key and changes, by column; why, what the edit means in the world; frees, (operation, site) whose qualification
    the edit is about, so that its start is decided anew; cost [EUR], of what the edit brings beyond what the tables price.
    """

    table: str
    key: tuple[tuple[str, Any], ...]
    changes: tuple[tuple[str, Any], ...]
    why: str
    frees: tuple[tuple[str, str], ...] = ()
    cost: float = 0.0

    @property
    def pointer(self) -> Pointer:
        """The row that is edited."""
        return Pointer(self.table, tuple(str(value) for _, value in self.key))

    @property
    def amendment(self) -> Amendment:
        """The edit as a value that others can carry out."""
        return Amendment(self.table, self.key, self.changes)

    def before(self, programme: Programme) -> dict[str, Any] | None:
        """Return the row as it stands, None where it is new."""
        frame = programme[self.table].filter(*(pl.col(column) == value for column, value in self.key))
        return frame.row(0, named=True) if frame.height else None

    def apply(self, programme: Programme) -> Programme:
        """Return the programme with the edit made."""
        old = self.before(programme)
        table, frame = BY_NAME[self.table], programme[self.table]
        row = {**(old or {}), **dict(self.key), **dict(self.changes)}
        new = from_columns(table, {column: [value] for column, value in row.items()})
        if old is None:
            return programme.replace(**{self.table: pl.concat([frame, new])})
        same = pl.all_horizontal(*(pl.col(column) == value for column, value in self.key))
        columns = [
            pl.when(same).then(pl.lit(new[column][0], dtype=new.schema[column])).otherwise(pl.col(column)).alias(column)
            for column, _ in self.changes
        ]
        return programme.replace(**{self.table: frame.with_columns(columns)})

    def text(self, programme: Programme) -> str:
        """Return what to write into which row. Example: supplies: item board, site lund, party parts: per_week 30 (now 20)."""
        old = self.before(programme)
        key = ", ".join(f"{column} {_said(value)}" for column, value in self.key)
        if old is None:
            return f"{self.table}, new row: {key}, " + ", ".join(f"{column} {_said(value)}" for column, value in self.changes)
        said = [f"{column} {_said(value)} (now {_said(old[column])})" for column, value in self.changes if value != old[column]]
        return f"{self.table}: {key}: {', '.join(said)}"


def _said(value: object) -> str:
    if value is None:
        return "blank"
    if isinstance(value, date):
        return value.isoformat()
    return number(value) if isinstance(value, int | float) else str(value)
