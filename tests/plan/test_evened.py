"""What is told of a plan is what the tables count for it: nothing is paid for that nobody uses."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from outwork.model.programme import Programme
from outwork.plan import Options
from outwork.plan.build import formulate
from outwork.plan.carry import evened, told
from outwork.plan.network import Network
from outwork.plan.replay import check
from outwork.plan.search import settle, solve
from outwork.plan.search.board import Board
from tests.plan import rich
from tests.plan.worlds import bench, ground, radio, wanted

OPTIONS = Options(gap=1e-6, limit=None, threads=1, explain=False)


def wasteful(programme: Programme) -> tuple[float, float]:
    """Return what model and checker count for a plan that was set up in every week before it was evened out [EUR]."""
    formulation, board = formulate(Network.of(programme)), Board(OPTIONS.gap, None)
    problem, ask = formulation.problem, partial(solve, options=OPTIONS, board=board)
    relaxed = solve(problem.relaxed(), OPTIONS, board)
    assert relaxed.x is not None
    found, around = settle(formulation, problem, relaxed.x, 0.5, ask)
    assert found.x is not None
    setups = problem.variables["setup"].slice
    always = replace(around, lower=around.lower.copy(), upper=around.upper.copy())
    always.lower[setups] = always.upper[setups] = problem.upper[setups]
    spent = solve(always.relaxed(), OPTIONS, board)
    assert spent.x is not None
    assert np.all(spent.x[setups] == 1)
    x = evened(formulation, problem, spent.x, ask)
    return float(formulation.money @ x), check(programme, told(formulation, x)).total


def test_the_hours_of_set_ups_that_are_dropped_are_not_paid() -> None:
    model, checked = wasteful(ground(radio(setup_hours=2, setup_cost=5), bench(9, cost=10), wanted(5, 3), weeks=6))
    assert model == pytest.approx(checked, rel=1e-9)
    assert checked == pytest.approx((5 + 2) * 10 + 5 + 5 * 1)


def test_model_and_checker_count_alike_where_branch_and_bound_stopped_early() -> None:
    model, checked = wasteful(rich.programme(3, weeks=16, weekly=None))
    assert model == pytest.approx(checked, rel=1e-6)
