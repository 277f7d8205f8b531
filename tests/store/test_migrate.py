from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from outwork import store
from outwork.model.errors import Unreadable
from outwork.store import migrate
from tests.store.small import programme, results


def titled(frames: migrate.Frames) -> migrate.Frames:
    """The step of a later format, in which the title of a site is called its name."""
    return {**frames, "sites": frames["sites"].rename({"title": "name"})}


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A file of the first format, in which a site has a title and demands have no single_source."""
    place = tmp_path / "older.outwork"
    store.save(programme(), place, results())
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute("ALTER TABLE sites RENAME COLUMN name TO title")
        connection.execute("UPDATE meta SET value = 'older' WHERE name = 'shape'")
    return place


def test_an_older_file_opens_and_is_not_touched(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = hashlib.sha256(older.read_bytes()).digest()
    monkeypatch.setattr(migrate, "STEPS", (titled,))
    assert store.load(older) == programme()
    assert hashlib.sha256(older.read_bytes()).digest() == before


def test_the_next_save_brings_a_file_to_todays_format_with_all_that_it_held(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "STEPS", (titled,))
    store.save_results(results(), older)
    with closing(sqlite3.connect(older)) as connection:
        assert connection.execute("SELECT value FROM meta WHERE name = 'format'").fetchone() == ("2",)
        assert connection.execute("SELECT name FROM sites ORDER BY name").fetchall() == [("bonn",), ("delft",)]
    assert store.load(older) == programme()


def test_a_column_that_an_older_file_lacks_takes_its_default(tmp_path: Path) -> None:
    place = tmp_path / "hand.outwork"
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute("CREATE TABLE items (item TEXT, name TEXT)")
        connection.execute("INSERT INTO items VALUES ('mast', 'Acoustic mast')")
    assert store.read(place).frames["items"].row(0, named=True)["unit"] == "piece"


def test_a_file_of_a_newer_outwork_is_refused_with_its_format(tmp_path: Path) -> None:
    place = tmp_path / "newer.outwork"
    store.save(programme(), place)
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute("UPDATE meta SET value = '99' WHERE name = 'format'")
    with pytest.raises(Unreadable, match="format 99 and this Outwork reads up to 1"):
        store.load(place)
