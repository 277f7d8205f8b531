"""A programme that many people work on: read as of one moment, written in one audited transaction at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.exc import SQLAlchemyError

from outwork.model.asker import Asker
from outwork.model.errors import Unwritable
from outwork.model.table import written
from outwork.store import door
from outwork.store.service import audit, engine, reading
from outwork.store.service.schema import STATE
from outwork.store.service.snapshot import Snapshot
from outwork.store.service.writing import Writing


@dataclass(eq=False)
class Desk:
    """The door to a programme's database for everybody who works on it at once; safe to share among threads.

    `engine` is for the service's own tables; the programme itself is read by `snapshot` and written by `writing` alone.
    """

    where: str
    engine: Engine
    _held: Snapshot | None = None
    _reader: threading.Lock = field(default_factory=threading.Lock)
    _writer: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def open(cls, where: str | Path) -> Desk:
        """Open a programme, making the service's tables where there are none yet.

        Unreadable where it lives in a folder or a workbook, Unwritable where its database cannot be written.
        """
        return cls(str(where), engine.connect(where))

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees the database as of one moment and changes nothing."""
        with (
            self.engine.connect().execution_options(**engine.READING[self.engine.dialect.name]) as connection,
            connection.begin(),
        ):
            yield connection

    def snapshot(self) -> Snapshot:
        """Return the programme as it stands, from memory where nobody wrote it since."""
        with self._reader, self.reading() as connection:
            return self._as_of(connection)

    @contextmanager
    def writing(self, asker: Asker, now: datetime | None = None) -> Iterator[Writing]:
        """Open the one transaction that writes; all of it is on the disk once the block is left, or none of it.

        Unwritable where the database refuses, for example because the disk is full.
        """
        try:
            # writers of this process queue here, not in the pool of connections, which readers need
            with self._writer, self.engine.connect().execution_options(**engine.WRITING) as connection, connection.begin():
                connection.execute(update(STATE).values(one=1))  # writers of other processes queue here
                own = Writing(connection, asker, written(now or datetime.now(UTC)), self._as_of(connection))
                audited = int(connection.execute(select(STATE.c.audited)).scalar_one())
                own.acts.extend(audit.past(own.at, own.base.version, audited))
                yield own
                end = audit.add(connection, own.acts, audit.head(connection))
                version = own.base.version + own.wrote
                told = {"version": version, "audited": version, "records": end.records, "digest": end.digest}
                connection.execute(update(STATE).values(told))
            if own.wrote:  # it is on the disk, so nobody needs to read all of it again
                with self._reader:
                    self._held = own.now if self._held is None or self._held.version < version else self._held
        except SQLAlchemyError as error:
            raise Unwritable(f"nothing was written: {engine.plain(error)}") from error

    @contextmanager
    def noting(self) -> Iterator[Connection]:
        """Open a transaction for what is neither written nor decided, such as how far a job is; the audit says nothing of it.

        Unwritable where the database refuses.
        """
        try:
            with self.engine.connect().execution_options(**engine.WRITING) as connection, connection.begin():
                yield connection
        except SQLAlchemyError as error:
            raise Unwritable(f"nothing was written: {engine.plain(error)}") from error

    def _as_of(self, connection: Connection) -> Snapshot:
        """Return the programme as an open transaction sees it."""
        version = int(connection.execute(select(STATE.c.version)).scalar_one())
        if (held := self._held) is not None and held.version == version:
            return held
        programme, results = door.typed(reading.stored(connection, self.where))
        self._held = Snapshot(version, programme, MappingProxyType(results))
        return self._held
