"""Random programmes, made from the declarations: keys are unique, references lead somewhere, bounds and rules hold.

A column that is added to a row class is in them by itself. Text is as odd as a cell may be: quotes, newlines, separators,
what a spreadsheet would run as a formula, letters of any script.
"""

from __future__ import annotations

import re
from datetime import UTC
from functools import cache
from typing import Any

import polars as pl
from hypothesis import strategies as st

from outwork.model.frames import empty, schema
from outwork.model.programme import Programme
from outwork.model.table import FIRST_DAY, FIRST_INSTANT, LARGEST, LAST_DAY, LAST_INSTANT, Column, Kind, Rule, Table
from outwork.model.tables import BY_NAME, EVERY, INPUT

PARENTS = {link.table for table in EVERY for link in table.links}
"""Tables that others refer to: they have rows, or little else could have any."""
CHOSEN = 8
"""Most tables that are chosen to have rows, besides those to which they refer."""
ODD = (
    "NL", "DE", "PL", "EUR", "a", "A", "00123", "1.5", "1,5", "true", "null", "NaN", "=1+1", "'=1+1", "''", "+49", "-", "@x",
    '"', 'say "so"', "a,b", "a;b", "a\tb", "two\nlines", "\u00e9\u6f22\U0001f600", "_x0041_", "#N/A", "\\", "%", "a  b", "o'x",
    "9f" * 32,
)  # fmt: skip
NEVER = "".join(map(chr, range(32))).replace("\n", "").replace("\t", "") + "\x7f\ufffe\uffff"

Frames = dict[str, pl.DataFrame]


def programmes() -> st.SearchStrategy[Programme]:
    """Programmes whose tables break none of their rules, though no plan may be able to follow them."""
    return filled(INPUT).map(Programme)


@st.composite
def filled(draw: st.DrawFn, tables: tuple[Table, ...] = EVERY) -> Frames:
    """Some of the tables and those to which they refer, filled in order, so that references have something to lead to."""
    chosen = within(draw(st.sets(st.sampled_from([table.name for table in tables]), max_size=CHOSEN)))
    frames: Frames = {}
    for table in tables:
        open_ = table.name in chosen and possible(table, frames)
        many = 1 if table.single else draw(st.integers(int(table.name in PARENTS), 3)) if open_ else 0
        rows = [{column.name: draw(cell(table, column, frames)) for column in table.columns} for _ in range(many)]
        frames[table.name] = sound(table, rows, frames)
    return frames


def within(names: set[str]) -> set[str]:
    """The tables of these names and all to which they refer, directly or through others."""
    found: set[str] = set()
    ahead = sorted(names)
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead.extend(link.table for link in BY_NAME[name].links)
    return found


def possible(table: Table, frames: Frames) -> bool:
    """True where every reference that must be there has something to lead to."""
    return all(frames[c.ref.table].height for c in table.columns if c.ref is not None and not c.optional)


def cell(table: Table, column: Column, frames: Frames) -> st.SearchStrategy[Any]:
    """Values of a column."""
    if column.ref is None:
        return unbound(table, column)
    names = frames[column.ref.table].to_series(0).to_list()
    values = st.sampled_from(names) if names else st.nothing()
    return st.none() | values if column.optional else values


@cache
def unbound(table: Table, column: Column) -> st.SearchStrategy[Any]:
    """Values of a column that refers to nothing."""
    values = value(column, alone(table, column))
    return st.none() | values if column.optional else values


def value(column: Column, rules: tuple[Rule, ...]) -> st.SearchStrategy[Any]:
    """Values of a kind within bounds and choices."""
    match column.kind:
        case "text" if column.choices:
            return st.sampled_from(column.choices)
        case "text":
            plain = st.sampled_from(fitting(column.name, rules) + (("",) if column.default == "" else ()))
            return plain if rules else plain | text()
        case "flag":
            return st.booleans()
        case "date" | "instant":
            return time(column.kind)
        case "integer":
            return st.integers(int(low(column)), int(high(column)))
        case "number":
            return st.floats(
                low(column), high(column), exclude_min=column.low_open, exclude_max=column.high_open, allow_nan=False
            ).map(lambda number: number + 0.0)


def time(kind: Kind) -> st.SearchStrategy[Any]:
    """Days, or instants in UTC."""
    if kind == "date":
        return st.dates(FIRST_DAY, LAST_DAY)
    naive = st.datetimes(FIRST_INSTANT.replace(tzinfo=None), LAST_INSTANT.replace(tzinfo=None))
    return naive.map(lambda instant: instant.replace(tzinfo=UTC))


def text() -> st.SearchStrategy[str]:
    """Text as odd as a cell may hold."""
    letters = st.characters(exclude_categories=("Cs",), exclude_characters=NEVER)
    return st.text(letters, min_size=1, max_size=8).map(str.strip).filter(bool)


def sound(table: Table, rows: list[dict[str, Any]], frames: Frames) -> pl.DataFrame:
    """The rows that break no rule, repeat no key and refer to rows that are there."""
    frame = pl.DataFrame(rows, schema=schema(table), orient="row") if rows else empty(table)
    for link in table.row.links:
        last = link.own[-1]
        there = frames.get(link.table, frame).select(link.theirs).rows()
        leads = pl.Series([own in there for own in frame.select(link.own).rows()], dtype=pl.Boolean)
        optional = table.column(last).optional
        frame = frame.with_columns(pl.when(leads).then(last).alias(last)) if optional else frame.filter(leads)
    holds = [pl.sql_expr(rule.sql).fill_null(value=True) for rule in table.rules]
    kept = frame.filter(*holds) if holds else frame
    if table.single and not kept.height:
        kept = frame.with_columns(pl.lit(None, schema(table)[c.name]).alias(c.name) for c in table.columns if c.optional)
    return kept.unique(table.key, keep="first", maintain_order=True)


@cache
def alone(table: Table, column: Column) -> tuple[Rule, ...]:
    """The rules that speak of this column and of no other."""
    spoken = {
        rule: {*re.findall(r"[a-z][a-z0-9_]*", re.sub(r"'[^']*'", "", rule.sql))} & {*table.names} for rule in table.rules
    }
    return tuple(rule for rule, names in spoken.items() if names == {column.name})


@cache
def fitting(name: str, rules: tuple[Rule, ...]) -> tuple[str, ...]:
    """The odd texts that break none of the rules."""
    frame = pl.DataFrame({name: ODD})
    return tuple(frame.filter(*(pl.sql_expr(rule.sql) for rule in rules)).to_series() if rules else ODD)


def low(column: Column) -> float:
    """The least value of a column."""
    return -LARGEST if column.low is None else column.low


def high(column: Column) -> float:
    """The largest value of a column."""
    return LARGEST if column.high is None else column.high
