from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.model.errors import Stopped, UnknownName
from outwork.solve.blocks import Model, Problem
from outwork.solve.conflict import conflict
from outwork.solve.options import Options
from outwork.solve.run import run
from outwork.solve.status import Status
from outwork.solve.wish import Part, Wish, wished
from tests.examples import drawing
from tests.solve.small_problems import blend, contradiction, flow


def named(found: Sequence[Wish]) -> list[str]:
    return [wish.name for wish in found]


def on(block: str, *position: int) -> Part:
    return Part("rows", block, np.array(position))


def test_the_two_rows_that_contradict_each_other_are_named() -> None:
    wishes = [Wish("least", "make at least 3", (on("sum", 0),)), Wish("most", "make at most 2", (on("sum", 1),))]
    assert named(conflict(contradiction(), wishes)) == ["least", "most"]


def test_only_wishes_are_named_and_the_world_stays_as_it_is() -> None:
    assert named(conflict(contradiction(), [Wish("most", "make at most 2", (on("sum", 1),))])) == ["most"]


def test_no_wish_is_named_where_the_world_contradicts_itself() -> None:
    assert conflict(contradiction(), []) == ()
    problem = blend()
    assert conflict(problem.bounded(np.full(3, 2.0), np.ones(3)), [Wish("a", "", (on("limit", 0),))]) == ()


def test_a_possible_problem_has_no_conflict() -> None:
    with pytest.raises(ValueError, match="all wishes can hold together"):
        conflict(blend(), [Wish("a", "", (on("limit", 0),))])


def one(lower: float, upper: float, integer: str = "") -> Problem:
    model = Model()
    model.variables("x", {"j": range(1)}, lower=lower, upper=upper, integer=bool(integer))
    return model.freeze()


LEAST = Wish("least", "at least so much", (Part("variables", "x", np.array([0]), ("lower",), 0.0),))
MOST = Wish("most", "at most so much", (Part("variables", "x", np.array([0]), ("upper",)),))


def test_two_wishes_can_hold_the_two_ends_of_one_variable() -> None:
    assert named(conflict(one(3, 2), [LEAST, MOST])) == ["least", "most"]


def test_a_limit_falls_back_only_to_where_it_was_said_to() -> None:
    below_nothing = replace(MOST, name="below nothing")
    assert named(conflict(one(3, -1), [LEAST, below_nothing])) == ["below nothing"]
    assert wished(one(3, 2), [LEAST]).problem.lower.tolist() == [0]
    assert wished(one(-3, 2), [LEAST]).problem.lower.tolist() == [-3]


def test_a_wish_that_asks_for_nothing_takes_no_part() -> None:
    assert named(conflict(contradiction(), [Wish("idle", "", (on("sum", 0),)), Wish("none", "", ())])) == ["idle"]


def test_only_whole_numbers_can_make_wishes_contradict_each_other() -> None:
    assert named(conflict(one(0.2, 0.8, "whole"), [LEAST, MOST])) == ["least", "most"]


def test_whole_numbers_may_need_fewer_wishes_to_contradict_each_other() -> None:
    model = Model()
    x = model.variables("x", {"j": range(2)}, lower=0.2, upper=0.8, integer=True)
    row = model.rows("sum", {"i": range(1)}, lower=3)
    model.terms(row, 0, x, [0, 1])
    wishes = [
        Wish("second", "", (Part("variables", "x", np.array([1]), ("upper",), 1.0),)),
        Wish("sum", "", (on("sum", 0),)),
    ]
    assert named(conflict(model.freeze(), wishes)) == []
    with pytest.raises(ValueError, match="all wishes can hold together"):
        conflict(one(0.2, 1.8, "whole"), [LEAST, MOST])


def test_a_block_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UnknownName, match="rows 'limits', which are not in the problem; there are limit"):
        conflict(blend(), [Wish("a", "", (on("limits", 0),))])


def market_split() -> Problem:
    """Cornuejols and Dawande 1998: a handful of equations in 0 and 1 that branch and bound takes very long to refuse."""
    random = np.random.default_rng(1)
    weight = random.integers(0, 100, (5, 40))
    model = Model()
    x = model.variables("x", {"j": range(40)}, upper=1, integer=True)
    half = weight.sum(axis=1) // 2
    rows = model.rows("half", {"i": range(5)}, lower=half, upper=half)
    row, column = np.indices(weight.shape)
    model.terms(rows, row, x, column, weight)
    return model.freeze()


@pytest.mark.parametrize(("problem", "limit"), [(contradiction(), 0.0), (market_split(), 1.0)])
def test_a_question_that_is_left_open_is_not_answered(problem: Problem, limit: float) -> None:
    with pytest.raises(Stopped, match="not found in time"):
        conflict(problem, [], Options(limit=limit))


def planted(seed: int) -> tuple[Problem, list[Wish], set[str]]:
    """Return a random problem in which each row is a wish, and the names of wishes that were planted to contradict.

    The planted rows add up to 0 @ x <= -1, and any proper part of them can hold: their coefficients are random, and the
    last is minus the sum of the others. All other rows hold with slack at a point that breaks only one planted row.
    """
    random = np.random.default_rng(seed)
    size, rows, count = int(random.integers(4, 15)), int(random.integers(3, 25)), int(random.integers(2, 5))
    point = random.uniform(-5, 5, size)
    free = random.normal(size=(rows, size)) * (random.random((rows, size)) < 0.5)
    bad = random.normal(size=(count - 1, size))
    bad = np.vstack([bad, -bad.sum(axis=0)])
    limit = bad @ point - random.dirichlet(np.ones(count))
    model = Model()
    x = model.variables("x", {"j": range(size)}, cost=random.normal(size=size), lower=-100, upper=100)
    every = np.vstack([free, bad])
    block = model.rows(
        "row", {"i": range(rows + count)}, upper=np.concatenate([free @ point + random.uniform(5, 50, rows), limit])
    )
    row, column = np.indices(every.shape)
    model.terms(block, row, x, column, every)
    order = random.permutation(rows + count)
    wishes = [Wish(f"row {number}", "", (on("row", number),)) for number in order]
    return model.freeze(), wishes, {f"row {number}" for number in range(rows, rows + count)}


def is_possible(problem: Problem, wishes: Sequence[Wish]) -> bool:
    """Solve with only these wishes, in the plain way."""
    kept = [place for wish in wishes for part in wish.parts for place in part.position]
    upper = np.full_like(problem.row_upper, np.inf)
    upper[kept] = problem.row_upper[kept]
    return run(problem.limited(problem.row_lower, upper).priced(problem.cost * 0)).status is Status.OPTIMAL


def check_planted(seed: int) -> None:
    problem, wishes, seeded = planted(seed)
    found = conflict(problem, wishes)
    assert not is_possible(problem, found)
    for wish in found:
        assert is_possible(problem, [other for other in found if other is not wish])
    assert set(named(found)) == seeded


@drawing(0.4)
@given(st.integers(1000, 10_000))
def test_a_planted_contradiction_is_named_and_nothing_else(seed: int) -> None:
    check_planted(seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(200))
def test_each_of_200_planted_contradictions_is_named_and_nothing_else(seed: int) -> None:
    check_planted(seed)


def test_a_demand_that_no_capacity_can_meet_is_named_with_that_capacity() -> None:
    problem = flow(1)
    need, upper = problem.row_lower.copy(), problem.upper.copy()
    need[problem.rows["demand"].first + 2] = 1e4
    upper[problem.variables["short"].slice] = 0.0
    impossible = problem.limited(need, problem.row_upper).bounded(problem.lower, upper)
    wishes = [Wish(f"demand {t}", "", (on("demand", t),)) for t in range(8)]
    wishes += [Wish(f"capacity {m}", "", (on("capacity", m),)) for m in range(6)]
    assert named(conflict(impossible, wishes)) == ["demand 2", *(f"capacity {m}" for m in range(6))]
