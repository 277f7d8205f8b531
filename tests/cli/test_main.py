"""The verbs about tables, as a person runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from outwork import store
from outwork.cli.main import app
from outwork.model.tables import EVERY
from tests.store.small import programme, results


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments])


@pytest.fixture
def base(tmp_path: Path) -> Path:
    store.save(programme(120), tmp_path / "base", results())
    return tmp_path / "base"


def test_a_sound_programme_is_told_in_one_line(base: Path) -> None:
    ended = run("check", base)
    assert (ended.exit_code, ended.stdout) == (0, f"{base}: sound; 14 rows in 11 tables\n")


def test_a_copy_is_the_same_programme_with_its_results(base: Path, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.outwork", "c.parquet", "d"):
        assert run("copy", base, tmp_path / name).exit_code == 0
        assert store.load(tmp_path / name) == programme(120)
        assert store.load_results(tmp_path / name)["make"].height == 1


def test_a_difference_can_be_kept_and_applied(base: Path, tmp_path: Path) -> None:
    store.save(programme(160), tmp_path / "other.outwork")
    shown = run("diff", base, tmp_path / "other.outwork", "--to", tmp_path / "more")
    assert (shown.exit_code, shown.stdout) == (0, "demands D-01: quantity 120 -> 160\n")
    assert run("apply", base, tmp_path / "more", tmp_path / "new").exit_code == 0
    assert store.load(tmp_path / "new") == programme(160)
    assert run("diff", tmp_path / "new", tmp_path / "other.outwork").stdout == "no difference\n"


def test_a_change_that_breaks_the_tables_writes_nothing(base: Path, tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "sites.csv").write_text("change,site\nremove,delft\n")
    ended = run("apply", base, tmp_path / "bad", tmp_path / "new.outwork")
    assert ended.exit_code == 2
    assert "site 'delft' of operation 'assemble-mast' is not in sites" in ended.stderr
    assert not (tmp_path / "new.outwork").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("check", "nowhere"), 2, "nowhere: is not there"),
        (("check", "a.pdf"), 2, "a.pdf: is not a place for a programme"),
        (("check", "postgresql://me:secret@127.0.0.1:1/x"), 2, "postgresql://me:***@127.0.0.1:1/x: cannot be read"),
        (("reference", "site"), 2, "there is no table 'site'; did you mean 'sites'?"),
        (("template", "a.txt"), 1, "give a name that ends in .xlsx"),
    ],
)
def test_a_failure_is_a_sentence_and_a_status(arguments: tuple[str, ...], status: int, said: str) -> None:
    ended = run(*arguments)
    assert ended.exit_code == status
    assert said in ended.stderr
    assert "secret" not in ended.stderr
    assert "Traceback" not in ended.output


def test_the_reference_explains_one_table_or_all() -> None:
    assert "Spare hours of an ordinary week." in run("reference", "resources").stdout
    assert all(f"## {table.name}\n" in run("reference").stdout for table in EVERY)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00 and nothing", b"text"])
def test_a_file_that_is_no_database_is_said_so(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.outwork").write_bytes(content)
    assert run("check", tmp_path / "a.outwork").exit_code == 2
