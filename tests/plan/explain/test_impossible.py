"""The smallest set of rows that cannot hold together is named in the planner's words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from outwork import plan
from outwork.model.outcome import Status
from outwork.model.table import Row
from outwork.model.tables.moving import Clearance, Stock
from outwork.model.tables.wanting import Agreement, Commitment, Share
from tests.plan.explain.hall import day, hall


def decided(name: str, quantity: float, week: int = 1, **other: Any) -> Commitment:
    told = {"kind": "make", "site": "lund", "operation": "build", **other}
    return Commitment(commitment=name, start=day(week), quantity=quantity, **told)


def shipped(quantity: float, week: int = 1) -> Commitment:
    return Commitment(
        commitment="k1", kind="ship", site="lund", destination="turku", start=day(week), item="mast", quantity=quantity
    )


JV = Agreement(agreement="jv", name="JV", kind="joint venture")
K1 = "commitment k1 to make 5 build at lund on 2026-01-12"


@pytest.mark.parametrize(
    ("rows", "changed", "sentence"),
    [
        (
            [decided("k1", 15)],
            {},
            (
                "These 2 cannot be kept together: commitment k1 to make 15 build at lund on 2026-01-12;"
                " bench at lund has no more hours than it has."
            ),
        ),
        (
            [decided("k1", 5), JV, Share(share="s1", agreement="jv", item="mast", nation="FI", min_share=0.2)],
            {},
            f"These 2 cannot be kept together: {K1}; agreement jv gives FI at least 20% of mast.",
        ),
        (
            [decided("k1", 5)],
            {"supply": {"per_week": 2}},
            f"These 2 cannot be kept together: {K1}; stahl delivers at most 2 of plate a week to lund.",
        ),
        (
            [shipped(5)],
            {"item": {"controlled": True}},
            (
                "This alone cannot be kept: commitment k1 to ship 5 mast at lund to turku on 2026-01-12. mast is controlled: no"
                " clearance in force on that day lets it go from SE to FI."
            ),
        ),
        (
            [
                shipped(5),
                Clearance(clearance="c1", item="mast", origin="SE", destination="FI", opens=date(2026, 1, 1), quantity_cap=3),
            ],
            {"item": {"controlled": True}},
            (
                "These 2 cannot be kept together: commitment k1 to ship 5 mast at lund to turku on 2026-01-12; clearance c1"
                " covers at most 3 units."
            ),
        ),
        (
            [shipped(6)],
            {"lane": {"per_week": 10}},
            (
                "These 2 cannot be kept together: commitment k1 to ship 6 mast at lund to turku on 2026-01-12; lane lund to"
                " turku by road carries at most 10 kg a week."
            ),
        ),
        (
            [decided("k1", 5, 0), decided("k2", 10, 1), Stock(item="mast", site="lund", most=1), decided("k3", 0, 2)],
            {"lane": {"until": day(0)}, "demand": {"site": "lund", "earliest": day(4), "due": day(5)}},
            "",
        ),
    ],
)
def test_what_cannot_hold_together_is_named(rows: list[Row], changed: dict[str, dict[str, Any]], sentence: str) -> None:
    result = plan.run(hall(*rows, **changed))
    assert result.outcome.status is Status.IMPOSSIBLE
    (reason,) = result.why
    assert reason.code == "conflict"
    if sentence:
        assert reason.sentence == sentence
    else:
        assert "lund keeps at most 1 of mast" in reason.sentence
    assert all(str(row) in reason.change for row in reason.rows)


def test_demands_on_time_are_wishes_where_the_plan_is_to_keep_them() -> None:
    result = plan.run(hall(quantity=40), plan.Options(objective="on time"))
    assert result.outcome.status is Status.IMPOSSIBLE
    (reason,) = result.why
    assert reason.sentence == (
        "These 2 cannot be kept together: demand d1 for 40 mast in full by the week of 2026-01-19; bench at lund has no more"
        " hours than it has."
    )
