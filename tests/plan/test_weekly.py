"""A plan in buckets is told in weeks and keeps every rule week by week."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from outwork.model.programme import Programme
from outwork.model.tables.capacity import CalendarEntry
from outwork.model.tables.design import Component, Item
from outwork.model.tables.moving import Clearance, Lane, Stock
from outwork.model.tables.sourcing import Qualification, Ramp, RampShare, Supply
from outwork.model.tables.wanting import Agreement, Commitment, Share
from outwork.plan import Result, run
from outwork.plan.replay import check
from tests.plan.worlds import EXACT, WORLDS, bench, ground, monday, radio, wanted

BUCKETS = {"weekly_buckets": 2}
"""Two weeks one by one, then blocks of four."""
FEATURES: dict[str, list[object]] = {
    "yield and lead": [radio(yield_rate=0.8, lead_days=10), bench(3)],
    "lots": [radio(lot=4), bench(5)],
    "set-ups": [radio(setup_cost=5, setup_hours=1), bench(5)],
    "overtime and calendar": [
        radio(),
        bench(2, overtime_hours=2, cost=1),
        CalendarEntry(resource="bench-lund", since=monday(3), until=monday(5), hours=0),
    ],
    "alternatives that change within a block": [
        radio(),
        bench(5),
        [Item(item=item, name=item) for item in ("wood", "steel")],
        Component(operation="assemble", item="wood", quantity=1, choice="c", until=monday(3)),
        Component(operation="assemble", item="steel", quantity=2, choice="c", since=monday(4)),
        [Supply(item=item, site="lund", party="parts", price=1, minimum=3) for item in ("wood", "steel")],
    ],
    "a qualification with a ramp": [
        [row for row in radio() if not isinstance(row, Qualification)],
        bench(6),
        Ramp(ramp="slow"),
        [RampShare(ramp="slow", week=week, share=share) for week, share in ((0, 0.2), (3, 1.0))],
        Qualification(operation="assemble", site="lund", status="possible", cost=5, lead_days=14, ramp="slow", unit_cost=1),
    ],
    "a lane with a limit, a fixed cost and a clearance": [
        Item(item="radio", name="Radio", mass=2, controlled=True),
        Stock(item="radio", site="turku", on_hand=40),
        Lane(origin="turku", destination="lund", lead_days=7, per_week=6, fixed_cost=2),
        Clearance(clearance="c", item="radio", origin="FI", destination="SE", opens=monday(3), quantity_cap=19),
    ],
    "safety and most": [radio(), bench(3), Stock(item="radio", site="lund", on_hand=2, safety=2, most=6)],
    "a share and commitments": [
        radio(),
        bench(5),
        bench(5, "turku"),
        Qualification(operation="assemble", site="turku", unit_cost=2),
        Lane(origin="turku", destination="lund", lead_days=7),
        Agreement(agreement="a", name="A", kind="framework", since=monday(3), until=monday(8)),
        Share(share="s", agreement="a", item="radio", nation="FI", min_share=0.4),
        Commitment(commitment="c", kind="make", operation="assemble", site="lund", start=monday(4), quantity=2),
    ],
}


def told(programme: Programme) -> Result:
    """Return the plan of a programme, which stands up to the independent checker."""
    plan = run(programme, EXACT)
    assert plan.tables, plan.outcome.sentence
    assert check(programme, plan.tables).breaches == ()
    return plan


@pytest.mark.parametrize("name", FEATURES)
@pytest.mark.parametrize("single", [False, True], ids=["any source", "single source"])
def test_a_feature_in_buckets_gives_a_plan_in_weeks(name: str, *, single: bool) -> None:
    demands = [wanted(7, 5), wanted(8, 9, demand="e", single_source=single), wanted(2, 8, demand="o", firm="option", price=90)]
    fine, bucketed = (told(ground(*FEATURES[name], demands, frame=frame)) for frame in ({}, BUCKETS))  # type: ignore[arg-type]
    assert fine.outcome.cost is not None
    assert bucketed.outcome.cost is not None
    assert bucketed.outcome.cost >= fine.outcome.cost - 1e-3


@pytest.mark.parametrize("name", WORLDS)
def test_all_features_of_a_world_in_buckets_give_a_plan_in_weeks(name: str) -> None:
    world: Callable[..., Programme] = WORLDS[name]
    told(world(weeks=12, weekly=2))
