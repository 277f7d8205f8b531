"""Which rows of a table somebody asks for, and in which order, as the address says it.

`item.has=mast`, `due.least=2026-05-01`, `quantity.most=200`, `firm.is=binding`, `price.blank=yes`, `sort=-due`. What is typed
is read as cells of a file are, so `1,5` is a number here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from outwork.model.errors import Fault, InvalidProgramme
from outwork.model.nearest import nearest
from outwork.model.table import Column, Kind, Table
from outwork.store import cells
from outwork.store.reading import shown

Operator = Literal["has", "is", "least", "most", "blank"]
BY_KIND: Final[Mapping[Kind, tuple[Operator, ...]]] = {
    "text": ("has", "is"),
    "flag": ("is",),
    "number": ("least", "most", "is"),
    "integer": ("least", "most", "is"),
    "date": ("least", "most", "is"),
    "instant": ("least", "most"),
}
BLANK: Final = {"yes": True, "no": False}
SPANS: Final = (("since", "until"), ("opens", "expires"), ("start", "ready"))
"""Columns between which a row holds."""


@dataclass(frozen=True)
class Condition:
    """What a row has to fulfil; `text` is what somebody wrote."""

    column: str
    operator: Operator
    text: str

    @property
    def name(self) -> str:
        """Return the name of the condition in an address."""
        return f"{self.column}.{self.operator}"


@dataclass(frozen=True)
class Sorting:
    """A column by which rows are put in order."""

    column: str
    descending: bool = False


def conditions(table: Table, given: Iterable[tuple[str, str]]) -> tuple[Condition, ...]:
    """Return the conditions of an address; names without a point are not conditions, and blank ones ask for nothing.

    InvalidProgramme with a fault for each that does not fit the table.
    """
    found, faults = [], []
    for name, text in given:
        if "." in name and text.strip():
            condition, fault = _condition(table, name, text.strip())
            found += [condition] if condition else []
            faults += [fault] if fault else []
    if faults:
        raise InvalidProgramme(tuple(faults))
    return tuple(found)


def filtered(frame: pl.DataFrame, table: Table, asked: Iterable[Condition]) -> pl.DataFrame:
    """Return the rows that fulfil every condition."""
    return frame.filter(*(_expression(table.column(condition.column), condition) for condition in asked))


def within(frame: pl.DataFrame, table: Table, since: str, until: str) -> pl.DataFrame:
    """Return the rows that hold at some time between two days (ISO 8601; '' is open); all where the table knows no time."""
    span = spanned(table)
    if span is None:
        return frame
    begins, ends = (pl.col(name).cast(pl.Date) for name in span)
    kept = []
    if since:
        kept.append(ends.is_null() | (ends >= pl.lit(since).str.to_date()))
    if until:
        kept.append(begins.is_null() | (begins <= pl.lit(until).str.to_date()))
    return frame.filter(*kept)


def spanned(table: Table) -> tuple[str, str] | None:
    """Return the columns between which a row of a table holds, the same twice where it has one moment, None where none."""
    for begins, ends in SPANS:
        if begins in table.names and ends in table.names:
            return begins, ends
    first = next((column.name for column in table.columns if column.kind in {"date", "instant"}), None)
    return None if first is None else (first, first)


def sortings(table: Table, text: str) -> tuple[Sorting, ...]:
    """Return the columns of `-due,item`. InvalidProgramme where one is not there."""
    found = [Sorting(name.removeprefix("-"), name.startswith("-")) for name in text.split(",") if name]
    faults = [_no_column(table, each.column, "sort") for each in found if each.column not in table.names]
    if faults:
        raise InvalidProgramme(tuple(faults))
    return tuple(found)


def ordered(frame: pl.DataFrame, table: Table, by: tuple[Sorting, ...] = ()) -> pl.DataFrame:
    """Return rows in an order that is theirs alone: as asked, then by their key, blanks last."""
    own = {each.column for each in by}
    every = [*by, *(Sorting(name) for name in table.key if name not in own)]
    return frame.sort(
        [each.column for each in every], descending=[each.descending for each in every], nulls_last=True, maintain_order=True
    )


def _condition(table: Table, name: str, text: str) -> tuple[Condition | None, Fault | None]:
    column, _, operator = name.partition(".")
    if column not in table.names:
        return None, _no_column(table, column, name)
    own = table.column(column)
    if operator not in (*BY_KIND[own.kind], "blank"):
        said = f"a {own.kind} is asked for by {', '.join(BY_KIND[own.kind])} or blank, not by {shown(operator)}"
        return None, Fault(table.name, said, None, name, text, nearest(operator, BY_KIND[own.kind]), table.name)
    wrong = _wrong(own, operator, text)
    if wrong:
        return None, Fault(table.name, f"{shown(text)} {wrong}", None, name, text, "", table.name)
    return Condition(column, operator, text), None


def _wrong(column: Column, operator: str, text: str) -> str:
    """Return why text cannot be compared with a column, '' where it can."""
    if operator == "blank":
        return "" if text in BLANK else "is neither yes nor no"
    return cells.why(column, text) if _value(column, text).null_count() else ""


def _value(column: Column, text: str) -> pl.Series:
    written = pl.Series([text])
    return cells.typed(column, written, comma=cells.has_decimal_comma(written))[0]


def _expression(column: Column, condition: Condition) -> pl.Expr:
    own, text = pl.col(column.name), condition.text
    if condition.operator == "blank":
        blank = own.is_null() | (own == "") if column.kind == "text" else own.is_null()
        return blank if BLANK[text] else ~blank
    value = pl.lit(_value(column, text).first(), dtype=_value(column, text).dtype)
    match condition.operator:
        case "has":
            return own.str.to_lowercase().str.contains(pl.lit(text.lower()), literal=True)
        case "is":
            return own == value
        case "least":
            return own >= value
    return own <= value


def _no_column(table: Table, column: str, name: str) -> Fault:
    near = nearest(column, table.names)
    return Fault(table.name, f"there is no column {shown(column)} in {table.name}", None, name, column, near, table.name)


def written(asked: Iterable[Condition]) -> Iterator[tuple[str, str]]:
    """Yield conditions as an address has them."""
    for condition in asked:
        yield condition.name, condition.text
