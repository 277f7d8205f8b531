"""The programme's tables, read through the connection on which the service also writes.

While a desk is open, its own connection is the only way into a SQLite file: when a process closes a file, all locks that it
holds on it are gone, whichever part of it took them. So another build of SQLite in the same process, or a plain copy of the
file, would let two writers in at once, and the file would be lost.
"""

from __future__ import annotations

from typing import Any

import polars as pl
from sqlalchemy import Connection, inspect

from outwork.model.errors import Unreadable
from outwork.model.tables import BY_NAME
from outwork.store.kinds import database
from outwork.store.kinds.postgres import without_password
from outwork.store.reading import Stored


class Cursor:
    """A connection in the shape that `database` reads by."""

    def __init__(self, connection: Connection) -> None:
        """Read by an open transaction."""
        self.connection = connection
        self.found: Any = None

    def execute(self, statement: str) -> None:
        """Run a statement."""
        self.found = self.connection.exec_driver_sql(statement)

    def fetch_polars(self) -> pl.DataFrame:
        """Return the rows of the statement; a column that is blank throughout is of text."""
        names = list(self.found.keys())
        rows = self.found.cursor.fetchall()
        frame = pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None)
        return frame.with_columns(pl.col(pl.Null).cast(pl.String))


def mark(connection: Connection) -> database.Mark:
    """Return which Outwork wrote the database."""
    return database.mark(Cursor(connection), set(inspect(connection).get_table_names()))


def stored(connection: Connection, where: str) -> Stored:
    """Return every table of a programme as of the open transaction."""
    there = inspect(connection).get_table_names()
    if not set(there) & set(BY_NAME):
        raise Unreadable(f"{without_password(where)}: holds none of Outwork's tables")
    cursor = Cursor(connection)
    return database.stored(database.ours(cursor, there, database.mark(cursor, set(there)), where))
