"""Laws that every plan keeps, on tiny programmes drawn at random, and of the arithmetic that plans are rounded with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from outwork.model.axis import Array
from outwork.model.horizon import Horizon
from outwork.model.programme import Programme
from outwork.model.tables.design import Component, Item, Operation
from outwork.model.tables.moving import Lane
from outwork.model.tables.sourcing import Qualification, Supply
from outwork.plan import run
from outwork.plan.build.spans import arrivals, spans
from outwork.plan.network import Network
from outwork.plan.replay import check
from outwork.plan.search.rounding import _ahead, _behind, cumulative, qualifications
from tests.examples import drawing
from tests.plan.worlds import EXACT, bench, ground, monday, radio, wanted

SLACK = 1e-4
"""Relative difference [1] that two optimal plans may have, each being proven within 1e-6."""
FEW = drawing(0.08, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class Draw:
    """Numbers of a tiny programme: Lund and, once qualified, Turku make radios of bought boards for two demands in Turku."""

    hours: int
    extra: int
    fee: int
    lot: int
    minimum: int
    units: tuple[int, int]
    due: tuple[int, int]


draws = st.builds(
    Draw,
    hours=st.integers(2, 6),
    extra=st.integers(0, 3),
    fee=st.integers(5, 60),
    lot=st.sampled_from([0, 2]),
    minimum=st.sampled_from([0, 3]),
    units=st.tuples(st.integers(1, 8), st.integers(1, 8)),
    due=st.tuples(st.integers(0, 3), st.integers(0, 3)),
)


def programme(drawn: Draw, scale: float = 1.0) -> Programme:
    """Return the programme of a draw. Args: scale, all money times this."""
    prices = {"lateness": 4.0 * scale, "shortage": 200.0 * scale, "price": 0.0}
    return ground(
        radio(unit_cost=2 * scale, lot=drawn.lot),
        Item(item="board", name="Board", value=10 * scale, holding_rate=0.52),
        Component(operation="assemble", item="board", quantity=1),
        Supply(item="board", site="lund", party="parts", price=3 * scale, minimum=drawn.minimum),
        Supply(item="board", site="turku", party="parts", price=4 * scale),
        bench(drawn.hours, cost=scale, overtime_hours=drawn.extra),
        bench(6, "turku", cost=scale),
        Qualification(operation="assemble", site="turku", status="possible", cost=drawn.fee * scale, lead_days=7),
        Lane(origin="lund", destination="turku", lead_days=7, cost=0.5 * scale),
        [wanted(drawn.units[k], drawn.due[k], "turku", demand=f"d{k}", **prices) for k in (0, 1)],
        weeks=6,
    )  # fmt: skip


def cost(of: Programme) -> float:
    """Return what the best plan costs [EUR]."""
    found = run(of, EXACT).outcome.cost
    assert found is not None
    return found


@FEW
@given(draws)
def test_more_hours_never_cost_more(drawn: Draw) -> None:
    before = cost(programme(drawn))
    assert cost(programme(replace(drawn, hours=drawn.hours + 2))) <= before * (1 + SLACK)


@FEW
@given(draws)
def test_a_later_due_date_never_costs_more(drawn: Draw) -> None:
    before = cost(programme(drawn))
    assert cost(programme(replace(drawn, due=(drawn.due[0], drawn.due[1] + 2)))) <= before * (1 + SLACK)


@FEW
@given(draws, st.sampled_from([0.01, 7.0, 1000.0]))
def test_a_plan_in_money_of_another_size_costs_the_same(drawn: Draw, scale: float) -> None:
    assert cost(programme(drawn, scale)) == pytest.approx(scale * cost(programme(drawn)), rel=SLACK)


@FEW
@given(draws)
def test_the_same_programme_and_seed_give_the_same_tables_which_the_checker_counts_alike(drawn: Draw) -> None:
    first, second = run(programme(drawn), EXACT), run(programme(drawn), EXACT)
    assert all(first.tables[name].equals(second.tables[name]) for name in first.tables)
    replay = check(programme(drawn), first.tables)
    assert replay.breaches == ()
    assert first.outcome.cost == pytest.approx(replay.total, rel=1e-9)
    assert first.outcome.bound is not None
    assert first.outcome.bound <= replay.total * (1 + 1e-9)


@st.composite
def windows(draw: st.DrawFn) -> tuple[Horizon, int, int, int]:
    """Draw a horizon in buckets, a window in it, and a lead."""
    steps = draw(st.integers(1, 30))
    horizon = Horizon(monday(0), steps, fine_steps=draw(st.integers(0, steps)), block_weeks=draw(st.integers(1, 6)))
    first = draw(st.integers(0, steps - 1))
    return horizon, first, draw(st.integers(first, steps - 1)), draw(st.integers(0, 12))


@given(windows())
def test_all_that_starts_arrives_once_or_after_the_horizon(window: tuple[Horizon, int, int, int]) -> None:
    horizon, first, last, lead = window
    own = spans(horizon, np.array([first]), np.array([last]))
    assert int(own.steps.sum()) == last - first + 1
    span, bucket, share = arrivals(horizon, own, np.full(len(own), lead))
    there = np.bincount(span, share, len(own))
    inside = np.clip(horizon.steps - own.first - lead, 0, own.steps) / own.steps
    assert there == pytest.approx(inside)
    assert (horizon.edges[bucket + 1] > own.first[span] + lead).all()


parts = st.lists(st.lists(st.floats(0, 5), min_size=1, max_size=6), min_size=1, max_size=4)


@pytest.mark.parametrize("way", [_ahead, _behind])
@given(parts)
def test_a_rounding_is_whole_and_its_running_sum_stays_within_one(way: Callable[..., Array], drawn: list[list[float]]) -> None:
    owner = np.repeat(np.arange(len(drawn)), [len(row) for row in drawn])
    whole = way(owner, np.concatenate([np.array(row) for row in drawn]))
    assert (whole == np.round(whole)).all()
    assert (whole >= 0).all()
    for k, row in enumerate(drawn):
        over = np.cumsum(whole[owner == k]) - np.cumsum(row)
        low, high = (-1e-5, 1 + 1e-5) if way is _ahead else (-1 - 1e-5, 1e-5)
        assert (over >= low).all()
        assert (over <= high).all()


@cache
def four_to_qualify() -> Network:
    """Return four items that Turku, which starts one qualification a week, could be qualified for within six weeks."""
    names = ("radio", "phone", "lamp", "pump")
    return Network.of(
        ground(
            [Item(item=name, name=name) for name in names],
            [Operation(operation=name, item=name, process="hand") for name in names],
            [Qualification(operation=name, site="turku", status="possible") for name in names],
            [wanted(1, 5, "turku", demand=name, item=name) for name in names],
            weeks=6,
        )
    )


@given(st.lists(st.floats(0, 1), min_size=24, max_size=24), st.sampled_from([0.1, 0.5, 0.9]))
def test_qualifications_are_rounded_to_no_more_starts_at_a_site_than_it_can_take(steps: list[float], threshold: float) -> None:
    part = np.maximum.accumulate(np.array(steps).reshape(4, 6), axis=1).ravel()
    started = qualifications(four_to_qualify(), part, threshold).reshape(4, 6)
    assert set(np.unique(started)) <= {0.0, 1.0}
    assert (np.diff(started, axis=1) >= 0).all()
    assert (np.diff(started, axis=1, prepend=0).sum(axis=0) <= 1).all()
    assert (started.any(axis=1) <= (part.reshape(4, 6) >= threshold - 1e-6).any(axis=1)).all()


def test_a_start_that_is_chosen_lasts() -> None:
    assert cumulative(np.array([0, 0, 0, 1, 1, 1]), np.array([1])).tolist() == [0, 1, 1, 0, 0, 0]
