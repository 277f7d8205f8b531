"""What a licence decides is told with its provision and its dates, and what it is worth is found by planning again.

The hall's twenty masts are due in Turku on 19 January 2026 and have to leave by the week of 12 January.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

import polars as pl
import pytest

from outwork import plan
from outwork.model.outcome import Reason, Status
from outwork.model.programme import Programme
from outwork.model.tables.licensing import Closure, Licence
from outwork.model.tables.moving import Clearance
from outwork.model.tables.wanting import Commitment
from tests.plan.explain.hall import day, hall

cleared = partial(
    Clearance, clearance="c1", item="mast", origin="SE", destination="FI", licence="L", basis="Export Act, section 4"
)
LICENCE = partial(Licence, licence="L", authority="the inspectorate", apply_from=day(2), lead_days=21, fee=300)
CONTROLLED = {"item": {"controlled": True}}
EXACT = plan.Options(gap=0)


def licensed(*rows: Any, **licence: Any) -> Programme:
    """The hall with a licence that opens on 9 February, four weeks too late."""
    return hall(cleared(), LICENCE(**licence), *rows, **CONTROLLED)


def reasons(programme: Programme, code: str) -> list[Reason]:
    return [reason for reason in plan.run(programme, EXACT).why if reason.code == code]


def cost(programme: Programme) -> float:
    found = plan.run(programme, EXACT).outcome.cost
    assert found is not None
    return found


def moved(programme: Programme, days: int) -> Programme:
    """The programme with applications so many days later."""
    return programme.replace(licences=programme["licences"].with_columns(pl.col("apply_from") + timedelta(days=days)))


def test_a_cause_names_the_licence_its_provision_and_its_dates() -> None:
    (reason,) = reasons(licensed(), "clearance")
    assert reason.sentence == (
        "d1 is complete on 2026-02-16, 4 weeks late: clearance c1 (licence L; Export Act, section 4) for mast opens on"
        " 2026-02-09, applied for on 2026-01-19 at the inspectorate. It comes by this way: mast from lund to turku by road"
        " leaving on 2026-02-09."
    )
    assert [str(row) for row in reason.rows] == ["demands d1", "clearances c1", "licences L"]


def test_the_remedy_says_by_when_to_apply_and_brings_what_it_promises() -> None:
    programme = licensed()
    (reason,) = reasons(programme, "clearance")
    assert reason.change == (
        "licences: licence L: apply_from 2026-01-05 (now 2026-01-19) (apply for it by 2026-01-05): d1 is complete 14 days"
        " earlier, on 2026-02-02; the plan costs 2,000 EUR less"
    )
    first, then = (plan.run(each, EXACT).tables["promises"]["complete"][0] for each in (programme, moved(programme, -14)))
    assert (first - then).days == reason.amount == 14


def test_an_application_is_told_with_the_last_week_and_what_a_month_costs() -> None:
    programme = licensed()
    (reason,) = reasons(programme, "licence")
    assert reason.sentence == (
        "Licence L (Export Act, section 4) is to be applied for by 2026-01-19 (week 4 of 2026) for its first use on 2026-02-09;"
        " four weeks later than planned costs 4,000 EUR: d1 is complete 28 days later, on 2026-03-16. The plan applies at"
        " the inspectorate on 2026-01-19 for 300 EUR, so that it opens on 2026-02-09."
    )
    assert reason.change == "apply for licence L sooner than 2026-01-19: each day is worth 143 EUR"
    assert reason.amount == pytest.approx(1000 / 7, abs=0.01)


def test_what_a_day_and_a_month_are_worth_is_what_planning_again_finds() -> None:
    programme = licensed()
    (row,) = plan.run(programme, EXACT).tables["applications"].to_dicts()
    assert row["value_of_a_day"] == pytest.approx((cost(programme) - cost(moved(programme, -7))) / 7)
    assert row["month_later"] == pytest.approx(cost(moved(programme, 28)) - cost(programme))


def test_a_licence_with_time_to_spare_costs_nothing_a_month_later() -> None:
    # Due in week 9 and a week on the road: whatever opens by week 7 is in time for ten a week.
    programme = hall(cleared(), LICENCE(lead_days=0, apply_from=day(1)), due=9, **CONTROLLED)
    result = plan.run(programme, EXACT)
    (row,) = result.tables["applications"].to_dicts()
    assert (row["value_of_a_day"], row["month_later"]) == (0, 0)
    (reason,) = [each for each in result.why if each.code == "licence"]
    assert "; four weeks later than planned costs nothing more." in reason.sentence
    assert reason.change == ""


def test_without_time_the_worth_is_left_blank_and_that_is_said() -> None:
    result = plan.run(licensed(), plan.Options(gap=0, explain=False))
    assert result.tables["applications"]["month_later"].to_list() == [None]
    assert "To apply for: L by 2026-01-19 (opens 2026-02-09 at the soonest)." in result.summary()


def test_a_licence_whose_fee_does_not_pay_is_named() -> None:
    (reason,) = reasons(licensed(fee=40_000, apply_from=day(0), lead_days=0), "clearance")
    assert reason.sentence.startswith(
        "d1 lacks 20 of its 20 mast: licence L is not applied for in this plan: its fee of 40,000 EUR does not pay."
    )


def test_leave_for_technology_whose_fee_does_not_pay_is_named() -> None:
    taught = Clearance(clearance="t", item="mast", origin="FI", destination="SE", kind="technology", licence="T")
    programme = hall(taught, Licence(licence="T", fee=90_000), item={"technology_of": "FI"})
    (reason,) = reasons(programme, "clearance")
    assert "lund has no leave for the technology of build: licence T is not applied for in this plan" in reason.sentence


def test_a_cap_of_a_licence_to_apply_for_keeps_its_whole_price() -> None:
    programme = licensed(quantity_cap=8, apply_from=day(0), lead_days=0)
    (only,) = reasons(programme, "bottleneck")
    assert only.sentence == (
        "the quantity cap of clearance c1 (licence L; Export Act, section 4) is used up: one more unit is worth 1,995 EUR."
    )


CLOSED = Closure(
    closure="x1", item="mast", origin="SE", destination="FI", outcome="needs_expert", basis="Export Act, section 9",
    question="its range",
)  # fmt: skip


def test_a_lane_that_is_closed_is_named_with_its_provision() -> None:
    (reason,) = reasons(hall(CLOSED, **CONTROLLED), "closed")
    assert reason.sentence == (
        "d1 lacks 20 of its 20 mast: mast is controlled, and no clearance in force lets it go from SE to FI: a person has to"
        " decide (Export Act, section 9; to be known first: its range)."
    )
    assert "closures x1" in [str(row) for row in reason.rows]


def test_a_licence_that_opens_after_the_horizon_is_named_and_sooner_is_tried() -> None:
    (reason,) = reasons(licensed(apply_from=day(9), lead_days=30), "closed")
    assert "clearance c1 (licence L; Export Act, section 4) opens on 2026-04-08, after the horizon" in reason.sentence
    assert any(
        "apply for it by 2026-02-09" in each.change
        for each in (reason, *reasons(licensed(apply_from=day(9), lead_days=30), "remedy"))
    )


@pytest.mark.parametrize(
    ("rows", "objective", "clause"),
    [
        ([CLOSED], "on time", "no clearance in force lets it go from SE to FI: a person has to decide (Export Act, section 9;"),
        (
            [CLOSED.model_copy(update={"outcome": "prohibited", "question": ""})],
            "on time",
            "no clearance in force lets it go from SE to FI: it is prohibited (Export Act, section 9).",
        ),
        (
            [cleared(), LICENCE()],
            "on time",
            (
                " clearance c1 (licence L; Export Act, section 4) for mast opens on 2026-02-09, applied for on 2026-01-19 at"
                " the inspectorate."
            ),
        ),
        (
            [
                CLOSED,
                Commitment(
                    commitment="k1", kind="ship", site="lund", destination="turku", start=day(1), item="mast", quantity=5
                ),
            ],
            "cost",
            "mast is controlled: no clearance in force on that day lets it go from SE to FI: a person has to decide",
        ),
    ],
)
def test_a_closed_lane_in_an_impossible_plan_is_named_with_its_provision(rows: list[Any], objective: Any, clause: str) -> None:
    result = plan.run(hall(*rows, **CONTROLLED), plan.Options(objective=objective))
    assert result.outcome.status is Status.IMPOSSIBLE
    (reason,) = result.why
    assert clause in reason.sentence


def test_a_closure_of_another_movement_says_nothing() -> None:
    other = CLOSED.model_copy(update={"consignee": "acme"})
    (reason,) = reasons(hall(other, **CONTROLLED), "closed")
    assert "a person has to decide" not in reason.sentence


def test_expired_leave_is_named() -> None:
    (reason,) = reasons(hall(cleared(expires=date(2025, 12, 31)), **CONTROLLED), "closed")
    assert "clearance c1 (licence L; Export Act, section 4) expired on 2025-12-31" in reason.sentence
