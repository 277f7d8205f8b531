"""The log of access in a programme's file: added to with the decision or not at all, whatever happens and whoever writes."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from outwork import store
from outwork.clear.guard import settled
from outwork.model.chain import COLUMNS, EMPTY, Deed, Entry, verify
from outwork.model.errors import Unreadable, Unwritable
from outwork.store import access_log
from tests.clear.guard.archive import archive, grant
from tests.model.test_chain import entry

NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)

STEPS = (2, 10, 99)
"""Writes before which it is killed: one while the log begins, one after the lock, and none."""

KILLED_AT = """
import os, signal, sys
from datetime import UTC, datetime
from outwork.clear.guard import settled
from outwork.store import access_log
from outwork.store.kinds import database

left = int(sys.argv[2])

def counted(original):
    def run(*arguments):
        global left
        left -= not str(arguments[1]).startswith("PRAGMA")  # which writes nothing
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*arguments)
    return run

database.execute, database.ingest = counted(database.execute), counted(database.ingest)
now = datetime(2027, 3, 1, 8, tzinfo=UTC)
access_log.add(sys.argv[1], lambda programme, _: settled(programme, "g", "revoke", now, "J. Plas"))
"""

ADDING = """
import sys
from outwork.model.chain import Deed
from outwork.store import access_log
from tests.model.test_chain import entry

for number in range(int(sys.argv[3])):
    access_log.add(sys.argv[1], lambda programme, results: Deed(entry(person=f"{sys.argv[2]}-{number}")))
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    store.save(archive(grant()), tmp_path / "p.outwork")
    return tmp_path / "p.outwork"


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with three records in its log."""
    path = tmp_path_factory.mktemp("three") / "p.outwork"
    store.save(archive(grant()), path)
    for number in range(3):
        logged(path, entry(number))
    return path


def logged(place: Path, what: Entry | None = None) -> None:
    access_log.add(place, lambda _programme, _results: Deed(what or entry()))


def run(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)], cwd=Path(__file__).parents[2], stderr=subprocess.PIPE, text=True
    )


def test_what_is_added_is_read_back_and_whole(place: Path) -> None:
    for person in ("anna", "Ольга", 'o\'x\n"two"', ""):
        logged(place, entry(person=person))
    records, end = access_log.read(place)
    assert [record.entry.person for record in records] == ["anna", "Ольга", 'o\'x\n"two"', ""]
    assert verify(records, end) is None


def test_a_file_in_which_nothing_was_logged_has_an_empty_log(place: Path) -> None:
    assert access_log.read(place) == ([], EMPTY)


def test_saving_a_programme_leaves_its_log_and_copying_does_not_take_it_along(place: Path, tmp_path: Path) -> None:
    logged(place)
    store.save(archive(), place)
    assert len(access_log.read(place)[0]) == 1
    store.save(store.load(place), tmp_path / "copy.outwork")
    assert access_log.read(tmp_path / "copy.outwork") == ([], EMPTY)


def test_a_file_of_other_tables_is_brought_to_today_s_without_losing_its_log(place: Path) -> None:
    logged(place)
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute("UPDATE meta SET value = 'other' WHERE name = 'shape'")
    store.save(archive(), place)
    assert len(access_log.read(place)[0]) == 1


def test_the_decision_sees_the_tables_as_they_stand_and_what_it_changes_is_written_with_the_record(place: Path) -> None:
    access_log.add(place, lambda programme, _: settled(programme, "g", "revoke", NOW, "J. Plas"))
    row = store.load(place)["grants"].row(0, named=True)
    assert (row["revoked"], row["revoked_by"]) == (NOW.date(), "J. Plas")
    with pytest.raises(Unwritable, match=r"was revoked on 2027-03-01 by J\. Plas"):
        access_log.add(place, lambda programme, _: settled(programme, "g", "revoke", NOW, "Other"))
    assert len(access_log.read(place)[0]) == 1


def test_a_log_is_kept_in_a_sqlite_file_only(tmp_path: Path) -> None:
    store.save(archive(), tmp_path / "folder")
    with pytest.raises(Unreadable, match=r"outwork copy .* P.outwork"):
        logged(tmp_path / "folder")


def test_a_record_can_be_neither_changed_nor_taken_out(place: Path) -> None:
    logged(place)
    with closing(sqlite3.connect(place)) as connection:
        for statement in ("UPDATE access_log SET person = 'bert'", "DELETE FROM access_log"):
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                connection.execute(statement)


@pytest.mark.parametrize("column", COLUMNS)
def test_what_is_changed_behind_its_back_is_found(three: Path, tmp_path: Path, column: str) -> None:
    place = Path(shutil.copy(three, tmp_path))
    change = {"number": "number + 7", "allowed": "1 - allowed"}.get(column, f"substr({column}, 2) || '?'")
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute("DROP TRIGGER access_log_unchanged")
        connection.execute(f"UPDATE access_log SET {column} = {change} WHERE number = 2")  # noqa: S608 - a column of ours
    found = verify(*access_log.read(place))
    assert found is not None
    assert found.number == 2


def test_a_log_that_has_lost_its_end_or_is_of_a_newer_outwork_is_not_read(place: Path) -> None:
    logged(place)
    for statement, said in (("UPDATE access_head SET version = 9", "version 9"), ("DELETE FROM access_head", "lost its end")):
        with closing(sqlite3.connect(place)) as connection, connection:
            connection.execute(statement)
        with pytest.raises(Unreadable, match=said):
            access_log.read(place)


def test_a_kill_at_any_step_leaves_the_decision_with_its_record_or_neither(tmp_path: Path) -> None:
    seen = set()
    for step in STEPS:
        path = tmp_path / f"killed{step}.outwork"
        store.save(archive(grant()), path)
        killed = run(KILLED_AT, path, step)
        _, told = killed.communicate()
        assert killed.returncode in {0, -9}, told
        records, end = access_log.read(path)
        assert verify(records, end) is None
        revoked = store.load(path)["grants"]["revoked"].item() is not None
        assert len(records) == int(revoked)
        seen.add(revoked)
        logged(path)
        assert verify(*access_log.read(path)) is None
    assert seen == {False, True}


def test_writers_at_the_same_time_queue_and_lose_nothing(place: Path) -> None:
    writers = [run(ADDING, place, name, 4) for name in ("a", "b")]
    told: list[Any] = [writer.communicate()[1] for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0], told
    records, end = access_log.read(place)
    assert verify(records, end) is None
    assert sorted(record.entry.person for record in records) == [f"{name}-{number}" for name in "ab" for number in range(4)]
