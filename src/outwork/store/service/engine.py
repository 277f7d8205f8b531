"""The connection to a service's database, SQLite or PostgreSQL, whose transactions are on the disk when they are over."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, insert, select
from sqlalchemy.exc import SQLAlchemyError

from outwork.model.chain import EMPTY
from outwork.model.errors import Unreadable, Unwritable
from outwork.store import door
from outwork.store.kinds import database, postgres
from outwork.store.kinds.sqlite import PRAGMAS
from outwork.store.place import POSTGRES, SQLITE, existing
from outwork.store.service import reading
from outwork.store.service.schema import KEPT, METADATA, STATE

WRITING: Final = {"outwork_writing": True}
"""Options of a connection whose transaction will write: on SQLite it begins by locking the file for writers."""


READING: Final = {"sqlite": {}, "postgresql": {"isolation_level": "REPEATABLE READ"}}
"""By dialect, options of a connection whose transaction sees the database as of one moment."""


def connect(where: str | Path) -> Engine:
    """Return the engine of a programme's database, with the service's tables in it and the programme's as of today's format.

    Unreadable where the place is a folder or a workbook, which cannot keep what many write at once; InvalidProgramme where
    the programme's tables break their own rules.
    """
    kind = existing(where)
    if kind is not SQLITE and kind is not POSTGRES:
        said = "the service keeps what people write in an .outwork file or a PostgreSQL database"
        raise Unreadable(f"{where}: {said}, and this is neither; copy it: outwork copy {where} P.outwork")
    engine = _postgres(str(where)) if kind is POSTGRES else _sqlite(Path(where))
    try:
        _bring_to_today(engine, str(where))
    except SQLAlchemyError as error:
        place = postgres.without_password(str(where))
        raise Unreadable(f"{place}: cannot be read ({plain(error)})") from error
    try:
        with engine.connect().execution_options(**WRITING) as connection, connection.begin():
            _begin(connection)
    except SQLAlchemyError as error:
        place = postgres.without_password(str(where))
        raise Unwritable(f"{place}: the service's tables cannot be made ({plain(error)})") from error
    return engine


def _bring_to_today(engine: Engine, where: str) -> None:
    """Look whether a programme is there and sound, and write it in today's format where an older Outwork wrote it."""
    with engine.connect() as connection, connection.begin():
        programme, results = door.typed(reading.stored(connection, where))
        current = reading.mark(connection) == database.today()
    if not current:
        engine.dispose()  # nobody else holds the file while the door writes it
        door.save(programme, where, results)


def _begin(connection: Connection) -> None:
    """Make what is not there yet; each step does nothing where it was done."""
    METADATA.create_all(connection)
    for statement in KEPT[connection.dialect.name]:
        connection.exec_driver_sql(statement)
    if connection.execute(select(STATE.c.one)).first() is None:
        connection.execute(insert(STATE).values(one=1, version=1, audited=1, records=EMPTY.records, digest=EMPTY.digest))


def _sqlite(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 60, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def opened(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own beginnings come too late; `begun` says BEGIN
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        writing = connection.get_execution_options().get("outwork_writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _postgres(where: str) -> Engine:
    return create_engine(re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", where), pool_size=10, pool_pre_ping=True)


def driver(connection: Connection) -> Any:
    """Return the driver's own connection: of sqlite3 or of psycopg."""
    return connection.connection.driver_connection


def plain(error: SQLAlchemyError) -> str:
    """Return what the driver said, without the statement and its values."""
    return postgres.without_password(str(getattr(error, "orig", None) or error))
