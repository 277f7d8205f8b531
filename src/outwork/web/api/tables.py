"""Tables for programs: what there is, rows in pages, as JSON or Arrow, and the schema of a row."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Annotated, Any, Final
from urllib.parse import urlencode

import polars as pl
from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from outwork.model import jsonschema
from outwork.model.table import Table
from outwork.model.tables import BY_NAME
from outwork.store.exchange.visible import known
from outwork.store.service import stamp
from outwork.store.sight import View, may_write
from outwork.web import filters
from outwork.web.api.answering import ARROW, JSON, as_json, kept, problems
from outwork.web.api.cursor import behind, cursor
from outwork.web.api.refusing import wrong
from outwork.web.cells import plain_row
from outwork.web.desk import Present

router = APIRouter(prefix="/api", tags=["tables"])

MOST: Final = 100_000
FILTERS: Final = {
    "name": "filters",
    "in": "query",
    "description": "Conditions, each `column.operator=value`: has, is, least, most or blank (yes or no).",
    "style": "form",
    "explode": True,
    "schema": {"type": "object", "additionalProperties": {"type": "string"}},
}
LINKED: Final = {"Link": {"description": "Address of the next page, as rel=next (RFC 8288)", "schema": {"type": "string"}}}
MARKED: Final = {"ETag": {"description": "Mark of the content, for If-None-Match", "schema": {"type": "string"}}}


@router.get(
    "/tables",
    summary="Tables that you see",
    responses={
        200: {"headers": MARKED, "content": {JSON: {"schema": {"type": "object", "required": ["tables"]}}}},
        **problems(304),
    },
)
def every(here: Present) -> Response:
    """Return every table of which you see something: its name, meaning, key, number of rows, and whether you may write it."""
    found = [_told(here.view, BY_NAME[name], writable=may_write(here.asker, name) is not None) for name in here.view]
    return kept(here.request, as_json({"tables": found}), JSON)


@router.get(
    "/tables/{name}",
    summary="Rows of a table",
    openapi_extra={"parameters": [FILTERS]},
    responses={
        200: {
            "headers": {**MARKED, **LINKED},
            "content": {
                JSON: {"schema": {"type": "object", "required": ["table", "total", "rows", "stamps", "next"]}},
                ARROW: {"schema": {"type": "string", "format": "binary"}},
            },
        },
        **problems(304, 404, 422),
    },
)
def rows(
    name: str,
    here: Present,
    limit: Annotated[int, Query(ge=1, le=MOST, description="Most rows of one answer.")] = 1_000,
    after: Annotated[str, Query(description="Where to go on: `next` of the answer before.")] = "",
) -> Response:
    """Return rows that you see, in the order of their key; of each a stamp, which says what you saw when you change it.

    Asked for as `Accept: application/vnd.apache.arrow.stream`, they come as an Arrow stream, without stamps.
    """
    table = known(here.view, name)
    with wrong():
        given = [each for each in here.request.query_params.multi_items() if each[0] not in {"limit", "after"}]
        found = filters.ordered(filters.filtered(here.view[name], table, filters.conditions(table, given)), table)
        left = behind(found, table, after) if after else found
    page = left.head(limit)
    more = cursor(table, page.row(-1, named=True)) if left.height > limit else None
    headers = {} if more is None else {"Link": f'<{_next(here.request, more)}>; rel="next"'}
    if ARROW in here.request.headers.get("accept", ""):
        return kept(here.request, _arrow(page), ARROW, headers)
    return kept(here.request, as_json(_page(name, found.height, page, more)), JSON, headers)


@router.get(
    "/tables/{name}/schema",
    summary="What a row may hold",
    responses={
        200: {"headers": MARKED, "content": {"application/schema+json": {"schema": {"type": "object"}}}},
        **problems(304, 404),
    },
)
def schema(name: str, here: Present) -> Response:
    """Return the JSON schema (draft 2020-12) of a table, of the columns that you see."""
    return kept(here.request, as_json(jsonschema.schema(known(here.view, name))), "application/schema+json")


def _told(view: View, table: Table, *, writable: bool) -> dict[str, Any]:
    key, frame = list(table.key), view[table.name]
    return {
        "table": table.name,
        "doc": table.doc,
        "key": key,
        "columns": frame.columns,
        "rows": frame.height,
        "writable": writable,
    }


def _page(name: str, total: int, page: pl.DataFrame, more: str | None) -> Mapping[str, Any]:
    records = page.to_dicts()
    return {
        "table": name,
        "total": total,
        "rows": [plain_row(row) for row in records],
        "stamps": [stamp(row) for row in records],
        "next": more,
    }


def _arrow(page: pl.DataFrame) -> bytes:
    found = io.BytesIO()
    page.write_ipc_stream(found)
    return found.getvalue()


def _next(request: Request, more: str) -> str:
    rest = [each for each in request.query_params.multi_items() if each[0] != "after"]
    return f"{request.url.path}?{urlencode([*rest, ('after', more)])}"
