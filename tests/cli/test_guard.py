"""`outwork guard`, as a person runs it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from outwork import store
from outwork.cli.main import app
from outwork.store import access_log
from tests.clear.guard.archive import abroad, archive, grant

TODAY = datetime.now(UTC).date()
SPAN = {"since": TODAY - timedelta(days=30), "until": TODAY + timedelta(days=30)}
SHARE = ("share", "D2", "--to", "anna", "--purpose", "assembly", "--by", "J. Plas")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    over = {"since": TODAY - timedelta(days=30), "until": TODAY - timedelta(days=1), "duty": "return and delete"}
    store.save(archive(grant(**SPAN), abroad("far", **SPAN), grant("old", person="bert", **over)), tmp_path / "p.outwork")
    return tmp_path / "p.outwork"


def run(place: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["guard", str(place), *arguments])


def test_what_may_be_read_is_shared_and_logged_under_the_name_of_who_approves(place: Path) -> None:
    told = run(place, *SHARE)
    assert told.exit_code == 0, told.output
    assert f"anna may read D2 for assembly until {SPAN['until']} (granted)" in told.stdout
    (record,), _ = access_log.read(place)
    assert (record.entry.by, record.entry.allowed, record.entry.granting) == ("J. Plas", True, "g")
    assert f"logged as record 1:{record.digest}" in told.stdout


def test_a_refusal_is_logged_too_and_ends_with_status_1(place: Path) -> None:
    for person, rule in (("olena", "needs an expert"), ("nobody", "no grant"), ("bert", "ended")):
        told = run(place, "share", "D2", "--to", person, "--purpose", "assembly", "--by", "J. Plas")
        assert told.exit_code == 1
        assert f"{person} may not read D2 for assembly ({rule})" in told.stdout
    assert [record.entry.allowed for record in access_log.read(place)[0]] == [False, False, False]


@pytest.mark.parametrize("option", ["--to", "--purpose", "--by"])
def test_everybody_and_every_purpose_is_named(place: Path, option: str) -> None:
    words = list(SHARE)
    words[words.index(option) + 1] = " "
    told = run(place, *words)
    assert (told.exit_code, f"{option} is empty" in told.stderr) == (2, True)
    del words[words.index(option) : words.index(option) + 2]
    assert run(place, *words).exit_code == 2
    assert not access_log.read(place)[0]


def test_a_document_or_grant_that_is_not_there_is_told_with_the_nearest(place: Path) -> None:
    told = run(place, "share", "d2", "--to", "anna", "--purpose", "assembly", "--by", "J. Plas")
    assert (told.exit_code, "did you mean 'D2'?" in told.stderr) == (2, True)
    told = run(place, "revoke", "farr", "--by", "J. Plas")
    assert (told.exit_code, "did you mean 'far'?" in told.stderr) == (2, True)


def test_a_grant_that_is_taken_back_opens_nothing_more(place: Path) -> None:
    assert run(place, "revoke", "g", "--by", "J. Plas").exit_code == 0
    told = run(place, *SHARE)
    assert (told.exit_code, "(revoked)" in told.stdout) == (1, True)
    assert run(place, "revoke", "g", "--by", "J. Plas").exit_code == 1
    assert [record.entry.kind for record in access_log.read(place)[0]] == ["revoke", "share"]


def test_what_is_owed_back_is_told_until_somebody_confirms_that_it_came(place: Path) -> None:
    told = run(place, "owed")
    assert (told.exit_code, f"old: bert (plas) has to return and delete D2, owed since {TODAY}" in told.stdout) == (1, True)
    assert run(place, "returned", "old", "--by", "J. Plas").exit_code == 0
    assert run(place, "owed").stdout == "nothing is owed\n"
    row = store.load(place)["grants"].filter(granting="old").row(0, named=True)
    assert (row["returned"], row["returned_by"]) == (TODAY, "J. Plas")


def test_who_may_read_what_is_listed(place: Path) -> None:
    assert run(place, "who").stdout == f"D2: anna for assembly until {SPAN['until']}, under g\n"
    before = run(place, "who", "--on", str(TODAY - timedelta(days=2))).stdout.splitlines()
    assert [line.split(" for ")[0] for line in before] == ["D2: anna", "D2: bert"]


def test_the_log_is_printed_after_its_chain_was_checked(place: Path) -> None:
    assert "0 records, each as it was written" in run(place, "log").stdout
    run(place, *SHARE)
    run(place, "revoke", "g", "--by", "J. Plas")
    lines = run(place, "log").stdout.splitlines()
    assert "anna: may read D2 for assembly (granted), by J. Plas" in lines[0]
    assert "anna: revoke of D2 for assembly (revoked), by J. Plas" in lines[1]
    assert run(place, "log", "--verify").stdout.splitlines() == [lines[2]]
    end = lines[2].rsplit(" ", maxsplit=1)[1]
    assert run(place, "log", "--verify", "--noted", end).exit_code == 0
    assert run(place, "log", "--noted", "2:short").exit_code == 2


def test_an_altered_or_shortened_log_is_not_printed_and_its_first_broken_record_is_named(place: Path) -> None:
    for _ in range(2):
        run(place, *SHARE)
    _, end = access_log.read(place)
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute("DROP TRIGGER access_log_unchanged")
        connection.execute("UPDATE access_log SET person = 'bert' WHERE number = 2")
    told = run(place, "log")
    assert (told.exit_code, told.stdout) == (1, "")
    assert "record 2 of the access log is not as it was written: its digest is not that of its content" in told.stderr
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute("DROP TRIGGER access_log_whole")
        connection.execute("DELETE FROM access_log WHERE number = 2")
        connection.execute("UPDATE access_head SET records = 1, digest = (SELECT digest FROM access_log)")
    assert run(place, "log").exit_code == 0  # cut off at its end, which a chain alone does not show
    told = run(place, "log", "--noted", f"{end.records}:{end.digest}")
    assert (told.exit_code, "record 2" in told.stderr) == (1, True)


def test_a_programme_in_a_folder_keeps_no_log(tmp_path: Path) -> None:
    store.save(archive(grant(**SPAN)), tmp_path / "folder")
    told = run(tmp_path / "folder", *SHARE)
    assert (told.exit_code, "outwork copy" in told.stderr) == (2, True)
