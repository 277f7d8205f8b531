"""What the pages of tables show: pure functions from what the asker sees."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import polars as pl

from outwork.model.table import Column, Table
from outwork.model.tables import ANSWERS, BY_NAME
from outwork.store.exchange.visible import known
from outwork.store.service import stamp
from outwork.store.sight import View, may_write
from outwork.web import filters
from outwork.web.cells import text
from outwork.web.pages.tables.asked import PAGE, Asked


@dataclass(frozen=True)
class Entry:
    """A table in the list."""

    name: str
    rows: int
    writable: bool


@dataclass(frozen=True)
class Group:
    """Tables that belong together: those that one part of the vocabulary declares, or that one verb writes."""

    key: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Cell:
    """A cell: as text that could be typed, and the row to which it leads, '' where to none."""

    column: str
    text: str
    number: bool
    leads: str = ""


@dataclass(frozen=True)
class Line:
    """A row: its key as JSON and as an address, the stamp of what is seen of it, and its cells."""

    key: str
    address: str
    stamp: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Shown:
    """A page of a table: `total` rows are there and `found` of them are asked for."""

    table: Table
    asked: Asked
    total: int
    found: int
    lines: tuple[Line, ...]
    writable: bool

    @property
    def pages(self) -> int:
        """How many pages there are, 1 where there are no rows."""
        return max(1, -(-self.found // PAGE))


def groups(view: View) -> Iterator[Group]:
    """Yield the tables that are seen, in groups."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for name in view:
        found[group(BY_NAME[name])].append(Entry(name, view[name].height, may_write(view.asker, name) is not None))
    for key, entries in found.items():
        yield Group(key, tuple(entries))


def group(table: Table) -> str:
    """Return the group of a table: the verb that writes it, else the module that declares it."""
    verb = next((verb for verb, tables in ANSWERS.items() if table in tables), None)
    return verb or table.row.__module__.rpartition(".")[2]


def chosen(view: View, table: Table, asked: Asked) -> pl.DataFrame:
    """Return every row that is asked for, in order."""
    found = filters.within(filters.filtered(view[table.name], table, asked.conditions), table, asked.since, asked.until)
    return filters.ordered(found, table, asked.sort)


def shown(view: View, name: str, asked: Asked) -> Shown:
    """Return a page of a table. UnknownName where nothing of it is seen."""
    table = known(view, name)
    found = chosen(view, table, asked)
    rows = found.slice((asked.page - 1) * PAGE, PAGE)
    names = _named(view, table, rows)
    lines = tuple(_line(table, row, names) for row in rows.iter_rows(named=True))
    return Shown(table, asked, view[name].height, found.height, lines, may_write(view.asker, name) is not None)


def _named(view: View, table: Table, rows: pl.DataFrame) -> dict[str, set[str]]:
    """Return, for each column that names rows of another table, the names in these rows under which one is seen."""
    refs = {column.name: column.ref.table for column in table.columns if column.ref is not None and column.ref.table in view}
    found = {name: (view[other][BY_NAME[other].key[0]], rows[name].implode()) for name, other in refs.items()}
    return {name: set(there.filter(there.is_in(here))) for name, (there, here) in found.items()}


def _line(table: Table, row: Mapping[str, Any], names: Mapping[str, set[str]]) -> Line:
    key = {name: text(row[name]) for name in table.key}
    cells = tuple(_cell(column, row[column.name], names.get(column.name, set())) for column in table.columns)
    return Line(json.dumps(key, ensure_ascii=False, separators=(",", ":")), address(table, key.values()), stamp(row), cells)


def _cell(column: Column, value: Any, names: set[str]) -> Cell:
    leads = address(BY_NAME[column.ref.table], [value]) if column.ref is not None and value in names else ""
    return Cell(column.name, text(value), column.kind in {"number", "integer"}, leads)


def address(table: Table, key: Iterable[str]) -> str:
    """Return the address of a row's page."""
    return f"/tables/{table.name}/row?{urlencode([('key', each) for each in key])}"
