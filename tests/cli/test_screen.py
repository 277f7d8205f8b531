"""`outwork screen` says who is near, why, and by its exit status how bad it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from outwork import store
from outwork.cli.main import app
from tests.clear.screen.lists import behind, programme

LIST = """name,entry,kind,aliases,nations,identifiers,born,programmes
Ivan Petrovich Sidorenko,EX-1,person,Іван Сидоренко,UA,AB123456,1970-03-31,EXAMPLE
Marsh Harrier Trading LLC,EX-2,company,,RU,7701234567,,EXAMPLE
"""


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["screen", *map(str, words), "--on", "2026-11-22"])


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    (tmp_path / "example.csv").write_text(LIST, encoding="utf-8")
    assert run("--load", tmp_path / "example.csv", "--lists", tmp_path / "lists").exit_code == 0
    return tmp_path / "lists"


def test_a_name_that_is_listed_is_shown_with_score_reasons_and_records(lists: Path) -> None:
    result = run("Marsh Harrier Trading GmbH", "--country", "pl", "--lists", lists)
    assert result.exit_code == 4
    assert "example: 2 entries, state of 2026-11-22, 0 days old" in result.output
    assert "0.84 block" in result.output
    assert "-0.08 the nations differ: PL, RU" in result.output


def test_a_name_that_nobody_lists_is_clear(lists: Path) -> None:
    result = run("Reed Bunting Optics", "--lists", lists)
    assert (result.exit_code, "1 clear" in result.output) == (0, True)


def test_birth_and_identifier_are_compared(lists: Path) -> None:
    assert "the births differ" in run("Ivan Sydorenko", "--born", "1950", "--lists", lists).output
    assert "AB123456" in run("Somebody Else", "--identifier", "AB 123456", "--lists", lists).output


def test_without_a_list_a_name_is_not_screened(tmp_path: Path) -> None:
    result = run("Reed Bunting Optics", "--lists", tmp_path / "none")
    assert result.exit_code == 3
    assert "no list is loaded" in result.output


def test_a_file_can_be_used_without_keeping_it(lists: Path, tmp_path: Path) -> None:
    result = run("Ivan Sydorenko", "--list", tmp_path / "example.csv", "--lists", tmp_path / "none")
    assert "example, entry EX-1" in result.output
    assert lists.exists()


def test_an_old_list_clears_nobody(lists: Path) -> None:
    result = CliRunner().invoke(app, ["screen", "Reed Bunting Optics", "--lists", str(lists), "--on", "2027-11-22"])
    assert result.exit_code == 3
    assert "365 days ago" in result.output


def test_a_programme_keeps_hits_and_standings(lists: Path, tmp_path: Path) -> None:
    place = tmp_path / "trial.outwork"
    store.save(programme("Reed Optics", behind("Ivan Sidorenko", 0.6)), place)
    result = run("--programme", place, "--lists", lists)
    assert result.exit_code == 4
    kept = store.load_results(place)
    assert kept["standings"]["status"].to_list() == ["block"]
    assert kept["hits"]["role"].to_list() == ["owner to 60% of reed optics"]


def test_a_list_that_is_refused_ends_with_a_message_and_keeps_the_old_one(lists: Path, tmp_path: Path) -> None:
    (tmp_path / "example.csv").write_text("<html>", encoding="utf-8")
    result = run("--load", tmp_path / "example.csv", "--lists", lists)
    assert result.exit_code == 2
    assert "the last good state stays" in result.output
    assert "a newer one was refused" in run("Reed Bunting Optics", "--lists", lists).output


@pytest.mark.parametrize("words", [[], ["Reed", "--programme", "P"], ["Reed", "--review", "0.9", "--block", "0.2"]])
def test_a_question_that_makes_no_sense_is_refused(words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_only_the_nearest_hits_are_shown_in_full(tmp_path: Path) -> None:
    rows = "\n".join(f"Marsh Harrier Trading {at}" for at in range(30))
    (tmp_path / "many.csv").write_text(f"name\n{rows}\n", encoding="utf-8")
    result = run("Marsh Harrier Trading", "--list", tmp_path / "many.csv", "--lists", tmp_path / "none")
    assert "... and 20 more hits" in result.output
