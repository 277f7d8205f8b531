"""The list of tables, a table, and its rows as a file."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from outwork.store.exchange.visible import known
from outwork.web import exchange
from outwork.web.desk import Here, Present
from outwork.web.filters import BY_KIND, spanned
from outwork.web.pages.tables.asked import Asked, read
from outwork.web.pages.tables.listed import chosen, groups, shown

router = APIRouter(include_in_schema=False)


@router.get("/tables")
def every(here: Present) -> Response:
    """Show which tables there are."""
    return here.render("tables.html", groups=list(groups(here.view)))


@router.get("/tables/{name}")
def one(name: str, here: Present) -> Response:
    """Show a table."""
    asked = _asked(here, name)
    table = known(here.view, name)
    return here.render("table.html", shown=shown(here.view, name, asked), operators=BY_KIND, span=spanned(table))


@router.get("/tables/{name}/rows.{form}")
def taken(name: str, form: exchange.Form, here: Present) -> Response:
    """Give the rows that are asked for as a file."""
    return exchange.declared(name, chosen(here.view, known(here.view, name), _asked(here, name)), form)


def _asked(here: Here, name: str) -> Asked:
    return read(known(here.view, name), here.request.query_params.multi_items())
