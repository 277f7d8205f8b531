"""A corpus of programmes with something wrong in them, and the report that each gives, word for word.

Each folder in `bad` is a programme; `expected.txt` in it is the report.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from outwork import store
from outwork.cli.main import app
from outwork.model.errors import InvalidProgramme

CASES = sorted(path for path in (Path(__file__).parent / "bad").iterdir() if path.is_dir())


def named(case: Path) -> str:
    return case.name


@pytest.mark.parametrize("case", CASES, ids=named)
def test_every_fault_is_named_with_its_place_and_what_is_wrong(case: Path) -> None:
    with pytest.raises(InvalidProgramme) as caught:
        store.load(case)
    assert f"{caught.value}\n" == (case / "expected.txt").read_text(encoding="utf8")


@pytest.mark.parametrize("case", CASES, ids=named)
def test_no_cell_is_blamed_twice(case: Path) -> None:
    found = store.read(case)
    cells = [(f.table, f.line, f.column) for f in found.faults + found.nonsense if f.line is not None]
    assert len(cells) == len(set(cells))


def test_a_bad_programme_ends_with_status_2_and_the_report() -> None:
    case = CASES[0]
    ended = CliRunner().invoke(app, ["check", str(case)])
    assert ended.exit_code == 2
    assert ended.stderr == (case / "expected.txt").read_text(encoding="utf8")
    assert ended.stdout == ""
