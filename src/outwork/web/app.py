"""The application: a desk and its settings, with every page and the API upon it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from outwork import __version__
from outwork.model.errors import OutworkError
from outwork.store.service import Desk
from outwork.web import observed, problems, shown
from outwork.web.api import APIS
from outwork.web.built import PREFIX, manifest
from outwork.web.gate import Failures, Gate
from outwork.web.jobs.runner import Runner
from outwork.web.measures import Measures
from outwork.web.pages import PAGES
from outwork.web.parts import Built, Parts
from outwork.web.problems import Problem, Refused
from outwork.web.security.headers import Headers
from outwork.web.security.limits import Brakes, Buckets
from outwork.web.security.passwords import Passwords
from outwork.web.security.provider import SignIns
from outwork.web.service import Service
from outwork.web.settings import Settings
from outwork.web.views import Views

SILENT: Final[Any] = {"tracing": False, "metrics": False, "logs": False, "operation_spans": False, "auto_configure": False}
"""FastAPI's own telemetry: nothing of it, whatever the environment says."""


def create_app(desk: Desk, settings: Settings) -> FastAPI:
    """Return the application of a programme. Whoever opened the desk closes it."""
    own = _service(desk, settings)
    app = FastAPI(
        title="Outwork",
        version=__version__,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        telemetry=SILENT,
        lifespan=_lifespan,
        exception_handlers=HANDLERS,
    )
    app.state.service = own
    for router in (*PAGES, *APIS):
        app.include_router(router)
    app.mount(PREFIX.rstrip("/"), Built(own.parts.manifest), "assets")
    # the last that is added is the first to see a request
    app.add_middleware(Gate, bodies=settings.bodies)
    app.add_middleware(Failures)
    app.add_middleware(Headers, https="https" if settings.https else "")
    app.add_middleware(observed.Observed)
    return app


def _service(desk: Desk, settings: Settings) -> Service:
    return Service(
        desk=desk,
        settings=settings,
        templates=shown.environment(),
        parts=Parts(manifest()),
        passwords=Passwords(settings.hashing),
        brakes=Brakes(settings.patience),
        buckets=Buckets(settings.pace),
        views=Views(desk),
        sign_ins=SignIns(settings.provider) if settings.provider is not None else None,
        measures=Measures(desk),
    )


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    own: Service = app.state.service
    runner = asyncio.create_task(Runner(own.desk).run())
    yield
    runner.cancel()
    with suppress(asyncio.CancelledError):
        await runner
    own.passwords.close()


async def _refused(request: Request, refused: Refused) -> Response:
    return problems.answer(request, refused.problem)


async def _by_status(request: Request, error: HTTPException) -> Response:
    unknown = Problem(HTTPStatus(error.status_code), "problem.unreadable")
    return problems.answer(request, problems.BY_STATUS.get(error.status_code, unknown))


async def _asked_wrong(request: Request, error: RequestValidationError) -> Response:
    """Say which parts of a request were wrong, without what stood in them."""
    faults = tuple({"where": ".".join(map(str, each["loc"])), "what": each["msg"]} for each in error.errors())
    return problems.answer(request, Problem(problems.ASKED_WRONG.status, problems.ASKED_WRONG.key, faults=faults))


async def _by_error(request: Request, error: OutworkError) -> Response:
    return problems.answer(request, problems.of_error(error))


HANDLERS: Final[Any] = {
    Refused: _refused,
    HTTPException: _by_status,
    RequestValidationError: _asked_wrong,
    OutworkError: _by_error,
}
