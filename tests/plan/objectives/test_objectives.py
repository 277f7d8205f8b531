"""Objectives on programmes that can be worked out by hand, and the laws that hold on all."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from outwork import plan
from outwork.model.errors import InvalidProgramme, UnknownName
from outwork.model.outcome import Status
from outwork.model.programme import Programme
from outwork.model.tables.capacity import CalendarEntry
from outwork.model.tables.design import Item
from outwork.model.tables.moving import Stock
from outwork.model.tables.wanting import Demand
from outwork.plan.replay import check
from tests.plan.objectives.foundry import foundry, monday


def most(programme: Programme, week: int, **more: Any) -> plan.Result:
    asked = {"objective": "most", "item": "mast", "by": monday(week), "gap": 1e-6, "explain": False, **more}
    return plan.run(programme, plan.Options(**asked))


def surge(programme: Programme, rate: float, **more: Any) -> plan.Result:
    asked = {"objective": "surge", "item": "mast", "rate": rate, "gap": 1e-6, "explain": False, **more}
    return plan.run(programme, plan.Options(**asked))


def on_time(programme: Programme) -> plan.Result:
    return plan.run(programme, plan.Options(objective="on time", gap=1e-6))


def test_all_on_time_pays_for_a_second_site_that_lateness_does_not_justify() -> None:
    # Due in week 6: east brings 5 weeks x 4 = 20 (started in weeks 0 to 4), south 2 x 6 (qualified in week 3, weeks 3, 4).
    programme = foundry(quantity=24, due=6, late_rate=0.01)
    cheapest = plan.run(programme, plan.Options(gap=1e-6))
    assert cheapest.tables["promises"]["late"][0] == pytest.approx(4)
    punctual = on_time(programme)
    assert punctual.tables["promises"]["on_time"][0] == pytest.approx(24)
    assert punctual.tables["qualify"]["site"].to_list() == ["south"]
    assert punctual.outcome.status is Status.DONE
    assert punctual.outcome.cost > cheapest.outcome.cost + 900


def test_what_cannot_be_on_time_is_impossible() -> None:
    outcome = on_time(foundry(quantity=33, due=6)).outcome
    assert outcome.status is Status.IMPOSSIBLE
    assert "on time" in outcome.sentence


def test_on_time_is_exact_in_long_buckets() -> None:
    result = on_time(foundry(quantity=24, due=6, weekly_buckets=2))
    assert result.tables["promises"]["late"].sum() == pytest.approx(0)


@pytest.mark.parametrize(("week", "units"), [(1, 0), (2, 4), (4, 12), (5, 22), (6, 32)])
def test_most_by_a_date_is_what_the_ovens_can_start_two_weeks_before(week: int, units: float) -> None:
    # East starts 4 in weeks 0 to week - 2, south 6 from week 3 on.
    result = most(foundry(), week)
    assert result.outcome.cost == pytest.approx(units)
    assert result.outcome.bound == pytest.approx(units, abs=1e-4)
    assert result.outcome.status is Status.DONE


def test_among_plans_with_most_units_the_cheapest_is_taken() -> None:
    # 12 masts by week 4, all from east: 12 x (5 + 100) EUR; the 4 that are wanted are not late.
    result = most(foundry(), 4)
    assert result.tables["qualify"].is_empty()
    assert sum(cost.plain for kind, cost in result.costs.items() if kind in ("making", "hours")) == pytest.approx(
        1260, rel=1e-5
    )


def test_units_beyond_the_demands_go_to_demands_that_the_result_names_and_the_checker_replays() -> None:
    programme = foundry(weekly_buckets=2)
    result = most(programme, 5)
    assert result.added["quantity"].to_list() == pytest.approx([18], rel=1e-5)
    whole = programme.replace(
        settings=programme["settings"].with_columns(weekly_buckets=pl.lit(None, pl.Int64)),
        demands=pl.concat([programme["demands"], result.added]),
    )
    assert check(whole, result.tables).holds
    assert not check(programme, result.tables).holds


def test_a_single_source_demand_counts_among_the_most_units() -> None:
    single = Demand(demand="one", item="mast", site="west", quantity=3, due=monday(4), single_source=True)
    assert most(foundry(single), 4).outcome.cost == pytest.approx(12)


@pytest.mark.parametrize(("rate", "weeks"), [(4, 2), (6, 3), (10, 4)])
def test_a_surge_waits_for_the_sites_that_it_needs(rate: float, weeks: int) -> None:
    # At the port arrive 4 a week from week 2 on, 10 a week from week 5 on: by the end of weeks 2, 3, ... 4, 8, 12, 22, 32, 42.
    # From week 3 on 6, 12, 18, 24 can be handed over, from week 2 on not; from week 4 on 10, 20, 30, 40, from week 3 on not.
    outcome = surge(foundry(), rate).outcome
    assert (outcome.cost, outcome.bound, outcome.status) == (weeks, weeks, Status.DONE)
    assert "west" in outcome.sentence


def test_a_rate_above_all_hours_is_impossible() -> None:
    outcome = surge(foundry(), 10.5).outcome
    assert outcome.status is Status.IMPOSSIBLE


def test_a_surge_can_be_over_before_the_horizon_is_where_later_weeks_could_not_keep_it_up() -> None:
    closed = CalendarEntry(resource="east-oven", since=monday(5), until=monday(11), hours=0)
    outcome = surge(foundry(closed), 4).outcome
    assert outcome.cost == 2


@pytest.mark.parametrize("objective", ["most", "surge"])
def test_more_hours_never_do_worse(objective: str) -> None:
    results = []
    for hours in (20, 35, 50):
        programme = foundry(hours=hours)
        results.append((most(programme, 6) if objective == "most" else surge(programme, 7)).outcome.cost)
    assert results == sorted(results, reverse=objective == "surge")
    assert results[0] != results[-1]


def test_a_later_date_never_brings_fewer_units() -> None:
    units = [most(foundry(weekly_buckets=3), week).outcome.cost for week in (3, 5, 8, 11)]
    assert units == sorted(units)


def test_what_holds_the_units_back_is_told_in_units_and_true() -> None:
    # By week 5 east casts in weeks 0 to 3 and south in week 3, ten hours a mast.
    found = [(reason.rows[0].key[0], reason.amount, reason.unit) for reason in most(foundry(), 5, explain=True).why]
    assert found == [("east-oven", pytest.approx(0.4), "mast/h"), ("south-oven", pytest.approx(0.1), "mast/h")]
    assert most(foundry(hours=41), 5).outcome.cost == pytest.approx(22 + 0.4)


def test_a_demand_that_gives_way_to_the_count_is_explained_and_those_that_were_added_are_not() -> None:
    why = most(foundry(quantity=30, due=4), 5, explain=True).why
    late = [reason for reason in why if reason.code not in ("bottleneck", "remedy")]
    assert [reason.rows[0].key for reason in late] == [("first",)]
    assert not any(pointer.key[0].startswith("extra") for reason in why for pointer in reason.rows)


def test_why_a_surge_cannot_be_earlier_is_told_and_true() -> None:
    why = surge(foundry(), 6, explain=True).why[0]
    assert why.code == "conflict"
    assert "cannot be kept up from 2026-01-19 on" in why.sentence
    assert [str(row) for row in why.rows] == ["resources east-oven"]
    assert surge(foundry(hours=60), 6).outcome.cost == 2


def test_a_surge_that_takes_its_lead_times_says_so() -> None:
    assert "Lead times and qualifications alone take longer" in surge(foundry(), 4, explain=True).why[0].sentence


def test_why_a_rate_cannot_be_kept_up_at_all_is_told() -> None:
    assert [row.table for row in surge(foundry(), 10.5, explain=True).why[0].rows] == ["resources"]


def test_what_nobody_wants_cannot_be_counted() -> None:
    with pytest.raises(UnknownName, match="did you mean 'mast'"):
        plan.run(foundry(), plan.Options(objective="surge", item="mats", rate=1))
    with pytest.raises(UnknownName, match="nobody wants item 'sail'"):
        plan.run(foundry(Item(item="sail", name="Sail")), plan.Options(objective="most", item="sail", by=monday(3)))


def test_a_horizon_shorter_than_four_weeks_has_no_surge() -> None:
    with pytest.raises(InvalidProgramme, match="shorter than the 4 weeks"):
        surge(foundry(weeks=3, due=2), 1)


def test_a_store_that_is_only_emptied_is_no_rate() -> None:
    # 40 masts lie at the port: enough for 10 a week, but the ovens bring 10 a week from week 4 on only.
    outcome = surge(foundry(Stock(item="mast", site="west", on_hand=40)), 10).outcome
    assert outcome.cost == 4
