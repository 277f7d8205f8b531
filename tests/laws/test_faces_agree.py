"""One declaration, several judges: they give the same verdict on every column and value."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

import polars as pl
import psycopg
import pytest
from jsonschema import Draft202012Validator, ValidationError, validators

from outwork.model import ddl, jsonschema
from outwork.model.frames import schema
from outwork.model.table import FIRST_DAY, FIRST_INSTANT, LARGEST, LAST_DAY, LAST_INSTANT, Column, Row, Table, written
from outwork.model.tables import EVERY
from outwork.store import check
from outwork.store.reading import Sheet

COLUMNS = sorted(
    {
        Column("tried", c.kind, "", False, c.optional, c.default, "", c.low, c.low_open, c.high, c.high_open, c.choices)
        for table in EVERY
        for c in table.columns
    },
    key=repr,
)
"""Every column of every table, told apart by what it accepts."""

LINE = Column("line", "integer", "Number of the row.", key=True)


class Lone(Row):
    """A row of one column and a number."""

    table_name: ClassVar[str] = "lone"


def lone(column: Column) -> Table:
    """Return a table of that column."""
    return Table("lone", Lone, "A row.", (LINE, column), (), single=False)


def values(column: Column) -> list[Any]:
    """Return values on both sides of every limit of the column, and none."""
    match column.kind:
        case "number" | "integer":
            kind, step = (int, 1) if column.kind == "integer" else (float, 0.25)
            edges = (-LARGEST if column.low is None else column.low, LARGEST if column.high is None else column.high)
            return [None, *(kind(edge + side) for edge in edges for side in (-step, 0, step))]
        case "text":
            return [None, "", "x", *column.choices]
        case "flag":
            return [None, True, False]
        case "date":
            return [None, date(1969, 12, 31), FIRST_DAY, date(2028, 2, 29), LAST_DAY, date(2200, 1, 1)]
        case "instant":
            step = timedelta(microseconds=1)
            edges = (FIRST_INSTANT - step, FIRST_INSTANT, FIRST_INSTANT + step, LAST_INSTANT - step, LAST_INSTANT)
            return [None, *edges, LAST_INSTANT + step]


def by_schema(column: Column) -> list[bool]:
    """Return the verdicts of the JSON schema, the limits of dates read as Ajv reads them."""

    def not_before(_: object, limit: str, day: str, __: object) -> Iterator[ValidationError]:
        if day is not None and day < limit:
            yield ValidationError("too early")

    def not_after(_: object, limit: str, day: str, __: object) -> Iterator[ValidationError]:
        if day is not None and day > limit:
            yield ValidationError("too late")

    reader = validators.extend(Draft202012Validator, {"formatMinimum": not_before, "formatMaximum": not_after})
    judge = reader(jsonschema.row(lone(column)), format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [judge.is_valid({"line": 1, "tried": as_text(value)}) for value in values(column)]


def by_database(connection: Any, column: Column, dialect: ddl.Dialect) -> list[bool]:
    """Return the verdicts of a database on rows with the values."""
    insert = "INSERT INTO lone VALUES (?, ?)" if dialect == "sqlite" else "INSERT INTO lone VALUES (%s, %s)"

    def accepted(line: int, value: object) -> bool:
        try:
            connection.execute(insert, (line, value))
        except (sqlite3.IntegrityError, psycopg.IntegrityError):
            return False
        return True

    connection.execute(ddl.create(lone(column), dialect))
    verdicts = [accepted(line, as_text(value)) for line, value in enumerate(values(column))]
    connection.execute("DROP TABLE lone")
    return verdicts


def by_check(column: Column) -> list[bool]:
    """Return the verdicts of the checks that people meet first, on columns of polars."""
    table, tried = lone(column), values(column)
    lines = pl.Series(range(len(tried)))
    frame = pl.DataFrame({"line": lines, "tried": tried}, schema=schema(table))
    blamed = {fault.line for fault in check.faults({"lone": Sheet(table, frame, "lone", lines)})}
    return [line not in blamed for line in lines]


def as_text(value: object) -> object:
    """Return a date or an instant as text, which JSON, SQLite and PostgreSQL all read, and everything else as it is."""
    if isinstance(value, datetime):
        return written(value)
    return value.isoformat() if isinstance(value, date) else value


def test_the_values_that_are_tried_lie_on_both_sides() -> None:
    verdicts = [verdict for column in COLUMNS for verdict in by_schema(column)]
    assert {True, False} == set(verdicts)
    assert 0.2 < sum(verdicts) / len(verdicts) < 0.8


def test_json_schema_and_the_checks_of_the_store_agree_on_every_column() -> None:
    for column in COLUMNS:
        assert by_check(column) == by_schema(column), column


def test_json_schema_and_sqlite_agree_on_every_column() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for column in COLUMNS:
            assert by_database(connection, column, "sqlite") == by_schema(column), column


def test_json_schema_and_postgresql_agree_on_every_column(server: psycopg.Connection[Any]) -> None:
    for column in COLUMNS:
        assert by_database(server, column, "postgresql") == by_schema(column), column


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_postgresql_refuses_a_number_that_is_none_even_where_a_blank_is_allowed(
    server: psycopg.Connection[Any], number: str
) -> None:
    server.execute(ddl.create(lone(Column("tried", "number", "", optional=True)), "postgresql"))
    with pytest.raises(psycopg.IntegrityError, match="lone_tried_check"):
        server.execute("INSERT INTO lone VALUES (1, %s)", (float(number),))
