"""The value of one more hour, unit or kilogram, worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from outwork import plan
from outwork.model.outcome import Reason
from outwork.model.programme import Programme
from outwork.model.tables.moving import Clearance
from outwork.model.tables.sourcing import Ramp, RampShare
from tests.plan.explain.hall import day, hall


def bottlenecks(programme: Programme) -> list[Reason]:
    return [reason for reason in plan.run(programme, plan.Options(gap=0, remedies=0)).why if reason.code == "bottleneck"]


def test_an_hour_is_worth_the_lateness_that_it_saves() -> None:
    # One more mast in each of weeks 0 to 2 moves three of the last ten (100 EUR late) to the front: two of them come on time
    # and one a week late, so 100 + 100 + 50 EUR; an hour more in week 3 is worth nothing when three fewer are built there.
    (only,) = bottlenecks(hall(quantity=40))
    assert only.sentence.startswith("bench at lund binds in ")
    assert only.sentence.endswith(": one more h in each is worth 250 EUR.")
    assert (only.amount, only.unit) == (250, "EUR/h")
    assert [str(row) for row in only.rows] == ["resources bench"]


def test_the_worth_of_an_hour_stands_in_the_table_work() -> None:
    work = plan.run(hall(quantity=45), plan.Options(gap=0, remedies=0)).tables["work"]
    worth = dict(zip(work["start"], work["worth"], strict=True))
    # The last five of 45 are built in week 4 with hours to spare; a mast built in week 0 or 1 is on time, later 50, 100, 150.
    assert worth[date(2026, 1, 5)] == worth[date(2026, 1, 12)] == pytest.approx(150)
    assert [worth[day(week)] for week in (2, 3, 4, 5)] == pytest.approx([100, 50, 0, 0])


def test_a_kilogram_is_worth_its_share_of_a_mast() -> None:
    (only,) = bottlenecks(hall(lane={"per_week": 10}, quantity=22))
    assert only.code == "bottleneck"
    assert only.unit == "EUR/kg"
    assert "the lane from lund to turku by road" in only.sentence


def test_a_unit_under_a_licence_is_worth_the_shortage_less_its_plate() -> None:
    programme = hall(
        Clearance(clearance="c1", item="mast", origin="SE", destination="FI", opens=day(0), quantity_cap=8, licence="L"),
        item={"controlled": True},
    )
    (only,) = bottlenecks(programme)
    assert only.sentence == "the quantity cap of clearance c1 (licence L) is used up: one more unit is worth 1,995 EUR."


def test_hours_inside_a_ramp_count_with_their_share() -> None:
    # Qualified at once with half the rate for ever: five masts a week of ten hours. One more hour builds half a mast, so
    # the bench, never full, is worth half of what a free bench would be: the dual of its own row alone says nothing.
    ramp = [Ramp(ramp="half"), RampShare(ramp="half", week=0, share=0.5)]
    programme = hall(*ramp, qualification={"status": "possible", "ramp": "half"}, quantity=22)
    tables = plan.run(programme, plan.Options(gap=0, remedies=0)).tables
    worth = dict(zip(tables["work"]["start"], tables["work"]["worth"], strict=True))
    # The last two of 22 are built in week 4, 150 EUR late; from weeks 2 and 3 they would be 50 and 100 late.
    assert [worth[day(week)] for week in range(5)] == pytest.approx([75, 75, 50, 25, 0])
    assert tables["make"]["quantity"].max() == pytest.approx(5)


def test_a_plan_that_nothing_holds_back_has_no_bottleneck() -> None:
    assert bottlenecks(hall(quantity=5)) == []
