"""Carrying a plan on: a foundry that fills a port's orders, two of whose eight weeks of work are disturbed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

import polars as pl
import pytest

from outwork import plan
from outwork.model.errors import InvalidProgramme
from outwork.model.frames import from_rows
from outwork.model.outcome import Status
from outwork.model.programme import Programme
from outwork.model.table import Row, table
from outwork.model.tables.actual import Actual
from outwork.model.tables.capacity import CalendarEntry
from outwork.model.tables.moving import Clearance
from outwork.model.tables.wanting import Demand
from outwork.plan.replan import Again, Replan, replan
from outwork.plan.replay import check
from tests.plan.objectives.foundry import foundry, monday
from tests.plan.rich import programme as rich

EXACT = plan.Options(gap=1e-6, explain=False)
EXPLAINED = plan.Options(gap=1e-6)
TODAY = monday(2) + timedelta(days=2)


def orders(*more: Row, **settings: Any) -> Programme:
    """The foundry with four orders over sixteen weeks; whole weeks of east make 28 of the 28 masts."""
    wanted = [Demand(demand=f"d{k}", item="mast", site="west", quantity=8, due=monday(6 + 2 * k)) for k in range(3)]
    return foundry(*wanted, *more, weeks=16, **({"late_rate": 0.01} | settings))


@cache
def last() -> plan.Result:
    return plan.run(orders(), EXACT)


def down(week: int) -> CalendarEntry:
    return CalendarEntry(resource="east-oven", since=monday(week), until=monday(week + 1) - timedelta(days=1), hours=0)


def carried(programme: Programme, today: date = TODAY, freeze: int = 2, price: float = 0.05, **more: Any) -> Replan:
    known = {"options": EXACT, "planned": orders(), **more}
    return replan(programme, last().tables, today, again=Again(freeze, price), **known)


def started(tables: Any, since: date, until: date = date.max) -> dict[tuple[str, date], float]:
    rows = tables["make"].filter(pl.col("start").is_between(since, until, closed="left"))
    return {(site, day): round(quantity, 4) for site, day, quantity in rows.select("site", "start", "quantity").iter_rows()}


@pytest.mark.parametrize("week", [0, 1, 3, 5])
def test_where_nothing_changed_the_plan_stays_as_it_is(week: int) -> None:
    found = carried(orders(), monday(week))
    assert not found.difference
    assert found.difference.moved == pytest.approx(0, abs=1e-2)
    assert found.difference.lines() == ["Nothing moves."]
    assert started(found.result.tables, monday(week)) == started(last().tables, monday(week))
    assert found.difference.before == pytest.approx(found.difference.after)


def test_a_plan_that_is_carried_on_stands_up_to_the_checker_with_its_programme() -> None:
    found = carried(orders(down(5)))
    assert found.programme.settings.start == monday(2)
    assert check(found.programme, found.result.tables).holds
    assert found.result.outcome.status is Status.DONE


def test_only_what_has_to_move_moves() -> None:
    found = carried(orders(down(5)))
    assert len(found.difference.production) == 1
    assert found.difference.production[0].startswith("4.0 mast at east move in time")
    old, new = started(last().tables, monday(2)), started(found.result.tables, monday(2))
    assert ("east", monday(5)) in old
    assert ("east", monday(5)) not in new
    assert sum(new.values()) == pytest.approx(sum(old.values()))
    assert len({*old.items()} - {*new.items()}) == 1


def test_the_cause_is_named() -> None:
    assert "site east down in week 7 of 2026" in carried(orders(down(5))).difference.lines()[0]


def test_the_dearer_change_is_the_fewer_things_move() -> None:
    found = [carried(orders(down(5)), price=price).difference for price in (0.0, 0.01, 1.0)]
    assert [each.changes for each in found] == sorted((each.changes for each in found), reverse=True)
    assert [round(each.moved) for each in found] == sorted((round(each.moved) for each in found), reverse=True)
    assert [round(each.after, 2) for each in found] == sorted(round(each.after, 2) for each in found)
    assert found[0].moved > found[-1].moved


def test_what_is_late_after_all_is_explained_with_a_remedy_that_helps() -> None:
    urgent = Demand(demand="urgent", item="mast", site="west", quantity=4, due=monday(4), priority=50)
    first = next(
        reason for reason in carried(orders(urgent), freeze=0, options=EXPLAINED).result.why if reason.code == "capacity"
    )
    assert (first.rows[0].key, first.rows[1].key) == (("d0",), ("east-oven",))
    double = CalendarEntry(resource="east-oven", since=monday(2), until=monday(7) - timedelta(days=1), hours=80)
    assert "since 2026-01-19, until 2026-02-22, hours 80" in first.change
    helped = carried(orders(urgent, double), freeze=0).result.tables["promises"].filter(demand="d0")
    assert helped["weeks_late"].to_list() == [0]
    assert first.amount == 21


def test_a_demand_that_comes_too_late_for_the_frozen_weeks_is_told_so() -> None:
    # What is begun in week 2 is there in week 4; frozen are weeks 2 and 3, in which the last plan does nothing.
    before = plan.run(foundry(due=8), EXACT)
    urgent = Demand(demand="urgent", item="mast", site="west", quantity=4, due=monday(4))
    found = replan(foundry(urgent, due=8), before.tables, TODAY, again=Again(2, 0.0), options=EXPLAINED).result
    assert found.tables["promises"].filter(demand="urgent")["weeks_late"].to_list() == [2]
    assert "until 2026-02-02 nothing is begun but what the last plan has" in found.why[0].sentence


def test_frozen_weeks_are_kept_although_a_new_demand_would_use_them() -> None:
    urgent = Demand(demand="urgent", item="mast", site="west", quantity=60, due=monday(9), priority=50)
    frozen, free = carried(orders(urgent), freeze=3), carried(orders(urgent), freeze=0)
    assert started(frozen.result.tables, monday(2), monday(5)) == started(last().tables, monday(2), monday(5))
    assert free.result.tables["qualify"]["start"].to_list() == [monday(2)]
    assert frozen.result.tables["qualify"]["start"].to_list() == [monday(6)]
    assert frozen.difference.after > free.difference.after + 1
    assert any("urgent is new" in line for line in free.difference.demands)


def test_frozen_work_that_cannot_be_done_is_cut_and_said() -> None:
    found = carried(orders(down(3)))
    assert found.result.outcome.status is Status.DONE
    assert any(
        cause.startswith("frozen, but it cannot be kept: make cast at east on 2026-01-26, 0 of 4")
        for cause in found.difference.causes
    )
    assert check(found.programme, found.result.tables).holds


def test_what_was_made_and_sent_arrives_and_what_was_handed_over_is_no_longer_wanted() -> None:
    found = carried(orders(), monday(5))
    wanted = dict(found.programme["demands"].select("demand", "quantity").iter_rows())
    served = last().tables["deliver"].filter(pl.col("start") < monday(5)).group_by("demand").agg(pl.col("quantity").sum())
    for demand, quantity in served.iter_rows():
        assert wanted.get(demand, 0) == pytest.approx((4 if demand == "first" else 8) - quantity)
    history = found.programme["commitments"].filter(pl.col("start") < monday(5))
    assert set(history["kind"]) == {"make", "ship"}


def test_less_on_hand_than_planned_is_a_cause_and_is_made_good() -> None:
    seen = from_rows(
        table(Actual),
        [
            Actual(actual="1", kind="stock", item="mast", site="east", quantity=0),
            Actual(actual="2", kind="make", operation="cast", site="east", start=monday(1), quantity=1),
        ],
    )
    found = replan(orders(), last().tables, TODAY, seen, Again(0, 0.05), EXACT)
    made = sum(started(found.result.tables, monday(2)).values())
    assert made == pytest.approx(27)
    assert check(found.programme, found.result.tables).holds


def test_actuals_without_stock_are_refused() -> None:
    seen = from_rows(table(Actual), [Actual(actual="1", kind="deliver", demand="first", quantity=1)])
    with pytest.raises(InvalidProgramme, match="not what lies on hand"):
        replan(orders(), last().tables, TODAY, seen)


def test_a_day_outside_the_horizon_is_refused() -> None:
    with pytest.raises(InvalidProgramme, match="lies outside the horizon"):
        carried(orders(), monday(20))


def test_caps_of_a_licence_are_what_is_left_of_them() -> None:
    leave = Clearance(clearance="c", item="mast", origin="XA", destination="XA", opens=monday(0), quantity_cap=10)
    programme = orders(leave)
    sent = last().tables["ship"].with_columns(clearance=pl.lit("c"))
    found = replan(programme, dict(last().tables) | {"ship": sent}, monday(3), again=Again(0, 0.0), options=EXACT)
    gone = sent.filter(pl.col("start") < monday(3))["quantity"].sum()
    assert found.programme["clearances"]["quantity_cap"].to_list() == pytest.approx([10 - gone])


@pytest.mark.parametrize("seed", [2, pytest.param(4, marks=pytest.mark.soak)])
def test_a_plan_of_every_feature_is_carried_on_and_holds(seed: int) -> None:
    programme = rich(seed, weeks=14, weekly=None)
    options = plan.Options(gap=0.2, limit=20)
    first = plan.run(programme, options)
    found = replan(programme, first.tables, programme.horizon.day(3), again=Again(2, 0.05), options=options)
    assert found.result.outcome.status is not Status.IMPOSSIBLE
    assert check(found.programme, found.result.tables).holds
