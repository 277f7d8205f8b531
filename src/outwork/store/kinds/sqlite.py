"""A SQLite file: STRICT tables with every constraint, which any tool can read.

Writing is one transaction, on the disk when it is over (write-ahead log, synchronous = FULL); a new file is made beside
its place and moved there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import polars as pl
from adbc_driver_manager import Error
from adbc_driver_sqlite import dbapi

from outwork.model import ddl
from outwork.model.errors import Unreadable, Unwritable
from outwork.model.frames import INSTANT_FORMAT
from outwork.model.tables import BY_NAME, EVERY
from outwork.store import durable
from outwork.store.kinds import database
from outwork.store.kinds.database import Frames
from outwork.store.reading import Stored

MAGIC: Final = b"SQLite format 3\0"
PRAGMAS: Final = ("busy_timeout = 60000", "journal_mode = wal", "synchronous = full", "foreign_keys = on")
TABLES: Final = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


def read(where: str) -> Stored:
    """Return the tables of a SQLite file, all as of one moment."""
    path = Path(where)
    try:
        if path.read_bytes()[: len(MAGIC)] != MAGIC:
            raise Unreadable(f"{path}: is not a SQLite file")
        with transaction(path) as cursor:
            there = tables(cursor)
            if not there & set(BY_NAME):
                raise Unreadable(f"{path}: is a SQLite file but holds none of Outwork's tables")
            return database.stored(database.ours(cursor, there, database.mark(cursor, there), where))
    except (Error, OSError) as error:
        raise Unreadable(f"{path}: cannot be read as a SQLite file ({error})") from error


def write(where: str, frames: Frames) -> None:
    """Replace tables of a SQLite file in one transaction, or make the file."""
    path = Path(where)
    if not path.exists():
        return durable.replace_file(path, lambda fresh: _write(fresh, frames))
    return _write(path, frames)


def _write(path: Path, frames: Frames) -> None:
    try:
        with transaction(path) as cursor:
            put(cursor, frames, path)
    except Error as error:
        raise Unwritable(f"{path}: cannot be written ({error}); what was there before is unchanged") from error


def put(cursor: Any, frames: Frames, path: Path) -> None:
    """Replace tables within a transaction; a file of another Outwork's tables is brought to today's."""
    there = tables(cursor)
    found = database.mark(cursor, there)
    database.count_write(cursor, there)
    database.execute(cursor, "PRAGMA defer_foreign_keys = on")
    if found == database.today():
        for name in reversed(database.in_order(frames)):
            database.execute(cursor, f"DELETE FROM {name}")  # noqa: S608 - a declared table
    else:
        frames = database.whole(database.ours(cursor, tables(cursor), found, str(path)), frames)
        _rebuild(cursor, tables(cursor))
    database.fill(cursor, {name: plain(frame) for name, frame in frames.items()})


def _rebuild(cursor: Any, there: set[str]) -> None:
    """Make every table anew."""
    for table in reversed(EVERY):
        if table.name in there:
            database.execute(cursor, f"DROP TABLE {table.name}")
    for table in EVERY:
        database.execute(cursor, ddl.create(table, "sqlite"))
    database.write_mark(cursor)


def plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame in the types that SQLite keeps: days and instants as ISO text, flags as 0 and 1."""
    days, instants = pl.col(pl.Date).dt.to_string("%Y-%m-%d"), pl.col(pl.Datetime).dt.to_string(INSTANT_FORMAT)
    return frame.with_columns(days, instants, pl.col(pl.Boolean).cast(pl.Int64))


def tables(cursor: Any) -> set[str]:
    """Return the names of all tables of the file."""
    return set(database.fetch(cursor, TABLES)["name"].cast(pl.String))


@contextmanager
def transaction(path: Path, before: Iterable[str] = ()) -> Iterator[Any]:
    """Open the file, with foreign keys enforced, for one transaction, which is undone where anything is raised.

    Args: before, statements each of which is carried out by itself before the transaction begins.
    """
    with closing(dbapi.connect(str(path), autocommit=True)) as connection:
        with closing(connection.cursor()) as cursor:
            # inside a transaction `foreign_keys = on` does nothing and says nothing, so it is set before and read back
            for pragma in PRAGMAS:
                database.execute(cursor, f"PRAGMA {pragma}")
            if database.fetch(cursor, "PRAGMA foreign_keys").item() != 1:
                raise Unwritable(f"{path}: this SQLite does not enforce references")
            for statement in before:
                database.execute(cursor, statement)
        own = connection.adbc_connection
        own.set_autocommit(False)
        with closing(connection.cursor()) as cursor:
            # the type of a column is told from the first batch of rows: a column blank in all of them would be numbers
            cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": str(1 << 24)})
            try:
                yield cursor
            except BaseException:
                own.rollback()
                raise
            own.commit()  # the connection's own commit is for connections opened without autocommit, and does nothing here
