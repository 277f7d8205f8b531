from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.solve.answer import Claim
from outwork.solve.blocks import Model, Problem
from outwork.solve.options import Method, Options
from outwork.solve.run import run
from outwork.solve.status import Status
from outwork.solve.watch import Stop
from tests.solve.small_problems import blend, contradiction, endless, flow, hard, knapsack


@pytest.mark.parametrize("method", ["auto", "ipm", "simplex"])
def test_chvatals_first_example_has_its_printed_optimum_by_every_method(method: Method) -> None:
    answer = run(blend(), Options(method=method))
    assert answer.status is Status.OPTIMAL
    assert answer.objective == pytest.approx(-13)
    assert answer.bound == pytest.approx(-13)
    assert answer.x == pytest.approx([2, 0, 1])
    assert answer.dual == pytest.approx([-1, 0, -1])
    assert answer.sentence == "The best answer costs -13.00; it is proven to within 0.00%."


def test_a_dual_is_what_one_more_unit_adds_to_the_cost_of_a_minimisation() -> None:
    problem = blend()
    more = replace(problem, row_upper=problem.row_upper + np.array([0.01, 0, 0]))
    before, after = run(problem), run(more)
    assert after.objective - before.objective == pytest.approx(0.01 * before.dual[0])


@given(st.integers(0, 10_000))
def test_every_method_finds_the_same_cost_and_the_duals_prove_it(seed: int) -> None:
    problem = flow(seed)
    first, second = run(problem, Options(method="ipm")), run(problem, Options(method="simplex"))
    assert first.objective == pytest.approx(second.objective)
    for answer in (first, second):
        assert answer.gap <= 1e-9
        assert answer.reduced == pytest.approx(problem.cost - problem.matrix.T @ answer.dual)


@pytest.mark.parametrize("method", ["auto", "ipm", "simplex"])
def test_branch_and_bound_finds_what_trying_all_finds(method: Method) -> None:
    problem = knapsack(5, items=10)
    sacks = np.array(np.meshgrid(*[[0, 1]] * 10)).reshape(10, -1)
    fits = (problem.matrix @ sacks <= problem.row_upper[:, None]).all(axis=0)
    answer = run(problem, Options(method=method, gap=0))
    assert answer.objective == pytest.approx((problem.cost @ sacks)[fits].min() + problem.constant)
    assert answer.dual is None
    assert answer.gap == pytest.approx(0)


@pytest.mark.parametrize("problem", [flow(2), knapsack(2, items=20)])
def test_the_same_problem_options_and_seed_give_the_same_bytes(problem: Problem) -> None:
    for options in (Options(threads=1, seed=7), Options(threads=2, seed=7), Options(threads=1, seed=7)):
        first, second = run(problem, options), run(problem, options)
        assert first.x.tobytes() == second.x.tobytes()
        assert (first.objective, first.bound, first.how) == (second.objective, second.bound, second.how)


def test_an_answer_cannot_be_written_to() -> None:
    answer = run(blend())
    for array in (answer.x, answer.dual, answer.reduced):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


@pytest.mark.parametrize("whole", [False, True])
def test_an_impossible_problem_is_infeasible(whole: bool) -> None:  # noqa: FBT001
    problem = contradiction()
    answer = run(replace(problem, integer=np.full(2, whole)))
    assert answer.status is Status.INFEASIBLE
    assert answer.x is None
    assert answer.sentence == "No answer can meet all rows and bounds together."


def test_a_problem_is_infeasible_that_only_whole_numbers_make_so() -> None:
    model = Model()
    model.variables("x", {"j": range(1)}, lower=0.2, upper=0.8, integer=True)
    assert run(model.freeze()).status is Status.INFEASIBLE


def test_bounds_that_cross_are_infeasible() -> None:
    problem = blend()
    assert run(replace(problem, lower=np.full(3, 2.0), upper=np.full(3, 1.0))).status is Status.INFEASIBLE


@pytest.mark.parametrize("whole", [False, True])
def test_a_cost_that_falls_for_ever_is_unbounded(whole: bool) -> None:  # noqa: FBT001
    answer = run(replace(endless(), integer=np.full(2, whole)))
    assert answer.status is Status.UNBOUNDED
    assert answer.objective is None
    assert answer.sentence == "The cost can fall without end: a bound is missing."


def test_a_direction_of_endless_saving_is_no_use_where_there_is_no_place_to_begin() -> None:
    problem = endless()
    assert run(replace(problem, lower=np.array([5.0, 0]), upper=np.array([np.inf, 0.5]))).status is Status.INFEASIBLE


def test_a_bound_of_10_to_the_15_is_a_bound() -> None:
    model = Model()
    model.variables("x", {"j": range(2)}, cost=[-1, 1], upper=1e15)
    answer = run(model.freeze())
    assert answer.status is Status.OPTIMAL
    assert answer.objective == -1e15


@pytest.mark.parametrize(("lower", "status"), [(0.0, Status.OPTIMAL), (1.0, Status.INFEASIBLE)])
def test_a_problem_without_variables_is_possible_if_its_rows_hold_of_nothing(lower: float, status: Status) -> None:
    model = Model()
    model.rows("row", {"i": range(1)}, lower=lower)
    assert run(model.freeze(constant=3.0)).status is status


def test_a_problem_of_nothing_costs_its_constant() -> None:
    assert run(Model().freeze(constant=3.0)).objective == 3.0


def test_a_limit_of_no_time_leaves_no_answer() -> None:
    answer = run(hard(), Options(limit=0))
    assert answer.status is Status.LIMITED
    assert answer.x is None
    assert answer.gap is None


def test_a_limit_of_time_leaves_the_best_answer_so_far_and_a_bound() -> None:
    answer = run(hard(), Options(limit=2, gap=0))
    assert answer.status is Status.LIMITED
    assert answer.objective < 0
    assert answer.bound < answer.objective
    assert not answer.residuals.faults


def test_a_start_stands_where_a_limit_leaves_nothing_better() -> None:
    problem = hard()
    start = np.zeros(120)
    start[0] = 1
    stop = Stop()
    stop.set()
    answer = run(problem, stop=stop, start=start)
    assert answer.status is Status.LIMITED
    assert answer.objective <= problem.cost[0] + problem.constant


def test_a_better_answer_than_the_start_is_kept_at_a_limit() -> None:
    answer = run(hard(), Options(limit=1, gap=0), start=np.zeros(120))
    assert answer.objective < 0


def test_a_start_stands_where_the_solver_shows_nothing() -> None:
    answer = run(hard(), engine=lambda *_: Claim(Status.LIMITED), start=np.zeros(120))
    assert answer.objective == 7


def test_a_start_that_breaks_a_row_is_not_an_answer() -> None:
    answer = run(hard(), Options(limit=0), start=np.ones(120))
    assert answer.x is None


def test_a_start_never_makes_the_answer_worse() -> None:
    problem = knapsack(4)
    best = run(problem)
    assert run(problem, start=best.x).objective == pytest.approx(best.objective)
    assert run(problem, start=np.zeros(12)).objective == pytest.approx(best.objective)


def test_a_start_of_the_wrong_size_is_refused() -> None:
    with pytest.raises(ValueError, match="start has 2 numbers, the problem 3 variables"):
        run(blend(), start=np.zeros(2))


def spread(problem: Problem, factor: float) -> Problem:
    return replace(problem, cost=problem.cost / factor, upper=problem.upper * factor, row_upper=problem.row_upper * factor)


@pytest.mark.parametrize("factor", [1e-3, 1e3, 1e6])
def test_units_do_not_change_what_is_found(factor: float) -> None:
    assert run(spread(blend(), factor)).objective == pytest.approx(-13)
