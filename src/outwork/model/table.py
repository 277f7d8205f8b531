"""One declaration for every face of a table.

A table is a frozen pydantic row class. `table(RowClass)` reads the class once and answers with a plain value,
`Table`, from which the rest of the house is compiled: polars checks, SQL, JSON schema, the Excel template, the
reference pages and random programmes for tests. Nothing here knows polars, SQL or files.

    class Lane(Row):
        \"\"\"A way to move goods from one site to another.\"\"\"

        table_name: ClassVar[str] = "lanes"
        rules: ClassVar[tuple[Rule, ...]] = (Rule("origin <> destination", "a lane must lead somewhere else"),)

        origin: Annotated[str, Key(), Ref("sites")]
        \"\"\"Site that sends.\"\"\"
        cost: Annotated[float, Unit("EUR/kg"), Ge(0)] = 0.0
        \"\"\"Cost of moving one kilogram.\"\"\"

Marks stand outside an optional: `Annotated[float | None, Unit("kg")]`, never `Annotated[float, ...] | None`, where
pydantic hides them; such a declaration is refused.
"""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Annotated, Any, ClassVar, Final, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo

LARGEST: Final = 1e15
"""No quantity that Outwork plans is larger; a larger number is a slip of the keyboard or an attack."""

FIRST_DAY: Final = date(1970, 1, 1)
LAST_DAY: Final = date(2199, 12, 31)
FIRST_INSTANT: Final = datetime(1970, 1, 1, tzinfo=UTC)
LAST_INSTANT: Final = datetime(2199, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)

Kind = Literal["text", "integer", "number", "flag", "date", "instant"]
KINDS: Final[dict[type, Kind]] = {str: "text", int: "integer", float: "number", bool: "flag", date: "date", datetime: "instant"}

__all__ = [
    "FIRST_DAY", "FIRST_INSTANT", "LARGEST", "LAST_DAY", "LAST_INSTANT", "Column", "Ge", "Gt", "Key", "Le", "Link", "Lt", "Ref",
    "Row", "Rule", "Table", "Unit", "table", "written",
]  # fmt: skip


def written(instant: datetime) -> str:
    """Return an instant as all faces write it: in UTC, to the microsecond, as 2026-03-30T12:00:00.000000Z."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True)
class Key:
    """The column is part of the table's key."""


@dataclass(frozen=True)
class Ref:
    """The column names a row of another table by that table's only key column: sites by site, parties by party."""

    table: str


@dataclass(frozen=True)
class Link:
    """Several columns together name a row of another table; a row with a blank among them names none."""

    table: str
    own: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True)
class Unit:
    """The unit in which the column is written, such as `EUR/unit`."""

    text: str


@dataclass(frozen=True)
class Rule:
    """A rule over the columns of one row, as SQL text that SQLite, PostgreSQL and polars all read.

    As in SQL, a row for which the text is NULL passes.
    """

    sql: str
    sentence: str

    @property
    def words(self) -> tuple[str, ...]:
        """Words of the text that may be columns: all but what stands between quotes."""
        return tuple(re.findall(r"[a-z][a-z0-9_]*", re.sub(r"'[^']*'", "", self.sql)))


class Row(BaseModel):
    """A row of a table: frozen, closed to unknown columns, its columns documented by the strings under them."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False)

    table_name: ClassVar[str]
    rules: ClassVar[tuple[Rule, ...]] = ()
    links: ClassVar[tuple[Link, ...]] = ()
    single: ClassVar[bool] = False
    """True where the table holds exactly one row."""


@dataclass(frozen=True)
class Column:
    """A column as every face of the table sees it."""

    name: str
    kind: Kind
    doc: str
    key: bool = False
    optional: bool = False
    """May be blank, which means unknown or not given."""
    default: str | int | float | bool | date | None = None
    unit: str = ""
    low: float | None = None
    low_open: bool = False
    high: float | None = None
    high_open: bool = False
    choices: tuple[str, ...] = ()
    ref: Ref | None = None

    @property
    def required(self) -> bool:
        """True where a person must write a value: there is neither a default nor leave to stay blank."""
        return not self.optional and self.default is None


@dataclass(frozen=True)
class Table:
    """A table: its name, columns in order, key and rules."""

    name: str
    row: type[Row]
    doc: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...]
    single: bool

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the key columns."""
        return tuple(c.name for c in self.columns if c.key)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all columns in order."""
        return tuple(c.name for c in self.columns)

    def column(self, name: str) -> Column:
        """Return the column of that name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def links(self) -> tuple[Link, ...]:
        """References to other tables, those of one column and those of several."""
        simple = tuple(Link(c.ref.table, (c.name,), (_singular(c.ref.table),)) for c in self.columns if c.ref is not None)
        return simple + tuple(link for link in self.row.links if set(link.own) <= set(self.names))

    def only(self, names: Collection[str]) -> Table:
        """Return the table as whoever knows only these columns of it would declare it: without rules over any other."""
        kept = tuple(column for column in self.columns if column.name in names)
        hidden = set(self.names) - {column.name for column in kept}
        return replace(self, columns=kept, rules=tuple(rule for rule in self.rules if not hidden & set(rule.words)))


@cache
def table(row: type[Row]) -> Table:
    """Compile a row class into a `Table`. TypeError where the declaration is not one that every face can carry."""
    if not row.__doc__:
        raise TypeError(f"{row.__name__} has no docstring")
    return Table(
        name=row.table_name,
        row=row,
        doc=inspect.cleandoc(row.__doc__),
        columns=tuple(_column(row, name, field) for name, field in row.model_fields.items()),
        rules=row.rules,
        single=row.single,
    )


def _column(row: type[Row], name: str, field: FieldInfo) -> Column:
    where = f"{row.__name__}.{name}"
    if not field.description:
        raise TypeError(f"{where} has no docstring")
    kind, optional, choices = _kind(where, field.annotation)
    if optional and field.is_required():
        raise TypeError(f"{where} may be blank, so give it a default, usually None")
    marks = {type(mark): mark for mark in field.metadata}
    low, high = _bound(marks, Ge, Gt), _bound(marks, Le, Lt)
    return Column(
        name=name,
        kind=kind,
        doc=" ".join(field.description.split()),
        key=Key in marks,
        optional=optional,
        default=None if field.is_required() else field.default,
        unit=marks[Unit].text if Unit in marks else "",
        low=low,
        low_open=Gt in marks,
        high=high,
        high_open=Lt in marks,
        choices=choices,
        ref=marks.get(Ref),
    )


def _bound(marks: dict[type, Any], closed: type, opened: type) -> float | None:
    """Return the number that a mark such as Ge(0) carries under its own lower-case name."""
    for mark in (closed, opened):
        if mark in marks:
            return float(getattr(marks[mark], mark.__name__.lower()))
    return None


def _kind(where: str, annotation: Any) -> tuple[Kind, bool, tuple[str, ...]]:
    """Return kind, optional and choices of an annotation."""
    optional = False
    if get_origin(annotation) in (Union, types.UnionType):
        parts = get_args(annotation)
        if any(get_origin(part) is Annotated for part in parts):
            raise TypeError(f"{where}: write the marks outside the optional, Annotated[T | None, ...]")
        annotation, *rest = [part for part in parts if part is not type(None)]
        if rest:
            raise TypeError(f"{where}: a column has one type")
        optional = True
    if get_origin(annotation) is Literal:
        return "text", optional, get_args(annotation)
    if annotation not in KINDS:
        raise TypeError(f"{where}: {annotation} is not a column type")
    return KINDS[annotation], optional, ()


def _singular(plural: str) -> str:
    """Return the key column of a table named by the plural noun: site of sites, party of parties, consortium of consortia."""
    if plural.endswith("ies"):
        return plural[:-3] + "y"
    if plural.endswith("ia"):
        return plural[:-1] + "um"
    return plural[:-1]
