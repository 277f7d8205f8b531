"""How the service stands, for whatever watches over it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from outwork.model.asker import Role
from outwork.store.service.schema import STATE
from outwork.web import service
from outwork.web.desk import Here, only

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
def healthy(request: Request) -> JSONResponse:
    """Answer 200 where the database can be read and 503 where it cannot, and nothing else to whoever asks."""
    try:
        with service.of(request).desk.reading() as connection:
            connection.execute(select(STATE.c.one)).one()
    except SQLAlchemyError:
        return JSONResponse({"status": "unreadable"}, 503)
    return JSONResponse({"status": "ok"})


@router.get("/metrics")
def metrics(here: Annotated[Here, Depends(only(Role.OFFICE, Role.AUDITOR))]) -> Response:
    """Return what was counted, to the office and to auditors, usually by a token.

    Not to everybody on the same machine: behind a proxy everybody seems to be there.
    """
    return Response(here.service.measures.text(), media_type=CONTENT_TYPE_LATEST)
