"""`plan.run`: from a programme to a checked plan."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, replace

import numpy as np
import polars as pl

import outwork
from outwork.model.axis import Array
from outwork.model.errors import Unproven
from outwork.model.outcome import MadeBy, Outcome, Status, relative_gap
from outwork.model.programme import Programme
from outwork.plan import greedy, weekly
from outwork.plan.answer import decisions, work
from outwork.plan.answer.decisions import LEAST
from outwork.plan.bound import certify
from outwork.plan.build import Formulation, formulate
from outwork.plan.build.aim import COST, Aim
from outwork.plan.explain import explain, impossible
from outwork.plan.network import Network
from outwork.plan.options import Options
from outwork.plan.replay import Replay, check
from outwork.plan.result import Result
from outwork.plan.search import Found, search, settle, solve
from outwork.plan.search.board import Board
from outwork.plan.search.rounding import fixed_whole
from outwork.solve.blocks import Problem
from outwork.solve.watch import Progress, Stop

DEFAULT = Options()
Known = Callable[[Formulation, Options, Board], None]
"""Offers plans to the board."""
POLISHED, BOUNDED, EXPLAINED = 0.1, 0.25, 0.5
"""Parts of the limit [1] that polishing over steps, their bound and the reasons may take after the search."""
CLOSE = 1e-4
"""Difference of two gaps [1] that is not worth a word."""
ASKED = 80_000
"""Variables of the model over steps up to which its own relaxation is solved for a bound."""
AGREES, SPARED = 1e-5, 1e-3
"""Relative difference [1] at which the plan is refused: the checker may not count more than the model by the first, nor less
by the second (a model may pay for what it does not use; it is the checker's count that is shown)."""


def run(
    programme: Programme,
    options: Options = DEFAULT,
    progress: Callable[[Progress], None] | None = None,
    stop: Stop | None = None,
    aim: Aim = COST,
    known: Known | None = None,
) -> Result:
    """Return the best plan of a valid programme that the options allow, replayed by the independent checker.

    Args: progress is told how the search goes; stop ends it early with the best plan so far; aim is what the plan is to
    achieve beyond least cost; known offers plans that are there before the search. Raises Unproven where the plan does not
    stand up to the replay.
    """
    began = time.monotonic()
    programme = lengthened(programme, options)
    formulation = formulate(Network.of(programme), aim)
    board = Board(options.gap, options.limit, progress, stop or Stop())
    if known is not None:
        known(formulation, options, board)
    found = search(formulation, options, board)
    name = programme.settings.name
    made_by = MadeBy(outwork.__version__, asdict(options), options.seed, programme.digest)
    if found.x is None or found.cost is None:
        why = impossible(programme, formulation, board.share(EXPLAINED)) if found.impossible and options.explain else ()
        return Result(name, _without(found, time.monotonic() - began), {}, why, made_by)
    fine, x = unfold(formulation, found, options, board)
    tables = told(fine, x)
    replay = checked(programme, tables, fine, x)
    tables |= {"stock": replay.stock, "promises": replay.promises, "cash_events": replay.cash_events}
    tables = {name: undusted(frame) for name, frame in tables.items()}
    bound = found.bound if fine is formulation else stepwise_bound(fine, options, board)
    explained = explain(programme, fine, x, tables, options, board.share(EXPLAINED))
    outcome = _outcome(found, replay.total, bound, options, time.monotonic() - began)
    answer = tables | explained.tables
    baseline = greedy_cost(programme, fine.network) if aim is COST and not board.stop.asked else None
    return Result(name, outcome, answer, explained.why, made_by, replay.costs, baseline, found.cost)


def unfold(formulation: Formulation, found: Found, options: Options, board: Board) -> tuple[Formulation, Array]:
    """Return the model over steps and its solution around what the bucketed plan decided."""
    assert found.x is not None  # noqa: S101 - the caller has looked
    if weekly.in_steps(formulation):
        return formulation, evened(formulation, formulation.problem, found.x, options)
    board.say("unfolding into steps")
    free = replace(options, limit=None)
    open_board = Board(options.gap, None, None, Stop())
    fine, problem = weekly.unfolded(formulation, found.x)
    answer = solve(problem.relaxed(), free, open_board)
    if answer.x is not None and weekly.open_integers(problem):
        answer, _ = settle(fine, problem, answer.x, free, open_board, threshold=0.5)
        polished = solve(problem, options, board, answer.x, board.share(POLISHED))
        answer = polished if polished.x is not None else answer
    if answer.x is None:
        raise Unproven("the plan in buckets cannot be carried out step by step; plan with weekly_buckets equal to weeks")
    return fine, evened(fine, problem, answer.x, options)


def evened(formulation: Formulation, problem: Problem, x: Array, options: Options) -> Array:
    """Return the cheapest solution with the same whole decisions, without what is paid for and not used.

    Branch and bound answers with the first solution that is good enough: hours that nobody works, a set-up for nothing. Each
    set-up that is dropped frees the hours that it took, so the rest is planned again until none is left to drop.
    """
    if not problem.integer.any():
        return x
    while True:
        answer = solve(fixed_whole(problem, x), replace(options, limit=None), Board(options.gap, None, None, Stop()))
        tidy = weekly.tidied(formulation, x if answer.x is None else answer.x)
        if answer.x is None or (np.round(tidy) == np.round(answer.x))[problem.integer].all():
            return tidy
        x = tidy


def stepwise_bound(fine: Formulation, options: Options, board: Board) -> float | None:
    """Return what no plan over steps costs less than; None where the model over steps is too large to ask."""
    if len(fine.problem.cost) > ASKED or board.stop.asked:
        return None
    board.say("bounding the plan over steps")
    answer = solve(fine.problem.relaxed(), options, board, seconds=board.share(BOUNDED))
    if answer.dual is None or fine.aim != COST:
        return answer.bound  # the certificate knows the rows of least cost only
    return certify(fine, answer.dual).bound


def greedy_cost(programme: Programme, network: Network) -> float:
    """Return what the built-in greedy planner's plan costs, as the checker counts it [EUR]."""
    return check(programme, greedy.plan(network).tables).total


def told(formulation: Formulation, x: Array) -> dict[str, pl.DataFrame]:
    """Return the tables of a solution over steps that the checker needs."""
    return {**decisions.decisions(formulation, x), "work": work.work(formulation, x)}


def undusted(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table with the solver's dust, quantities that are nothing but rounding, told as 0."""
    numbers = pl.selectors.float()
    return frame.with_columns(pl.when(numbers.abs() < LEAST).then(0.0).otherwise(numbers).name.keep())


def checked(programme: Programme, tables: dict[str, pl.DataFrame], formulation: Formulation, x: Array) -> Replay:
    """Replay the plan; Unproven where it breaks a rule or costs something else than the model says."""
    replay = check(programme, tables)
    if replay.breaches:
        first = "; ".join(str(breach) for breach in replay.breaches[:3])
        raise Unproven(f"the plan breaks {len(replay.breaches)} rules of its own tables and is not shown: {first}")
    cost = float(formulation.money @ x)
    scale = max(abs(cost), abs(replay.total), 1.0)
    if not -AGREES * scale <= cost - replay.total <= SPARED * scale:
        raise Unproven(f"the model counts {cost:,.2f} EUR for the plan and the checker {replay.total:,.2f}; it is not shown")
    return replay


def lengthened(programme: Programme, options: Options) -> Programme:
    """Return the programme with the horizon that the options ask for."""
    if options.weeks is None:
        return programme
    weeks = pl.lit(options.weeks, pl.Int64)
    short = pl.min_horizontal("weekly_buckets", weeks)
    return programme.replace(settings=programme["settings"].with_columns(weeks=weeks, weekly_buckets=short))


def _outcome(found: Found, cost: float, bound: float | None, options: Options, seconds: float) -> Outcome:
    """Say what the plan costs, how good it is proven to be, and in which model.

    Args: cost, bound over steps [EUR]; found, the plan in buckets and its bound.
    """
    outcome = Outcome(Status.DONE if found.reached else Status.LIMITED, "", seconds, cost, bound)
    gap = "" if outcome.gap is None else f", proven within {outcome.gap:.2%} of the best possible"
    inside = relative_gap(found.cost, found.bound)
    if inside is not None and (bound is None or inside < (outcome.gap or 0.0) - CLOSE):
        gap += f"; in the planner's longer buckets it is proven within {inside:.2%}"
    limit = "" if found.reached else f"; stopped before the gap of {options.gap:.2%} that was asked for"
    return replace(outcome, sentence=f"The plan costs {cost:,.0f} EUR{gap}{limit}.")


def _without(found: Found, seconds: float) -> Outcome:
    if found.impossible:
        return Outcome(Status.IMPOSSIBLE, "No plan can keep every rule of the programme.", seconds)
    return Outcome(
        Status.LIMITED, "The limit was reached before there was a plan; give it more time.", seconds, None, found.bound
    )
