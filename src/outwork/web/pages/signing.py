"""Signing in and out."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from outwork.model.asker import Asker
from outwork.store.service import Desk, accounts, sessions
from outwork.store.service.accounts import Account
from outwork.store.service.audit import SERVICE
from outwork.web import problems, service, shown
from outwork.web.desk import Here, here
from outwork.web.gate import address
from outwork.web.problems import Refused
from outwork.web.security.origin import inside
from outwork.web.security.provider import NotSignedIn
from outwork.web.security.signing import cookie_of, give, take

router = APIRouter(include_in_schema=False)
FLOW: Final = "provider"
"""The cookie by which a browser is known when the provider sends it back."""
RETURN: Final = "/sign-in/provider/return"


@router.get("/sign-in")
def ask(request: Request, back: str = "/") -> Response:
    """Show the sign-in page; it is the same to whoever is signed in already."""
    return _page(request, back)


@router.post("/sign-in")
async def sign_in(
    request: Request,
    account: Annotated[str, Form(max_length=200)],
    password: Annotated[str, Form(max_length=1000)],
    back: Annotated[str, Form(max_length=4000)] = "/",
) -> Response:
    """Sign in by a password. Whether an account is there shows neither in the answer nor in how long it takes."""
    own, name = service.of(request), account.strip().lower()
    where = address(request)
    if wait := own.brakes.wait(name, where, time.monotonic()):
        raise Refused(problems.too_many(wait))
    found = await run_in_threadpool(_found, own.desk, name)
    verdict = await own.passwords.compare(found.password if found is not None else "", password)
    if found is None or not verdict.right:
        await run_in_threadpool(_tell_failure, own.desk, found, where)
        return _page(request, back, "sign_in.wrong", 401, account)
    own.brakes.forgive(name, where)
    return await run_in_threadpool(_opened, request, found, back, "password", verdict.renewed)


@router.post("/sign-out")
def sign_out(here: Annotated[Here, Depends(here)]) -> RedirectResponse:
    """End the session."""
    with here.desk.writing(here.asker) as writing:
        sessions.close(writing, here.signed.session)
    response = here.go("/sign-in", "signed_out")
    take(response, here.service.settings)
    return response


@router.get("/sign-in/provider")
async def ask_provider(request: Request, back: str = "/") -> Response:
    """Send the browser to the provider."""
    own = service.of(request)
    if own.sign_ins is None:
        raise Refused(problems.NOT_FOUND)
    if wait := own.brakes.wait("", f"provider {address(request)}", time.monotonic()):
        raise Refused(problems.too_many(wait))
    scheme = "https" if own.settings.https else "http"
    try:
        beginning = await own.sign_ins.begin(f"{scheme}://{request.headers['host']}{RETURN}", inside(back), time.monotonic())
    except NotSignedIn as refused:
        return _page(request, back, refused.key, 502)
    response = RedirectResponse(beginning.address, 303)
    give(response, own.settings, beginning.cookie, 600, FLOW)
    return response


@router.get(RETURN)
async def provided(request: Request) -> Response:
    """Sign in whom the provider names, where their account is linked to that name."""
    own = service.of(request)
    if own.sign_ins is None:
        raise Refused(problems.NOT_FOUND)
    try:
        cookie = cookie_of(request, own.settings, FLOW)
        subject, back = await own.sign_ins.end(cookie, request.query_params, time.monotonic())
    except NotSignedIn as refused:
        return _page(request, "/", refused.key, 401)
    own.brakes.forgive("", f"provider {address(request)}")
    found = await run_in_threadpool(_linked, own.desk, subject)
    if found is None:
        await run_in_threadpool(_tell_failure, own.desk, None, address(request))
        return _page(request, back, "sign_in.unlinked", 401, subject=subject)
    response = await run_in_threadpool(_opened, request, found, back, "provider", "")
    take(response, own.settings, FLOW)
    return response


def _page(request: Request, back: str, key: str = "", status: int = 200, typed: str = "", **said: str) -> Response:
    """Return the sign-in page. Args: key, of the text that says why nobody was signed in; typed, as the account's name."""
    provider = service.of(request).settings.provider
    told: dict[str, Any] = {"back": inside(back), "key": key, "said_more": said, "provider": provider, "account_typed": typed}
    return shown.page(request, "sign_in.html", status=status, **told)


def _found(desk: Desk, account: str) -> Account | None:
    """Return an open account that has a password."""
    with desk.reading() as connection:
        found = accounts.found(connection, account)
    return found if found is not None and found.password and not found.closed else None


def _linked(desk: Desk, subject: str) -> Account | None:
    with desk.reading() as connection:
        return accounts.linked(connection, subject)


def _tell_failure(desk: Desk, found: Account | None, where: str) -> None:
    """Tell the audit of a sign-in that failed; a name that is no account's may be a password that slipped, and is not kept."""
    asker: Asker = SERVICE if found is None else found.asker
    with desk.writing(asker) as writing:
        writing.audit("sign in failed", f"account {found.account}" if found else "unknown account", {"address": where})


def _opened(request: Request, account: Account, back: str, how: str, renewed: str) -> Response:
    """Return the answer that opens a new session; the one that the browser had, whosever it was, is over."""
    own = service.of(request)
    now = datetime.now(UTC)
    with own.desk.writing(account.asker, now) as writing:
        if renewed:
            accounts.rehash(writing, account.account, renewed)
        if old := cookie_of(request, own.settings):
            sessions.replace(writing, sessions.digest(old))
        cookie = sessions.open_session(writing, now, timedelta(seconds=own.settings.stay.altogether), how)
    response = RedirectResponse(inside(back), 303)
    give(response, own.settings, cookie, own.settings.stay.altogether)
    return response
