from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from typing import Annotated, Any, ClassVar

import psycopg
import pytest

from outwork.model import ddl
from outwork.model.table import Key, Row, table
from outwork.model.tables import BY_NAME, EVERY


@pytest.fixture
def sqlite() -> Iterator[sqlite3.Connection]:
    """A database with all tables, references enforced."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for each in EVERY:
            connection.execute(ddl.create(each, "sqlite"))
        yield connection


def test_the_text_of_a_table_on_sqlite() -> None:
    assert ddl.create(BY_NAME["calendar"], "sqlite").splitlines() == [
        "CREATE TABLE calendar (",
        "  resource TEXT NOT NULL,",
        "  since TEXT NOT NULL,",
        "  until TEXT NOT NULL,",
        "  hours REAL NOT NULL,",
        "  CONSTRAINT calendar_key PRIMARY KEY (resource, since),",
        "  CONSTRAINT calendar_resource_check CHECK (resource <> ''),",
        (
            "  CONSTRAINT calendar_since_check CHECK (since IS date(since, '+0 days')"
            " AND since BETWEEN '1970-01-01' AND '2199-12-31'),"
        ),
        (
            "  CONSTRAINT calendar_until_check CHECK (until IS date(until, '+0 days')"
            " AND until BETWEEN '1970-01-01' AND '2199-12-31'),"
        ),
        "  CONSTRAINT calendar_hours_check CHECK (hours >= 0 AND hours <= 1000000000000000),",
        "  CONSTRAINT calendar_rule_1 CHECK (since <= until),",
        "  CONSTRAINT calendar_resource_ref FOREIGN KEY (resource) REFERENCES resources (resource)",
        ") STRICT",
    ]


def test_the_text_of_a_table_on_postgresql_differs_by_types_and_dates_alone() -> None:
    lines = ddl.create(BY_NAME["calendar"], "postgresql").splitlines()
    assert lines[1:5] == [
        "  resource TEXT NOT NULL,",
        "  since DATE NOT NULL,",
        "  until DATE NOT NULL,",
        "  hours DOUBLE PRECISION NOT NULL,",
    ]
    assert "  CONSTRAINT calendar_since_check CHECK (since BETWEEN '1970-01-01' AND '2199-12-31')," in lines
    assert lines[-1] == ")"


class Trial(Row):
    """A row with defaults of every kind."""

    table_name: ClassVar[str] = "trials"

    trial: Annotated[str, Key()] = "it's"
    """Text."""
    hours: float = 0.125
    """A number."""
    count: int = 3
    """An integer."""
    taken: bool = True
    """A flag."""
    gone: bool = False
    """A flag."""
    day: date = date(2027, 3, 31)
    """A date."""


def test_a_row_without_values_takes_the_defaults_of_its_declaration(server: psycopg.Connection[Any]) -> None:
    expected = Trial()
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(ddl.create(table(Trial), "sqlite"))
        connection.execute("INSERT INTO trials DEFAULT VALUES")
        row = connection.execute("SELECT trial, hours, count, taken, gone, day FROM trials").fetchone()
    assert row == (expected.trial, expected.hours, expected.count, 1, 0, expected.day.isoformat())
    server.execute(ddl.create(table(Trial), "postgresql"))
    server.execute("INSERT INTO trials DEFAULT VALUES")
    found = server.execute("SELECT trial, hours, count, taken, gone, day FROM trials").fetchone()
    assert found == tuple(expected.model_dump().values())


def fill(connection: sqlite3.Connection) -> None:
    connection.executescript("""
        INSERT INTO nations VALUES ('NL', 'Netherlands');
        INSERT INTO parties (party, name, nation, role) VALUES ('p', 'P', 'NL', 'manufacturer');
        INSERT INTO sites (site, party, nation, name) VALUES ('s1', 'p', 'NL', 'One'), ('s2', 'p', 'NL', 'Two');
        INSERT INTO items (item, name) VALUES ('mast', 'Mast'), ('radar', 'Radar');
        INSERT INTO revisions (item, revision) VALUES ('mast', 'A'), ('radar', 'B');
    """)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("INSERT INTO nations VALUES ('NL', 'Again')", "UNIQUE constraint failed: nations.nation"),
        ("INSERT INTO nations VALUES ('nl', 'Small')", "nations_rule_1"),
        ("INSERT INTO nations (nation) VALUES ('DE')", "NOT NULL constraint failed: nations.name"),
        ("INSERT INTO nations VALUES ('DE', '')", "nations_name_check"),
        ("INSERT INTO sites (site, party, nation, name) VALUES ('s3', 'p', 'DE', 'Three')", "FOREIGN KEY"),
        (
            "INSERT INTO sites (site, party, nation, name, latitude) VALUES ('s3', 'p', 'NL', 'Three', 90.5)",
            "sites_latitude_check",
        ),
        ("INSERT INTO lanes (origin, destination) VALUES ('s1', 's1')", "lanes_rule_1"),
        ("INSERT INTO lanes (origin, destination, lead_days) VALUES ('s1', 's2', 'two')", "cannot store TEXT value in REAL"),
        ("INSERT INTO lanes (origin, destination, cost) VALUES ('s1', 's2', 9e999)", "lanes_cost_check"),
        ("INSERT INTO lanes (origin, destination, since) VALUES ('s1', 's2', '2027-02-30')", "lanes_since_check"),
        ("INSERT INTO lanes (origin, destination, since) VALUES ('s1', 's2', 'now')", "lanes_since_check|non-deterministic"),
        ("INSERT INTO items (item, name, controlled) VALUES ('x', 'X', 2)", "items_controlled_check"),
        ("INSERT INTO items (item, name, sourcing) VALUES ('x', 'X', 'beg')", "items_sourcing_check"),
        ("UPDATE revisions SET supersedes = 'B' WHERE item = 'mast'", "FOREIGN KEY"),
    ],
)
def test_sqlite_refuses_what_the_declaration_refuses(sqlite: sqlite3.Connection, statement: str, message: str) -> None:
    fill(sqlite)
    with pytest.raises(sqlite3.Error, match=message):
        sqlite.execute(statement)


def test_a_reference_of_several_columns_holds_only_where_none_is_blank(sqlite: sqlite3.Connection) -> None:
    fill(sqlite)
    sqlite.execute("INSERT INTO revisions (item, revision, supersedes) VALUES ('mast', 'B', 'A')")
    sqlite.execute("INSERT INTO revisions (item, revision, supersedes) VALUES ('mast', 'C', NULL)")
    assert sqlite.execute("SELECT count(*) FROM revisions").fetchone() == (4,)


def shape(connection: psycopg.Connection[Any]) -> list[Any]:
    """What the server says about all constraints and columns."""
    constraints = connection.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'trial'::regnamespace ORDER BY 1"
    ).fetchall()
    columns = connection.execute(
        "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns "
        "WHERE table_schema = 'trial' ORDER BY 1, ordinal_position"
    ).fetchall()
    return [*constraints, *columns]


def make(connection: psycopg.Connection[Any], statements: Iterable[str]) -> list[Any]:
    """Run the statements in an empty schema and return its shape."""
    connection.execute("DROP SCHEMA trial CASCADE; CREATE SCHEMA trial")
    with connection.transaction():
        for statement in statements:
            connection.execute(statement)
    return shape(connection)


def test_bare_tables_become_full_ones_when_the_constraints_are_added(server: psycopg.Connection[Any]) -> None:
    bare = [ddl.bare(each, "postgresql") for each in EVERY]
    added = [statement for each in EVERY for statement in ddl.constraints(each)]
    full = [ddl.create(each, "postgresql") for each in EVERY]
    assert make(server, [*bare, *added]) == make(server, full) != make(server, bare)


def test_a_bare_table_on_sqlite_still_refuses_text_in_a_number_column() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(ddl.bare(BY_NAME["calendar"], "sqlite"))
        connection.execute("INSERT INTO calendar VALUES ('nowhere', 'no day', 'no day', -1)")
        with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT value in REAL"):
            connection.execute("INSERT INTO calendar VALUES ('nowhere', 'no day', 'no day', 'many')")
