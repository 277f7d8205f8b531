"""Changes of a table by programs: all of them in one transaction, or none."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from starlette.responses import Response

from outwork.store.exchange.asked import Asked
from outwork.web.api.answering import JSON, as_json, problems
from outwork.web.api.refusing import wrong
from outwork.web.cells import plain, plain_row
from outwork.web.desk import Present
from outwork.web.edits import Done, change

router = APIRouter(prefix="/api", tags=["tables"])

MOST: Final = 10_000
"""Changes in one request; a file is for more."""


def _text(value: str) -> str:
    """Return text. ValueError where it is none: half a character that only UTF-16 could hold."""
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError("holds half a character") from error
    return value


Text = Annotated[str, AfterValidator(_text)]
Whole = Annotated[int, Field(ge=-(10**18), le=10**18)]


class Change(BaseModel):
    """A row to be added, changed or removed.

    `row` has the key and, of a row that is there, only what changes; a cell may be JSON's own value or text as a person types
    it. `stamp` is that of the row as you saw it: where it is another by now, nothing is written and you are told (409).
    """

    model_config = ConfigDict(extra="forbid")

    change: Literal["add", "change", "remove"]
    row: dict[Text, Text | bool | Whole | float | None]
    stamp: Text | None = None


class Changes(BaseModel):
    """Changes of one table, and what you say to those who decide on what needs approval."""

    model_config = ConfigDict(extra="forbid")

    changes: Annotated[list[Change], Field(min_length=1, max_length=MOST)]
    remark: Annotated[Text, Field(max_length=1_000)] = ""


@router.post(
    "/tables/{name}/changes",
    summary="Change rows of a table",
    responses={
        200: {"content": {JSON: {"schema": {"type": "object", "required": ["rows", "proposals"]}}}},
        **problems(403, 404, 409, 413, 415, 422, 503),
    },
)
def put(name: str, asked: Changes, here: Present) -> Response:
    """Change rows in one transaction, and return each as it then stands, with its stamp.

    Changes on which named persons decide become proposals, and their rows stay until these are approved.
    """
    with wrong():
        done = change(here, name, [Asked(each.change, each.row, each.stamp) for each in asked.changes], asked.remark)
    return Response(as_json(_told(done)), media_type=JSON)


def _told(done: Done) -> dict[str, Any]:
    rows = [
        {
            "at": each.at,
            "key": [plain(value) for value in each.key],
            "row": None if each.row is None else plain_row(each.row),
            "stamp": each.stamp,
            "proposed": each.proposed,
        }
        for each in done.rows
    ]
    return {"rows": rows, "proposals": list(done.proposals)}
