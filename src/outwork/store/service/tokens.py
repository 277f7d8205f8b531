"""Tokens by which other programs act for an account. Only the SHA-256 of a token is kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from outwork.model.table import written
from outwork.store.service.accounts import COLUMNS, Account, of_row
from outwork.store.service.desk import Desk
from outwork.store.service.schema import ACCOUNTS, TOKENS
from outwork.store.service.sessions import SECRET, digest
from outwork.store.service.writing import Writing

PREFIX: Final = "ow_"
"""What every token begins with, so that one that leaked into a file is recognised."""


@dataclass(frozen=True)
class Token:
    """A token as its owner sees it: its key (not itself), what they call it, and how long it opens."""

    token: str
    name: str
    since: str
    until: str


def add(writing: Writing, name: str, now: datetime, lasts: timedelta) -> str:
    """Give the writer a token and return it; it is shown this once."""
    token = f"{PREFIX}{secrets.token_urlsafe(SECRET)}"
    row = {"token": digest(token), "account": writing.asker.account, "name": name}
    writing.connection.execute(insert(TOKENS).values(**row, since=written(now), until=written(now + lasts)))
    writing.audit("token added", f"account {writing.asker.account}", {"name": name, "until": written(now + lasts)})
    return token


def whose(desk: Desk, token: str, now: datetime) -> tuple[Account, str] | None:
    """Return for whom a token acts and its key, None where it opens nothing or no longer does."""
    with desk.reading() as connection:
        query = select(TOKENS.c.token, *COLUMNS).join(ACCOUNTS, ACCOUNTS.c.account == TOKENS.c.account)
        alive = (TOKENS.c.token == digest(token)) & (TOKENS.c.until > written(now)) & ~ACCOUNTS.c.closed
        row = connection.execute(query.where(alive)).first()
    return None if row is None else (of_row(row[1:]), row[0])


def of(connection: Connection, account: str) -> list[Token]:
    """Return an account's tokens, the newest first."""
    columns = [TOKENS.c[name] for name in ("token", "name", "since", "until")]
    query = select(*columns).where(TOKENS.c.account == account).order_by(TOKENS.c.since.desc())
    return [Token(*row) for row in connection.execute(query)]


def revoke(writing: Writing, token: str) -> None:
    """End a token of the writer's."""
    own = (TOKENS.c.token == token) & (TOKENS.c.account == writing.asker.account)
    name = writing.connection.execute(select(TOKENS.c.name).where(own)).scalar()
    if name is not None:
        writing.connection.execute(delete(TOKENS).where(own))
        writing.audit("token revoked", f"account {writing.asker.account}", {"name": name})
