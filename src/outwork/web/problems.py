"""What went wrong, as whoever asked is told: a page for people, problem details (RFC 9457) below /api.

No answer tells whether a thing is there that may not be seen: it, a thing that is not there and a page of another role are
one and the same `NOT_FOUND`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from outwork.model.errors import InvalidProgramme, OutworkError, Stopped, UnknownName, Unwritable
from outwork.store.service import Stale
from outwork.store.service.approvals import NotYours
from outwork.web import service
from outwork.web.security.origin import SAFE, back, inside
from outwork.web.shown import page, texts_of


@dataclass(frozen=True)
class Problem:
    """How a request failed: its status, and the key of the text that says why and what to do."""

    status: HTTPStatus
    key: str
    headers: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Mapping[str, Any], ...] = ()


class Refused(Exception):
    """A route does not answer, for this reason."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        self.problem = problem
        super().__init__(problem.key)


NOT_FOUND: Final = Problem(HTTPStatus.NOT_FOUND, "problem.not_found")
SIGNED_OUT: Final = Problem(HTTPStatus.UNAUTHORIZED, "problem.signed_out", {"WWW-Authenticate": "Bearer"})
FORGED: Final = Problem(HTTPStatus.FORBIDDEN, "problem.forged")
ELSEWHERE: Final = Problem(HTTPStatus.MISDIRECTED_REQUEST, "problem.elsewhere")
BROKEN: Final = Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "problem.broken")
ASKED_WRONG: Final = Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "problem.asked_wrong")
BY_STATUS: Final = MappingProxyType(
    {
        400: Problem(HTTPStatus.BAD_REQUEST, "problem.unreadable"),
        403: NOT_FOUND,
        404: NOT_FOUND,
        405: Problem(HTTPStatus.METHOD_NOT_ALLOWED, "problem.method"),
        413: Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "problem.too_large"),
    }
)
"""What the framework refuses by itself."""
BY_ERROR: Final[tuple[tuple[type[OutworkError], Problem], ...]] = (
    (Stale, Problem(HTTPStatus.CONFLICT, "problem.stale")),
    (InvalidProgramme, ASKED_WRONG),
    (UnknownName, NOT_FOUND),
    (Stopped, Problem(HTTPStatus.CONFLICT, "problem.stopped")),
    (NotYours, Problem(HTTPStatus.CONFLICT, "problem.not_yours")),
    (Unwritable, Problem(HTTPStatus.SERVICE_UNAVAILABLE, "problem.unwritable", {"Retry-After": "5"})),
)
"""Errors that a route lets through. Their own words may name what is hidden, so a route that knows better says more itself."""


def too_many(wait: float) -> Problem:
    """Return that somebody asks too often and may again after so long [s]."""
    return Problem(HTTPStatus.TOO_MANY_REQUESTS, "problem.too_many", {"Retry-After": str(int(wait) + 1)})


def of_error(error: OutworkError) -> Problem:
    """Return how an error is told."""
    return next((problem for kind, problem in BY_ERROR if isinstance(error, kind)), BROKEN)


def answer(request: Request, problem: Problem) -> Response:
    """Return the answer that tells of a problem."""
    if request.url.path.startswith("/api"):
        return _details(request, problem)
    if problem is SIGNED_OUT:
        return signed_out(request)
    return page(request, "problem.html", status=problem.status, headers=problem.headers, problem=problem)


def signed_out(request: Request) -> Response:
    """Return the sign-in page, which goes back to the page that was asked for, or on which a form was that was sent."""
    asked = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    partial = "hx-request" in request.headers
    goal = inside(asked) if request.method in SAFE and not partial else back(request.headers)
    provider = service.of(request).settings.provider
    told: dict[str, Any] = {
        "back": goal,
        "key": "problem.signed_out",
        "said_more": {},
        "provider": provider,
        "account_typed": "",
    }
    return page(request, "sign_in.html", status=SIGNED_OUT.status, headers=SIGNED_OUT.headers, **told)


def _details(request: Request, problem: Problem) -> Response:
    told: dict[str, Any] = {"type": "about:blank", "title": problem.status.phrase, "status": int(problem.status)}
    told["detail"] = texts_of(request)(problem.key)
    if problem.faults:
        told["errors"] = list(problem.faults)
    return JSONResponse(told, problem.status, dict(problem.headers), media_type="application/problem+json")
