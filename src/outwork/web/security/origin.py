"""Whether a request that changes something comes from a page of ours.

A browser says where a request comes from (Origin, Fetch Metadata) and no page can make it lie, so a form of somebody else's
site that sends our cookie along is refused here, before anything reads it; its token against forged requests is asked besides.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def own(method: str, headers: Headers, https: str) -> bool:
    """Return True where a request changes nothing, comes with a token of a program, or comes from a page of ours.

    Args: https, 'https' where browsers come by it, else 'http'.
    """
    if method in SAFE or bearer(headers):
        return True
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site != "same-origin":
        return False
    return _ours(origin, headers.get("host", ""), https) if origin is not None else site is not None


def bearer(headers: Headers) -> str:
    """Return the token that a program shows, '' where it shows none."""
    kind, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def called(host: str) -> str:
    """Return by which name a Host header calls the service, without its port."""
    return (host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host).lower()


def inside(path: str) -> str:
    """Return a path of ours to go back to: the one that was asked for, or '/' where it would lead elsewhere."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
    return path if plain else "/"


def back(headers: Headers) -> str:
    """Return the path of the page from which a request came, '/' where it is none of ours."""
    parts = urlsplit(headers.get("hx-current-url") or headers.get("referer") or "/")
    if parts.netloc != headers.get("host", ""):
        return "/"
    return inside(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def _ours(origin: str, host: str, scheme: str) -> bool:
    return origin.lower() == f"{scheme}://{host}".lower()
