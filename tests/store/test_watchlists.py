"""A list that is kept changes only to one that was read whole, and a damaged one clears nobody."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from outwork.model.errors import Unreadable
from outwork.store import watchlists

FIRST, SECOND, THIRD = date(2026, 11, 1), date(2026, 11, 8), date(2026, 11, 15)
NAMES = ["Marsh Harrier Trading", "Sedge Warbler Logistics", "Willow Tit Bakery", "Reed Bunting Optics"]


def own(tmp_path: Path, *names: str) -> Path:
    path = tmp_path / "own.csv"
    path.write_text("\n".join(["name", *names]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    watchlists.load(own(tmp_path, *NAMES), tmp_path / "lists", "trial", FIRST)
    return tmp_path / "lists"


def test_a_list_comes_back_as_it_was_taken_in(folder: Path) -> None:
    (found,) = watchlists.held(folder)
    assert (found.name, found.fetched, found.entries.height, found.faults) == ("trial", FIRST, 4, ())
    assert found.entry(0).names == ("Marsh Harrier Trading",)


def test_a_newer_list_takes_the_place_of_the_older_one_and_only_two_states_are_kept(folder: Path, tmp_path: Path) -> None:
    for day, name in ((SECOND, "Garganey"), (THIRD, "Gadwall")):
        watchlists.load(own(tmp_path, *NAMES, name), folder, "trial", day)
    (found,) = watchlists.held(folder)
    assert (found.fetched, found.entries.height) == (THIRD, 5)
    assert len(list((folder / "trial").glob("*-entries.parquet"))) == 2


def test_the_same_list_taken_in_again_is_as_fresh_as_the_day(folder: Path, tmp_path: Path) -> None:
    watchlists.load(own(tmp_path, *NAMES), folder, "trial", SECOND)
    assert watchlists.held(folder)[0].fetched == SECOND


@pytest.mark.parametrize("bad", ["", "name\n", "<html>busy</html>", "nom\nA\n", 'name\n"A'])
def test_a_list_that_is_refused_leaves_the_last_good_one_and_a_note(folder: Path, tmp_path: Path, bad: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(bad, encoding="utf-8")
    with pytest.raises(Unreadable, match="the last good state stays: 4 entries, taken in on 2026-11-01"):
        watchlists.load(path, folder, "trial", SECOND)
    (found,) = watchlists.held(folder)
    assert (found.fetched, found.entries.height) == (FIRST, 4)
    assert found.faults[0].startswith("a newer one was refused on 2026-11-08")


def test_a_first_list_that_is_refused_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no earlier state"):
        watchlists.load(own(tmp_path), tmp_path / "lists", "trial", FIRST)
    assert watchlists.held(tmp_path / "lists") == []


def test_a_list_that_has_lost_most_of_its_entries_needs_a_reason(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="names 1 where the last good one names 4"):
        watchlists.load(own(tmp_path, NAMES[0]), folder, "trial", SECOND)
    watchlists.load(own(tmp_path, NAMES[0]), folder, "trial", SECOND, accepted="three were taken off")
    assert watchlists.held(folder)[0].entries.height == 1


def test_where_the_last_state_is_damaged_the_one_before_it_is_used_with_its_age(folder: Path, tmp_path: Path) -> None:
    watchlists.load(own(tmp_path, *NAMES, "Garganey"), folder, "trial", SECOND)
    _spoil(folder, "now")
    (found,) = watchlists.held(folder)
    assert (found.fetched, found.entries.height, found.damage) == (FIRST, 4, "")
    assert "the last state is damaged" in found.faults[0]


def test_a_list_of_which_no_state_is_whole_is_damaged_and_names_nobody(folder: Path) -> None:
    _spoil(folder, "now")
    (found,) = watchlists.held(folder)
    assert (found.entries.height, found.damage) == (0, "its files are damaged; load it again")


@pytest.mark.parametrize("record", ["", "{", "[]", '{"now": {}}', '{"now": 3}'])
def test_a_list_whose_record_is_damaged_says_so(folder: Path, record: str) -> None:
    (folder / "trial" / watchlists.KEPT).write_text(record, encoding="utf-8")
    assert "kept.json is damaged" in watchlists.held(folder)[0].damage


@pytest.mark.parametrize("name", ["", "../up", "A", "-x", "x" * 65])
def test_a_name_that_could_leave_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Unreadable, match="is no name for a list"):
        watchlists.load(own(tmp_path, *NAMES), tmp_path / "lists", name, FIRST)


def _spoil(folder: Path, state: str) -> None:
    """Damage the entries of a state without changing its length."""
    files = json.loads((folder / "trial" / watchlists.KEPT).read_text(encoding="utf-8"))[state]["files"]
    path = folder / "trial" / next(iter(files))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
