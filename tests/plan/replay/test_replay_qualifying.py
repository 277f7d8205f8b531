"""The workshop of Lund, not yet qualified: two weeks of qualification, then a ramp; everything comes two weeks later."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from outwork.model.frames import empty
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.model.tables.planned import Buy, Delivery, Qualify
from outwork.plan.replay import Breach, check
from tests.plan.ground import START
from tests.plan.replay.workshop import Plan, changed, day, decisions, made, more, sent, used, workshop


def newcomer(**columns: Any) -> Programme:
    """In full a week allows 8 units: 4 h of crew, overtime included, test 0.5 h each; the ramp allows half of it at first."""
    programme = workshop()
    ramps = more(empty(BY_NAME["ramps"]), "ramps", ramp="slow")
    shares = more(
        more(empty(BY_NAME["ramp_shares"]), "ramp_shares", ramp="slow", week=0, share=0.5),
        "ramp_shares",
        ramp="slow",
        week=2,
        share=1.0,
    )
    pair = changed(programme["qualifications"], status="possible", lead_days=10.0, cost=500.0, ramp="slow", **columns)
    return programme.replace(ramps=ramps, ramp_shares=shares, qualifications=pair)


def qualified(week: int = 0, ready: int = 2, cost: float = 500) -> Qualify:
    return Qualify(operation="assemble", site="lund", start=day(week), ready=day(ready), cost=cost)


def later_plan() -> Plan:
    return decisions(
        [
            qualified(),
            made(2, 4),
            made(3, 4),
            *used(2, board=8, wood=1, steel=9),
            *used(3, board=8, wood=4),
            Buy(item="board", site="lund", party="parts", start=day(2), quantity=10, ready=day(3), cost=90),
            sent(4, 4),
            Delivery(demand="d1", start=day(5), quantity=4, weeks_late=2),
        ]
    )


def codes(breaches: tuple[Breach, ...]) -> set[str]:
    return {str(breach.code) for breach in breaches}


def test_a_plan_that_qualifies_first_breaks_no_rule_and_pays_at_the_start() -> None:
    replay = check(newcomer(), later_plan())
    assert replay.breaches == ()
    assert replay.costs["qualifying"].plain == 500
    paid = replay.cash_events.filter(pl.col("kind") == "qualifying")
    assert paid.select("day", "amount").row(0) == (day(0), 500)


def test_a_ramp_exceeded_is_caught_with_the_week_and_the_amount() -> None:
    """Six units are two more than half of the full rate of 8; the hours would allow them."""
    programme = newcomer()
    plan = later_plan() | decisions([made(2, 6), *used(2, board=12, wood=5, steel=3)])
    [breach] = [b for b in check(programme, plan).breaches if b.code == "ramp"]
    assert (breach.step, breach.amount, breach.unit) == (2, pytest.approx(2), "unit")


def test_the_ramp_grows_with_the_weeks_since_the_qualification() -> None:
    """Six units take 12 boards, in week 4, two weeks after the end."""
    programme = newcomer()
    programme = programme.replace(stocks=changed(programme["stocks"], {"item": "board"}, on_hand=12.0, most=12.0))
    plan = decisions([qualified(), made(4, 6), *used(4, board=12, wood=5, steel=3)])
    assert check(programme, plan).breaches == ()
    plan = decisions([qualified(), made(3, 6), *used(3, board=12, wood=5, steel=3)])
    assert codes(check(programme, plan).breaches) == {"ramp"}


def test_before_its_first_point_a_ramp_allows_nothing() -> None:
    programme = newcomer()
    programme = programme.replace(ramp_shares=changed(programme["ramp_shares"], {"week": 0}, week=1))
    assert codes(check(programme, later_plan()).breaches) == {"ramp"}


def test_a_pair_that_loads_nothing_has_no_limit_but_a_share_of_nothing() -> None:
    programme = newcomer().replace(loads=empty(BY_NAME["loads"]))
    assert check(programme, later_plan()).breaches == ()
    none = programme.replace(ramp_shares=empty(BY_NAME["ramp_shares"]))
    assert codes(check(none, later_plan()).breaches) == {"ramp"}


def test_making_one_week_before_the_qualification_is_over_is_caught() -> None:
    plan = later_plan() | decisions([qualified(1, 3)])
    programme = newcomer()
    programme = programme.replace(settings=changed(programme["settings"], qualification_weeks=1))
    [breach] = check(programme, plan).breaches
    assert (breach.code, breach.step, breach.amount) == ("unqualified", 2, 4)
    assert "over on 2026-01-26" in breach.sentence


def test_a_qualification_off_the_grid_is_caught() -> None:
    programme = newcomer()
    assert codes(check(programme, decisions([qualified(4, 6)])).breaches) == set()
    assert codes(check(programme, decisions([qualified(3, 5)])).breaches) == {"grid"}


def test_a_qualification_before_its_earliest_day_is_caught() -> None:
    assert codes(check(newcomer(earliest=day(0) + timedelta(days=1)), later_plan()).breaches) == {"grid"}


def test_a_committed_qualification_need_not_lie_on_the_grid() -> None:
    held = more(
        empty(BY_NAME["commitments"]),
        "commitments",
        commitment="k",
        kind="qualify",
        site="lund",
        operation="assemble",
        start=day(1),
    )
    assert check(newcomer().replace(commitments=held), decisions([qualified(1, 3)])).breaches == ()


def begun(start: date) -> Programme:
    held = more(
        empty(BY_NAME["commitments"]),
        "commitments",
        commitment="k",
        kind="qualify",
        site="lund",
        operation="assemble",
        start=start,
    )
    return newcomer().replace(commitments=held)


def test_a_qualification_begun_before_the_horizon_is_ready_in_time_and_costs_nothing_more() -> None:
    """Begun in the week before, it is over at the beginning of week 1, so that the full rate comes in week 3."""
    plan = {name: frame for name, frame in later_plan().items() if name != "qualify"}
    replay = check(begun(START - timedelta(days=3)), plan)
    assert replay.breaches == ()
    assert replay.costs["qualifying"].plain == 0


def test_a_qualification_begun_before_the_horizon_is_not_begun_again() -> None:
    assert codes(check(begun(START - timedelta(days=3)), later_plan()).breaches) == {"twice"}


def test_more_starts_at_a_site_than_may_are_caught() -> None:
    programme = newcomer()
    programme = programme.replace(sites=changed(programme["sites"], {"site": "lund"}, qualification_starts=0))
    assert codes(check(programme, later_plan()).breaches) == {"starts"}


def test_a_qualification_tells_its_own_cost_and_day() -> None:
    plan = later_plan()
    assert codes(check(newcomer(), plan | decisions([qualified(cost=499)])).breaches) == {"cost"}
    assert codes(check(newcomer(), plan | decisions([qualified(ready=1)])).breaches) == {"ready"}


def foreign(**columns: Any) -> Programme:
    programme = newcomer()
    columns = {
        "clearance": "t",
        "item": "radio",
        "origin": "FI",
        "destination": "SE",
        "kind": "technology",
        "opens": day(0),
    } | columns
    return programme.replace(
        items=changed(programme["items"], {"item": "radio"}, technology_of="FI"),
        operations=changed(programme["operations"], revision="B"),
        clearances=more(programme["clearances"], "clearances", **columns),
    )


@pytest.mark.parametrize("columns", [{}, {"consignee": "acme"}, {"revision": "B"}, {"expires": day(3)}])
def test_a_technology_clearance_lets_a_site_qualify_and_make(columns: dict[str, Any]) -> None:
    assert check(foreign(**columns), later_plan()).breaches == ()


@pytest.mark.parametrize(
    "columns",
    [
        {"consignee": "nord"}, {"revision": "A"}, {"expires": day(2)}, {"opens": day(1)}, {"kind": "goods"}, {"item": "board"},
        {"origin": "SE", "destination": "FI"},
    ],
)  # fmt: skip
def test_a_technology_clearance_for_something_else_does_not(columns: dict[str, Any]) -> None:
    assert codes(check(foreign(**columns), later_plan()).breaches) == {"technology"}
