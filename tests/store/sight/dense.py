"""Tables in which every table has rows and references lead to what is there, drawn by a seed.

Rules and links of several columns may be broken: who sees what does not rest on them. Few names and little text, so that rows
often belong together.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from outwork.cli import demo
from outwork.model.asker import Asker, Role
from outwork.model.frames import dtype, schema
from outwork.model.table import Column, Kind, Table
from outwork.model.tables import EVERY
from outwork.store.sight import View
from outwork.store.sight.policy import UNSTATED
from tests.programmes import Frames

DAY = date(2027, 1, 4)
INSTANT = datetime(2027, 1, 4, tzinfo=UTC)


def dense(seed: int, rows: int = 12, base: Frames | None = None) -> Frames:
    """Return every table with up to that many rows; tables that `base` fills are as they are there."""
    dice = np.random.default_rng(seed)
    frames: Frames = {}
    for table in EVERY:
        given = None if base is None else base.get(table.name)
        frames[table.name] = drawn(table, frames, dice, rows) if given is None or given.is_empty() else given
    return frames


def drawn(table: Table, frames: Frames, dice: np.random.Generator, rows: int) -> pl.DataFrame:
    """Return rows of a table with unlike keys."""
    many = 1 if table.single else rows
    known = {column.name: names(table, column, frames) for column in table.columns}
    columns = {column.name: [value(column, known[column.name], dice) for _ in range(many)] for column in table.columns}
    series = [pl.Series(column.name, columns[column.name], dtype(column)) for column in table.columns]
    return pl.DataFrame(series, schema=schema(table)).unique(table.key, keep="first", maintain_order=True)


def names(table: Table, column: Column, frames: Frames) -> list[str]:
    """Return the names to which a column may refer."""
    if column.ref is not None:
        return frames[column.ref.table].to_series(0).to_list()
    link = UNSTATED.get(table.name)
    if link is not None and link.own == (column.name,):
        return frames[link.table].to_series(0).to_list()
    link = next((link for link in table.row.links if column.name == link.own[-1]), None)
    return frames[link.table][link.theirs[-1]].to_list() if link is not None and link.table in frames else []


def value(column: Column, known: list[str], dice: np.random.Generator) -> Any:
    """Return a value of a column."""
    if column.optional and dice.random() < 0.2:
        return None
    if known:
        return known[dice.integers(len(known))]
    draws: dict[Kind, Callable[[], Any]] = {
        "text": lambda: text(column, dice),
        "flag": lambda: bool(dice.integers(2)),
        "date": lambda: DAY + timedelta(days=7 * int(dice.integers(4))),
        "instant": lambda: INSTANT + timedelta(seconds=int(dice.integers(4))),
        "integer": lambda: int(dice.integers(1, 5)),
        "number": lambda: float(dice.integers(1, 5)),
    }
    return draws[column.kind]()


def text(column: Column, dice: np.random.Generator) -> str:
    """Return a choice, nothing, or a short name."""
    if column.choices:
        return column.choices[dice.integers(len(column.choices))]
    if column.default == "" and dice.random() < 0.3:
        return ""
    return f"{column.name}-{dice.integers(9)}"


def askers(frames: Frames) -> list[Asker]:
    """Return somebody in every role, for the first two parties and nations."""
    parties, nations = frames["parties"]["party"].to_list(), frames["nations"]["nation"].to_list()
    return [
        Asker(f"{role}-{party}", "A. N. Other", role, party, nation)
        for role in Role
        for party, nation in zip(parties[:2], nations[:2], strict=False)
    ]


@cache
def example() -> Frames:
    """Return the example programme."""
    return dict(demo.example().tables)


def hidden(frames: Frames, view: View) -> Frames:
    """The rows that a view does not show."""
    keys = {each.name: list(each.key) for each in EVERY}
    return {
        name: frame.join(view[name].select(keys[name]), on=keys[name], how="anti") if view.sees(name) else frame
        for name, frame in frames.items()
    }
