"""Laws over random small programmes, whose plans a plain second replay judges as well (small_world.py)."""

from collections import Counter

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.plan.replay import check
from tests.examples import drawing
from tests.plan.replay.small_world import drawn, feasible, grown, mutated, programme, tables

seeds = st.integers(0, 2**32 - 1)


@drawing(0.6)
@given(seeds)
def test_both_replays_accept_a_grown_plan_and_agree_on_it_with_one_decision_changed(seed: int) -> None:
    rng = np.random.default_rng(seed)
    world = drawn(rng)
    plan = grown(world, rng)
    own = programme(world)
    assert check(own, tables(world, plan)).breaches == ()
    if plan:
        other = mutated(plan, rng)
        replay = check(own, tables(world, other))
        assert replay.holds == feasible(world, other), (world, other, replay.breaches)


def test_changed_plans_are_both_refused_and_accepted() -> None:
    """Otherwise the law above would say nothing."""
    verdicts: Counter[bool] = Counter()
    for seed in range(200):
        rng = np.random.default_rng(seed)
        world = drawn(rng)
        if plan := grown(world, rng):
            verdicts[feasible(world, mutated(plan, rng))] += 1
    assert min(verdicts[True], verdicts[False]) > 20


@drawing(0.4)
@given(seeds)
def test_nothing_comes_from_nothing_and_nothing_is_lost(seed: int) -> None:
    """Over all sites: on hand + good made + bought - taken in - handed over = kept in the end + still under way."""
    rng = np.random.default_rng(seed)
    world = drawn(rng)
    plan = tables(world, grown(world, rng))
    own = programme(world)
    replay = check(own, plan)
    last = own.horizon.day(own.horizon.steps - 1)
    balance: Counter[str] = Counter()
    for name, column, sign in (("make", "good", 1), ("buy", "quantity", 1), ("use", "quantity", -1)):
        for item, quantity in plan[name].select("item", column).iter_rows() if name in plan else ():
            balance[item] += sign * quantity
    for item, _, on_hand in own["stocks"].select("item", "site", "on_hand").iter_rows():
        balance[item] += on_hand
    balance["unit"] -= plan["deliver"]["quantity"].sum() if "deliver" in plan else 0
    for name, column in (("make", "good"), ("buy", "quantity"), ("ship", "quantity")):
        for item, quantity in (
            plan[name].filter(pl.col("ready") > last).select("item", column).iter_rows() if name in plan else ()
        ):
            balance[item] -= quantity
    for item, quantity in replay.stock.filter(pl.col("start") == last).select("item", "quantity").iter_rows():
        balance[item] -= quantity
    assert {item: left for item, left in balance.items() if abs(left) > 1e-9} == {}


@drawing(0.4)
@given(seeds)
def test_a_plan_changed_behind_the_back_of_its_tables_is_always_refused(seed: int) -> None:
    """With stock, promises, work and cash of the plan as it was, not one changed decision passes."""
    rng = np.random.default_rng(seed)
    world = drawn(rng)
    if plan := grown(world, rng):
        own = programme(world)
        before = check(own, tables(world, plan))
        told = {name: getattr(before, name) for name in ("stock", "promises", "work", "cash_events")}
        other = mutated(plan, rng)
        while {key: q for key, q in other.items() if q} == plan:
            other = mutated(plan, rng)
        assert check(own, tables(world, plan) | told).breaches == ()
        assert not check(own, tables(world, other) | told).holds


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1000, 1300))
def test_both_replays_agree_on_hundreds_of_changed_plans(seed: int) -> None:
    rng = np.random.default_rng(seed)
    world = drawn(rng)
    if plan := grown(world, rng):
        other = mutated(plan, rng)
        assert check(programme(world), tables(world, other)).holds == feasible(world, other)
