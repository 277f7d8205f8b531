"""Sessions of browsers. A session is opened by its cookie alone, of which only the SHA-256 is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select, update

from outwork.model.table import written
from outwork.store.service.accounts import COLUMNS, Account, of_row
from outwork.store.service.desk import Desk
from outwork.store.service.engine import WRITING
from outwork.store.service.schema import ACCOUNTS, SESSIONS
from outwork.store.service.writing import Writing

SECRET: Final = 32
"""Random bytes of a cookie, and of the token against forged requests."""
NOTED: Final = timedelta(minutes=1)
"""How often a session notes that it is used."""


@dataclass(frozen=True)
class Session:
    """Somebody signed in: the key of the session (not its cookie), the token that its forms carry, and how long it lasts."""

    session: str
    csrf: str
    since: str
    seen: str
    until: str


def digest(secret: str) -> str:
    """Return how a secret of 32 random bytes is kept; it needs no salt, because nobody can guess it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_session(writing: Writing, now: datetime, lasts: timedelta, how: str) -> str:
    """Sign the writer in and return the cookie. Args: how, by a password or by a provider's name, for the audit."""
    cookie = secrets.token_urlsafe(SECRET)
    at = written(now)
    writing.connection.execute(delete(SESSIONS).where(SESSIONS.c.until < at))
    own = {"since": at, "seen": at, "until": written(now + lasts)}
    row = {"session": digest(cookie), "account": writing.asker.account, "csrf": secrets.token_urlsafe(SECRET), **own}
    writing.connection.execute(insert(SESSIONS).values(row))
    writing.audit("sign in", f"account {writing.asker.account}", how)
    return cookie


def whose(desk: Desk, cookie: str, now: datetime, idle: timedelta) -> tuple[Account, Session] | None:
    """Return who a cookie signs in, None where it signs nobody in or no longer does."""
    with desk.reading() as connection:
        own = [SESSIONS.c[name] for name in ("session", "csrf", "since", "seen", "until")]
        query = select(*own, *COLUMNS).join(ACCOUNTS, ACCOUNTS.c.account == SESSIONS.c.account)
        row = connection.execute(query.where(SESSIONS.c.session == digest(cookie), ~ACCOUNTS.c.closed)).first()
    if row is None:
        return None
    session = Session(*row[: len(own)])
    over = session.until <= written(now) or session.seen <= written(now - idle)
    return None if over else (of_row(row[len(own) :]), session)


def note(desk: Desk, session: Session, now: datetime) -> None:
    """Note that a session is used, at most once a minute; it is no act of anybody's, so the audit does not hear of it."""
    if datetime.fromisoformat(session.seen) + NOTED > now.astimezone(UTC):
        return
    with desk.engine.connect().execution_options(**WRITING) as connection, connection.begin():
        connection.execute(update(SESSIONS).where(SESSIONS.c.session == session.session).values(seen=written(now)))


def of(connection: Connection, account: str, now: datetime) -> list[Session]:
    """Return an account's sessions, the newest first."""
    query = select(*(SESSIONS.c[name] for name in ("session", "csrf", "since", "seen", "until")))
    query = query.where(SESSIONS.c.account == account, SESSIONS.c.until > written(now)).order_by(SESSIONS.c.since.desc())
    return [Session(*row) for row in connection.execute(query)]


def open_count(connection: Connection, now: datetime) -> int:
    """Return how many sessions are open."""
    query = select(func.count()).select_from(SESSIONS).where(SESSIONS.c.until > written(now))
    return int(connection.execute(query).scalar_one())


def close(writing: Writing, session: str, kind: str = "sign out") -> None:
    """End one session of the writer."""
    own = (SESSIONS.c.session == session) & (SESSIONS.c.account == writing.asker.account)
    if writing.connection.execute(delete(SESSIONS).where(own)).rowcount:
        writing.audit(kind, f"account {writing.asker.account}")


def replace(writing: Writing, session: str) -> None:
    """End the session that a browser had before another is opened in it, whosever it was."""
    account = writing.connection.execute(select(SESSIONS.c.account).where(SESSIONS.c.session == session)).scalar()
    if account is not None:
        writing.connection.execute(delete(SESSIONS).where(SESSIONS.c.session == session))
        writing.audit("sign out", f"account {account}", "another sign-in in the same browser")


def close_others(writing: Writing, account: str, kept: str = "") -> None:
    """End every session of an account but one."""
    ended = writing.connection.execute(
        delete(SESSIONS).where(SESSIONS.c.account == account, SESSIONS.c.session != kept)
    ).rowcount
    if ended:
        writing.audit("sessions ended", f"account {account}", {"sessions": ended})
