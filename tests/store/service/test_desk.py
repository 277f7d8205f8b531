from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import text, update

from outwork import store
from outwork.model.asker import Asker, Role
from outwork.model.errors import InvalidProgramme, Unreadable, Unwritable
from outwork.model.programme import Programme
from outwork.store.overlay import Overlay
from outwork.store.service import Desk, Stale, stamp
from outwork.store.service.audit import broken, latest, records
from outwork.store.service.schema import AUDIT
from tests.store.small import programme as small

ANNA = Asker("anna", "Anna", Role.OFFICE, "", "NL")
BORIS = Asker("boris", "Boris", Role.OFFICE, "", "UA")


@pytest.fixture
def desk(new_database: Callable[[], str]) -> Iterator[Desk]:
    where = new_database()
    store.save(wished(), where)
    found = Desk.open(where)
    yield found
    found.close()


def wished() -> Programme:
    """The small programme, in which nothing is binding: so that nothing needs approval."""
    return small().replace(demands=small()["demands"].with_columns(firm=pl.lit("option")))


def more(programme: Programme, quantity: float) -> Overlay:
    """Ask for another quantity in every demand."""
    return store.diff(programme, programme.replace(demands=programme["demands"].with_columns(quantity=pl.lit(float(quantity)))))


def marks(programme: Programme) -> dict[str, dict[tuple[str, ...], str]]:
    return {"demands": {(row["demand"],): stamp(row) for row in programme["demands"].iter_rows(named=True)}}


def test_what_was_written_is_read_and_the_version_has_risen(desk: Desk) -> None:
    before = desk.snapshot()
    with desk.writing(ANNA) as writing:
        changed = writing.edit(more(before.programme, 77))
    after = desk.snapshot()
    assert after.version == before.version + 1
    assert after.programme == changed == store.load(desk.where)
    assert after.programme["demands"]["quantity"].unique().to_list() == [77]


def test_a_programme_that_nobody_wrote_is_read_once(desk: Desk) -> None:
    assert desk.snapshot() is desk.snapshot()


def test_each_changed_row_is_told_with_its_writer_in_a_chain_that_holds(desk: Desk) -> None:
    programme = desk.snapshot().programme
    with desk.writing(ANNA) as writing:
        writing.edit(more(programme, 77))
    with desk.reading() as connection:
        assert [record.entry.account for record in records(connection)] == ["anna"] * programme["demands"].height
        assert broken(connection) is None
        told = latest(connection, f"demands {programme['demands']['demand'][0]}")
        assert told is not None
        assert '"quantity": 77.0' in told.detail


def test_the_second_of_two_writers_is_told_who_was_first_and_writes_nothing(desk: Desk) -> None:
    programme = desk.snapshot().programme
    seen = marks(programme)
    with desk.writing(ANNA) as writing:
        writing.edit(more(programme, 77), seen)
    with pytest.raises(Stale, match="was changed by anna at") as raised, desk.writing(BORIS) as writing:
        writing.edit(more(programme, 88), seen)
    assert {other.now["quantity"] for other in raised.value.others if other.now} == {77}
    assert desk.snapshot().programme["demands"]["quantity"].unique().to_list() == [77]


def test_a_change_that_breaks_a_rule_is_refused_with_its_fault_and_leaves_no_trace(desk: Desk) -> None:
    before = desk.snapshot()
    with pytest.raises(InvalidProgramme, match="demands"), desk.writing(ANNA) as writing:
        writing.edit(more(before.programme, -1))
    with desk.reading() as connection:
        assert list(records(connection)) == []
    assert desk.snapshot() is before


def test_rows_are_added_and_removed_with_what_refers_to_them(desk: Desk) -> None:
    before = desk.snapshot().programme
    bare = before.replace(**{name: frame.clear() for name, frame in before.tables.items() if name != "settings"})
    for target in (bare, before):
        with desk.writing(ANNA) as writing:
            writing.edit(store.diff(desk.snapshot().programme, target))
        assert desk.snapshot().programme == target


def test_what_is_raised_undoes_everything_written_before_it(desk: Desk) -> None:
    before = desk.snapshot()
    with pytest.raises(InvalidProgramme), desk.writing(ANNA) as writing:
        writing.edit(more(before.programme, 77)) and writing.edit(more(before.programme, -1))
    assert desk.snapshot() is before


def test_the_audit_refuses_to_be_changed_by_the_service_itself(desk: Desk) -> None:
    with desk.writing(ANNA) as writing:
        writing.audit("sign in", "anna")
    with pytest.raises(Unwritable, match="the audit is only added to"), desk.writing(BORIS) as writing:
        writing.connection.execute(update(AUDIT).values(account="nobody"))


def test_a_record_altered_behind_the_service_is_named(desk: Desk) -> None:
    for number in range(3):
        with desk.writing(ANNA) as writing:
            writing.audit("sign in", f"anna {number}")
    off = "DROP TRIGGER service_audit_UPDATE" if "sqlite" in desk.engine.url.drivername else None
    with desk.engine.begin() as connection:
        connection.execute(text(off or "ALTER TABLE service_audit DISABLE TRIGGER service_audit_kept"))
        connection.execute(text("UPDATE service_audit SET account = 'boris' WHERE number = 2"))
    with desk.reading() as connection:
        found = broken(connection)
    assert found is not None
    assert found.number == 2


def test_forty_writers_at_once_lose_nothing(desk: Desk) -> None:
    def write(number: int) -> None:
        with desk.writing(ANNA) as writing:
            writing.audit("sign in", f"anna {number}")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with desk.reading() as connection:
        assert sorted(record.entry.subject for record in records(connection)) == sorted(f"anna {n}" for n in range(40))
        assert broken(connection) is None


def test_a_folder_cannot_be_served_and_the_message_says_what_to_do(tmp_path: Path) -> None:
    store.save(small(), tmp_path / "folder")
    with pytest.raises(Unreadable, match="copy it: outwork copy"):
        Desk.open(tmp_path / "folder")


def test_two_desks_of_one_process_do_not_lock_each_other_out_or_lose_anything(desk: Desk) -> None:
    other = Desk.open(desk.where)
    for number in range(10):
        with desk.writing(ANNA) as writing:
            writing.edit(more(writing.base.programme, 100 + number))
        with other.writing(BORIS) as writing:
            writing.edit(more(writing.base.programme, 200 + number))
    other.close()
    with desk.reading() as connection:
        assert broken(connection) is None
        assert len(list(records(connection))) == 20
    assert desk.snapshot().programme["demands"]["quantity"].item() == 209


def test_what_is_written_past_the_service_is_seen_by_it(desk: Desk) -> None:
    before = desk.snapshot()
    words = (
        "import sys; from outwork import store; from tests.store.small import programme; store.save(programme(7), sys.argv[1])"
    )
    subprocess.run([sys.executable, "-c", words, desk.where], cwd=Path(__file__).parents[3], check=True)
    assert desk.snapshot().version == before.version + 1
    assert desk.snapshot().programme == small(7)
    for _ in range(2):  # the audit tells of it once
        with desk.writing(BORIS) as writing:
            writing.audit("look", "programme")
    with desk.reading() as connection:
        told = [(record.entry.account, record.entry.kind) for record in records(connection)]
    assert told == [("terminal", "write past the service"), *[(BORIS.account, "look")] * 2]


def test_a_file_that_is_no_programme_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "odd.outwork").write_bytes(b"not a database, whatever its name says" * 100)
    with pytest.raises(Unreadable, match=r"odd\.outwork: cannot be read \(file is not a database\)"):
        Desk.open(tmp_path / "odd.outwork")
