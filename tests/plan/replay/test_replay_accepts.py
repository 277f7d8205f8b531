from datetime import timedelta

import polars as pl
import pytest

from outwork.model.frames import empty
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.model.tables.frame import Settings
from outwork.model.tables.planned import Delivery
from outwork.plan.replay import Cost, check
from tests.plan.ground import START
from tests.plan.replay.workshop import changed, day, decisions, made, more, sent, used, without, workshop, workshop_plan

DERIVED = ("stock", "work", "promises", "cash_events")


def test_a_plan_worked_out_by_hand_breaks_no_rule() -> None:
    assert check(workshop(), workshop_plan()).breaches == ()


def test_its_costs_are_those_worked_out_by_hand() -> None:
    """Hours: 5 at 10, 1 of overtime at 15 (cheaper than the crew's 20), 2 of test at 20, twice; holding 1 EUR a radio."""
    replay = check(workshop(), workshop_plan())
    assert {kind: cost.plain for kind, cost in replay.costs.items() if cost.plain} == pytest.approx(
        {"making": 24, "set-up": 20, "hours": 210, "buying": 90, "moving": 12, "fixed lanes": 40, "holding": 2 + 1}
    )
    assert replay.total == pytest.approx(399)


def test_its_stock_and_promise_are_those_worked_out_by_hand() -> None:
    replay = check(workshop(), workshop_plan())
    kept = {(item, (start - START).days // 7): q for item, _, start, q, _ in replay.stock.iter_rows()}
    assert kept == {("radio", 1): 2, ("wood", 0): 4} | {("board", week): 2 for week in range(1, 6)}
    [promise] = replay.promises.iter_rows(named=True)
    assert (promise["on_time"], promise["late"], promise["short"], promise["complete"]) == (4, 0, 0, day(3))


def test_its_derived_tables_agree_with_themselves() -> None:
    replay = check(workshop(), workshop_plan())
    again = check(workshop(), workshop_plan() | {name: getattr(replay, name) for name in DERIVED})
    assert again.breaches == ()
    assert again.total == pytest.approx(replay.total)


def test_the_decisions_of_a_plan_may_come_in_any_order() -> None:
    plan = {name: frame.reverse() for name, frame in workshop_plan().items()}
    assert check(workshop(), plan).breaches == ()


def test_no_plan_at_all_breaks_no_rule_and_pays_for_the_shortage() -> None:
    """4 radios x 2 x 100 EUR x priority 2; 8 boards are kept for six weeks at 0.1 EUR."""
    replay = check(workshop(), {})
    assert replay.breaches == ()
    assert replay.costs["shortage"] == Cost(1600, 1600)
    assert replay.costs["holding"].plain == pytest.approx(8 * 6 * 0.1)


def test_later_costs_count_less() -> None:
    programme = workshop()
    programme = programme.replace(settings=changed(programme["settings"], discount_rate=0.1))
    replay = check(programme, workshop_plan())
    assert replay.costs["fixed lanes"].discounted == pytest.approx(40 * 1.1 ** (-2 / 52))
    assert replay.costs["fixed lanes"].plain == 40
    assert check(programme, {}).costs["shortage"].discounted == pytest.approx(1600 * 1.1 ** (-3 / 52))


def test_late_units_cost_their_lateness_by_week_and_priority() -> None:
    """Two radios two weeks late at 2 EUR (0.02 x 100) x priority 2."""
    programme = workshop()
    plan = workshop_plan() | {"ship": decisions([sent(2, 2), sent(4, 2)])["ship"]}
    rows = [Delivery(demand="d1", start=day(week), quantity=2, weeks_late=late) for week, late in ((3, 0), (5, 2))]
    replay = check(programme, plan | decisions(rows))
    assert replay.breaches == ()
    assert replay.costs["lateness"].plain == pytest.approx(16)
    [promise] = replay.promises.iter_rows(named=True)
    assert (promise["on_time"], promise["late"], promise["complete"], promise["weeks_late"]) == (2, 2, day(5), 2)


def test_a_demand_due_before_the_horizon_is_late_from_its_own_step_on() -> None:
    programme = workshop()
    programme = programme.replace(demands=changed(programme["demands"], due=START - timedelta(days=8)))
    plan = workshop_plan()
    plan["deliver"] = changed(plan["deliver"], weeks_late=5.0)
    replay = check(programme, plan)
    assert replay.breaches == ()
    assert replay.costs["lateness"].plain == pytest.approx(4 * 5 * 4)


def test_falling_below_the_safety_stock_costs_a_share_of_the_shortage_price() -> None:
    """Boards lie at 0, 2, 2, 2, 2 and 2, which is 4, 2, 2, 2, 2 and 2 below; a board's shortage is 2 x 10 EUR a year."""
    programme = workshop()
    programme = programme.replace(stocks=changed(programme["stocks"], {"item": "board"}, safety=4.0))
    replay = check(programme, workshop_plan())
    assert replay.breaches == ()
    assert replay.costs["safety"].plain == pytest.approx(14 * 20 / 52)
    assert replay.stock.filter(pl.col("item") == "board")["below"].to_list() == [4, 2, 2, 2, 2, 2]


def test_a_commitment_before_the_horizon_brings_what_it_made_bought_and_sent() -> None:
    programme = workshop()
    last_week = START - timedelta(days=3)
    held = empty(BY_NAME["commitments"])
    held = more(
        held, "commitments", commitment="m", kind="make", site="lund", operation="assemble", start=last_week, quantity=4.0
    )
    held = more(
        held, "commitments", commitment="b", kind="buy", site="lund", item="board", party="parts", start=last_week, quantity=2.0
    )
    held = more(
        held,
        "commitments",
        commitment="s",
        kind="ship",
        site="lund",
        destination="turku",
        item="radio",
        start=last_week,
        quantity=1.0,
    )
    replay = check(programme.replace(commitments=held), {})
    assert replay.breaches == ()
    first = replay.stock.filter(pl.col("start") == day(0))
    assert {(item, site): q for item, site, _, q, _ in first.iter_rows()} == {
        ("radio", "lund"): 2, ("board", "lund"): 10, ("radio", "turku"): 1, ("wood", "lund"): 5, ("steel", "lund"): 9
    }  # fmt: skip


def test_what_arrived_before_the_horizon_lies_in_the_stock_on_hand() -> None:
    programme = workshop()
    held = more(
        empty(BY_NAME["commitments"]), "commitments", commitment="m", kind="make", site="lund", operation="assemble",
        start=START - timedelta(days=30), quantity=4.0,
    )  # fmt: skip
    replay = check(programme.replace(commitments=held), {})
    assert replay.stock.filter(pl.col("item") == "radio").height == 0


def test_a_corridor_carries_where_no_lane_of_its_mode_leads() -> None:
    programme = workshop()
    corridor = more(
        empty(BY_NAME["corridors"]), "corridors", origin="SE", destination="FI", lead_days=3.0, cost=1.5, per_week=8.0
    )
    assert check(programme.replace(lanes=empty(BY_NAME["lanes"]), corridors=corridor), workshop_plan()).breaches == ()


def test_steps_of_two_days_round_lead_times_up_and_scale_rates() -> None:
    """Seven days are four steps of two days, so that what starts on day 0 is ready on day 8; 7/2 as many hours are needed."""
    programme = workshop()
    programme = programme.replace(
        settings=changed(programme["settings"], step_days=2),
        resources=programme["resources"].with_columns(pl.col("hours", "overtime_hours") * 3.5),
    )
    made_on_day_0 = decisions([made(0, 4), *used(0, board=8, wood=4)])
    late = changed(made_on_day_0["make"], ready=START + timedelta(days=8))
    replay = check(programme, made_on_day_0 | {"make": late})
    assert replay.breaches == ()
    assert replay.costs["hours"].plain == pytest.approx(105)
    assert "ready" in {breach.code for breach in check(programme, made_on_day_0).breaches}


def test_a_table_of_other_columns_is_refused_by_type() -> None:
    with pytest.raises(TypeError, match="make"):
        check(workshop(), {"make": pl.DataFrame({"operation": ["assemble"]})})


def test_a_shipment_of_what_is_not_controlled_needs_no_clearance() -> None:
    programme = workshop()
    programme = programme.replace(items=changed(programme["items"], {"item": "radio"}, controlled=False))
    plan = workshop_plan() | {"ship": decisions([sent(2, 4, "")])["ship"]}
    assert check(programme, plan).breaches == ()


def test_an_idle_resource_may_be_left_out_of_the_work_table() -> None:
    replay = check(workshop(), workshop_plan())
    told = without(replay.work, used=0.0)
    assert check(workshop(), workshop_plan() | {"work": told}).breaches == ()


def test_a_programme_of_nothing_has_a_plan_of_nothing() -> None:
    replay = check(Programme.of(Settings(name="nothing", start=START, weeks=2)), {})
    assert replay.breaches == ()
    assert (replay.total, replay.work.height, replay.stock.height) == (0, 0, 0)


def test_a_hub_passes_on_what_it_has_no_part_in() -> None:
    """Radios of the committed past reach Lund, which neither makes nor stocks them now, and leave it for Turku."""
    programme = workshop()
    ghost = more(empty(BY_NAME["lanes"]), "lanes", origin="turku", destination="lund", lead_days=7.0)
    columns = {"site": "turku", "destination": "lund", "item": "radio", "start": START - timedelta(days=7), "quantity": 4.0}
    held = more(empty(BY_NAME["commitments"]), "commitments", commitment="s", kind="ship", **columns)
    through = programme.replace(
        lanes=pl.concat([programme["lanes"], ghost]), commitments=held, qualifications=programme["qualifications"].clear()
    )
    plan = decisions([sent(2, 4), Delivery(demand="d1", start=day(3), quantity=4, weeks_late=0)])
    assert {str(breach.code) for breach in check(through, plan).breaches} == {"transit"}
    assert check(through.replace(sites=changed(through["sites"], transit=True)), plan).breaches == ()
