"""Headers of every answer: what a browser may do with a page of ours, and with anybody else's that shows it."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Nothing inline and nothing from other hosts. Swagger UI draws its arrows from `data:`."""
EVERY: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
ENCRYPTED: Final = {"Strict-Transport-Security": "max-age=31536000"}
"""Only where browsers come by https."""
UNKEPT: Final = "no-store"
"""Pages are somebody's own and are not kept; files that say otherwise, such as assets, are."""


class Headers:
    """Adds the headers to every answer, those of errors too."""

    def __init__(self, app: ASGIApp, https: str = "") -> None:
        """Stand before an application. Args: https, 'https' where browsers come by it."""
        self.app = app
        self.added = {**EVERY, **(ENCRYPTED if https else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.added.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", UNKEPT)
            await send(message)

        await self.app(scope, receive, sent)
