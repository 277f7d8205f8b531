"""The accounts of the service, for its administrator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from outwork.model.asker import Role
from outwork.model.errors import InvalidProgramme
from outwork.model.programme import Programme
from outwork.store.service import accounts, sessions
from outwork.store.service.accounts import Account
from outwork.web import problems
from outwork.web.desk import Here, administering
from outwork.web.problems import Refused
from outwork.web.security.passwords import weakness

router = APIRouter(prefix="/accounts", include_in_schema=False)
Administrator = Annotated[Here, Depends(administering)]
Line = Annotated[str, Form(max_length=200)]
ROLES: Final = tuple((role.value, f"role.{role.name.lower()}") for role in Role)


@dataclass(frozen=True)
class Everybody:
    """All accounts, and the parties and nations to which one can be bound."""

    accounts: tuple[Account, ...]
    parties: tuple[str, ...]
    nations: tuple[str, ...]


def everybody(connection: Connection, programme: Programme) -> Everybody:
    """Return what the list of accounts shows."""
    names = (
        tuple(programme[table][column].sort().to_list()) for table, column in (("parties", "party"), ("nations", "nation"))
    )
    return Everybody(tuple(accounts.every(connection)), *names)


@router.get("")
def show(here: Administrator) -> Response:
    """Show all accounts."""
    return _page(here)


@router.post("")
async def add(
    here: Administrator,
    account: Line,
    name: Line,
    role: Annotated[Role, Form()],
    password: Annotated[str, Form(max_length=1000)] = "",
    party: Line = "",
    nation: Line = "",
    subject: Line = "",
    administrator: Annotated[str, Form(max_length=3)] = "",
) -> Response:
    """Add an account, opened by a password, by a provider, or by both."""
    subject = _subject(here, subject)
    key = account.strip().lower()
    wrong = weakness(password, key, name) if password or not subject else ""
    if wrong:
        return await run_in_threadpool(_page, here, (wrong,))
    hashed = await here.service.passwords.hashed(password) if password else ""
    new = Account(key, name.strip(), role, party, nation, hashed, subject or None, administrator == "yes")
    return await run_in_threadpool(_add, here, new)


@router.get("/{account}")
def show_one(here: Administrator, account: str) -> Response:
    """Show one account."""
    return _page_of(here, account)


@router.post("/{account}")
def change(
    here: Administrator,
    account: str,
    name: Line,
    role: Annotated[Role, Form()],
    party: Line = "",
    nation: Line = "",
    subject: Line = "",
    administrator: Annotated[str, Form(max_length=3)] = "",
) -> Response:
    """Change an account."""
    bound = {"name": name.strip(), "role": role, "party": party, "nation": nation, "administrator": administrator == "yes"}
    return _changed(here, account, **bound, subject=_subject(here, subject) or None)


@router.post("/{account}/close")
def close(here: Administrator, account: str) -> Response:
    """Close an account; its owner is signed out at once, and what they did stays in the audit."""
    return _changed(here, account, closed=True)


@router.post("/{account}/open")
def reopen(here: Administrator, account: str) -> Response:
    """Open an account again."""
    return _changed(here, account, closed=False)


@router.post("/{account}/password")
async def set_password(here: Administrator, account: str, new: Annotated[str, Form(max_length=1000)]) -> Response:
    """Give an account another password, where its owner has lost theirs."""
    weak = weakness(new, account, "")
    if weak:
        return await run_in_threadpool(_page_of, here, account, (weak,))
    hashed = await here.service.passwords.hashed(new)
    return await run_in_threadpool(_changed, here, account, password=hashed)


def _subject(here: Here, subject: str) -> str:
    """Return a provider's name for a person as accounts keep it: with the issuer before it, added where it was left out."""
    provider, plain = here.service.settings.provider, subject.strip()
    return plain if " " in plain or provider is None or not plain else f"{provider.issuer} {plain}"


def _add(here: Here, new: Account) -> Response:
    try:
        with here.desk.writing(here.asker) as writing:
            accounts.add(writing, new)
    except InvalidProgramme as invalid:
        return _page(here, _keys(invalid))
    return here.go("/accounts", "account_added")


def _changed(here: Here, account: str, **changes: Any) -> RedirectResponse | Response:
    try:
        with here.desk.writing(here.asker) as writing:
            accounts.change(writing, account, **changes)
            if "password" in changes:
                sessions.close_others(writing, account)
    except InvalidProgramme as invalid:
        return _page_of(here, account, _keys(invalid))
    return here.go(f"/accounts/{account}", "account_changed")


def _keys(invalid: InvalidProgramme) -> tuple[str, ...]:
    """Return the keys of the texts that say which fields were wrong."""
    return tuple(dict.fromkeys(f"accounts.fault_{fault.column}" for fault in invalid.faults))


def _page(here: Here, keys: tuple[str, ...] = ()) -> Response:
    with here.desk.reading() as connection:
        own = everybody(connection, here.snapshot.programme)
    return here.render("accounts.html", status=422 if keys else 200, own=own, keys=keys, roles=ROLES)


def _page_of(here: Here, account: str, keys: tuple[str, ...] = ()) -> Response:
    with here.desk.reading() as connection:
        own = everybody(connection, here.snapshot.programme)
    one = next((each for each in own.accounts if each.account == account), None)
    if one is None:
        raise Refused(problems.NOT_FOUND)
    return here.render("account_of.html", status=422 if keys else 200, own=own, one=one, keys=keys, roles=ROLES)
