"""A page as it is sent: its own part within what stands around every page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from outwork.web import service
from outwork.web.navigation import ADMINISTERING, Stop, near, stops
from outwork.web.security.origin import inside
from outwork.web.security.signing import Signed, cookie_of, take
from outwork.web.texts import LANGUAGES, Texts, chosen, texts
from outwork.web.told import plainly, told

SAID: Final = "said"
"""The cookie that carries what the next page says: the key of a text that begins so."""
ISLANDS: Final = "island."
"""How the keys of the texts begin that scripts show."""
LANGUAGE: Final = "language"
"""The cookie that carries the language of a browser in which nobody is signed in."""


def environment() -> Environment:
    """Return the templates: everything is escaped, and a name that is missing is an error."""
    folder = FileSystemLoader(Path(__file__).parent / "templates")
    made = Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {"told": told, "plainly": plainly}
    return made


def signed_of(request: Request) -> Signed | None:
    """Return who is signed in, None where nobody."""
    signed: Signed | None = request.scope.get("outwork.signed")
    return signed


def texts_of(request: Request) -> Texts:
    """Return the texts in the language of the account, else of the browser."""
    if (signed := signed_of(request)) is not None:
        return texts(signed.account.language)
    kept = cookie_of(request, service.of(request).settings, LANGUAGE)
    return texts(kept or chosen(request.headers.get("accept-language", "")))


def page(
    request: Request, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **shown: Any
) -> HTMLResponse:
    """Return a page for whoever asks."""
    own, signed, t = service.of(request), signed_of(request), texts_of(request)
    said = cookie_of(request, own.settings, SAID)
    context: dict[str, Any] = {
        "t": t,
        "account": None if signed is None else signed.account,
        "stops": [] if signed is None else list(stops(signed.account.role, request.url.path)),
        "near": () if signed is None else _near(signed, request.url.path),
        "csrf": "" if signed is None else signed.csrf,
        "languages": LANGUAGES,
        "parts": own.parts,
        "island_texts": {key: text for key, text in t.texts.items() if key.startswith(ISLANDS)},
        "here": inside(f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path),
        "said": t(f"{SAID}.{said}") if f"{SAID}.{said}" in t.texts else "",
    }
    html = own.templates.get_template(template).render({**context, **shown})
    response = HTMLResponse(html, status, headers)
    if said:
        take(response, own.settings, SAID)
    return response


def _near(signed: Signed, path: str) -> tuple[Stop, ...]:
    return near(signed.account.role, path, ADMINISTERING if signed.account.administrator else ())
