"""Derived tables that came with the plan of the workshop, one cell of one of them changed."""

from typing import Any

import polars as pl
import pytest

from outwork.plan.replay import check
from tests.plan.replay.workshop import changed, day, without, workshop, workshop_plan

PROMISE = {"demand": "d1"}
CHANGES: dict[str, tuple[str, str, dict[str, Any], dict[str, Any]]] = {
    "a board is kept that is not there": ("stock", "kept", {"item": "board", "start": day(1)}, {"quantity": 3.0}),
    "a board is missing to no safety stock": ("stock", "kept", {"item": "board", "start": day(1)}, {"below": 1.0}),
    "boards lie at another site": ("stock", "kept", {"item": "board", "start": day(1)}, {"site": "turku"}),
    "units are told on time that never came": ("promises", "promise", PROMISE, {"on_time": 5.0}),
    "units are told late": ("promises", "promise", PROMISE, {"late": 1.0}),
    "units are told short": ("promises", "promise", PROMISE, {"short": 1.0}),
    "another day is promised": ("promises", "promise", PROMISE, {"complete": day(2)}),
    "another lateness is promised": ("promises", "promise", PROMISE, {"weeks_late": 1.0}),
    "a demand is told left": ("promises", "promise", PROMISE, {"taken": False}),
    "a promise is made to nobody": ("promises", "promise", PROMISE, {"demand": "d2"}),
    "an hour too much is open": ("work", "work", {"resource": "crew", "start": day(3)}, {"open_hours": 4.0}),
    "a cent and a half too much is paid": ("cash_events", "cash", {"kind": "moving"}, {"amount": 52.015}),
    "another party pays": ("cash_events", "cash", {"kind": "moving"}, {"payer": "nord"}),
    "it is paid on another day": ("cash_events", "cash", {"kind": "moving"}, {"day": day(3)}),
}


@pytest.mark.parametrize(("table", "code", "where", "columns"), CHANGES.values(), ids=CHANGES.keys())
def test_a_plan_is_refused_when(table: str, code: str, where: dict[str, Any], columns: dict[str, Any]) -> None:
    replay = check(workshop(), workshop_plan())
    told = changed(getattr(replay, table), where, **columns)
    assert {str(breach.code) for breach in check(workshop(), workshop_plan() | {table: told}).breaches} == {code}


@pytest.mark.parametrize(("table", "code"), [("stock", "kept"), ("promises", "promise"), ("cash_events", "cash")])
def test_a_derived_table_without_its_rows_is_refused(table: str, code: str) -> None:
    told = getattr(check(workshop(), workshop_plan()), table).clear()
    assert {str(breach.code) for breach in check(workshop(), workshop_plan() | {table: told}).breaches} == {code}


def test_the_value_of_an_hour_is_not_looked_at() -> None:
    table = check(workshop(), workshop_plan()).work
    assert check(workshop(), workshop_plan() | {"work": changed(table, worth=9.0)}).breaches == ()


def test_a_breach_says_rule_place_step_and_amount_in_words() -> None:
    plan = workshop_plan()
    plan["buy"] = plan["buy"].clear()
    [breach] = check(workshop(), plan).breaches
    assert (breach.step, breach.day, breach.amount, breach.unit) == (1, day(1), 8, "unit")
    assert str(breach) == "stock: 8 units of board leave lund by 2026-01-12 that never came there (stocks board lund)"


def test_a_stock_below_nothing_is_told_once_until_it_falls_deeper() -> None:
    plan = workshop_plan()
    plan["buy"] = plan["buy"].clear()
    plan["use"] = without(plan["use"], start=day(1))
    assert [b.step for b in check(workshop(), plan).breaches if b.code == "stock"] == []
    deeper = pl.concat(
        [workshop_plan()["use"], workshop_plan()["use"].filter(pl.col("start") == day(1)).with_columns(start=day(2))]
    )
    steps = [b.step for b in check(workshop(), plan | {"use": deeper}).breaches if b.code == "stock" and "board" in b.sentence]
    assert steps == [1, 2]
