"""What is decided so late that it arrives after the horizon is still made, ordered and sent, and the checker agrees.

On the common ground (see `worlds`); every plan here is replayed by the independent checker before it is shown.
"""

from __future__ import annotations

import pytest

from outwork.model.outcome import Status
from outwork.model.tables.capacity import Resource
from outwork.model.tables.design import Component, Item
from outwork.model.tables.moving import Lane, Stock
from outwork.model.tables.sourcing import Supply
from outwork.model.tables.wanting import Commitment
from outwork.plan import greedy
from outwork.plan.network import Network
from outwork.plan.replay import check
from tests.plan.worlds import bench, by_week, ground, monday, plain, radio, solved, wanted

LAST = 3
"""Last week of these horizons of four."""
BEGUN = Commitment(commitment="begun", kind="make", operation="assemble", site="lund", start=monday(LAST), quantity=5)
BOARD = Item(item="board", name="Board")
OFFER = Supply(item="board", site="lund", party="parts", price=2, lead_days=14)


def test_a_make_that_is_ready_after_the_horizon_is_begun_and_paid() -> None:
    plan = solved(radio(lead_days=14), bench(8), wanted(4, 2), BEGUN, weeks=4)
    assert by_week(plan, "make") == {0: 4, LAST: 5}
    assert plain(plan, "making") == 9
    assert by_week(plan, "deliver") == {2: 4}


def test_components_come_for_a_make_that_is_ready_after_the_horizon() -> None:
    either = [Component(operation="assemble", item=item, quantity=2, choice="plate") for item in ("board", "sheet")]
    plan = solved(
        radio(lead_days=14, lot=5, setup_cost=7),
        BOARD,
        Item(item="sheet", name="Sheet"),
        either,
        OFFER,
        bench(8),
        BEGUN,
        weeks=4,
    )
    assert by_week(plan, "buy") == {LAST - 2: 10}
    assert plan.outcome.cost == pytest.approx(10 * 2 + 5 + 7)


def test_an_order_that_arrives_after_the_horizon_is_placed() -> None:
    order = Commitment(
        commitment="ordered", kind="buy", item="board", site="lund", party="parts", start=monday(LAST), quantity=6
    )
    assert by_week(solved(BOARD, OFFER.model_copy(update={"minimum": 3.0}), order, weeks=4), "buy") == {LAST: 6}


def test_a_shipment_that_arrives_after_the_horizon_leaves() -> None:
    road = Lane(origin="lund", destination="turku", lead_days=14, fixed_cost=9, cost=1)
    sent = Commitment(
        commitment="sent", kind="ship", item="radio", site="lund", destination="turku", start=monday(LAST), quantity=3
    )
    plan = solved(radio(), bench(8), road, sent, wanted(2, 2, "turku"), weeks=4)
    assert by_week(plan, "ship") == {0: 2, LAST: 3}
    assert plan.outcome.cost == pytest.approx(2 * 9 + 5 * 2 + 5)


def test_nothing_but_what_is_decided_starts_too_late_to_arrive() -> None:
    plan = solved(radio(lead_days=14), bench(8), wanted(40, 3), BEGUN, weeks=4)
    assert by_week(plan, "make") == {0: 8, 1: 8, LAST: 5}


def test_what_arrives_after_the_horizon_is_kept_in_long_buckets_too() -> None:
    held = Commitment(commitment="held", kind="make", operation="assemble", site="lund", start=monday(11), quantity=5)
    plan = solved(radio(lead_days=14), bench(8), wanted(30, 9), held, frame={"weekly_buckets": 2})
    assert by_week(plan, "make")[11] == 5
    assert plain(plan, "lateness") == 0
    assert plan.outcome.status is Status.DONE


def test_a_decision_that_the_hours_do_not_allow_stays_impossible() -> None:
    plan = solved(radio(lead_days=14), bench(4), wanted(4, 2), BEGUN, weeks=4)
    assert plan.outcome.status is Status.IMPOSSIBLE


def test_the_greedy_planner_keeps_what_arrives_after_the_horizon() -> None:
    programme = ground(
        radio(lead_days=14), BOARD, Component(operation="assemble", item="board", quantity=1), OFFER, bench(8),
        Resource(resource="spare", site="lund", process="bench", hours=1), Stock(item="board", site="lund", on_hand=9),
        wanted(4, 2), BEGUN, weeks=4,
    )  # fmt: skip
    plan = greedy.plan(Network.of(programme))
    assert plan.ignored == ()
    assert check(programme, plan.tables).breaches == ()
