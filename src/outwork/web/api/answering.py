"""How the API answers: bytes with a mark of their content, and problem details (RFC 9457) as its description declares them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

JSON: Final = "application/json"
ARROW: Final = "application/vnd.apache.arrow.stream"
PROBLEM: Final = "application/problem+json"
KEPT: Final = {"Cache-Control": "private, no-cache", "Vary": "Accept, Authorization, Cookie"}
"""A browser may keep an answer, and asks each time whether it still holds."""


class Details(BaseModel):
    """What went wrong (RFC 9457). `errors` says it for each cell or parameter, where it can be said so."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[dict[str, Any]] = Field(default_factory=list)


SAID: Final[Mapping[int, str]] = {
    304: "The answer is the one whose mark was sent in If-None-Match",
    400: "The request could not be read",
    401: "Nobody is signed in",
    403: "The change is not this asker's to make, or the token against forged requests is missing",
    404: "There is no such thing, or it is not for this asker",
    405: "The address does nothing of the kind",
    409: "Somebody else has changed the same rows meanwhile; `errors` has each as it stands now",
    413: "More was sent than the service takes",
    415: "The body is of a kind that is not read here",
    422: "Something in the request does not fit; `errors` says what, for each cell or parameter",
    429: "Too many requests in a short time",
    503: "It could not be written, and nothing was",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return how a route may refuse, for its description; every route may answer 400, 401 and 429."""
    return {status: _described(status) for status in sorted({400, 401, 429, *statuses})}


def _described(status: int) -> dict[str, Any]:
    if status < HTTPStatus.BAD_REQUEST:
        return {"description": SAID[status]}
    return {"description": SAID[status], "content": {PROBLEM: {"schema": Details.model_json_schema()}}}


def kept(request: Request, content: bytes, media: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return an answer with the mark of its content, or 304 where the asker has it already.

    The mark is of what they see and not of the programme's version, which would tell when others write what they do not.
    """
    mark = f'"{hashlib.sha256(media.encode() + content).hexdigest()[:32]}"'
    own = {**KEPT, "ETag": mark, **(headers or {})}
    known = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    if mark in known or "*" in known:
        return Response(status_code=304, headers=own)
    return Response(content, media_type=media, headers=own)


def as_json(value: Any) -> bytes:
    """Return JSON text of plain values."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
