from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from outwork import store
from outwork.model.asker import Asker, Role
from outwork.model.errors import InvalidProgramme, UnknownName
from outwork.model.frames import empty
from outwork.model.outcome import Amendment
from outwork.model.tables import BY_NAME
from outwork.store.amending import amended
from outwork.store.overlay import Overlay
from outwork.store.service import Desk, Stale, accounts, approvals, scenarios
from outwork.store.service.accounts import Account
from outwork.store.service.audit import TERMINAL
from tests.store.small import programme

OLENA = Asker("olena", "Olena", Role.OFFICE, "", "")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    where = tmp_path / "p.outwork"
    store.save(programme(), where)
    desk = Desk.open(where)
    with desk.writing(TERMINAL) as writing:
        accounts.add(writing, Account("olena", "Olena", Role.OFFICE))
    return desk


def dearer(desk: Desk, value: float) -> Overlay:
    base = desk.snapshot().programme
    return amended(base, Amendment("items", (("item", base["items"]["item"][0]),), (("value", value),)))


def made(desk: Desk, changes: Overlay, name: str = "dearer") -> str:
    with desk.writing(OLENA) as writing:
        return scenarios.create(writing, name, changes)


def test_a_scenario_is_found_as_it_was_made_and_changes_nothing_of_the_programme(desk: Desk) -> None:
    before = desk.snapshot().programme
    key = made(desk, dearer(desk, 99.0))
    with desk.reading() as connection:
        (found,) = scenarios.listed(connection)
        assert scenarios.listed(connection, "nobody") == []
    assert (found.scenario, found.name, found.account) == (key, "dearer", "olena")
    assert desk.snapshot().programme == before
    assert 99.0 in found.applied(before)["items"]["value"]


def test_what_was_planned_for_a_scenario_is_kept_until_it_changes(desk: Desk) -> None:
    key = made(desk, dearer(desk, 99.0))
    tables = {name: empty(BY_NAME[name]) for name in ("promises", "make")}
    with desk.writing(OLENA) as writing:
        scenarios.keep(writing, key, tables)
    with desk.reading() as connection:
        kept = scenarios.tried(connection, key)
        assert list(scenarios.tried(connection, key, ("make",))) == ["make"]
    assert {name: frame.schema for name, frame in kept.items()} == {name: frame.schema for name, frame in tables.items()}
    with desk.writing(OLENA) as writing:
        scenarios.change(writing, key, dearer(desk, 98.0))
    with desk.reading() as connection:
        assert scenarios.tried(connection, key) == {}


def test_a_removed_scenario_is_gone_with_all_that_was_planned_for_it(desk: Desk) -> None:
    key = made(desk, Overlay({}))
    with desk.writing(OLENA) as writing:
        scenarios.keep(writing, key, {"promises": empty(BY_NAME["promises"])})
    with desk.writing(OLENA) as writing:
        scenarios.remove(writing, key)
    with desk.reading() as connection:
        assert scenarios.tried(connection, key) == {}
        with pytest.raises(UnknownName):
            scenarios.find(connection, key)


def test_a_scenario_that_breaks_the_rules_is_not_made(desk: Desk) -> None:
    base = desk.snapshot().programme["sites"].head(1)
    broken = base.select(pl.lit("change").alias("change"), *base.columns).with_columns(party=pl.lit("nobody"))
    with pytest.raises(InvalidProgramme, match="nobody"):
        made(desk, Overlay({"sites": broken}))
    with desk.reading() as connection:
        assert scenarios.listed(connection) == []


@pytest.mark.parametrize("name", ["", "  ", "x" * 121])
def test_a_scenario_has_a_name(desk: Desk, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        made(desk, Overlay({}), name)


def test_every_change_of_a_scenario_stands_in_the_audit(desk: Desk) -> None:
    key = made(desk, Overlay({}))
    with desk.writing(OLENA) as writing:
        scenarios.change(writing, key, dearer(desk, 5.0))
        scenarios.remove(writing, key)
    from outwork.store.service.audit import records  # noqa: PLC0415 - beside its use

    with desk.reading() as connection:
        kinds = [record.entry.kind for record in records(connection) if record.entry.subject == f"scenario {key}"]
    assert kinds == ["make a scenario", "change a scenario", "remove a scenario"]


def test_what_is_taken_over_becomes_the_programme_and_what_needs_approval_waits_for_it(desk: Desk) -> None:
    base = desk.snapshot().programme
    sooner = amended(base, Amendment("demands", (("demand", base["demands"]["demand"][0]),), (("quantity", 1.0),)))
    key = made(desk, Overlay({**dearer(desk, 99.0).tables, **sooner.tables}))
    with desk.writing(OLENA) as writing:
        (number,) = scenarios.take(writing, key)
    after = desk.snapshot().programme
    assert 99.0 in after["items"]["value"]
    assert after["demands"].equals(base["demands"])
    with desk.reading() as connection:
        assert set(approvals.find(connection, number).changes.tables) == {"demands"}
        assert scenarios.listed(connection) == []


def test_a_scenario_does_not_undo_what_somebody_else_wrote_since(desk: Desk) -> None:
    key = made(desk, dearer(desk, 99.0))
    with desk.writing(OLENA) as writing:
        writing.edit(dearer(desk, 5.0))
    with desk.writing(OLENA) as writing:
        scenarios.change(writing, key, dearer(desk, 98.0))  # does not make the row a read one
    before = desk.snapshot()
    with pytest.raises(Stale, match="was changed by olena"), desk.writing(OLENA) as writing:
        scenarios.take(writing, key)
    assert desk.snapshot().version == before.version
    with desk.reading() as connection:
        assert [each.scenario for each in scenarios.listed(connection)] == [key]
