"""Two services over one programme, one of them without the rows that an asker may not see."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, quote_plus

import polars as pl
from fastapi import FastAPI

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
from outwork.web.command import serve
from outwork.web.settings import Pace
from tests.web.conftest import HASH, SETTINGS, Person

Frames = Mapping[str, pl.DataFrame]

NOWHERE: Final = "nowhere"
TELLING: Final = re.compile(r"[^\W\d_][\w-]{3,}")
"""A name that stands for nothing else on a page, and is as near to other names as the one in its place."""
WRITTEN: Final[tuple[Callable[[str], str], ...]] = (
    str, html.escape, quote, quote_plus, lambda name: quote(name, safe=""), lambda name: json.dumps(name)[1:-1],
)  # fmt: skip
"""How a name is written: as it is, in a page, in an address, in JSON."""


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
                return unheard(value)
        return {}


def unheard(name: str) -> dict[str, str]:
    """Return for a name another as long of which nobody has heard, and nothing for a name that tells little."""
    return {name: name[:-1] + ("q" if name[-1:] != "q" else "z")} if TELLING.fullmatch(name) else {}


def swapped(value: str, names: Mapping[str, str]) -> str:
    """Return text with names in place of others, however they are written there.

    Only where they stand as words, and not by chance within others.
    """
    for old, new in names.items():
        for written in WRITTEN:
            value = re.sub(rf"(?<![\w+/-]){re.escape(written(old))}(?![\w+/-])", lambda _: written(new), value)  # noqa: B023
    return value


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


def twins(frames: Frames, asker: Asker, places: Sequence[Path | str]) -> tuple[Twins, FastAPI, Callable[[], None]]:
    """Return both services over a programme and its answers, the fuller one's application, and what closes them.

    Args: places of the full programme and of the bare one.
    """
    bare = reduced(frames, asker)
    view = seen(frames, asker)
    assert all(view[name].equals(seen(bare, asker)[name]) for name in view)
    hidden = {
        table.name: frames[table.name].join(bare[table.name].select(table.key), on=list(table.key), how="anti")
        for table in EVERY
    }
    people, desks, apps = [], [], []
    for where, tables in zip(places, (frames, bare), strict=True):
        results = {table: frame for table, frame in tables.items() if BY_NAME[table] not in INPUT}
        store.save(Programme({table.name: tables[table.name] for table in INPUT}), where, results)
        desk = Desk.open(where)
        if desk.engine.dialect.name == "postgresql":
            serve._build_walls(desk)
        with desk.writing(TERMINAL) as writing:
            party = asker.party if asker.party in set(bare["parties"]["party"]) else ""
            accounts.add(writing, Account(asker.account, asker.name, asker.role, party, asker.nation, password=HASH))
        app = create_app(desk, replace(SETTINGS, pace=Pace(1e6, 1e6)))
        desks.append(desk)
        apps.append(app)
        people.append(Twin(app, asker.account))

    def close() -> None:
        for desk in desks:
            desk.close()

    return Twins(people[0], people[1], asker, view, hidden), apps[0], close
