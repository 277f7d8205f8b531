"""What holds another nation's technology is made in every time that a clearance is in force, whatever lies between.

Turku makes radios of Swedish technology for 1 EUR, two an hour of its bench and none without a clearance.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from outwork.model.table import Row
from outwork.model.tables.design import Component, Item
from outwork.model.tables.moving import Clearance, Stock
from outwork.model.tables.sourcing import Qualification
from outwork.plan import greedy
from outwork.plan.network import Network
from outwork.plan.network.technology import joined
from outwork.plan.replay import check
from tests.plan.worlds import bench, by_week, ground, monday, plain, radio, solved, wanted


def cleared(name: str, opens: int, expires: int, **more: object) -> Clearance:
    """Return a technology clearance for the weeks from `opens` to before `expires`."""
    return Clearance(
        **{
            "clearance": name, "item": "radio", "origin": "SE", "destination": "FI", "kind": "technology",
            "opens": monday(opens), "expires": monday(expires) - timedelta(days=1), **more,
        }
    )  # fmt: skip


TWICE = [cleared("first", 1, 3), cleared("again", 5, 7)]


def turku(operation: Mapping[str, float] | None = None, **more: object) -> list[Row]:
    """Return radios of Swedish technology that Turku can make, four a week. Args: more columns of both."""
    rows = [row for row in radio(**(operation or {})) if not isinstance(row, Qualification | Item)]
    site = Qualification(**{"operation": "assemble", "site": "turku", "unit_cost": 1, **more})
    return [Item(item="radio", name="Radio", technology_of="SE"), *rows, site, bench(4, "turku")]


def test_units_start_in_every_time_that_is_cleared_and_in_none_between() -> None:
    plan = solved(turku(), TWICE, wanted(20, 0, "turku"))
    assert by_week(plan, "make") == {1: 4, 2: 4, 5: 4, 6: 4}
    assert plain(plan, "shortage") == 4 * 1000


def test_a_clearance_that_does_not_fit_fills_no_gap() -> None:
    others = [
        cleared("other", 3, 5, revision="B"),
        cleared("goods", 3, 5, kind="goods"),
        cleared("away", 3, 5, consignee="acme"),
    ]
    assert by_week(solved(turku(), TWICE, others, wanted(12, 0, "turku")), "make") == {1: 4, 2: 4, 5: 4}


def test_a_qualification_starts_in_a_later_time_that_is_cleared() -> None:
    plan = solved(turku(status="possible", earliest=monday(3), cost=5), TWICE, wanted(4, 0, "turku"))
    assert plan.tables["qualify"]["start"].to_list() == [monday(5)]
    assert by_week(plan, "make") == {5: 4}


def test_the_times_hold_in_long_buckets_too() -> None:
    either = [Component(operation="assemble", item=item, quantity=1, choice="casing") for item in ("wood", "steel")]
    held = [Stock(item=item, site="turku", on_hand=6) for item in ("wood", "steel")]
    items = [Item(item=item, name=item) for item in ("wood", "steel")]
    plan = solved(
        turku({"setup_cost": 1.0, "lot": 2.0}), items, either, held, TWICE, wanted(12, 0, "turku"), frame={"weekly_buckets": 0}
    )
    assert by_week(plan, "make") == {1: 4, 2: 4, 5: 4}


def test_the_greedy_planner_starts_nothing_between() -> None:
    programme = ground(turku(), TWICE, wanted(12, 6, "turku"))
    plan = greedy.plan(Network.of(programme))
    assert check(programme, plan.tables).breaches == ()
    assert plan.tables["make"].height == 3


@pytest.mark.parametrize(
    ("windows", "runs"),
    [
        ([], []),
        ([(4, 2)], []),
        ([(5, 7), (0, 1)], [(0, 1), (5, 7)]),
        ([(0, 3), (4, 5)], [(0, 5)]),
        ([(0, 9), (2, 3), (8, 10)], [(0, 10)]),
    ],
)
def test_times_that_touch_are_one(windows: list[tuple[int, int]], runs: list[tuple[int, int]]) -> None:
    assert joined(windows) == runs
