"""What happens when the solver is wrong. The lies are of the kinds that HiGHS has told (ERGO-Code/HiGHS 3194)."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from outwork.model.errors import Unproven
from outwork.solve import highs
from outwork.solve.answer import Claim
from outwork.solve.blocks import Array, Model, Problem
from outwork.solve.options import PLAIN, Options, Way
from outwork.solve.run import run
from outwork.solve.status import Status
from outwork.solve.watch import Watch
from tests.solve.small_problems import blend, contradiction, endless, flow, hard, knapsack

Lie = Callable[[Claim], Claim]


def liar(lie: Lie, times: int) -> highs.Engine:
    """Return a solver that tells `lie` in the place of its first answers, and then the truth."""
    told = []

    def engine(problem: Problem, options: Options, way: Way, watch: Watch, start: Array | None) -> Claim:
        claim = highs.solve(problem, options, way, watch, start)
        told.append(way)
        return lie(claim) if len(told) <= times else claim

    return engine


def nudged(array: Array, by: float) -> Array:
    return array + np.eye(1, array.size).ravel() * by


LIES = {
    "x below its bound": lambda claim: replace(claim, x=claim.x - 3),
    "x beyond a row": lambda claim: replace(claim, x=claim.x + 0.001),
    "x of another size": lambda claim: replace(claim, x=claim.x[:-1]),
    "x that is not a number": lambda claim: replace(claim, x=claim.x * np.nan),
    "a cost that is not that of x": lambda claim: replace(claim, objective=claim.objective - 1),
    "a feasible x that is not the best": lambda claim: replace(claim, x=np.zeros_like(claim.x), objective=0.0),
    "duals of the wrong sign": lambda claim: replace(claim, dual=-claim.dual),
    "duals that are a little off": lambda claim: replace(claim, dual=nudged(claim.dual, -1e-3)),
    "duals of another size": lambda claim: replace(claim, dual=claim.dual[1:]),
    "no duals": lambda claim: replace(claim, dual=None),
    "no x": lambda claim: replace(claim, x=None),
    "infeasible": lambda _: Claim(Status.INFEASIBLE),
    "unbounded": lambda _: Claim(Status.UNBOUNDED),
    "failed": lambda _: Claim(Status.FAILED),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_a_wrong_answer_is_solved_again_cold_by_another_way(lie: Lie) -> None:
    told = []

    def once(claim: Claim) -> Claim:
        told.append(claim)
        return lie(claim)

    answer = run(blend(), engine=liar(once, 1))
    assert len(told) == 1
    assert answer.objective == pytest.approx(-13)
    assert answer.how.startswith("interior point with crossover: ")
    assert answer.how.endswith("then dual simplex without presolve")


@pytest.mark.parametrize("name", [name for name in LIES if name != "failed"])
def test_an_answer_that_is_wrong_by_every_way_is_not_shown(name: str) -> None:
    def stubborn(problem: Problem, options: Options, way: Way, watch: Watch, start: Array | None) -> Claim:
        claim = highs.solve(problem, options, way, watch, start)
        return LIES[name](claim) if problem.cost.size == 3 and problem.cost.any() else claim

    with pytest.raises(Unproven, match="look for numbers of very unlike size"):
        run(blend(), engine=stubborn)


def test_a_solver_that_gives_up_by_every_way_has_failed() -> None:
    answer = run(blend(), engine=liar(LIES["failed"], 99))
    assert answer.status is Status.FAILED
    assert answer.sentence.startswith("The solver gave up without an answer")


WHOLE_LIES = {
    "a part of a thing": lambda claim: replace(claim, x=claim.x * 0.9, objective=claim.objective * 0.9),
    "a bound above the cost": lambda claim: replace(claim, bound=claim.objective + 1),
    "a bound that is not near the cost": lambda claim: replace(claim, bound=claim.objective * 1.1),
    "no bound": lambda claim: replace(claim, bound=None),
    "infeasible": lambda _: Claim(Status.INFEASIBLE),
    "unbounded": lambda _: Claim(Status.UNBOUNDED),
}


@pytest.mark.parametrize("lie", WHOLE_LIES.values(), ids=WHOLE_LIES.keys())
def test_branch_and_bound_is_not_believed_either(lie: Lie) -> None:
    answer = run(knapsack(1), engine=liar(lie, 1))
    assert answer.objective == pytest.approx(run(knapsack(1)).objective)
    assert answer.how.endswith("then branch and bound without presolve")


def test_an_answer_at_a_limit_is_checked_too() -> None:
    with pytest.raises(Unproven, match="row"):
        run(knapsack(1), engine=lambda *_: Claim(Status.LIMITED, x=np.ones(12)))


def test_an_answer_at_a_limit_needs_no_duals() -> None:
    answer = run(blend(), engine=lambda *_: Claim(Status.LIMITED, x=np.zeros(3)))
    assert answer.sentence == "A limit ended the search: the best answer so far costs 0.00, how good that is was not proven."


def test_only_whole_numbers_make_it_infeasible_only_if_two_ways_say_so() -> None:
    model = Model()
    model.variables("x", {"j": range(1)}, lower=0.2, upper=1.8, cost=1, integer=True)
    answer = run(model.freeze(), engine=liar(LIES["infeasible"], 1))
    assert answer.x == pytest.approx([1])
    assert "infeasible, without proof" in answer.how


@pytest.mark.parametrize("problem", [contradiction(), endless(), replace(endless(), integer=np.ones(2, bool))])
def test_a_claim_that_time_does_not_allow_to_prove_is_no_claim(problem: Problem) -> None:
    def late(asked: Problem, options: Options, way: Way, watch: Watch, start: Array | None) -> Claim:
        return highs.solve(asked, options, way, watch, start) if asked is problem else Claim(Status.LIMITED)

    answer = run(problem, engine=late)
    assert answer.status is Status.LIMITED
    assert answer.sentence == "A limit ended the search before there was an answer."


def test_a_saving_for_ever_needs_a_place_to_begin() -> None:
    problem = endless()

    def placeless(asked: Problem, options: Options, way: Way, watch: Watch, start: Array | None) -> Claim:
        return highs.solve(asked, options, way, watch, start) if asked.cost.any() else Claim(Status.FAILED)

    with pytest.raises(Unproven, match="unbounded, without proof"):
        run(problem, engine=placeless)


def test_a_price_too_small_to_see_does_not_spoil_a_bound_that_stands_for_none() -> None:
    model = Model()
    x = model.variables("x", {"j": range(2)}, cost=[1, -1e-8], upper=[np.inf, 1e15])
    rows = model.rows("row", {"i": range(1)}, lower=1)
    model.terms(rows, [0], x, [0])
    answer = run(model.freeze(), engine=lambda *_: Claim(Status.OPTIMAL, np.array([1.0, 0]), np.array([1.0]), 1.0))
    assert answer.bound == pytest.approx(1)


def test_the_check_asks_nothing_of_the_solver() -> None:
    problem = flow(8)
    truth = run(problem)
    asked: list[Way] = []

    def recorded(_problem: Problem, _options: Options, way: Way, _watch: Watch, _start: Array | None) -> Claim:
        asked.append(way)
        return Claim(Status.OPTIMAL, truth.x.copy(), truth.dual.copy(), truth.objective)

    assert run(problem, engine=recorded).objective == truth.objective
    assert len(asked) == 1
    assert PLAIN not in asked


def test_a_claim_at_a_limit_may_lack_a_bound() -> None:
    assert run(hard(), engine=lambda *_: Claim(Status.LIMITED, x=np.zeros(120))).bound is None
