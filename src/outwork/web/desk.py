"""What a route knows of the request it answers: who asks, the programme as they see it, and the language to say it in."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from outwork.model.asker import Asker, Role
from outwork.store.service import Desk, Snapshot
from outwork.store.sight import View
from outwork.web import problems, service, shown
from outwork.web.problems import Refused
from outwork.web.security.origin import SAFE, inside
from outwork.web.security.signing import Signed, give
from outwork.web.service import Service
from outwork.web.texts import Texts

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True, eq=False)
class Here:
    """One request of somebody who is signed in.

    Whatever it shows of the programme it reads from `view`; `snapshot` is for verbs that work on the whole of it.
    """

    request: Request
    service: Service
    signed: Signed
    t: Texts

    @property
    def desk(self) -> Desk:
        """Return the door to the database."""
        return self.service.desk

    @property
    def asker(self) -> Asker:
        """Return who asks."""
        return self.signed.asker

    @cached_property
    def snapshot(self) -> Snapshot:
        """Return the programme as it stood when this request first looked."""
        return self.desk.snapshot()

    @cached_property
    def view(self) -> View:
        """Return what the asker may see of it."""
        return self.service.views.of(self.snapshot, self.asker)

    def render(self, template: str, *, status: int = 200, **shown_there: Any) -> HTMLResponse:
        """Return a page: a template with what it shows."""
        return shown.page(self.request, template, status=status, **shown_there)

    def go(self, path: str, said: str = "") -> RedirectResponse:
        """Send the browser to a page of ours, which then says the text `said.<said>`."""
        response = RedirectResponse(inside(path), 303)
        if said:
            give(response, self.service.settings, said, 60, shown.SAID)
        return response


async def unforged(request: Request) -> None:
    """Refuse a change that does not carry the token of its session, as the field `csrf` or the header X-CSRF-Token.

    A program's token is no cookie, which no browser sends by itself, so it needs no second one.
    """
    signed = shown.signed_of(request)
    if request.method in SAFE or signed is None or not signed.session:
        return
    given: object = request.headers.get("x-csrf-token")
    if given is None and request.headers.get("content-type", "").startswith(FORMS):
        given = (await request.form()).get("csrf")
    if not isinstance(given, str) or not secrets.compare_digest(given.encode(), signed.csrf.encode()):
        raise Refused(problems.FORGED)


def here(request: Request, _unforged: Annotated[None, Depends(unforged)]) -> Here:
    """Return what is known of a request. Refused where nobody is signed in."""
    signed = shown.signed_of(request)
    if signed is None:
        raise Refused(problems.SIGNED_OUT)
    return Here(request, service.of(request), signed, shown.texts_of(request))


Present = Annotated[Here, Depends(here)]
"""The parameter of a route for whoever is signed in."""


def only(*roles: Role) -> Callable[[Here], Here]:
    """Return the dependency of a route for these roles; to anybody else it is not there."""

    def allowed(here: Present) -> Here:
        if here.asker.role not in roles:
            raise Refused(problems.NOT_FOUND)
        return here

    return allowed


def in_person(here: Present) -> Here:
    """Return what is known of a request that a person makes in a browser; to a program's token the route is not there."""
    if not here.signed.session:
        raise Refused(problems.NOT_FOUND)
    return here


def administering(here: Annotated[Here, Depends(in_person)]) -> Here:
    """Return what is known of an administrator's request in a browser; to anybody else the route is not there."""
    if not here.signed.account.administrator:
        raise Refused(problems.NOT_FOUND)
    return here
