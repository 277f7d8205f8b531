"""One line of the log for each request: when, which route, how it ended and how long it took.

The line names routes by their templates and never an address, a query or a body, because these name people and things.
"""

from __future__ import annotations

import secrets
import time
from typing import Any, Final

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from outwork.web import service
from outwork.web.log import LOG

METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Observed:
    """Numbers every request, counts it and logs it; the number comes back as X-Request-ID."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        number, began, ended = secrets.token_hex(8), time.perf_counter(), [500]

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                ended[0] = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = number
            await send(message)

        with structlog.contextvars.bound_contextvars(request=number):
            try:
                await self.app(scope, receive, sent)
            finally:
                self._tell(scope, ended[0], time.perf_counter() - began)

    @staticmethod
    def _tell(scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in METHODS else "other"
        route = route_of(scope)
        service.of(Request(scope)).measures.count(method, route, status, seconds)
        LOG.info("request", method=method, route=route, status=status, milliseconds=round(seconds * 1000, 1))


def route_of(scope: Scope) -> str:
    """Return the template of the route that answered, such as /accounts/{account}; 'none' where none did."""
    route: Any = scope.get("route")
    return str(getattr(route, "path", "none"))
