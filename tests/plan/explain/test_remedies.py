"""A remedy made by hand in the tables brings the days that it promises."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from outwork import plan
from outwork.model.frames import from_rows
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.model.tables.capacity import CalendarEntry
from outwork.plan.answer.pegging import pegging
from outwork.plan.build import formulate
from outwork.plan.carry import carry
from outwork.plan.explain import explain
from outwork.plan.explain.demands import held_back, reasons
from outwork.plan.explain.edits import Edit
from outwork.plan.network import Network
from outwork.plan.search import search
from outwork.plan.search.board import Board
from outwork.plan.solved import Solved
from outwork.solve.watch import Stop
from tests.plan.explain.hall import day, hall

EXACT = plan.Options(gap=0)


def complete(programme: Programme) -> date:
    (found,) = plan.run(programme, EXACT).tables["promises"]["complete"]
    assert isinstance(found, date)
    return found


def test_the_first_remedy_of_a_full_bench_made_by_hand_brings_the_promised_days() -> None:
    programme = hall(quantity=40)
    before = plan.run(programme, EXACT)
    assert before.why[0].change.startswith("calendar, new row: resource bench, since 2026-01-05, until 2026-01-25, hours 20 ")
    row = CalendarEntry(resource="bench", since=date(2026, 1, 5), until=date(2026, 1, 25), hours=20)
    after = plan.run(programme.replace(calendar=from_rows(BY_NAME["calendar"], [row])), EXACT)
    gained = before.tables["promises"]["complete"][0] - after.tables["promises"]["complete"][0]
    assert gained == timedelta(days=before.why[0].amount or 0) == timedelta(days=14)
    assert before.outcome.cost is not None
    assert after.outcome.cost == pytest.approx(before.outcome.cost - 1500)


@pytest.mark.parametrize(
    ("changed", "table", "column", "value"),
    [
        ({"lane": {"per_week": 10}}, "lanes", "per_week", 20.0),
        ({"supply": {"per_week": 5}}, "supplies", "per_week", 10.0),
        ({"qualification": {"earliest": day(4)}}, "qualifications", "earliest", day(0)),
    ],
)
def test_the_first_remedy_of_other_causes_brings_the_promised_days(
    changed: dict[str, Any], table: str, column: str, value: object
) -> None:
    programme = hall(**changed)
    reason = plan.run(programme, EXACT).why[0]
    assert f"{column} " in reason.change
    mended = programme.replace(**{table: programme[table].with_columns(pl.lit(value).alias(column))})
    assert (complete(programme) - complete(mended)).days == reason.amount


def test_remedies_are_ranked_by_days_and_then_by_money() -> None:
    why = plan.run(hall(supply={"per_week": 5}), EXACT).why
    ranked = [reason.amount for reason in why if reason.code in ("supply", "remedy")]
    assert ranked == [14, 14, 7]


def test_a_remedy_that_frees_a_qualification_decides_its_start_anew() -> None:
    programme = hall(qualification={"status": "possible", "earliest": day(4), "lead_days": 7, "cost": 100})
    why = plan.run(programme, EXACT).why
    sooner = [reason for reason in why if "earliest 2026-01-05 (now 2026-02-02)" in reason.change]
    mended = programme.replace(qualifications=programme["qualifications"].with_columns(earliest=pl.lit(day(0))))
    assert [(complete(programme) - complete(mended)).days] == [reason.amount for reason in sooner] == [28]


def test_an_edit_of_a_row_that_is_there_changes_only_its_columns() -> None:
    programme = hall()
    edit = Edit("lanes", (("origin", "lund"), ("destination", "turku"), ("mode", "road")), (("per_week", 5.0),), "more")
    (row,) = edit.apply(programme)["lanes"].to_dicts()
    assert row == {**programme["lanes"].to_dicts()[0], "per_week": 5.0}
    assert edit.text(programme) == "lanes: origin lund, destination turku, mode road: per_week 5 (now blank)"


def test_where_time_is_spent_that_is_said() -> None:
    formulation = formulate(Network.of(hall(quantity=40)))
    found = search(formulation, EXACT, Board(0.0, None))
    assert found.x is not None
    (only,) = explain(hall(quantity=40), carry(hall(quantity=40), formulation, found.x, EXACT, Stop()), EXACT, 0.0).why
    assert only.code == "unexplained"
    assert "no time" in only.sentence
    solved = Solved.of(hall(quantity=40), formulation, found.x)
    assert solved is not None
    (held,) = held_back(solved, pegging(formulation, found.x), EXACT, -1.0)
    assert held.helping == ()
    assert held.note == " There was no time to try every remedy; give a longer limit."
    (reason,) = reasons(solved, held)
    assert reason.code == "capacity"
    assert reason.change == ""


@pytest.mark.parametrize("limit", [0, 4_000])
def test_large_and_small_programmes_are_tried_alike(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # Nothing but trips has to be whole here, so keeping the rest loses nothing.
    monkeypatch.setattr("outwork.plan.explain.remedies.SMALL", limit)
    why = plan.run(hall(quantity=40, lane={"fixed_cost": 10}), EXACT).why
    assert (
        "hours 20 (a second shift): d1 is complete 14 days earlier, on 2026-01-19; the plan costs 1,520 EUR less"
        in why[0].change
    )
