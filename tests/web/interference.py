"""Does anything that a service answers depend on rows that the asker may not see?

Two services are asked the same: one over a programme, its twin over the same without the rows that are hidden from the asker.
Every route is asked with names that they see, with names that are hidden and with names of which nobody has ever heard; the
twins have to answer byte for byte alike, and a hidden name has to be answered as one that is not there. A route with a
parameter that nothing here can fill, or that takes a form that nothing here can write, fails the test until somebody says how:
that is `PARAMETERS`, `QUERIES`, `SENT` and, with a reason, `APART`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Final

import httpx
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Mount

from outwork.model.tables import BY_NAME
from outwork.web.cells import text
from outwork.web.shown import SAID
from tests.web.twins import NOWHERE, Twin, Twins, swapped, unheard

APART: Final[Mapping[str, str]] = {
    "GET /metrics": "counts requests and their time; it is for the administrator, who reads no table there",
    "GET /api/openapi.json": "describes the service and reads no table",
    "POST /sign-in": "asked before anybody is signed in",
    "POST /sign-out": "would end the session with which everything else is asked",
    "POST /account/sessions/end": "would end the session with which everything else is asked",
    "POST /account/password": "is about the account and reads no table",
    "POST /scenarios": "makes one under a name drawn by chance; what others may see of it is the scenarios' own test",
    "POST /account/tokens": "answers with a token that is drawn by chance, and reads no table",
}
"""Routes that are not asked, and why."""


@dataclass(frozen=True)
class Asked:
    """A request. `never` is the same with names of which nobody has heard in place of hidden ones, by the names."""

    method: str
    path: str
    query: Mapping[str, Any] = field(default_factory=dict)
    sent: Mapping[str, Any] = field(default_factory=dict)
    never: Mapping[str, str] = field(default_factory=dict)

    def unheard(self) -> Asked:
        """Return the request with names of which nobody has heard."""
        return replace(self, path=self._swap(self.path), query=self._swap(self.query), sent=self._swap(self.sent), never={})

    def _swap(self, value: Any) -> Any:
        match value:
            case str():
                return swapped(value, self.never)
            case Mapping():
                return {name: self._swap(each) for name, each in value.items()}
            case bytes():
                return swapped(value.decode(), self.never).encode()
            case list() | tuple():
                return type(value)(self._swap(each) for each in value)
        return value


def filtered(twins: Twins, name: str) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Yield filters by the first column of the key, also for what is hidden."""
    yield {"limit": 2, "sort": "-nothing"}, {}
    for key, never in twins.keys(name):
        if name in twins.view and BY_NAME[name].columns[0].kind == "text":
            yield {f"{BY_NAME[name].key[0]}.is": key[0]}, never


PARAMETERS: Final[Mapping[str, Callable[[Twins], Sequence[str]]]] = {
    "name": lambda twins: twins.tables(),
    "form": lambda _: ["csv", "xlsx", "zip"],
    "verb": lambda _: ["plan", "match", "dance"],
    "number": lambda _: ["1", "999"],
    "account": lambda twins: [twins.asker.account, "terminal", NOWHERE],
    "upload": lambda _: [NOWHERE],
    "key": lambda _: [NOWHERE],
}
"""What stands in the address of a route, by the name of the parameter."""


def _narrowed(twins: Twins, name: str) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Yield what a planner's page is narrowed to, also by a hidden name."""
    if name in twins.view:
        for each in ("items", "sites", "demands"):
            for key, never in twins.keys(each):
                yield {each.removesuffix("s"): key[0]}, never


QUERIES: Final[Mapping[str, Callable[[Twins, str], Iterator[tuple[dict[str, Any], dict[str, str]]]]]] = {
    "/tables/{name}/row": lambda twins, name: (({"key": key}, never) for key, never in twins.keys(name)),
    "/tables/{name}": filtered,
    "/api/tables/{name}": filtered,
    "/taken/{name}.{form}": _narrowed,
}
"""What stands behind the question mark, besides nothing, by the path of a route with a table's name."""


def _changes(twins: Twins, name: str) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Yield changes and removals of rows, also of hidden ones, and rows that name hidden ones."""
    own = BY_NAME[name].key if name in twins.view else ("nothing",)
    for kind, (key, never) in itertools.product(("change", "remove"), twins.keys(name)):
        row = dict(zip(own, key, strict=False))
        yield {"json": {"changes": [{"change": kind, "row": row, "stamp": "0" * 16}]}}, never
        yield {"json": {"changes": [{"change": kind, "row": {**row, "colour": "red"}}]}}, never
    for row, never in _naming(twins, name):
        yield {"json": {"changes": [{"change": "change", "row": row}]}}, never


def _naming(twins: Twins, name: str) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Yield a visible row that is to name a hidden row of another table."""
    if name not in twins.view or not twins.view[name].height:
        return
    table = BY_NAME[name].only(twins.view[name].columns)
    row = twins.view[name].select(table.key).row(0)
    for column in table.columns:
        if column.ref is not None and not column.key:
            other = BY_NAME[column.ref.table]
            shown = set(twins.view[other.name][other.key[0]]) if other.name in twins.view else set()
            for named in (
                twins.hidden[other.name][other.key[0]]
                .filter(~twins.hidden[other.name][other.key[0]].is_in(list(shown)))
                .head(1)
            ):
                yield {**dict(zip(table.key, map(text, row), strict=True)), column.name: named}, unheard(named)


def _rows(twins: Twins, name: str) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Yield what the editable table sends."""
    own = BY_NAME[name].key if name in twins.view else ("nothing",)
    for key, never in twins.keys(name):
        row = {"key": dict(zip(own, key, strict=False)), "at": 0, "version": "0" * 16, "cells": {own[0]: "x"}}
        yield {"json": {"rows": [row]}}, never


def _forms(twins: Twins, name: str) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Yield what the form of a row sends."""
    for key, never in twins.keys(name):
        yield {"data": {"key": key, "stamp": "0" * 16, "do": "save", "cell.colour": "red"}}, never
        yield {"data": {"key": key, "do": "remove"}}, never


def _files(twins: Twins, _: str) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Yield files: of a table that is hidden, and of rows that are."""
    for name in twins.tables():
        for key, never in twins.keys(name):
            head = ",".join(BY_NAME[name].key) if name in BY_NAME else "nothing"
            file = (f"{name}.csv", f"{head}\n{','.join(key)}\n".encode())
            yield {"files": {"file": file}, "data": {"rest": "stays"}}, never if name in twins.view else {}


SENT: Final[Mapping[str, Callable[[Twins, str], Iterator[tuple[dict[str, Any], dict[str, str]]]]]] = {
    "/api/tables/{name}/changes": _changes,
    "/tables/{name}/rows": _rows,
    "/tables/{name}/row": _forms,
    "/exchange": _files,
}
"""What is sent to a route, besides an empty form, by its path."""


def routes(app: FastAPI) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield method, path and parameters of every route; what is mounted serves files of ours."""
    waiting: list[Any] = list(app.routes)
    while waiting:
        each = waiting.pop(0)
        if hasattr(each, "original_router"):
            waiting = [*each.original_router.routes, *waiting]
        elif not isinstance(each, Mount):
            for method in sorted(each.methods - {"HEAD"}):
                yield method, each.path, tuple(each.param_convertors)
                assert isinstance(each, APIRoute) or f"{method} {each.path}" in APART, each.path


def requests(app: FastAPI, twins: Twins) -> Iterator[Asked]:
    """Yield requests to every route. KeyError where a parameter has nothing to stand in it."""
    for method, path, names in routes(app):
        if f"{method} {path}" in APART:
            continue
        for values in itertools.product(*(PARAMETERS[name](twins) for name in names)):
            given = dict(zip(names, values, strict=True))
            where = path.format(**given)
            table = given.get("name", "")
            yield Asked(method, where, sent={} if method == "GET" else {"data": {}})
            if method == "GET" and not names:
                yield from _about(twins, where)
            more = (QUERIES if method == "GET" else SENT).get(path)
            for each, never in more(twins, table) if more else ():
                yield Asked(method, where, **{"query" if method == "GET" else "sent": each}, never=never)


def _about(twins: Twins, where: str) -> Iterator[Asked]:
    """Yield the question about one thing, also about a hidden one, as pages take it in their address."""
    for name in ("demands", "items", "sites"):
        for key, never in twins.keys(name):
            yield Asked("GET", where, {name.removesuffix("s"): key[0]}, never=never)


def answer(person: Twin, asked: Asked) -> tuple[int, str, bytes]:
    """Return status, kind and content of an answer, without what is drawn by chance or taken from the clock."""
    sent = dict(asked.sent)
    for cookie in [each for each in person.cookies.jar if each.name.endswith(SAID)]:  # what the page before left to say
        person.cookies.jar.clear(cookie.domain, cookie.path, cookie.name)
    if asked.method == "POST":
        sent["headers"] = {"X-CSRF-Token": person.token}
    got: httpx.Response = person.request(asked.method, asked.path, params=asked.query, **sent)
    content = got.content.replace(person.token.encode(), b"TOKEN")
    content = re.sub(rf"{datetime.now(UTC):%Y-%m-%d}[T ][0-9:.]+Z?".encode(), b"NOW", content)
    place = re.sub(r"/exchange/[\w-]{20,}", "/exchange/DRAFT", got.headers.get("location", ""))
    return got.status_code, got.headers.get("content-type", "") + place, content
