"""What a request passes before any page sees it: the right name of the host, its origin, who it is from, and how many."""

from __future__ import annotations

import time
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from outwork.web import problems, service
from outwork.web.log import LOG
from outwork.web.problems import Problem
from outwork.web.security.origin import called, own
from outwork.web.security.signing import cookie_of, signed_in
from outwork.web.settings import Bodies

UNASKED: Final = ("/assets/", "/healthz")
"""Paths that are the same for everybody, for which nobody is looked up."""


class Gate:
    """Refuses what may not come in, and says to the pages who it is that asks."""

    def __init__(self, app: ASGIApp, bodies: Bodies) -> None:
        """Stand before an application."""
        self.signed = RequestBodyLimitMiddleware(app, bodies.signed)
        self.anybody = RequestBodyLimitMiddleware(app, bodies.anybody)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.signed(scope, receive, send)
            return
        request = Request(scope)
        problem = await _problem(request)
        if problem is not None:
            await problems.answer(request, problem)(scope, receive, send)
            return
        inner = self.anybody if scope.get("outwork.signed") is None else self.signed
        await inner(scope, receive, send)


async def _problem(request: Request) -> Problem | None:
    """Return why a request may not come in, None where it may."""
    settings = service.of(request).settings
    if called(request.headers.get("host", "")) not in settings.host_names:
        return problems.ELSEWHERE
    if not own(request.method, request.headers, "https" if settings.https else "http"):
        return problems.FORGED
    if request.url.path.startswith(UNASKED):
        return None
    return await _known(request)


async def _known(request: Request) -> Problem | None:
    """Find out who asks, and whether they may ask again already."""
    own_service = service.of(request)
    cookie = cookie_of(request, own_service.settings)
    signed = await run_in_threadpool(signed_in, own_service.desk, cookie, request.headers, own_service.settings.stay)
    request.scope["outwork.signed"] = signed
    who = f"account {signed.account.account}" if signed is not None else f"address {address(request)}"
    wait = own_service.buckets.wait(who, time.monotonic())
    return problems.too_many(wait) if wait else None


def address(request: Request) -> str:
    """Return the address from which a request comes."""
    return request.client.host if request.client is not None else ""


class Failures:
    """Answers with a page that says so where ours failed, and logs how; nothing of it is shown."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        begun = []

        async def sent(message: Message) -> None:
            begun.append(message["type"])
            await send(message)

        try:
            await self.app(scope, receive, sent)
        except Exception as error:
            if scope["type"] != "http" or begun:
                raise
            LOG.error("failed", exc_info=error)
            await problems.answer(Request(scope), problems.BROKEN)(scope, receive, send)
