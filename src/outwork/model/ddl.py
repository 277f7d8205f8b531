"""Tables as SQL: the text that makes a table in SQLite and in PostgreSQL.

A declaration becomes columns with NOT NULL and DEFAULT, a PRIMARY KEY, a CHECK for every bound, choice and rule, and a
FOREIGN KEY for every reference. Names stand unquoted, because reserved words are never names. Both databases read the
same text but for the types, and for dates and instants, which SQLite keeps as ISO text.

What SQL cannot say stays with the checks of `store`: that a single table holds exactly one row, and that an optional
number on SQLite is not NaN, which SQLite stores as NULL.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from outwork.model.table import FIRST_DAY, FIRST_INSTANT, LARGEST, LAST_DAY, LAST_INSTANT, Column, Kind, Link, Table, written

Dialect = Literal["sqlite", "postgresql"]

TYPES: Final[dict[Dialect, dict[Kind, str]]] = {
    "sqlite": {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "flag": "INTEGER", "date": "TEXT", "instant": "TEXT"},
    "postgresql": {
        "text": "TEXT", "integer": "BIGINT", "number": "DOUBLE PRECISION", "flag": "BOOLEAN", "date": "DATE",
        "instant": "TIMESTAMPTZ",
    },
}  # fmt: skip
MICROSECONDS: Final = ".[0-9][0-9][0-9][0-9][0-9][0-9]Z"


def create(table: Table, dialect: Dialect) -> str:
    """Return the CREATE TABLE with every constraint. Tables that it refers to must be there first on PostgreSQL."""
    return _create(table, dialect, [*_columns(table, dialect), *_constraints(table, dialect)])


def bare(table: Table, dialect: Dialect) -> str:
    """Return the CREATE TABLE with types, NOT NULL and DEFAULT alone: no key, reference or check, for a bulk load."""
    return _create(table, dialect, list(_columns(table, dialect)))


def constraints(table: Table) -> tuple[str, ...]:
    """Return the ALTER TABLE that turns a bare table on PostgreSQL into a full one, to be run after a bulk load.

    It is one statement, so that the server reads the rows once for all checks. SQLite cannot add constraints to a table
    that is there.
    """
    added = ", ".join(f"ADD {constraint}" for constraint in _constraints(table, "postgresql"))
    return (f"ALTER TABLE {table.name} {added}",)


def _create(table: Table, dialect: Dialect, parts: list[str]) -> str:
    """Return a CREATE TABLE of its parts; SQLite is told to be STRICT, or a number column would keep text."""
    body = ",\n  ".join(parts)
    return f"CREATE TABLE {table.name} (\n  {body}\n)" + (" STRICT" if dialect == "sqlite" else "")


def _columns(table: Table, dialect: Dialect) -> Iterator[str]:
    for column in table.columns:
        blank = "" if column.optional else " NOT NULL"
        default = "" if column.default is None else f" DEFAULT {_literal(column.default, dialect)}"
        yield f"{column.name} {TYPES[dialect][column.kind]}{blank}{default}"


def _constraints(table: Table, dialect: Dialect) -> Iterator[str]:
    """Yield the named table constraints: key, checks of each column, rules, references."""
    yield f"CONSTRAINT {table.name}_key PRIMARY KEY ({', '.join(table.key)})"
    for column in table.columns:
        checks = list(_checks(column, dialect))
        if checks:
            yield f"CONSTRAINT {table.name}_{column.name}_check CHECK ({' AND '.join(checks)})"
    for number, rule in enumerate(table.rules, 1):
        yield f"CONSTRAINT {table.name}_rule_{number} CHECK ({rule.sql})"
    for link in table.links:
        yield _foreign_key(table, link)


def _foreign_key(table: Table, link: Link) -> str:
    """Return a FOREIGN KEY; a row with a blank among several columns names none, as both databases have it."""
    name = f"{table.name}_{'_'.join(link.own)}_ref"
    return f"CONSTRAINT {name} FOREIGN KEY ({', '.join(link.own)}) REFERENCES {link.table} ({', '.join(link.theirs)})"


def _checks(column: Column, dialect: Dialect) -> Iterator[str]:
    """Yield what a value of the column must fulfil by itself; a blank passes."""
    name = column.name
    match column.kind:
        case "number" | "integer":
            yield f"{name} {'>' if column.low_open else '>='} {_number(-LARGEST if column.low is None else column.low)}"
            yield f"{name} {'<' if column.high_open else '<='} {_number(LARGEST if column.high is None else column.high)}"
        case "text" if column.choices:
            yield f"{name} IN ({', '.join(_literal(choice, dialect) for choice in column.choices)})"
        case "text" if column.default != "":
            yield f"{name} <> ''"  # an empty cell of a file is a blank or the default, so '' would not come back
        case "flag" if dialect == "sqlite":
            yield f"{name} IN (0, 1)"
        case "date":
            if dialect == "sqlite":
                yield f"{name} IS date({name}, '+0 days')"  # date(x) alone lets 30 February pass
            yield f"{name} BETWEEN '{FIRST_DAY}' AND '{LAST_DAY}'"
        case "instant":
            if dialect == "sqlite":  # the fraction stands apart: SQLite would round it to milliseconds, up to the next second
                second = f"substr({name}, 1, 19)"
                yield f"{second} IS strftime('%Y-%m-%dT%H:%M:%S', {second}, '+0 days')"
                yield f"substr({name}, 20) GLOB '{MICROSECONDS}'"
            yield f"{name} BETWEEN '{written(FIRST_INSTANT)}' AND '{written(LAST_INSTANT)}'"


def _literal(value: object, dialect: Dialect) -> str:
    """Return a default or a choice as SQL."""
    if isinstance(value, bool):
        return str(int(value)) if dialect == "sqlite" else str(value).upper()
    if isinstance(value, int | float):
        return _number(value)
    return "'" + str(value).replace("'", "''") + "'"


def _number(value: float) -> str:
    """Return a number as SQL that loses nothing: whole ones without a fraction."""
    return str(int(value)) if value == int(value) else repr(value)
