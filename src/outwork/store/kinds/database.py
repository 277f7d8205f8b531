"""What SQLite and PostgreSQL have in common: the mark of the Outwork that wrote them, and reading and filling tables."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from outwork.model import ddl
from outwork.model.frames import empty
from outwork.model.tables import BY_NAME, EVERY
from outwork.store import migrate
from outwork.store.headers import sheet
from outwork.store.reading import Raw, Stored

META: Final = "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)"
"""One row `format`, the number that `migrate` counts, and one row `shape`, the digest of the tables' declarations."""

SERVED: Final = "service_state"
"""The table by which a service counts the writes to a programme that it serves."""

Frames = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Mark:
    """Which Outwork wrote a database: number of its format, and digest of the tables' declarations."""

    format: int
    shape: str


def today() -> Mark:
    """Return the mark that this Outwork writes."""
    text = "\n".join(ddl.create(table, "sqlite") for table in EVERY)
    return Mark(migrate.version(), hashlib.sha256(text.encode()).hexdigest())


def mark(cursor: Any, tables: set[str]) -> Mark:
    """Return the mark of a database; tables that somebody made by hand, without one, are taken for today's format."""
    held = dict(fetch(cursor, "SELECT name, value FROM meta").iter_rows()) if "meta" in tables else {}
    return Mark(int(held.get("format", migrate.version())), held.get("shape", ""))


def write_mark(cursor: Any) -> None:
    """Write today's mark in place of an earlier one."""
    own = today()
    execute(cursor, META)
    execute(cursor, "DELETE FROM meta")
    execute(cursor, f"INSERT INTO meta VALUES ('format', '{own.format}'), ('shape', '{own.shape}')")  # noqa: S608 - ours


def ours(cursor: Any, tables: Iterable[str], found: Mark, place: str) -> Frames:
    """Return the tables that today's Outwork knows, brought to today's format. Tables of other programs are left out."""
    # a step may begin from tables under names of their own time, so all are read for it
    wanted = [name for name in tables if name in BY_NAME or (found.format != migrate.version() and name != "meta")]
    frames = {name: fetch(cursor, f'SELECT * FROM "{name}"') for name in sorted(wanted)}  # noqa: S608 - names of tables there
    upgraded = migrate.upgraded(frames, found.format, place)
    return {name: frame for name, frame in upgraded.items() if name in BY_NAME}


def stored(frames: Frames) -> Stored:
    """Return tables as read."""
    return Stored({name: _raw(name, frame) for name, frame in frames.items()})


def _raw(name: str, frame: pl.DataFrame) -> Raw:
    return Raw(tuple(frame.columns), frame, name)


def in_order(frames: Frames) -> list[str]:
    """Return the names of tables, what is referred to first."""
    return [table.name for table in EVERY if table.name in frames]


def fill(cursor: Any, frames: Frames) -> None:
    """Put the rows into tables that are there and empty."""
    for name in in_order(frames):
        if frames[name].height:
            ingest(cursor, name, frames[name].select(BY_NAME[name].names))


def whole(old: Frames, frames: Frames) -> Frames:
    """Return every table: the new one, or else the old one in today's columns and types, or else an empty one."""
    rest = {name: sheet(BY_NAME[name], _raw(name, frame)).frame for name, frame in old.items() if name not in frames}
    return {table.name: empty(table) for table in EVERY} | rest | dict(frames)


def count_write(cursor: Any, tables: Iterable[str]) -> None:
    """Let a service that is open upon these tables know that they were written by somebody else."""
    if SERVED in tables:
        execute(cursor, f"UPDATE {SERVED} SET version = version + 1")  # noqa: S608 - ours


def execute(cursor: Any, statement: str) -> None:
    """Run a statement that answers nothing."""
    cursor.execute(statement)


def fetch(cursor: Any, query: str) -> pl.DataFrame:
    """Return the rows of a query."""
    cursor.execute(query)
    frame: pl.DataFrame = cursor.fetch_polars()
    return frame


def ingest(cursor: Any, name: str, frame: pl.DataFrame) -> None:
    """Put rows into a table in bulk."""
    cursor.adbc_ingest(name, frame, mode="append")
