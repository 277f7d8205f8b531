"""A PostgreSQL database, by URL: tables in the connection's first schema, filled in bulk and then constrained.

Writing is one transaction. Tables that are there and of today's declaration stay, with the views and grants upon them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any, Final, Literal

from adbc_driver_manager import Error
from adbc_driver_postgresql import dbapi

from outwork.model import ddl
from outwork.model.errors import Unreadable, Unwritable
from outwork.model.tables import BY_NAME, EVERY
from outwork.store.kinds import database
from outwork.store.kinds.database import Frames
from outwork.store.reading import Stored

TABLES: Final = "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema()"
CONSTRAINTS: Final = """
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS dropping
    FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
    WHERE connamespace = current_schema()::regnamespace AND contype IN ('f', 'c', 'p') AND relname IN ({names})
    ORDER BY contype = 'p'
"""
"""The key goes last, because references rest on it."""
FORCED: Final = """
    SELECT relname::text AS name FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relforcerowsecurity AND relkind = 'r'
"""


def read(where: str) -> Stored:
    """Return the tables of a database, all as of one moment."""
    place = without_password(where)
    try:
        with _transaction(where) as cursor:
            database.execute(cursor, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            tables = _tables(cursor)
            if not tables & set(BY_NAME):
                raise Unreadable(f"{place}: holds none of Outwork's tables in its first schema")
            return database.stored(database.ours(cursor, tables, database.mark(cursor, tables), place))
    except Error as error:
        raise Unreadable(f"{place}: cannot be read ({without_password(str(error))})") from error


def write(where: str, frames: Frames) -> None:
    """Replace tables of a database in one transaction."""
    place = without_password(where)
    try:
        with _transaction(where) as cursor:
            tables = _tables(cursor)
            found = database.mark(cursor, tables)
            database.count_write(cursor, tables)
            forced = _forced(cursor)
            _force(cursor, forced, "NO FORCE")
            if found == database.today():
                _empty(cursor, frames)
            else:
                frames = database.whole(database.ours(cursor, tables, found, place), frames)
                _rebuild(cursor, tables)
            database.fill(cursor, frames)
            for name in database.in_order(frames):
                for statement in ddl.constraints(BY_NAME[name]):
                    database.execute(cursor, statement)
            if found == database.today():  # tables that were made anew have no walls to stand behind
                _force(cursor, forced, "FORCE")
    except Error as error:
        raise Unwritable(f"{place}: cannot be written ({without_password(str(error))}); what was there is unchanged") from error


def without_password(text: str) -> str:
    """Return text that a person may see, with the passwords of its URLs starred out."""
    return re.sub(r"(://[^:/@\s]*:)[^@\s]*@|(password=)[^&\s]*", lambda m: f"{m[1]}***@" if m[1] else f"{m[2]}***", text)


def _empty(cursor: Any, frames: Frames) -> None:
    """Take constraints and rows away from tables: adding constraints after a bulk load is ten times faster."""
    names = ", ".join(f"'{name}'" for name in frames)
    for dropping in database.fetch(cursor, CONSTRAINTS.format(names=names))["dropping"]:
        database.execute(cursor, dropping)
    database.execute(cursor, f"TRUNCATE {', '.join(frames)}")


def _forced(cursor: Any) -> list[str]:
    """Return the tables whose row-level security binds their owner too, who could not fill them in bulk."""
    return database.fetch(cursor, FORCED)["name"].to_list()


def _force(cursor: Any, names: Iterable[str], how: Literal["FORCE", "NO FORCE"]) -> None:
    """Bind or release the owner of tables; nobody else sees it before the transaction ends."""
    for name in names:
        database.execute(cursor, f"ALTER TABLE {name} {how} ROW LEVEL SECURITY")


def _rebuild(cursor: Any, tables: set[str]) -> None:
    """Make every table anew, bare."""
    old = [table.name for table in EVERY if table.name in tables]
    if old:
        database.execute(cursor, f"DROP TABLE {', '.join(old)}")
    for table in EVERY:
        database.execute(cursor, ddl.bare(table, "postgresql"))
    database.write_mark(cursor)


def _tables(cursor: Any) -> set[str]:
    return set(database.fetch(cursor, TABLES)["name"])


@contextmanager
def _transaction(where: str) -> Iterator[Any]:
    """Connect for one transaction, which is undone where anything is raised."""
    with closing(dbapi.connect(where)) as connection, closing(connection.cursor()) as cursor:
        try:
            yield cursor
        except BaseException:
            connection.rollback()
            raise
        connection.commit()
