"""The audit: every write and every decision, chained record by record in the transaction that makes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, insert, select

from outwork.model.asker import Asker, Role
from outwork.model.chain import Broken, Head, Record, seal, verify
from outwork.store.service.schema import AUDIT, STATE

TERMINAL: Final = Asker("terminal", "Terminal of the service's machine", Role.OFFICE, "", "")
"""Who writes from the command line: whoever may read and write the database itself."""
SERVICE: Final = Asker("service", "The service", Role.OFFICE, "", "")
"""Who records what nobody signed in has done, such as a sign-in that failed."""
PAST: Final = "write past the service"
"""The kind of act by which a command, or another program, changed a served programme without the service."""


@dataclass(frozen=True)
class Act:
    """What was done: when (UTC, ISO 8601), by whom and in which role, what to which thing, and how in JSON or words."""

    at: str
    account: str
    role: str
    kind: str
    subject: str
    detail: str


def head(connection: Connection) -> Head:
    """Return where the audit ends."""
    return Head(*connection.execute(select(STATE.c.records, STATE.c.digest)).one())


def past(at: str, version: int, audited: int) -> Iterator[Act]:
    """Yield the act of whoever wrote past the service. Args: version of the programme, and that up to which the audit tells."""
    if version != audited:
        said = f"{version - audited} times; the audit does not tell what"
        yield Act(at, TERMINAL.account, TERMINAL.role, PAST, "programme", said)


def add(connection: Connection, acts: Iterable[Act], end: Head) -> Head:
    """Add acts behind the end of the audit and return its new end, which the caller writes in the same transaction."""
    rows = []
    for act in acts:
        record = seal(act, end)
        end = Head(record.number, record.digest)
        rows.append(record.flat)
    if rows:
        connection.execute(insert(AUDIT), rows)
    return end


def records(connection: Connection) -> Iterator[Record[Act]]:
    """Yield every record, the first first."""
    for number, *fields, previous, digest in connection.execute(select(AUDIT).order_by(AUDIT.c.number)):
        yield Record(number, Act(*fields), previous, digest)


def broken(connection: Connection, noted: Head | None = None) -> Broken | None:
    """Return the first record that is not as it was written, None where all are."""
    return verify(records(connection), head(connection), noted)


def latest(connection: Connection, subject: str) -> Act | None:
    """Return what was last done to a thing."""
    columns = [AUDIT.c[name] for name in ("at", "account", "role", "kind", "subject", "detail")]
    query = select(*columns).where(AUDIT.c.subject == subject).order_by(AUDIT.c.number.desc()).limit(1)
    row = connection.execute(query).first()
    return None if row is None else Act(*row)


@dataclass(frozen=True)
class Wanted:
    """Which records to look at: those of an account, of a kind, whose subject begins so, from a day and up to another.

    What is empty narrows nothing down; days are ISO 8601. `before` is the number of the record behind the ones wanted.
    """

    account: str = ""
    kind: str = ""
    subject: str = ""
    since: str = ""
    until: str = ""
    before: int | None = None


def found(connection: Connection, wanted: Wanted, most: int) -> list[Record[Act]]:
    """Return records, the newest first."""
    query = select(AUDIT).order_by(AUDIT.c.number.desc()).limit(most)
    for name in ("account", "kind"):
        if getattr(wanted, name):
            query = query.where(AUDIT.c[name] == getattr(wanted, name))
    if wanted.subject:
        query = query.where(AUDIT.c.subject.startswith(wanted.subject, autoescape=True))
    if wanted.since:
        query = query.where(AUDIT.c.at >= wanted.since)
    if wanted.until:
        query = query.where(AUDIT.c.at < f"{wanted.until}U")  # U is behind the T that follows the day in every moment of it
    if wanted.before is not None:
        query = query.where(AUDIT.c.number < wanted.before)
    return [Record(number, Act(*fields), previous, digest) for number, *fields, previous, digest in connection.execute(query)]


def kinds(connection: Connection) -> list[str]:
    """Return every kind of act that was ever recorded."""
    return list(connection.execute(select(AUDIT.c.kind).distinct().order_by(AUDIT.c.kind)).scalars())
