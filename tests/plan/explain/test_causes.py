"""Each cause of lateness and shortage once, in a hall whose numbers are worked out by hand.

Twenty masts are due in week 2, on 2026-01-19, in Turku. Built in weeks 0 and 1, ten a week, and a week on the road, they are
there in weeks 1 and 2: on time. Every test then makes one thing scarce.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from outwork import plan
from outwork.model.outcome import Reason
from outwork.model.programme import Programme
from outwork.model.tables.moving import Clearance, Stock
from outwork.model.tables.wanting import Agreement, Share
from tests.plan.explain.hall import day, hall

cleared = partial(Clearance, clearance="c1", item="mast", origin="SE", destination="FI")
CONTROLLED = {"item": {"controlled": True}}


def causes(programme: Programme) -> list[Reason]:
    """The reasons of the demands, without bottlenecks and further remedies."""
    why = plan.run(programme, plan.Options(gap=0)).why
    return [reason for reason in why if reason.code not in ("bottleneck", "remedy")]


def cause(programme: Programme) -> Reason:
    (only,) = causes(programme)
    return only


def test_a_demand_on_time_has_no_reason() -> None:
    assert causes(hall()) == []


def test_a_full_bench_is_named_with_the_weeks_in_which_it_is_full() -> None:
    # Forty masts take weeks 0 to 3; the last ten are there in week 4, two weeks late: 10 * 50 + 10 * 100 EUR of lateness.
    reason = cause(hall(quantity=40))
    assert reason.code == "capacity"
    assert reason.sentence == (
        "d1 is complete on 2026-02-02, 2 weeks late: bench at lund is full from 2026-01-05 to 2026-01-25. It comes by this"
        " way: mast from lund to turku by road leaving on 2026-01-26, build at lund from 2026-01-26. Also: mast from lund to"
        " turku by road takes 7 days, and nothing begins before 2026-01-05."
    )
    assert [str(row) for row in reason.rows] == ["demands d1", "resources bench"]
    assert reason.change == (
        "calendar, new row: resource bench, since 2026-01-05, until 2026-01-25, hours 20 (a second shift): d1 is complete 14"
        " days earlier, on 2026-01-19; the plan costs 1,500 EUR less"
    )
    assert (reason.amount, reason.unit) == (14, "day")


def test_hours_that_a_set_up_leaves_are_hours_of_the_bench() -> None:
    # Six hours are left of ten: weeks 0 to 3 build 6, 6, 6 and 2.
    reason = cause(hall(operation={"setup_hours": 4}))
    assert reason.code == "capacity"
    assert "bench at lund is full from 2026-01-05 to 2026-01-25" in reason.sentence


def test_a_supplier_who_delivers_too_little_is_named() -> None:
    # Five plates a week: the last five masts are there in week 4; 5 * 50 + 5 * 100 EUR of lateness.
    reason = cause(hall(supply={"per_week": 5}))
    assert reason.code == "supply"
    assert (
        "stahl delivers at most 5 of plate a week to lund, all of them ordered from 2026-01-05 to 2026-01-25" in reason.sentence
    )
    assert reason.change == (
        "supplies: item plate, site lund, party stahl: per_week 10 (now 5) (a second supplier on the same terms): d1 is"
        " complete 14 days earlier, on 2026-01-19; the plan costs 750 EUR less"
    )


@pytest.mark.parametrize(
    ("changed", "text", "row"),
    [
        ({"supply": {"lead_days": 21}}, "plate from stahl to lund takes 21 days", "supplies plate lund stahl"),
        ({"operation": {"lead_days": 21}}, "build at lund takes 21 days", "operations build"),
        ({"lane": {"lead_days": 28}}, "mast from lund to turku by road takes 28 days", "lanes lund turku road"),
    ],
)
def test_a_lead_time_is_named_where_nothing_can_begin_sooner(changed: dict[str, Any], text: str, row: str) -> None:
    # Three weeks more than there are: ten masts are 2 weeks late, ten 3.
    reason = cause(hall(**changed))
    assert reason.code == "lead-time"
    assert reason.sentence.startswith(f"d1 is complete on 2026-02-09, 3 weeks late: {text}")
    assert reason.sentence.endswith(".")
    assert row in map(str, reason.rows)


def test_a_lane_that_carries_too_little_is_named() -> None:
    # Ten kilograms are five masts.
    reason = cause(hall(lane={"per_week": 10}))
    assert reason.code == "lane"
    assert "lane lund to turku by road carries its most in the week of 2026-01-19" in reason.sentence
    assert reason.change.startswith("lanes: origin lund, destination turku, mode road: per_week 20 (now 10)")
    assert (reason.amount, reason.unit) == (14, "day")


def test_a_clearance_that_opens_late_is_named_with_its_date() -> None:
    # All twenty wait for week 5 and are there in week 6, 4 weeks late: 20 * 200 EUR.
    reason = cause(hall(cleared(opens=day(5)), **CONTROLLED))
    assert reason.code == "clearance"
    assert reason.sentence == (
        "d1 is complete on 2026-02-16, 4 weeks late: clearance c1 for mast opens on 2026-02-09. It comes by this way: mast"
        " from lund to turku by road leaving on 2026-02-09."
    )
    assert reason.change == (
        "clearances: clearance c1: opens 2026-01-12 (now 2026-02-09) (applied for sooner): d1 is complete 28 days earlier,"
        " on 2026-01-19; the plan costs 4,000 EUR less"
    )


def test_a_licence_that_is_used_up_is_named_with_its_cap() -> None:
    # Twelve masts of 2,000 EUR shortage are never delivered; each would cost a plate of 5 EUR.
    reason = cause(hall(cleared(opens=day(0), quantity_cap=8, licence="L"), **CONTROLLED))
    assert reason.code == "clearance"
    assert reason.sentence.startswith("d1 lacks 12 of its 20 mast: clearance c1 (licence L) is used up: it covers 8 units.")
    assert reason.change.endswith("d1 gets 8 more; the plan costs 15,960 EUR less")
    assert (reason.amount, reason.unit) == (8, "unit")


def test_a_missing_clearance_is_named_and_its_grant_is_tried() -> None:
    reason = cause(hall(**CONTROLLED))
    assert reason.code == "closed"
    assert reason.sentence == (
        "d1 lacks 20 of its 20 mast: mast is controlled, and no clearance in force lets it go from SE to FI."
    )
    assert reason.change == (
        "clearances, new row: clearance new-1, item mast, origin SE, destination FI, opens 2026-01-05 (a clearance that is"
        " applied for): d1 gets 20 more and is complete on 2026-01-19; the plan costs 39,900 EUR less"
    )


def test_a_qualification_is_named_with_the_day_before_which_it_cannot_be_over() -> None:
    reason = cause(hall(qualification={"status": "possible", "lead_days": 21, "cost": 100}))
    assert reason.code == "qualification"
    assert reason.sentence.startswith(
        "d1 is complete on 2026-02-09, 3 weeks late: lund cannot be qualified for build before 2026-01-26."
    )


def test_a_site_that_makes_only_from_a_day_on_is_named() -> None:
    reason = cause(hall(qualification={"earliest": day(4)}))
    assert reason.code == "qualification"
    assert "lund makes build only from 2026-02-02 on" in reason.sentence
    assert reason.amount == 28


def test_lots_that_do_not_fit_are_named() -> None:
    # Fifteen at once take more than the ten hours of a week.
    reason = cause(hall(operation={"lot": 15}, quantity=30, due=3))
    assert reason.code == "minimum"
    assert "build at lund is made in lots of 15" in reason.sentence
    assert reason.change.startswith("operations: operation build: lot 7.5 (now 15)")


def test_an_agreement_that_gives_making_to_somebody_else_is_named() -> None:
    # Finland makes none, so that at most 0 of the masts may be made at all.
    jv = Agreement(agreement="jv", name="JV", kind="joint venture")
    reason = cause(hall(jv, Share(share="s1", agreement="jv", item="mast", nation="FI", min_share=0.05)))
    assert reason.code == "agreement"
    assert "agreement jv gives FI at least 5% of mast" in reason.sentence
    assert reason.change.startswith("shares: share s1: min_share 0 (now 0.05)")
    assert reason.amount == 20


def test_where_only_the_price_speaks_against_it_that_is_said() -> None:
    reason = cause(hall(supply={"price": 300}, item={"value": 100}))
    assert reason.code == "price"
    assert reason.sentence == (
        "d1 lacks 20 of its 20 mast: no single limit was found to hold it back; one more costs more than its shortage, 200 EUR."
    )


def test_the_chain_goes_through_components_to_what_they_wait_for() -> None:
    stock = Stock(item="plate", site="lund", on_hand=10)
    reason = cause(hall(stock, supply={"lead_days": 35}))
    assert reason.code == "lead-time"
    assert "plate from stahl to lund ordered on 2026-01-05" in reason.sentence


def test_no_remedies_are_computed_where_none_are_asked_for() -> None:
    why = plan.run(hall(quantity=40), plan.Options(gap=0, remedies=0)).why
    assert [reason.change for reason in why] == ["", ""]


def test_nothing_is_explained_where_it_is_not_asked_for() -> None:
    result = plan.run(hall(quantity=40), plan.Options(gap=0, explain=False))
    assert result.why == ()
    assert result.tables["pegging"].height > 0
