"""The service on PostgreSQL, where a row is shown only if two walls let it through."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

import polars as pl
import psycopg
import pytest

from outwork import store
from outwork.model.errors import Unreadable
from outwork.model.frames import from_rows
from outwork.model.tables import BY_NAME
from outwork.model.tables.frame import Nation
from outwork.store.service import Desk
from outwork.store.sight import seen
from outwork.web.app import create_app
from outwork.web.command import serve
from tests.store.small import programme as small
from tests.store.small import results
from tests.web.conftest import PASSWORD, PEOPLE, SETTINGS, Person, behind_walls
from tests.web.test_command import OUTWORK, run


@pytest.fixture
def desk(owner: str) -> Iterator[Desk]:
    """A programme with a plan, in a database whose walls stand."""
    opened = behind_walls(owner, results())
    yield opened
    opened.close()


def test_people_sign_in_and_see_what_they_may(desk: Desk) -> None:
    app = create_app(desk, SETTINGS)
    olena, jan = Person(app, "olena"), Person(app, "jan")
    made, same = (person.get("/api/tables/make").json()["rows"] for person in (olena, jan))
    assert same == [{name: value for name, value in row.items() if name != "cost"} for row in made] != []
    assert olena.get("/plan").status_code == jan.get("/plan").status_code == 200


def test_a_row_that_the_database_keeps_back_is_not_shown_although_the_policy_of_the_pages_would(desk: Desk, owner: str) -> None:
    app = create_app(desk, SETTINGS)
    jan = next(each for each in PEOPLE if each.account == "jan").asker
    assert seen(desk.snapshot().frames, jan)["make"].height == 1
    with psycopg.connect(owner) as connection:
        connection.execute("ALTER POLICY outwork_manufacturer ON make USING (false)")
    assert Person(app, "jan").get("/api/tables/make").json()["rows"] == []
    assert len(Person(app, "olena").get("/api/tables/make").json()["rows"]) == 1


def test_what_somebody_writes_is_seen_behind_the_walls_at_once(desk: Desk) -> None:
    app = create_app(desk, SETTINGS)
    olena, marta = Person(app, "olena"), Person(app, "marta")
    before = marta.get("/api/tables/nations").json()["rows"]
    with desk.writing(PEOPLE[0].asker) as writing:
        base = writing.base.programme
        more = from_rows(BY_NAME["nations"], [Nation(nation="SE", name="Sweden")])
        writing.edit(store.diff(base, base.replace(nations=pl.concat([base["nations"], more]))))
    after = marta.get("/api/tables/nations").json()["rows"]
    assert len(after) == len(before) + 1
    assert after == olena.get("/api/tables/nations").json()["rows"]


@pytest.mark.usefixtures("server")
def test_a_superuser_does_not_serve(postgresql: str) -> None:
    place = f"{postgresql}&options=-csearch_path%3Dtrial"
    store.save(small(), place)
    refused = run("serve", place, "--administrator", "olena")
    assert refused.exit_code == 2
    assert "row-level security does not bind" in refused.output


def test_who_may_make_no_roles_is_told_what_is_missing(owner: str, server: psycopg.Connection) -> None:  # type: ignore[type-arg]
    store.save(small(), owner)
    server.execute("ALTER ROLE outwork_trial NOCREATEROLE")
    desk = Desk.open(owner)
    with pytest.raises(Unreadable, match="may make roles"):
        serve._build_walls(desk)
    desk.close()


def test_the_service_starts_on_a_database(owner: str) -> None:
    store.save(small(), owner)
    given = {**os.environ, serve.PASSWORD: PASSWORD}
    words = [*OUTWORK, "serve", owner, "--port", "0", "--administrator", "olena"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=given)
    assert process.stdout is not None
    said = process.stdout.readline()
    process.terminate()
    _, told = process.communicate()
    assert said.startswith("open http://127.0.0.1:"), told
    with psycopg.connect(owner) as connection:
        assert connection.execute("SELECT count(*) FROM pg_policies WHERE schemaname = 'owned'").fetchone() > (50,)
