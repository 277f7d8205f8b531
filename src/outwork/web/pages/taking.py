"""The rows behind a planner's page as a file."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from outwork.store.exchange.visible import known
from outwork.web import exchange, taking
from outwork.web.asked import Asked
from outwork.web.desk import Present

router = APIRouter(include_in_schema=False)


@router.get("/taken/{name}.{form}")
def taken(name: str, form: exchange.Form, here: Present, query: Asked) -> Response:
    """Give the rows of a table, narrowed as the page is that leads here."""
    return exchange.declared(name, taking.narrowed(here.view, known(here.view, name).name, query), form)
