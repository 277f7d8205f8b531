"""A row by itself, in a form that needs no script, and the changes that the editable table sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from outwork.model.errors import Fault, InvalidProgramme
from outwork.model.table import Table
from outwork.store.exchange.asked import Asked
from outwork.store.exchange.edit import Forbidden
from outwork.store.exchange.visible import known
from outwork.store.overlay import ADD, CHANGE, REMOVE
from outwork.store.service import Other, Stale, stamp
from outwork.store.sight import may_write
from outwork.web import edits, problems
from outwork.web.api.changes import MOST, Text
from outwork.web.cells import text
from outwork.web.desk import Here, Present
from outwork.web.pages.tables.listed import address
from outwork.web.problems import Problem, Refused
from outwork.web.texts import Texts
from outwork.web.told import plainly

router = APIRouter(include_in_schema=False)

NOT_YOURS = Problem(HTTPStatus.FORBIDDEN, "problem.forbidden")


@dataclass(frozen=True)
class Form:
    """A row in a form: what stands in its fields, what is wrong with them, and what somebody else wrote meanwhile.

    `key` is that of a row that is there, empty of a new one; `stamp` what its author saw.
    """

    table: Table
    key: tuple[str, ...]
    cells: Mapping[str, str]
    stamp: str
    writable: bool
    faults: Mapping[str, str] = field(default_factory=dict)
    other: Other | None = None

    @property
    def told(self) -> list[str]:
        """Return what is wrong with the row as a whole."""
        return [said for column, said in self.faults.items() if column not in self.table.names]

    def theirs(self, column: str) -> str | None:
        """Return what somebody else wrote into a field, None where that is what stands there."""
        if self.other is None or self.other.now is None:
            return None
        now = text(self.other.now[column])
        return None if now == self.cells.get(column, "") else now


Key = Annotated[list[str], Query(max_length=8)]


@router.get("/tables/{name}/row")
def show(name: str, here: Present, key: Key = []) -> Response:  # noqa: B006 - the framework makes its own
    """Show a row, or the form of a new one."""
    table = known(here.view, name)
    if not key:
        defaults = {column.name: text(column.default) for column in table.columns}
        return here.render("row.html", form=Form(table, (), defaults, "", _writable(here, name)))
    row = edits.keyed(table, here.view, key)
    if row is None:
        raise Refused(problems.NOT_FOUND)
    cells = {column: text(value) for column, value in row.items()}
    return here.render("row.html", form=Form(table, tuple(key), cells, stamp(row), _writable(here, name)))


@router.post("/tables/{name}/row")
async def save(name: str, request: Request, here: Present) -> Response:
    """Write a row, or remove it; where that cannot be, show the form again with everything that was typed."""
    sent = [(name, value) for name, value in (await request.form()).multi_items() if isinstance(value, str)]
    return await run_in_threadpool(_saved, here, name, sent)


def _saved(here: Here, name: str, sent: Sequence[tuple[str, str]]) -> Response:
    table = known(here.view, name)
    last = dict(sent)
    key = tuple(value for field_name, value in sent if field_name == "key")
    typed = {each.removeprefix("cell."): value for each, value in sent if each.startswith("cell.")}
    own = dict(zip(table.key, key, strict=False))
    kind = REMOVE if last.get("do") == "remove" else CHANGE if key else ADD
    asked = Asked(kind, own if kind == REMOVE else {**typed, **own}, last.get("stamp") if key else None)
    form = Form(table, key, {**typed, **own}, last.get("stamp", ""), _writable(here, name))
    try:
        done = edits.change(here, name, [asked], last.get("remark", ""))
    except (InvalidProgramme, Stale, Forbidden) as error:
        return _again(here, form, error)
    said = "row_proposed" if done.proposals else "row_removed" if kind == REMOVE else "row_saved"
    stays = done.rows[0].row is not None
    return here.go(address(table, [text(each) for each in done.rows[0].key]) if stays else f"/tables/{name}", said)


def _again(here: Here, form: Form, error: InvalidProgramme | Stale | Forbidden) -> Response:
    """Show the form again, with what was typed and why it was not written."""
    match error:
        case InvalidProgramme():
            faults = {fault.column: edits.said(fault) for fault in reversed(error.faults)}
            return here.render("row.html", status=422, form=replace(form, faults=faults))
        case Stale():
            other = error.others[0]
            return here.render("row.html", status=409, form=replace(form, other=other, stamp=stamp(other.now)))
    raise Refused(NOT_YOURS)


def _writable(here: Here, name: str) -> bool:
    return may_write(here.asker, name) is not None


class Row(BaseModel):
    """A row of the editable table: its key (None of a new one), its place there, the stamp of what was seen, its cells."""

    model_config = ConfigDict(extra="forbid")

    key: dict[Text, Text] | None
    at: int
    version: Text | None
    cells: dict[Text, Text]


class Rows(BaseModel):
    """What the editable table sends."""

    rows: Annotated[list[Row], Field(min_length=1, max_length=MOST)]


@router.post("/tables/{name}/rows")
def put(name: str, sent: Rows, here: Present) -> Response:
    """Write the rows that were edited; answer as the editable table reads it."""
    table = known(here.view, name)
    asked = [Asked(ADD if each.key is None else CHANGE, {**each.cells, **(each.key or {})}, each.version) for each in sent.rows]
    try:
        done = edits.change(here, name, asked)
    except InvalidProgramme as error:
        return JSONResponse({"faults": [_fault(sent, fault, here.t) for fault in error.faults]}, 422)
    except Stale as error:
        return JSONResponse(
            {"conflicts": [each for other in error.others for each in _conflicts(here, table, sent, other)]}, 409
        )
    except Forbidden:
        return JSONResponse({"detail": here.t("problem.forbidden")}, 403)
    return JSONResponse({"rows": [_row(table, sent, each) for each in done.rows], "proposals": list(done.proposals)})


def _row(table: Table, sent: Rows, saved: edits.Saved) -> dict[str, Any]:
    now = saved.row or {}
    key = {name: text(value) for name, value in zip(table.key, saved.key, strict=True)}
    cells = {name: text(value) for name, value in now.items()}
    return {"at": sent.rows[saved.at].at, "key": key, "version": saved.stamp, "cells": cells, "proposed": saved.proposed}


def _fault(sent: Rows, fault: Fault, t: Texts) -> dict[str, Any]:
    at = sent.rows[fault.line].at if fault.line is not None else sent.rows[0].at
    column = {"column": fault.column} if fault.column else {}
    return {"at": at, **column, "message": plainly(edits.said(fault), t, "fault")}


def _conflicts(here: Here, table: Table, sent: Rows, other: Other) -> list[dict[str, Any]]:
    """Return what somebody else wrote, for each cell that was edited."""
    key = {name: text(value) for name, value in zip(table.key, other.key, strict=True)}
    row = next(each for each in sent.rows if each.key == key)
    act, now = other.act, other.now or {}
    who = {"by": "" if act is None else act.account, "when": "" if act is None else act.at, "version": stamp(other.now)}
    theirs = {name: text(now.get(name)) if other.now is not None else here.t("tables.gone") for name in row.cells}
    return [{"at": row.at, "column": name, "theirs": value, **who} for name, value in theirs.items()]
