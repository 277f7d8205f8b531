"""Changed rows of a programme as statements, carried out within a transaction that is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl
from sqlalchemy import Connection, text

from outwork.model.table import Table
from outwork.model.tables import BY_NAME, EVERY
from outwork.store.kinds.sqlite import plain
from outwork.store.overlay import ADD, CHANGE, REMOVE, Overlay


def change(connection: Connection, overlay: Overlay) -> None:
    """Carry out the changes, in an order in which no row refers to one that is not there."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = on")
    changed = [table for table in EVERY if table.name in overlay.tables]
    for table in changed:
        for kind, statement in ((ADD, _insert(table)), (CHANGE, _update(table))):
            _run(connection, statement, _rows(connection, overlay.tables[table.name], kind))
    for table in reversed(changed):
        _run(connection, _delete(table), _rows(connection, overlay.tables[table.name], REMOVE))


def replace(connection: Connection, frames: Mapping[str, pl.DataFrame]) -> None:
    """Put other rows in place of all that tables hold."""
    for table in reversed(EVERY):
        if table.name in frames:
            connection.exec_driver_sql(f"DELETE FROM {table.name}")  # noqa: S608 - a declared table
    for table in EVERY:
        if table.name in frames:
            _run(connection, _insert(table), _plain(connection, frames[table.name].select(table.names)))


def _rows(connection: Connection, frame: pl.DataFrame, kind: str) -> list[dict[str, Any]]:
    return _plain(connection, frame.filter(pl.col("change") == kind).drop("change"))


def _plain(connection: Connection, frame: pl.DataFrame) -> list[dict[str, Any]]:
    return (plain(frame) if connection.dialect.name == "sqlite" else frame).to_dicts()


def _run(connection: Connection, statement: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(text(statement), rows)


def _insert(table: Table) -> str:
    marks = ", ".join(f":{name}" for name in table.names)
    return f"INSERT INTO {table.name} ({', '.join(table.names)}) VALUES ({marks})"  # noqa: S608 - declared names


def _update(table: Table) -> str:
    values = (
        ", ".join(f"{name} = :{name}" for name in table.names if name not in table.key) or f"{table.key[0]} = {table.key[0]}"
    )
    return f"UPDATE {table.name} SET {values} WHERE {_key(table)}"  # noqa: S608 - declared names


def _delete(table: Table) -> str:
    return f"DELETE FROM {table.name} WHERE {_key(table)}"  # noqa: S608 - declared names


def _key(table: Table) -> str:
    return " AND ".join(f"{name} = :{name}" for name in table.key) or "true"


def changes(overlay: Overlay) -> Iterator[tuple[Table, str, dict[str, Any]]]:
    """Yield each changed row: its table, how it changes, and the row."""
    for name, frame in overlay.tables.items():
        for record in frame.iter_rows(named=True):
            yield BY_NAME[name], record.pop("change"), record
