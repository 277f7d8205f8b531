"""What the routes of one service share."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import Environment
from starlette.requests import Request

from outwork.store.service import Desk
from outwork.web.measures import Measures
from outwork.web.parts import Parts
from outwork.web.security.limits import Brakes, Buckets
from outwork.web.security.passwords import Passwords
from outwork.web.security.provider import SignIns
from outwork.web.settings import Settings
from outwork.web.views import Views


@dataclass(frozen=True, eq=False)
class Service:
    """One programme's desk, how it is served, and what the service remembers between requests."""

    desk: Desk
    settings: Settings
    templates: Environment
    parts: Parts
    passwords: Passwords
    brakes: Brakes
    buckets: Buckets
    views: Views
    sign_ins: SignIns | None
    measures: Measures


def of(request: Request) -> Service:
    """Return the service that a request reached."""
    service: Service = request.app.state.service
    return service
