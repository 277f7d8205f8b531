"""The search on the foundry: a second oven that may be qualified for 1,000 EUR."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from outwork.plan import search as searching
from outwork.plan.build import Formulation, formulate
from outwork.plan.network import Network
from outwork.plan.options import Options
from outwork.plan.search import Found, coarse, concentrate, search, suggested
from outwork.plan.search.board import Board
from outwork.plan.search.concentrate import output, without_idle
from outwork.solve.watch import Progress, Stop
from tests.plan.objectives.foundry import foundry

ALONE = Options(gap=1e-6, threads=1)


def formulation(quantity: float = 40, weeks: int = 12) -> Formulation:
    return formulate(Network.of(foundry(quantity=quantity, due=8, weeks=weeks)))


def board(gap: float = 1e-6) -> Board:
    return Board(gap, None)


def best(model: Formulation) -> Found:
    return search(model, ALONE, board())


def test_the_bound_is_never_above_the_cost_and_meets_it_in_the_end() -> None:
    found = best(formulation())
    assert found.cost is not None
    assert found.bound is not None
    assert found.bound <= found.cost + 1e-6
    assert found.bound == pytest.approx(found.cost, rel=1e-5)
    assert found.reached


def test_every_decision_that_has_to_be_whole_is_whole() -> None:
    model = formulation()
    found = best(model)
    assert found.x is not None
    whole = found.x[model.problem.integer]
    assert len(whole)
    assert np.abs(whole - np.round(whole)).max() < 1e-6


def test_a_small_order_is_not_worth_a_second_oven_and_a_large_one_is() -> None:
    for quantity, ovens in ((4, 0), (60, 1)):
        model = formulation(quantity)
        found = best(model)
        assert found.x is not None
        started = model.problem.variables["started"]
        assert round(found.x[started.slice].max()) == ovens


def test_an_oven_that_makes_next_to_nothing_is_not_qualified() -> None:
    model = formulation(60)
    found = best(model)
    assert found.x is not None
    idle = found.x.copy()
    make, started = model.problem.variables["make"], model.problem.variables["started"]
    second = model.network.making.start_pair[0]
    of_second = np.flatnonzero(make.keys["pair"] == second)
    idle[make.slice.start + of_second] = 0.0
    assert output(model, idle)[second] == 0
    assert without_idle(model, idle, found.x)[started.slice].max() == 0
    assert without_idle(model, found.x, found.x)[started.slice].max() == pytest.approx(1)


def test_concentrating_drops_an_oven_that_only_the_rounding_wanted() -> None:
    model = formulation(4)
    wasteful = search(with_second_oven(model), ALONE, board())
    assert wasteful.x is not None
    told = board()
    told.offer("wasteful", wasteful.x, wasteful.cost)
    concentrate(model, ALONE, told)
    assert wasteful.cost is not None
    assert told.cost == pytest.approx(wasteful.cost - 1000, rel=1e-3)


def with_second_oven(model: Formulation) -> Formulation:
    """Return the model in which the second oven is qualified at once, needed or not."""
    own = model.problem.variables["started"].slice
    lower = model.problem.lower.copy()
    lower[own] = 1.0
    return replace(model, problem=model.problem.bounded(lower, model.problem.upper))


def test_a_coarse_model_suggests_a_plan_that_the_fine_model_accepts() -> None:
    model = formulation(60, weeks=40)
    told = board()
    assert suggested(model, ALONE, told)
    exact = best(model)
    assert told.cost is not None
    assert exact.cost is not None
    assert exact.cost <= told.cost * (1 + 1e-9)
    assert coarse(model.network.horizon).buckets < model.network.horizon.buckets


def test_side_by_side_solvers_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "LARGE", 0)
    model = formulation(60)
    both = search(model, Options(gap=1e-6, threads=2), board())
    assert both.cost == pytest.approx(best(model).cost, rel=1e-6)


def test_a_stop_before_the_start_leaves_the_search_without_a_plan_but_not_impossible() -> None:
    stop = Stop()
    stop.set()
    found = search(formulation(), ALONE, Board(1e-6, None, stop=stop))
    assert not found.impossible
    assert not found.reached


def test_a_board_keeps_the_better_plan_and_the_higher_bound() -> None:
    heard: list[Progress] = []
    own = Board(0.1, 100.0, heard.append, began=time.monotonic())
    first = np.zeros(1)
    own.offer("one", first, 100.0)
    own.offer("worse", np.ones(1), 120.0)
    own.raise_bound("low", 50.0)
    own.raise_bound("lower", 40.0)
    assert (own.x is first, own.cost, own.bound, own.reached) == (True, 100.0, 50.0, False)
    own.raise_bound("close", 95.0)
    assert own.done
    assert [each.phase for each in heard] == ["one", "worse", "low", "lower", "close"]
    assert own.share(0.5) == 50.0
