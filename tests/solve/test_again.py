from dataclasses import replace
from threading import Event

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.solve.again import Session
from outwork.solve.answer import Claim
from outwork.solve.blocks import Model, Problem
from outwork.solve.highs import Loaded
from outwork.solve.options import WARM, Options, Way
from outwork.solve.run import run
from outwork.solve.status import Status
from outwork.solve.watch import Stop, Watch
from tests.solve.small_problems import blend, contradiction, endless, flow, knapsack

seeds = st.integers(0, 10_000)


def shaken(problem: Problem, seed: int) -> Problem:
    """Change some costs, bounds, limits and, now and then, a coefficient or the constant."""
    random = np.random.default_rng(seed)
    some = random.random(problem.cost.size) < 0.2
    cost = np.where(some, problem.cost * random.uniform(0.5, 2, some.size), problem.cost)
    upper = np.where(random.random(some.size) < 0.1, random.uniform(0, 5, some.size), problem.upper)
    row_upper = problem.row_upper * random.uniform(0.7, 1.3, problem.row_upper.size)
    matrix = problem.matrix * random.choice([1.0, 1.1]) if seed % 3 == 0 else problem.matrix
    constant = problem.constant + seed % 2
    return replace(problem, cost=cost, upper=upper, row_upper=row_upper, matrix=matrix, constant=constant)


@given(st.lists(seeds, min_size=2, max_size=6))
def test_a_warm_answer_costs_what_a_cold_one_costs(path: list[int]) -> None:
    session, problem = Session(), flow(1)
    for seed in path:
        problem = shaken(problem, seed)
        assert session.run(problem).objective == pytest.approx(run(problem).objective)


def test_the_second_solve_begins_from_the_last_basis() -> None:
    session = Session()
    assert session.run(flow(1)).how == "interior point with crossover"
    assert session.run(shaken(flow(1), 5)).how == WARM.name


def test_a_change_that_takes_many_iterations_is_solved_cold() -> None:
    session, problem = Session(most=1), flow(1)
    session.run(problem)
    turned = problem.priced(problem.cost[::-1].copy())
    found = session.run(turned)
    assert found.how.endswith("then interior point with crossover")
    assert found.objective == pytest.approx(run(turned).objective)


def test_what_is_handed_over_goes_on_from_the_last_basis_and_leaves_nothing_behind() -> None:
    first = Session()
    first.run(flow(1))
    assert first.handed(Options(limit=60)).run(shaken(flow(1), 5)).how == WARM.name
    assert first.run(shaken(flow(1), 5)).how == "interior point with crossover"


def test_a_problem_of_another_shape_is_solved_cold() -> None:
    session = Session()
    session.run(flow(1))
    assert session.run(blend()).how == "interior point with crossover"


def test_a_session_passes_through_an_impossible_and_an_endless_problem() -> None:
    session = Session()
    problem = contradiction()
    assert session.run(problem).status is Status.INFEASIBLE
    assert session.run(problem.limited(problem.row_lower, np.array([np.inf, 4]))).objective == pytest.approx(3)
    assert session.run(problem).status is Status.INFEASIBLE
    other = endless()
    assert session.run(other).status is Status.UNBOUNDED
    assert session.run(other.bounded(other.lower, np.full(2, 9.0))).objective == pytest.approx(-13)
    assert session.run(other).status is Status.UNBOUNDED


def test_a_problem_without_variables_needs_no_solver() -> None:
    session = Session()
    assert session.run(Model().freeze(2.0)).objective == 2
    assert session.run(Model().freeze(3.0)).objective == 3


def test_whole_variables_are_refused() -> None:
    with pytest.raises(ValueError, match="a session solves linear problems"):
        Session().run(knapsack(1))


def test_a_stop_ends_a_warm_solve_too() -> None:
    stop = Stop()
    session = Session(stop=stop)
    problem = flow(3, 60, 900)
    session.run(problem)
    stop.set()
    assert session.run(problem.priced(problem.cost[::-1].copy())).status is Status.LIMITED


def test_a_limit_of_time_counts_for_each_solve_and_not_for_all_together() -> None:
    session, problem = Session(Options(limit=5)), flow(1)
    session.run(problem)
    held = session._loaded._highs
    spent = held.getRunTime()
    session.run(shaken(problem, 1))
    assert held.getOptionValue("time_limit")[1] > 4.9 + spent


class Deaf(Loaded):
    """A solver that hears of no stop once it begins from a basis."""

    over = Event()

    def run(self, way: Way, watch: Watch, limit: float | None) -> Claim:
        if way.name != WARM.name:
            return super().run(way, watch, limit)
        self.busy = True
        self.over.wait()
        self.busy = False
        return Claim(Status.FAILED)


def test_a_solver_that_was_left_behind_is_not_used_again() -> None:
    stop = Stop()
    session = Session(stop=stop, load=Deaf)
    session.run(flow(1))
    stop.set()
    assert session.run(shaken(flow(1), 4)).status is Status.LIMITED
    stop._asked = False
    assert session.run(shaken(flow(1), 4)).how == "interior point with crossover"
    Deaf.over.set()


class Liar(Loaded):
    """A solver that is wrong whenever it begins from a basis, as HiGHS 1.15 can be (ERGO-Code/HiGHS 3194)."""

    def run(self, way: Way, watch: Watch, limit: float | None) -> Claim:
        claim = super().run(way, watch, limit)
        return replace(claim, x=claim.x * 0.5) if way.name == WARM.name else claim


def test_a_wrong_warm_answer_is_solved_cold() -> None:
    session = Session(load=Liar)
    session.run(flow(1))
    answer = session.run(shaken(flow(1), 4))
    assert answer.objective == pytest.approx(run(shaken(flow(1), 4)).objective)
    assert answer.how.startswith("simplex from the last basis: row ")
    assert answer.how.endswith("; then interior point with crossover")
