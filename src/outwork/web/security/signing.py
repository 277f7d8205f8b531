"""Who is signed in: by the cookie of a browser's session, or by the token of a program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy.exc import OperationalError
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from outwork.model.asker import Asker
from outwork.store.service import Desk, sessions, tokens
from outwork.store.service.accounts import Account
from outwork.web.log import LOG
from outwork.web.security.origin import bearer
from outwork.web.settings import Settings, Stay

COOKIE: Final = "outwork"


@dataclass(frozen=True)
class Signed:
    """Who is signed in, and how: `session` is '' for a program's token, `csrf` what the session's forms carry."""

    account: Account
    session: str = ""
    csrf: str = ""

    @property
    def asker(self) -> Asker:
        """Return who they are in decisions about sight and writing."""
        return self.account.asker


def signed_in(desk: Desk, cookie: str, headers: Headers, stay: Stay) -> Signed | None:
    """Return who a request comes from, None where from nobody that is signed in. A token, where there is one, counts alone."""
    now = datetime.now(UTC)
    if token := bearer(headers):
        found = tokens.whose(desk, token, now)
        return None if found is None else Signed(found[0])
    opened = sessions.whose(desk, cookie, now, timedelta(seconds=stay.idle)) if cookie else None
    if opened is None:
        return None
    account, session = opened
    try:
        sessions.note(desk, session, now)
    except OperationalError:  # a full disk or a long write: the page can be read, and the session only looks older than it is
        LOG.warning("session not noted")
    return Signed(account, session.session, session.csrf)


def cookie_name(settings: Settings, name: str = COOKIE) -> str:
    """Return the name of a cookie; with __Host- a browser takes it only encrypted and from us."""
    return f"__Host-{name}" if settings.https else name


def cookie_of(request: Request, settings: Settings, name: str = COOKIE) -> str:
    """Return what a cookie holds, '' where there is none."""
    return request.cookies.get(cookie_name(settings, name), "")


def give(response: Response, settings: Settings, cookie: str, lasts: float, name: str = COOKIE) -> None:
    """Give a browser a cookie for so long [s]; no script can read it, and no other site's form sends it."""
    response.set_cookie(
        cookie_name(settings, name), cookie, max_age=int(lasts), path="/", secure=settings.https, httponly=True, samesite="lax"
    )


def take(response: Response, settings: Settings, name: str = COOKIE) -> None:
    """Take a cookie away from a browser."""
    response.delete_cookie(cookie_name(settings, name), path="/", secure=settings.https, httponly=True, samesite="lax")
