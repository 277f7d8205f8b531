from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from outwork import clear, store
from outwork.clear import rules
from outwork.clear.changes import between_revisions, between_rules, told
from outwork.cli.main import app
from outwork.model.errors import UnknownName
from outwork.model.programme import Programme
from outwork.model.tables.design import Fact, Revision
from outwork.store import rulebook
from tests.clear.small import programme, shipped
from tests.clear.test_determine import CIVIL, CRAFT, HIDDEN, QUIET, SHORT

OPTIONS = clear.Options(declared={**CIVIL, **QUIET, **HIDDEN})
ENTRY = "eu/dual_use/entries/9A012.toml"


def two_revisions() -> Programme:
    """Revision B of the craft stays up for 90 minutes, revision A for 20."""
    common = [row for row in SHORT if row[1] != "endurance"]
    own = [
        Fact(item="craft", revision=mark, fact="endurance", value=minutes, unit="min")
        for mark, minutes in (("A", "20"), ("B", "90"))
    ]
    return programme(common, *own, *(Revision(item="craft", revision=mark, status="released") for mark in ("A", "B")))


def stricter() -> dict[str, str]:
    """The shipped rules with a limit of 15 minutes in place of an hour."""
    texts = dict(rulebook.texts())
    assert '"60 min"' in texts[ENTRY]
    return {**texts, ENTRY: texts[ENTRY].replace('"60 min"', '"15 min"')}


def test_a_revision_that_stays_up_longer_flips_the_lanes_out_of_the_union() -> None:
    found = between_revisions(two_revisions(), OPTIONS, shipped(), ("craft", "A", "B"))
    flipped = {each.after.movement.destination: (each.before.outcome.word, each.after.outcome.word) for each in found}
    assert flipped["UA"] == ("open", "licence")
    assert flipped["NO"] == ("open", "general")
    assert all(each.closes for each in found if each.after.movement.destination != "EE")
    assert "now listed under 9A012.a.2" in str(found[0])


def test_the_other_way_round_the_same_lanes_open() -> None:
    one = between_revisions(two_revisions(), OPTIONS, shipped(), ("craft", "A", "B"))
    other = between_revisions(two_revisions(), OPTIONS, shipped(), ("craft", "B", "A"))
    assert [(each.before.outcome, each.after.outcome) for each in one] == [
        (each.after.outcome, each.before.outcome) for each in other
    ]


def test_a_revision_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownName, match="no revision 'C'"):
        between_revisions(two_revisions(), OPTIONS, shipped(), ("craft", "A", "C"))


def test_stricter_rules_name_the_lanes_that_flip_and_the_units_planned_there() -> None:
    ship = pl.DataFrame({"item": ["craft"], "origin": ["maker-site"], "destination": ["guard-ua-site"], "quantity": [12.0]})
    found = between_rules(programme(SHORT), OPTIONS, shipped(), rules.read(stricter()), None, ship)
    assert str(found[0]).endswith(
        "open -> licence; now listed under 9A012.a.2; under individual instead of nothing; 12 units are planned there"
    )
    assert found[0].planned == 12.0
    assert "lanes flip" in next(iter(told(found, "By the other rules")))


def test_equal_rules_change_nothing() -> None:
    assert between_rules(programme(CRAFT), OPTIONS, shipped(), shipped()) == ()
    assert list(told((), "By the other rules")) == ["By the other rules: nothing changes."]


# From the command line


def run(*words: str) -> str:
    done = CliRunner().invoke(app, ["clear", *words])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def place(tmp_path: Path) -> str:
    where = tmp_path / "small.outwork"
    store.save(two_revisions(), where)
    return str(where)


def declared() -> list[str]:
    return [word for fact, value in OPTIONS.declared.items() for word in ("--declare", f"{fact}={value}")]


def test_the_answer_is_kept_beside_the_programme(place: str) -> None:
    assert "cross a border" in run(place, *declared())
    kept = store.load_results(place)
    assert kept["determinations"].height == 7
    assert set(kept["determinations"]["version"]) == {shipped().digest[:12]}


def test_one_movement_is_explained(place: str) -> None:
    assert "9A012.a.2: true" in run(place, *declared(), "--explain", "craft", "NL", "UA")


def test_two_revisions_are_compared(place: str) -> None:
    assert "From revision A to B of craft: 2 lanes flip" in run(place, *declared(), "--revisions", "craft", "A", "B")


def test_other_rules_are_laid_over_and_compared(place: str, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    (folder / ENTRY).parent.mkdir(parents=True)
    (folder / ENTRY).write_text(stricter()[ENTRY], encoding="utf8")
    assert "craft A (goods) from NL to UA for guard-ua: open -> licence" in run(place, *declared(), "--against", str(folder))


def test_a_rule_file_that_is_malformed_is_named_and_opens_nothing(place: str, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "9X9.toml").write_text('entri = "9X9"', encoding="utf8")
    done = CliRunner().invoke(app, ["clear", place, "--rules", str(folder)])
    assert done.exit_code == 2
    assert "9X9.toml line 1: is none of the rule files" in done.output
    assert store.load_results(place)["determinations"].is_empty()
