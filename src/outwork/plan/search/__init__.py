"""The search for a plan: relax, round, solve around the rounding, improve, and branch and bound in the time that is left.

For large programmes a coarse model suggests qualifications in a thread of its own while the relaxation is solved for the
bound; plan and bound are shown as they improve.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from outwork.model.axis import Array
from outwork.plan.bound import certify
from outwork.plan.build import Formulation, formulate
from outwork.plan.options import Options
from outwork.plan.search.board import Board
from outwork.plan.search.coarse import coarse
from outwork.plan.search.concentrate import by_the_unit, without_idle
from outwork.plan.search.rounding import STAGES, behind, fixed, is_loose, staged, with_qualifications, without_options
from outwork.solve import run as solver
from outwork.solve.answer import Answer
from outwork.solve.blocks import Problem
from outwork.solve.options import Options as SolveOptions
from outwork.solve.status import Status

THRESHOLDS = (0.05, 0.1)
"""Parts of a qualification at which rounding starts it, in the order in which they are tried.

The smaller comes first: one ladder programme of five needs pairs of which the relaxation has less than a tenth, and costs
nearly half as much again without them.
"""
ROUNDS = 4
"""Rounds of concentrating production on fewer qualifications."""
WHOLE = ("taken", "source", "lots", "setup", "trips", "ordered", "applied")
"""Blocks besides qualifications that have to be whole."""
LARGE = 60_000
"""Variables from which a coarse model is solved side by side with the relaxation."""
TRIED = 0.4
"""Share of the time that is left, and of the gap that is asked for, given to branching around one rounding."""
BRANCHED = 120_000
"""Variables up to which branch and bound is worth its time."""


@dataclass(frozen=True, eq=False)
class Found:
    """What the search found: x and cost are None where no plan can exist or none was found in time."""

    x: Array | None
    cost: float | None
    bound: float | None
    impossible: bool
    reached: bool


def search(formulation: Formulation, options: Options, board: Board) -> Found:
    """Return the best plan of the bucketed model that the limits allow."""
    tasks: list[Callable[[], bool]] = [lambda: exact(formulation, options, board)]
    if options.threads > 1 and len(formulation.problem.cost) >= LARGE and formulation.problem.integer.any():
        tasks.append(lambda: suggested(formulation, options, board))
    if len(tasks) == 1:
        possible = tasks[0]()
    else:
        with ThreadPoolExecutor(len(tasks), "outwork-plan") as pool:
            possible = all(future.result() for future in [pool.submit(task) for task in tasks])
    return Found(board.x, board.cost, board.bound, not possible, board.reached)


def exact(formulation: Formulation, options: Options, board: Board) -> bool:
    """Relax for the bound, round, branch. Return False where the relaxation has no solution.

    The bound is not the solver's word: it is what its prices prove (see outwork.plan.bound).
    """
    problem = formulation.problem
    board.say("relaxing")
    answer = solve(problem.relaxed(), options, board)
    if answer.status is Status.INFEASIBLE:
        return False
    if answer.x is None or answer.dual is None:
        return True
    board.raise_bound("relaxed", certify(formulation, answer.dual).bound)
    if not problem.integer.any():
        board.offer("solved", answer.x, answer.objective)
        return True
    for threshold in THRESHOLDS:
        before = board.cost
        if not board.done:
            around(formulation, options, board, answer.x, threshold)
        if board.cost != before:  # else it was tried around this very plan
            concentrate(formulation, options, board)
    if not board.done and len(problem.cost) <= BRANCHED:
        return branch(formulation, options, board)
    return True


def around(formulation: Formulation, options: Options, board: Board, x: Array, threshold: float) -> None:
    """Round a relaxed solution and offer the best plan around the rounding.

    Where more than qualifications has to be whole, branch and bound then looks for better lots, set-ups, minimums and
    trips with the same qualifications.
    """
    found, around_it = settle(formulation, formulation.problem, x, threshold, lambda asked: solve(asked, options, board))
    board.offer(f"rounded at {threshold:g}", found.x, found.objective)
    rest = with_qualifications(formulation, around_it)
    if not board.done and rest.integer[rest.upper > rest.lower].any():
        closer = replace(options, gap=options.gap * TRIED)
        better = solve(rest, closer, board, found.x, None if board.left is None else TRIED * board.left)
        board.offer(f"branched around {threshold:g}", better.x, better.objective)


def settle(
    formulation: Formulation, problem: Problem, x: Array, threshold: float, ask: Callable[[Problem], Answer]
) -> tuple[Answer, Problem]:
    """Make whole what has to be, stage by stage, each around the relaxed solution of the one before.

    Return the answer and the problem as it was fixed for it. Args: ask, what solves a linear problem.
    """
    found: Answer | None = None
    for stage in STAGES:
        if found is not None and not any(is_loose(problem, name) for name in stage):
            continue
        problem = staged(formulation, problem, x, stage, threshold)
        found = ask(problem.relaxed())
        for yielding in (behind, without_options):
            if found.status is Status.INFEASIBLE:
                problem = yielding(formulation, problem, x)
                found = ask(problem.relaxed())
        if found.x is None:
            break
        x = found.x
    assert found is not None  # noqa: S101 - there is a first stage
    return found, problem


def concentrate(formulation: Formulation, options: Options, board: Board) -> None:
    """Drop qualifications that are not worth their fee, round by round, as long as that helps."""
    for _ in range(ROUNDS):
        before, x = board.cost, board.x
        if board.done or x is None or not len(formulation.network.making.start_pair):
            return
        cheaper = solve(by_the_unit(formulation, x), options, board)
        if cheaper.x is None:
            return
        fewer = without_idle(formulation, cheaper.x, x)[formulation.problem.variables["started"].slice]
        whole = {name: x[formulation.problem.variables[name].slice] for name in WHOLE}
        found = solve(fixed(formulation.problem, {**whole, "started": fewer}).relaxed(), options, board)
        board.offer("concentrated", found.x, found.objective)
        if board.cost == before:
            return


def suggested(formulation: Formulation, options: Options, board: Board) -> bool:
    """Take qualifications from a coarse model and offer the best fine plan with them."""
    rough = formulate(formulation.network.bucketed(coarse(formulation.network.horizon)), formulation.aim)
    answer = solve(rough.problem.relaxed(), options, board)
    if answer.x is None or board.done:
        return True
    wish = formulation.problem.lower.copy()
    for name in ("started", "taken", "source"):
        wish[formulation.problem.variables[name].slice] = answer.x[rough.problem.variables[name].slice]
    around(formulation, options, board, wish, THRESHOLDS[0])
    return True


def branch(formulation: Formulation, options: Options, board: Board) -> bool:
    """Branch and bound from the best plan so far, for the time that is left. Return False where no plan can exist."""
    board.say("branching")
    found = solve(formulation.problem, options, board, board.x)
    board.raise_bound("branched", found.bound)
    board.offer("branched", found.x, found.objective)
    return found.status is not Status.INFEASIBLE


def solve(problem: Problem, options: Options, board: Board, start: Array | None = None, seconds: float | None = None) -> Answer:
    """Solve within `seconds`, or else what is left of time."""
    limit = board.left if seconds is None else seconds
    own = SolveOptions(limit=limit, gap=options.gap, seed=options.seed, method="ipm")
    return solver.run(problem, own, stop=board.stop, start=start)
