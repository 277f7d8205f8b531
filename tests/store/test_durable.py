"""A write that is interrupted at any step leaves the old or the new, never a mixture."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from outwork import store
from outwork.model.errors import Unwritable
from outwork.store import durable
from tests.store.small import programme, results

OLD, NEW = programme(4), programme(5)

KILLED_AT = """
import os, signal, sys
from outwork import store
from outwork.store.kinds import database
from tests.store.small import programme

left = int(sys.argv[2])

def counted(original):
    def run(*arguments):
        global left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*arguments)
    return run

database.execute, database.ingest = counted(database.execute), counted(database.ingest)
store.save(programme(5), sys.argv[1])
"""


class Killed(BaseException):
    """The power went."""


@contextmanager
def power_going_after(steps: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let so many changes to the disk pass; at the next one, and at every later one, nothing happens any more."""
    done = count(1)

    def cut(original: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **named: Any) -> Any:
            if next(done) > steps:
                raise Killed
            return original(*arguments, **named)

        return step

    with monkeypatch.context() as patched:
        for owner, name in ((Path, "rename"), (Path, "replace"), (Path, "unlink"), (shutil, "rmtree"), (durable, "_settle")):
            patched.setattr(owner, name, cut(getattr(owner, name)))
        yield


@pytest.mark.parametrize(("ending", "stride"), [("", 17), (".parquet", 17), (".xlsx", 3)])
def test_a_cut_at_any_step_leaves_the_old_or_the_new(
    ending: str, stride: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = set()
    for steps in count(0, stride):
        place = tmp_path / f"cut{steps}{ending}"
        store.save(OLD, place, results())
        try:
            with power_going_after(steps, monkeypatch):
                store.save(NEW, place)
        except Killed:
            found = store.load(place)
            assert found in (OLD, NEW)
            assert store.load_results(place)["make"].height == (found == OLD)
            seen.add(found)
            continue
        break
    assert seen == {OLD, NEW}


def test_a_sqlite_file_killed_at_any_statement_holds_the_old(root: Path, tmp_path: Path) -> None:
    place = tmp_path / "killed.outwork"
    for statement in count(1, 97):
        store.save(OLD, place, results())
        with database_of_another_shape(place):
            ended = subprocess.run([sys.executable, "-c", KILLED_AT, place, str(statement)], cwd=root, check=False)
            if ended.returncode == 0:
                break
            assert store.load(place) == OLD
            assert store.load_results(place)["make"].height == 1
    assert store.load(place) == NEW
    assert statement > len(OLD.tables)


@contextmanager
def database_of_another_shape(place: Path) -> Iterator[None]:
    """Make a file look as if it were written under other declarations, so that saving rebuilds every table."""
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute("UPDATE meta SET value = 'another' WHERE name = 'shape'")
    yield


def test_what_a_database_refuses_leaves_the_old(new_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> None:
    place = new_database()
    store.save(OLD, place)
    broken = NEW.replace(demands=NEW["demands"].with_columns(site="demand"))
    monkeypatch.setattr("outwork.store.door._refuse_faults", lambda _: None)
    with pytest.raises(Unwritable, match="what was there"):
        store.save(broken, place)
    assert store.load(place) == OLD


def test_other_files_of_a_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("ours")
    store.save(OLD, tmp_path)
    store.save(NEW, tmp_path)
    assert (tmp_path / "README.md").read_text() == "ours"
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_place_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file" / "folder", tmp_path / "file" / "book.xlsx", tmp_path / "file" / "x.outwork"):
        with pytest.raises(Unwritable, match="cannot be written"):
            store.save(OLD, place)
