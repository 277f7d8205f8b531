"""Changed rows of a programme as statements, carried out within a transaction that is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from sqlalchemy import Connection

from outwork.model.table import Table
from outwork.model.tables import BY_NAME, EVERY
from outwork.store.kinds.sqlite import plain
from outwork.store.overlay import ADD, CHANGE, REMOVE, Overlay


def change(connection: Connection, overlay: Overlay) -> None:
    """Carry out the changes, in an order in which no row refers to one that is not there."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = on")
    write = Statements(connection)
    changed = [table for table in EVERY if table.name in overlay.tables]
    for table in changed:
        for kind, statement in ((ADD, write.insert(table)), (CHANGE, write.update(table))):
            write.run(statement, _of(overlay.tables[table.name], kind))
    for table in reversed(changed):
        write.run(write.delete(table), _of(overlay.tables[table.name], REMOVE))


def replace(connection: Connection, frames: Mapping[str, pl.DataFrame]) -> None:
    """Put other rows in place of all that tables hold."""
    write = Statements(connection)
    for table in reversed(EVERY):
        if table.name in frames:
            connection.exec_driver_sql(f"DELETE FROM {table.name}")  # noqa: S608 - a declared table
    for table in EVERY:
        if table.name in frames:
            write.run(write.insert(table), frames[table.name].select(table.names))


def _of(frame: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Return the rows that change in one way."""
    return frame.filter(pl.col("change") == kind).drop("change")


@dataclass(frozen=True)
class Statements:
    """Statements in the driver's own words: the many rows of an answer go straight to it."""

    connection: Connection

    def run(self, statement: str, frame: pl.DataFrame) -> None:
        """Run a statement for each row."""
        if frame.height:
            rows = (plain(frame) if self.connection.dialect.name == "sqlite" else frame).to_dicts()
            self.connection.exec_driver_sql(statement, rows)

    def insert(self, table: Table) -> str:
        """Return what adds a row."""
        values = ", ".join(map(self._mark, table.names))
        return f"INSERT INTO {table.name} ({', '.join(table.names)}) VALUES ({values})"  # noqa: S608 - declared names

    def update(self, table: Table) -> str:
        """Return what changes the row with a key."""
        others = [name for name in table.names if name not in table.key]
        values = ", ".join(f"{name} = {self._mark(name)}" for name in others) or f"{table.key[0]} = {table.key[0]}"
        return f"UPDATE {table.name} SET {values} WHERE {self._key(table)}"  # noqa: S608 - declared names

    def delete(self, table: Table) -> str:
        """Return what removes the row with a key."""
        return f"DELETE FROM {table.name} WHERE {self._key(table)}"  # noqa: S608 - declared names

    def _key(self, table: Table) -> str:
        return " AND ".join(f"{name} = {self._mark(name)}" for name in table.key) or "true"

    def _mark(self, name: str) -> str:
        """Return what stands for a column's value."""
        return f":{name}" if self.connection.dialect.name == "sqlite" else f"%({name})s"


def changes(overlay: Overlay) -> Iterator[tuple[Table, str, dict[str, Any]]]:
    """Yield each changed row: its table, how it changes, and the row."""
    for name, frame in overlay.tables.items():
        for record in frame.iter_rows(named=True):
            yield BY_NAME[name], record.pop("change"), record
