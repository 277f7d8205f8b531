"""Accounts: who may sign in, in which role, for which party and nation.

Whatever is written here is written in a transaction of `Desk.writing` and told to its audit. The last administrator stays.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select, update

from outwork.model.asker import Asker, Role
from outwork.model.errors import Fault, InvalidProgramme, UnknownName
from outwork.model.programme import Programme
from outwork.store.service.audit import SERVICE, TERMINAL
from outwork.store.service.schema import ACCOUNTS, SESSIONS, TOKENS
from outwork.store.service.writing import Writing

RESERVED: Final = frozenset({TERMINAL.account, SERVICE.account})
SHAPE: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
UNBOUND: Final = frozenset({Role.OFFICE, Role.AUDITOR})
"""Roles that see the whole programme, whatever their party and nation."""
FIRMS: Final = frozenset({Role.MANUFACTURER, Role.INNOVATOR, Role.FINANCIER})
"""Roles that are a party's."""


@dataclass(frozen=True)
class Account:
    """A person who may sign in: their account's key, their role, and what opens it.

    `password` is an argon2 hash, '' where only another provider signs them in; `subject` is that provider's issuer and its name
    for the person, with a space between.
    """

    account: str
    name: str
    role: Role
    party: str = ""
    nation: str = ""
    password: str = ""
    subject: str | None = None
    administrator: bool = False
    closed: bool = False
    language: str = "en"
    since: str = ""

    @property
    def asker(self) -> Asker:
        """Return who they are in decisions about sight and writing."""
        return Asker(self.account, self.name, self.role, self.party, self.nation)


NAMES: Final = tuple(each.name for each in fields(Account))
COLUMNS: Final = [ACCOUNTS.c[name] for name in NAMES]


def every(connection: Connection) -> list[Account]:
    """Return all accounts by key, closed ones too."""
    return [of_row(row) for row in connection.execute(select(*COLUMNS).order_by(ACCOUNTS.c.account))]


def found(connection: Connection, account: str) -> Account | None:
    """Return an account by its key."""
    row = connection.execute(select(*COLUMNS).where(ACCOUNTS.c.account == account)).first()
    return None if row is None else of_row(row)


def linked(connection: Connection, subject: str) -> Account | None:
    """Return the open account that a provider's person may use."""
    row = connection.execute(select(*COLUMNS).where(ACCOUNTS.c.subject == subject, ~ACCOUNTS.c.closed)).first()
    return None if row is None else of_row(row)


def administered(connection: Connection) -> bool:
    """Return True where somebody can administer the service."""
    return _administrators(connection) > 0


def add(writing: Writing, account: Account) -> Account:
    """Add an account. InvalidProgramme where its fields do not fit the programme or its key is taken."""
    new = replace(account, since=writing.at)
    taken = found(writing.connection, new.account) is not None
    _refuse(faults(writing.base.programme, new) + ([_fault("account", new.account, "is taken")] if taken else []))
    _refuse_taken(writing, new)
    writing.connection.execute(insert(ACCOUNTS).values(asdict(new)))
    writing.audit("account added", f"account {new.account}", _public(new))
    return new


def change(writing: Writing, account: str, **changes: Any) -> Account:
    """Change fields of an account; one that is closed is also signed out everywhere.

    UnknownName where there is no such account, InvalidProgramme where the fields do not fit or it was the last administrator.
    """
    before = _existing(writing.connection, account)
    after = replace(before, **changes)
    _refuse(faults(writing.base.programme, after))
    _refuse_taken(writing, after)
    writing.connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.account == account).values(changes))
    if not administered(writing.connection):
        _refuse([_fault("administrator", account, "is the last one; make somebody else administrator first")])
    if after.closed:
        for table in (SESSIONS, TOKENS):
            writing.connection.execute(delete(table).where(table.c.account == account))
    writing.audit(_kind(changes), f"account {account}", {name: _public(after)[name] for name in changes if name != "password"})
    return after


def rehash(writing: Writing, account: str, password: str) -> None:
    """Keep a password's hash as today's parameters make it; the password itself is the same."""
    writing.connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.account == account).values(password=password))
    writing.audit("password rehashed", f"account {account}")


def faults(programme: Programme, account: Account) -> list[Fault]:
    """Return what is wrong with an account's fields in a programme."""
    wrong = []
    if not SHAPE.fullmatch(account.account) or account.account in RESERVED:
        told = "is no name of an account; use 2 to 40 small letters, digits, dots, hyphens and underlines"
        wrong.append(_fault("account", account.account, told))
    if not account.name.strip():
        wrong.append(_fault("name", account.name, "is empty"))
    if account.party and account.party not in programme["parties"]["party"]:
        wrong.append(_fault("party", account.party, "is not in parties"))
    if account.nation and account.nation not in programme["nations"]["nation"]:
        wrong.append(_fault("nation", account.nation, "is not in nations"))
    if account.role in FIRMS and not account.party:
        wrong.append(_fault("party", "", f"is missing; a {account.role} sees what is their party's"))
    if account.role not in UNBOUND and not account.nation:
        wrong.append(_fault("nation", "", f"is missing; a {account.role} acts for one nation"))
    return wrong


def _existing(connection: Connection, account: str) -> Account:
    if (own := found(connection, account)) is None:
        raise UnknownName(f"there is no account '{account}'")
    return own


def _refuse_taken(writing: Writing, account: Account) -> None:
    if account.subject is not None:
        query = select(ACCOUNTS.c.account).where(ACCOUNTS.c.subject == account.subject, ACCOUNTS.c.account != account.account)
        if writing.connection.execute(query).first() is not None:
            _refuse([_fault("subject", account.subject, "opens another account already")])


def _refuse(wrong: list[Fault]) -> None:
    if wrong:
        raise InvalidProgramme(tuple(wrong))


def _fault(column: str, value: str, reason: str) -> Fault:
    return Fault("accounts", f"{column} '{value}' {reason}", column=column, value=value)


def _kind(changes: dict[str, Any]) -> str:
    """Return how the audit names a change."""
    if "closed" in changes:
        return "account closed" if changes["closed"] else "account opened"
    return "password changed" if "password" in changes else "account changed"


def _public(account: Account) -> dict[str, Any]:
    """Return what may be told of an account: everything but the hash of its password."""
    return {name: value for name, value in asdict(account).items() if name != "password"}


def _administrators(connection: Connection) -> int:
    query = select(func.count()).select_from(ACCOUNTS).where(ACCOUNTS.c.administrator, ~ACCOUNTS.c.closed)
    return int(connection.execute(query).scalar_one())


def of_row(row: Any) -> Account:
    """Return the account of a row of `COLUMNS`."""
    values = dict(zip(NAMES, row, strict=True))
    return Account(**{**values, "role": Role(values["role"])})
