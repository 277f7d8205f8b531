"""`outwork certify`, as a person runs it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from outwork import store
from outwork.cli.main import app
from outwork.model.tables.certification import Evidence, Requirement, Touch
from tests.clear.certify.workbench import TEXT, accepted, beacon

REPORT = b"the report"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments])


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "rules" / "checklists").mkdir(parents=True)
    (tmp_path / "rules" / "checklists" / "radio.toml").write_text(TEXT, encoding="utf8")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "r.pdf").write_bytes(REPORT)
    piece = accepted("radio-spectrum", file="r.pdf", sha256=hashlib.sha256(REPORT).hexdigest())
    change = Touch(item="beacon", revision="C", kind="fact", name="power", reason="a new amplifier")
    store.save(beacon(piece, change), tmp_path / "p.outwork")
    return tmp_path


def asked(place: Path, *more: object) -> Result:
    return run("certify", place / "p.outwork", "--rules", place / "rules", "--on", "2027-03-01", *more)


def test_the_standing_of_every_revision_is_told_with_the_change_that_invalidates(place: Path) -> None:
    told = asked(place)
    assert told.exit_code == 0, told.output
    lines = told.stdout.splitlines()
    assert lines[0] == "As of 2027-03-01, 0 of 3 revisions meet everything that is asked of them."
    assert "beacon B: 1 of 3 settled (2 open, 1 met)" in told.stdout
    assert (
        "report of radio-spectrum A shows it for revision A, but revision C is stated to change power: a new amplifier"
        in told.stdout
    )
    assert len(lines) <= 15


def test_one_revision_can_be_asked_for_and_kept(place: Path) -> None:
    told = asked(place, "--item", "beacon", "--revision", "C", "--keep")
    assert told.exit_code == 0, told.output
    kept = store.load_results(place / "p.outwork")["compliance"]
    assert dict(kept.select("requirement", "status").iter_rows())["radio-spectrum"] == "invalidated"
    assert set(kept["revision"]) == {"C"}


def test_files_of_evidence_are_compared_with_their_digests(place: Path) -> None:
    folder = place / "reports"
    assert "1 met" in asked(place, "--item", "beacon", "--revision", "A", "--evidence", folder).stdout
    (folder / "r.pdf").write_bytes(b"another report")
    told = asked(place, "--item", "beacon", "--revision", "A", "--evidence", folder)
    assert "r.pdf is not the file that was hashed" in told.stdout
    (folder / "r.pdf").unlink()
    assert "r.pdf is not there" in asked(place, "--item", "beacon", "--revision", "A", "--evidence", folder).stdout


def test_a_file_outside_the_folder_is_not_read(place: Path) -> None:
    out = Evidence(evidence="x", item="beacon", revision="A", requirement="radio-paper", means="document", file="../p.outwork")
    store.save(beacon(out), place / "p.outwork")
    told = asked(place, "--evidence", place / "reports")
    assert (told.exit_code, "leads out of the folder" in told.stderr) == (2, True)
    assert asked(place, "--evidence", place / "nowhere").exit_code == 2


def test_everything_can_be_had_as_json(place: Path) -> None:
    told = json.loads(asked(place, "--item", "beacon", "--revision", "B", "--json").stdout)
    assert len(told["tables"]["compliance"]) == 3
    assert told["made_by"]["options"]["today"] == "2027-03-01"


def test_a_name_that_is_not_there_is_told_with_the_nearest(place: Path) -> None:
    for words, said in (
        (("--item", "beacom"), "did you mean 'beacon'?"),
        (("--item", "beacon", "--revision", "Z"), "there is A, B, C"),
    ):
        told = asked(place, *words)
        assert (told.exit_code, said in told.stderr) == (2, True), told.stderr
    assert asked(place, "--revision", "A").exit_code == 2


def test_a_checklist_that_is_not_there_is_told_with_the_nearest(place: Path) -> None:
    store.save(beacon(Requirement(item="beacon", checklist="readio")), place / "p.outwork")
    told = asked(place)
    assert (told.exit_code, "did you mean 'radio'?" in told.stderr) == (2, True)
