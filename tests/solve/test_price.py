from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.model.errors import Stopped
from outwork.solve.again import Session
from outwork.solve.blocks import Model, Problem
from outwork.solve.options import Options
from outwork.solve.price import Effect, confirm, matrix_slope, moved, price, slope
from outwork.solve.run import run
from tests.solve.small_problems import blend, contradiction, endless, flow, knapsack

seeds = st.integers(0, 10_000)


def ramp(hours: float = 10.0) -> tuple[Problem, Effect]:
    """Two products share `hours`; a ramp lets the first have half of them at most, which is written as a coefficient.

    The ramp row: first <= 0.5 * hours * ready, ready <= 1. A unit of the first saves 3, of the second 1, so the best cost is
    -(1.5 + 0.5) * hours: an hour is worth 2, of which the capacity row alone tells 1.
    """
    model = Model()
    make = model.variables("make", {"product": [0, 1]}, cost=[-3, -1])
    ready = model.variables("ready", {"product": [0]}, upper=1)
    capacity = model.rows("capacity", {"resource": [0]}, upper=hours)
    limit = model.rows("ramp", {"product": [0]}, upper=0)
    model.terms(capacity, 0, make, [0, 1])
    model.terms(limit, 0, make, 0)
    model.terms(limit, 0, ready, 0, -0.5 * hours)
    effect = Effect("hours of the bench", "h", row_upper=slope(0), matrix=matrix_slope(limit.first, ready.first, -0.5))
    return model.freeze(), effect


def test_the_dual_of_one_row_tells_half_of_what_an_hour_is_worth_and_the_price_all_of_it() -> None:
    problem, effect = ramp()
    answer = run(problem)
    assert -answer.dual[0] == pytest.approx(1)
    assert price(answer, effect) == pytest.approx(2)
    assert confirm(problem, answer, effect) == pytest.approx(2)


def test_a_problem_with_more_of_a_parameter_is_the_one_that_is_built_with_it() -> None:
    problem, effect = ramp(10)
    built, _ = ramp(13)
    changed = moved(problem, effect, 3)
    assert changed.matrix.toarray() == pytest.approx(built.matrix.toarray())
    assert changed.row_upper == pytest.approx(built.row_upper)
    assert problem.row_upper[0] == 10


def everywhere(problem: Problem, seed: int) -> Effect:
    """A parameter that sits in limits, bounds, costs, coefficients and the constant at once."""
    random = np.random.default_rng(seed)
    matrix = problem.matrix.tocoo()
    places = random.choice(matrix.nnz, 5, replace=False)
    columns = problem.cost.size
    bounded = np.flatnonzero(np.isfinite(problem.upper))
    return Effect(
        "everything",
        "",
        row_lower=slope(np.flatnonzero(np.isfinite(problem.row_lower)), random.uniform(-1, 1)),
        row_upper=slope(np.flatnonzero(np.isfinite(problem.row_upper)), random.uniform(-1, 1)),
        lower=slope(random.choice(columns, 3, replace=False), random.uniform(0, 1, 3)),
        upper=slope(bounded, random.uniform(0, 1, bounded.size)),
        cost=slope(np.arange(columns), random.uniform(-1, 1, columns)),
        matrix=matrix_slope(matrix.row[places], matrix.col[places], random.uniform(-1, 1, 5)),
        constant=random.uniform(-1, 1),
    )


def tight(seed: int) -> Problem:
    """A transport problem in which some shipments are at their upper bound."""
    problem = flow(seed)
    return problem.bounded(problem.lower, np.where(np.arange(problem.cost.size) % 3 == 0, 2.0, np.inf))


@given(seeds)
def test_the_price_is_the_slope_of_the_best_cost_through_every_place(seed: int) -> None:
    problem = tight(seed)
    answer, effect, step = run(problem), everywhere(problem, seed), 1e-5
    more, less = (confirm(problem, answer, effect, amount) for amount in (step, -step))
    assert min(more, less) - 1e-3 <= price(answer, effect) <= max(more, less) + 1e-3


@given(seeds, st.floats(0.1, 20))
def test_one_more_hour_is_never_worth_more_than_its_price_at_the_margin(seed: int, amount: float) -> None:
    problem = flow(seed)
    answer = run(problem)
    effect = Effect("hours", "h", row_upper=slope(np.arange(6)))
    true = confirm(problem, answer, effect, amount, Session().run)
    assert true <= price(answer, effect) + 1e-6
    assert true >= -1e-6


def test_a_price_needs_duals() -> None:
    with pytest.raises(ValueError, match="only a linear problem that was solved fully has prices"):
        price(run(knapsack(1)), Effect("weight", "kg"))


def test_what_whole_numbers_bring_is_confirmed_by_solving() -> None:
    problem = knapsack(1)
    effect = Effect("weight", "kg", row_upper=slope([0, 1, 2]))
    answer = run(problem)
    more = run(problem.limited(problem.row_lower, problem.row_upper + 40))
    assert confirm(problem, answer, effect, 40.0) == pytest.approx((answer.objective - more.objective) / 40)


@pytest.mark.parametrize(("amount", "worth"), [(5.0, -np.inf), (-5.0, np.inf)])
def test_a_change_that_makes_it_impossible_costs_without_end(amount: float, worth: float) -> None:
    possible = contradiction().limited(np.array([1.0, -np.inf]), np.array([np.inf, 2.0]))
    effect = Effect("least", "", row_lower=slope(0, np.sign(amount)))
    assert confirm(possible, run(possible), effect, amount) == worth


@pytest.mark.parametrize(("amount", "worth"), [(1.0, np.inf), (-1.0, -np.inf)])
def test_a_change_that_lets_the_cost_fall_for_ever_is_worth_without_end(amount: float, worth: float) -> None:
    problem = replace(endless(), cost=np.array([0.0, 1.0]))
    effect = Effect("saving", "", cost=slope(0, -2 * np.sign(amount)))
    assert confirm(problem, run(problem), effect, amount) == worth


def test_what_was_not_found_in_time_is_not_told() -> None:
    problem = blend()
    with pytest.raises(Stopped, match="what 1 h more of the bench would bring was not found in time"):
        confirm(problem, run(problem), Effect("the bench", "h"), solve=lambda p: run(p, Options(limit=0)))


def test_without_an_answer_there_is_nothing_to_compare_with() -> None:
    with pytest.raises(ValueError, match="nothing can be confirmed"):
        confirm(contradiction(), run(contradiction()), Effect("the bench", "h"))
