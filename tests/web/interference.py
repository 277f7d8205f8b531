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
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import httpx
import polars as pl
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Mount

from outwork import store
from outwork.model.asker import Asker
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME, EVERY, INPUT
from outwork.store.service import Desk, accounts
from outwork.store.service.accounts import Account
from outwork.store.service.audit import TERMINAL
from outwork.store.sight import View, seen
from outwork.store.sight.policy import references
from outwork.web.app import create_app
from outwork.web.cells import text
from outwork.web.settings import Pace
from outwork.web.shown import SAID
from tests.web.conftest import HASH, SETTINGS, Person

Frames = Mapping[str, pl.DataFrame]

NOWHERE: Final = "nowhere"
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


class Twin(Person):
    """The asker at one of the two services."""

    @cached_property
    def token(self) -> str:
        """The token that the forms of this session carry."""
        return self.csrf


@dataclass(frozen=True)
class Twins:
    """Two services that differ only in rows which the asker does not see, and what they see in either."""

    full: Twin
    bare: Twin
    asker: Asker
    view: View
    hidden: Frames

    def tables(self) -> list[str]:
        """Return some tables that are seen, some that are hidden, and one that is not there."""
        closed = [table.name for table in EVERY if table.name not in self.view]
        writable = sorted(self.view, key=lambda name: (self.hidden[name].height == 0, self.view[name].height == 0))
        return [*writable[:4], *closed[:1], NOWHERE]

    def keys(self, name: str) -> Iterator[tuple[list[str], dict[str, str]]]:
        """Yield keys of a table: one that is seen, one that is hidden with its unheard-of twin, and one of nothing."""
        if name not in BY_NAME or name not in self.view:
            yield [NOWHERE], {}
            return
        key = BY_NAME[name].key
        for row in self.view[name].select(key).head(1).iter_rows():
            yield list(map(text, row)), {}
        for row in self.hidden[name].select(key).head(1).iter_rows():
            yield list(map(text, row)), self._unheard(name, dict(zip(key, row, strict=True)))
        yield [NOWHERE] * len(key), {}

    def _unheard(self, name: str, row: Mapping[str, Any]) -> dict[str, str]:
        """Return another name for the first name in a hidden key that is seen nowhere else, nothing where each is seen."""
        for column, value in row.items():
            own = BY_NAME[name].column(column)
            other = own.ref.table if own.ref is not None else ""
            elsewhere = self.view[other][BY_NAME[other].key[0]] if other in self.view else pl.Series([], dtype=pl.String)
            if own.kind == "text" and value not in {*self.view[name][column], *elsewhere}:
                return {value: unheard(value)}
        return {}


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
                yield {**dict(zip(table.key, map(text, row), strict=True)), column.name: named}, {named: unheard(named)}


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


def unheard(name: str) -> str:
    """Return a name as long as another, and as unlike anything, of which nobody has heard."""
    return name[:-1] + ("q" if name[-1:] != "q" else "z")


def swapped(value: str, names: Mapping[str, str]) -> str:
    """Return text with names in place of others, where they stand as words and not by chance within others."""
    for old, new in names.items():
        value = re.sub(rf"(?<![\w+/-]){re.escape(old)}(?![\w+/-])", new, value)
    return value


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
    content = re.sub(rf"{datetime.now(UTC):%Y-%m-%d}T[0-9:.]+Z?".encode(), b"NOW", content)
    place = re.sub(r"/exchange/[\w-]{20,}", "/exchange/DRAFT", got.headers.get("location", ""))
    return got.status_code, got.headers.get("content-type", "") + place, content


def reduced(frames: Frames, asker: Asker) -> dict[str, pl.DataFrame]:
    """Return the tables without rows that are hidden from an asker, but for those on which the others rest."""
    view = seen(frames, asker)
    kept = {table.name: _shown(frames[table.name], view, table.name) for table in EVERY}
    for table in reversed(EVERY):  # what refers to others is settled before these
        for link in references(table):
            needed = kept[table.name].select(pl.col(own).alias(their) for own, their in zip(link.own, link.theirs, strict=True))
            rests = frames[link.table].join(needed.drop_nulls(), on=list(link.theirs), how="semi", maintain_order="left")
            rows = pl.concat([kept[link.table], rests]).unique()
            kept[link.table] = frames[link.table].join(
                rows, on=list(BY_NAME[link.table].key), how="semi", maintain_order="left"
            )
    kept["settings"] = frames["settings"]
    return kept


def _shown(frame: pl.DataFrame, view: View, name: str) -> pl.DataFrame:
    if name not in view:
        return frame.clear()
    return frame.join(view[name].select(BY_NAME[name].key), on=list(BY_NAME[name].key), how="semi", maintain_order="left")


def twins(frames: Frames, asker: Asker, folder: Path) -> tuple[Twins, FastAPI, Callable[[], None]]:
    """Return both services over a programme and its answers, the fuller one's application, and what closes them."""
    bare = reduced(frames, asker)
    view = seen(frames, asker)
    assert all(view[name].equals(seen(bare, asker)[name]) for name in view)
    hidden = {
        table.name: frames[table.name].join(bare[table.name].select(table.key), on=list(table.key), how="anti")
        for table in EVERY
    }
    people, desks, apps = [], [], []
    for name, tables in (("full", frames), ("bare", bare)):
        where = folder / f"{name}.outwork"
        results = {table: frame for table, frame in tables.items() if BY_NAME[table] not in INPUT}
        store.save(Programme({table.name: tables[table.name] for table in INPUT}), where, results)
        desk = Desk.open(where)
        with desk.writing(TERMINAL) as writing:
            party = asker.party if asker.party in set(tables["parties"]["party"]) else ""
            accounts.add(writing, Account(asker.account, asker.name, asker.role, party, asker.nation, password=HASH))
        app = create_app(desk, replace(SETTINGS, pace=Pace(1e6, 1e6)))
        desks.append(desk)
        apps.append(app)
        people.append(Twin(app, asker.account))

    def close() -> None:
        for desk in desks:
            desk.close()

    return Twins(people[0], people[1], asker, view, hidden), apps[0], close
