"""What PostgreSQL shows by itself is what `seen` shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl
import psycopg
import pytest
from psycopg import sql

from outwork import store
from outwork.model import ddl
from outwork.model.asker import Asker, Role
from outwork.model.errors import Unreadable
from outwork.model.frames import schema
from outwork.model.tables import BY_NAME, EVERY
from outwork.store.sight import seen, walls
from outwork.store.sight.book import POLICIES
from outwork.store.sight.sql import group
from tests.programmes import Frames
from tests.store.sight.dense import askers, dense
from tests.store.small import programme, results

Server = psycopg.Connection[Any]


@pytest.fixture
def walled(server: Server) -> Iterator[Server]:
    """A server with every table, empty and behind the walls."""
    for table in EVERY:
        server.execute(ddl.bare(table, "postgresql"))
    with server.transaction():
        for statement in walls.statements():
            server.execute(statement)
    yield server
    server.execute("RESET ROLE")


def fill(server: Server, frames: Frames) -> None:
    for table in EVERY:
        frame = frames[table.name]
        with server.cursor().copy(f"COPY {table.name} FROM STDIN") as copy:
            for row in frame.iter_rows():
                copy.write_row(row)


def become(server: Server, asker: Asker) -> None:
    server.execute("RESET ROLE")
    server.execute(sql.SQL("SET outwork.party = {}; SET outwork.nation = {}").format(asker.party, asker.nation))
    server.execute(f"SET ROLE {group(asker.role)}")


def selected(server: Server, table: str, columns: list[str]) -> pl.DataFrame:
    rows = server.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()  # noqa: S608 - names of the model
    kinds = {name: schema(BY_NAME[table])[name] for name in columns}
    return pl.DataFrame(rows, schema=kinds, orient="row").sort(BY_NAME[table].key)


@pytest.mark.parametrize("seed", [1, 2])
def test_each_role_selects_the_rows_and_columns_that_it_sees(walled: Server, seed: int) -> None:
    frames = dense(seed)
    fill(walled, frames)
    for asker in askers(frames):
        become(walled, asker)
        for name, frame in seen(frames, asker).items():
            found = selected(walled, name, frame.columns)
            assert found.equals(frame.sort(BY_NAME[name].key)), (asker, name)


READABLE = """
    SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND attnum > 0
    AND has_column_privilege(%s, pg_class.oid, attnum, 'SELECT')
"""


def test_each_role_may_select_the_columns_that_it_sees_and_no_other(walled: Server) -> None:
    for role, policy in POLICIES.items():
        readable = set(walled.execute(READABLE, (group(role),)).fetchall())
        assert readable == {(each.name, name) for each in EVERY for name in each.names if policy.sees(each.name, name)}


def test_to_select_a_column_that_is_not_seen_is_an_error(walled: Server) -> None:
    walled.execute(f"SET ROLE {group(Role.MANUFACTURER)}")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        walled.execute("SELECT item, value FROM items")


def test_who_does_not_say_for_whom_they_ask_sees_what_everybody_sees(walled: Server) -> None:
    fill(walled, dense(1))
    walled.execute("RESET outwork.party; RESET outwork.nation")
    walled.execute(f"SET ROLE {group(Role.MANUFACTURER)}")
    assert selected(walled, "resources", ["resource", "site"]).is_empty()
    assert selected(walled, "nations", ["nation"]).height > 0


def test_only_the_office_writes(walled: Server) -> None:
    for role in Role:
        walled.execute("RESET ROLE")
        walled.execute(f"SET ROLE {group(role)}")
        if role is Role.OFFICE:
            walled.execute("INSERT INTO nations (nation, name) VALUES ('NL', 'Netherlands')")
        else:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                walled.execute("INSERT INTO nations (nation, name) VALUES ('NL', 'Netherlands')")


def test_a_programme_behind_the_walls_is_saved_and_read_as_before_by_the_owner_of_its_tables(owner: str) -> None:
    store.save(programme(4), owner)
    for _ in range(2):  # walls can be built anew
        with psycopg.connect(owner) as connection:
            for statement in walls.statements():
                connection.execute(statement)
    assert store.load(owner) == programme(4)
    store.save(programme(7), owner, results())
    assert store.load(owner) == programme(7)
    with psycopg.connect(owner) as connection:
        walls.refuse_superuser(connection)
        connection.execute(f"SET ROLE {group(Role.MANUFACTURER)}; SET outwork.party = 'mast-works'; SET outwork.nation = 'NL'")
        assert connection.execute("SELECT operation, site, quantity FROM make").fetchall() == [("assemble-mast", "delft", 4)]
        assert connection.execute("SELECT resource FROM resources").fetchall() == []


def test_a_superuser_is_refused_whatever_role_it_has_taken(walled: Server) -> None:
    for role in (None, Role.OFFICE):
        if role is not None:
            walled.execute(f"SET ROLE {group(role)}")
        with pytest.raises(Unreadable, match="row-level security does not bind"):
            walls.refuse_superuser(walled)
