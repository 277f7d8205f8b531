"""Hours of resources: the calendar day by day, who serves what, and the cheapest way to serve it."""

from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from outwork.model.frames import empty
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.plan.replay import check
from outwork.plan.replay.flow import Source, spread
from outwork.plan.replay.hours import capacity
from tests.plan.ground import START
from tests.plan.replay.workshop import changed, day, more, workshop, workshop_plan


def with_calendar(*entries: tuple[int, int, float]) -> Programme:
    """Entries of bench-1, whose ordinary week has 5 hours: first day, last day (both from the start), hours a week."""
    frame = empty(BY_NAME["calendar"])
    for since, until, hours in entries:
        columns = {"since": START + timedelta(days=since), "until": START + timedelta(days=until), "hours": hours}
        frame = more(frame, "calendar", resource="bench-1", **columns)
    return workshop().replace(calendar=frame)


def test_an_exception_holds_day_by_day_both_ends_included() -> None:
    """Three days of 14 hours a week and four of 5 are (3 x 14 + 4 x 5) / 7 hours."""
    hours = capacity(with_calendar((4, 8, 14.0))).ordinary[0]
    assert hours.tolist() == pytest.approx([(4 * 5 + 3 * 14) / 7, (2 * 14 + 5 * 5) / 7, 5, 5, 5, 5])


def test_of_two_exceptions_the_one_that_begins_later_holds() -> None:
    hours = capacity(with_calendar((7, 13, 0.0), (0, 27, 7.0))).ordinary[0]
    assert hours.tolist() == pytest.approx([7, 0, 7, 7, 5, 5])


def test_exceptions_reach_in_from_outside_the_horizon() -> None:
    assert capacity(with_calendar((-20, -1, 0.0), (35, 90, 1.0))).ordinary[0].tolist() == pytest.approx([5, 5, 5, 5, 5, 1])


def test_there_is_no_overtime_in_a_step_without_ordinary_hours() -> None:
    assert capacity(with_calendar((7, 13, 0.0))).overtime[0].tolist() == [2, 0, 2, 2, 2, 2]


def test_an_overtime_hour_without_a_price_costs_half_as_much_again() -> None:
    assert capacity(workshop()).resources["overtime_cost"].to_list() == [15, 25]


def work_of(**columns: Any) -> set[str]:
    """Codes of the workshop's plan whose work table says something else of the crew in week 0, which gives 2 h at 20 EUR."""
    table = check(workshop(), workshop_plan()).work
    told = changed(table, {"resource": "crew", "start": day(0)}, **columns)
    return {str(breach.code) for breach in check(workshop(), workshop_plan() | {"work": told}).breaches}


def test_a_work_table_that_gives_too_few_hours_is_caught() -> None:
    assert work_of(used=1.9, cost=38.0) == {"hours"}


def test_a_work_table_that_gives_hours_that_are_not_there_is_caught() -> None:
    assert work_of(used=3.1, cost=62.0) == {"hours"}
    assert work_of(used=3.1, cost=62.5, overtime=0.1) == set()
    assert work_of(used=3.1, overtime=1.1, cost=67.5) == {"overtime"}
    assert work_of(used=2.0, overtime=2.1, cost=50.5) == {"overtime", "work"}


def test_a_work_table_that_tells_another_cost_or_other_open_hours_is_caught() -> None:
    assert work_of(cost=41.0) == {"work"}
    assert work_of(open_hours=4.0) == {"work"}


def test_a_work_table_of_an_unknown_resource_is_caught() -> None:
    assert "work" in work_of(resource="ghost")


def test_the_hours_of_a_plan_cost_what_its_work_table_says_that_resources_give() -> None:
    table = check(workshop(), workshop_plan()).work
    dear = changed(changed(table, {"resource": "bench-1", "start": day(0)}, used=5.0, overtime=0.0, cost=50.0),
                   {"resource": "crew", "start": day(0)}, used=3.0, cost=60.0)  # fmt: skip
    replay = check(workshop(), workshop_plan() | {"work": dear})
    assert replay.breaches == ()
    assert replay.costs["hours"].plain == pytest.approx(110 + 105)


def test_hours_are_passed_on_where_another_resource_can_step_in() -> None:
    """The all-rounder comes first and takes the bench; the test is his alone, so the bencher must take over."""
    served = spread({"bench": 4.0, "test": 4.0}, [Source(4, ("bench", "test")), Source(4, ("bench",))])
    assert (served.given, dict(served.lacking)) == ([4, 4], {})


def test_what_lacks_is_what_no_resource_can_step_in_for() -> None:
    served = spread({"bench": 4.0, "test": 5.0}, [Source(4, ("bench", "test")), Source(9, ("bench",))])
    assert dict(served.lacking) == {"test": 1}


amounts = st.integers(0, 12).map(float)


@given(
    st.lists(amounts, min_size=1, max_size=4), st.lists(st.tuples(amounts, st.integers(1, 15), st.integers(0, 9)), max_size=5)
)
def test_a_spread_serves_as_much_as_a_linear_programme_and_as_cheaply(
    needs: list[float], offered: list[tuple[float, int, int]]
) -> None:
    """Sources serve the processes whose bit is set in their mask. HiGHS minimises price - 1000 for each hour served."""
    offered.sort(key=lambda source: source[2])
    served_by = [[p for p in range(len(needs)) if mask >> p & 1] for _, mask, _ in offered]
    sources = [Source(hours, [str(p) for p in served]) for (hours, _, _), served in zip(offered, served_by, strict=True)]
    served = spread({str(p): need for p, need in enumerate(needs)}, sources)
    price = sum(hours * cost for hours, (_, _, cost) in zip(served.given, offered, strict=True))
    value = price - 1000 * sum(served.given)
    assert sum(served.given) + sum(served.lacking.values()) == pytest.approx(sum(needs))
    edges = [(source, process) for source, processes in enumerate(served_by) for process in processes]
    if not edges:
        assert value == 0
        return
    limits = [[float(source == own) for own, _ in edges] for source in range(len(offered))]
    limits += [[float(process == own) for _, own in edges] for process in range(len(needs))]
    best = linprog([offered[source][2] - 1000 for source, _ in edges], np.array(limits), [h for h, _, _ in offered] + needs)
    assert value == pytest.approx(best.fun)
