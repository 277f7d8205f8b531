"""A person's own account: their password, their sessions, and the tokens of their programs."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from outwork.store.service import accounts, sessions, tokens
from outwork.store.service.accounts import Account
from outwork.store.service.sessions import Session
from outwork.store.service.tokens import Token
from outwork.web import problems
from outwork.web.desk import Here, in_person
from outwork.web.problems import Refused
from outwork.web.security.passwords import weakness

router = APIRouter(prefix="/account", include_in_schema=False)
Own = Annotated[Here, Depends(in_person)]
DAYS: Final = (30, 90, 365)
"""How long a token may open [days]."""


@dataclass(frozen=True)
class Shown:
    """An account as its owner sees it. `current` is the session in which they look at it."""

    account: Account
    sessions: tuple[Session, ...]
    tokens: tuple[Token, ...]
    current: str


def shown(connection: Connection, account: Account, current: str, now: datetime) -> Shown:
    """Return what an account's page shows."""
    own = tuple(sessions.of(connection, account.account, now))
    return Shown(account, own, tuple(tokens.of(connection, account.account)), current)


@router.get("")
def show(here: Own) -> Response:
    """Show the account."""
    return _page(here)


@router.post("/password")
async def change_password(
    here: Own,
    current: Annotated[str, Form(max_length=1000)],
    new: Annotated[str, Form(max_length=1000)],
    again: Annotated[str, Form(max_length=1000)],
) -> Response:
    """Change the password; whoever is signed in elsewhere by the old one no longer is."""
    account, own = here.signed.account, here.service
    if wait := own.brakes.wait(account.account, "", time.monotonic()):
        raise Refused(problems.too_many(wait))
    if not (await own.passwords.compare(account.password, current)).right:
        return await run_in_threadpool(_page, here, "account.wrong")
    own.brakes.forgive(account.account, "")
    weak = "account.differ" if new != again else weakness(new, account.account, account.name)
    if weak:
        return await run_in_threadpool(_page, here, weak)
    hashed = await own.passwords.hashed(new)
    return await run_in_threadpool(_keep, here, hashed)


@router.post("/tokens")
def add_token(here: Own, name: Annotated[str, Form(min_length=1, max_length=100)], days: Annotated[int, Form()]) -> Response:
    """Give a program a token, which is shown this once."""
    if days not in DAYS:
        raise Refused(problems.ASKED_WRONG)
    now = datetime.now(UTC)
    with here.desk.writing(here.asker, now) as writing:
        token = tokens.add(writing, name, now, timedelta(days=days))
    return _page(here, token=token)


@router.post("/tokens/revoke")
def revoke_token(here: Own, token: Annotated[str, Form(max_length=100)]) -> RedirectResponse:
    """Take a token back."""
    with here.desk.writing(here.asker) as writing:
        tokens.revoke(writing, token)
    return here.go("/account", "token_revoked")


@router.post("/sessions/end")
def end_session(here: Own, session: Annotated[str, Form(max_length=100)]) -> RedirectResponse:
    """End one of the account's sessions."""
    with here.desk.writing(here.asker) as writing:
        sessions.close(writing, session, "session ended")
    return here.go("/account", "session_ended")


def _keep(here: Here, hashed: str) -> Response:
    account = here.signed.account.account
    with here.desk.writing(here.asker) as writing:
        accounts.change(writing, account, password=hashed)
        sessions.close_others(writing, account, here.signed.session)
    return here.go("/account", "password_changed")


def _page(here: Here, key: str = "", token: str = "") -> Response:
    """Return the page. Args: key, of the text that says what was wrong with a form; token, a new one."""
    with here.desk.reading() as connection:
        own = shown(connection, here.signed.account, here.signed.session, datetime.now(UTC))
    return here.render("account.html", status=422 if key else 200, own=own, key=key, token=token, days=DAYS)
