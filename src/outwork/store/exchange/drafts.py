"""Files that were sent and wait for their sender's word, one of each person, for an hour."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from outwork.model.errors import UnknownName
from outwork.model.table import written
from outwork.store.exchange.inward import Rest, Upload
from outwork.store.exchange.merged import Changes
from outwork.store.service.schema import UPLOADS
from outwork.store.sight import View

LASTS: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Draft:
    """A file that waits; `digest` is that of the changes which its sender was shown."""

    upload: str
    sent: Upload
    rest: Rest
    digest: str


def digest(changes: Iterable[Changes], view: View) -> str:
    """Return the mark of changes and of the rows that they change, the same where both are."""
    total = hashlib.sha256()
    for each in changes:
        before = view[each.table.name].join(each.frame, on=list(each.table.key), how="semi")
        total.update(f"\n{each.table.name}\n".encode())
        for frame in (before, each.frame):
            total.update(frame.sort(frame.columns).write_csv().encode())
    return total.hexdigest()


def keep(connection: Connection, account: str, sent: Upload, rest: Rest, shown: str, now: datetime) -> str:
    """Keep a file in place of an earlier one of the same person, and return by which name it is asked for."""
    connection.execute(delete(UPLOADS).where((UPLOADS.c.account == account) | (UPLOADS.c.until < written(now))))
    name = secrets.token_urlsafe(16)
    values = {"account": account, "upload": name, "name": sent.name, "named": sent.table, "rest": rest.value, "digest": shown}
    connection.execute(insert(UPLOADS).values(**values, until=written(now + LASTS), content=sent.content))
    return name


def find(connection: Connection, account: str, upload: str, now: datetime) -> Draft:
    """Return a file that waits. UnknownName where there is none, or its hour is over."""
    own = (UPLOADS.c.account == account) & (UPLOADS.c.upload == upload) & (UPLOADS.c.until >= written(now))
    row = connection.execute(select(UPLOADS).where(own)).first()
    if row is None:
        raise UnknownName("there is no such file that waits for you; send it again")
    return Draft(row.upload, Upload(row.name, row.content, row.named), Rest(row.rest), row.digest)


def drop(connection: Connection, account: str) -> None:
    """Forget the file of a person."""
    connection.execute(delete(UPLOADS).where(UPLOADS.c.account == account))
