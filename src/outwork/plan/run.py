"""`plan.run`: from a programme to a checked plan."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial

import polars as pl

import outwork
from outwork.model.axis import Array
from outwork.model.outcome import MadeBy, Outcome, Status, relative_gap
from outwork.model.programme import Programme
from outwork.plan import greedy
from outwork.plan.ahead import Ahead
from outwork.plan.bound import certify
from outwork.plan.build import Formulation, formulate
from outwork.plan.build.aim import COST, Aim
from outwork.plan.carry import Carried, carry, polished, priced
from outwork.plan.explain import explain, impossible
from outwork.plan.network import Network
from outwork.plan.options import Options
from outwork.plan.replay import check
from outwork.plan.result import Result
from outwork.plan.search import Found, search, solve
from outwork.plan.search.board import Board
from outwork.solve.watch import Progress, Stop

DEFAULT = Options()
Known = Callable[[Formulation, Options, Board], None]
"""Offers plans to the board."""
BOUNDED, EXPLAINED = 0.25, 0.5
"""Parts of the limit [1] that the bound over steps and the reasons may take after the search."""
CLOSE = 1e-4
"""Difference of two gaps [1] that is not worth a word."""
ASKED = 80_000
"""Variables of the model over steps up to which its own relaxation is solved for a bound."""


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
    name, made_by = programme.settings.name, MadeBy(outwork.__version__, asdict(options), options.seed, programme.digest)
    with Ahead(partial(_ahead, programme, formulation, options)) as ahead:
        watched = stop is not None and options.threads > 1
        board = Board(options.gap, options.limit, progress, stop or Stop(), ahead.take if watched else None)
        if known is not None:
            known(formulation, options, board)
        found = search(formulation, options, board)
        if found.x is None or found.cost is None:
            why = impossible(programme, formulation, board.share(EXPLAINED)) if found.impossible and options.explain else ()
            return Result(name, _without(found, time.monotonic() - began), {}, why, made_by)
        board.say("unfolding into steps")
        carried = _carried(found.x, ahead, board) or carry(programme, formulation, found.x, options, Stop())
        carried = polished(programme, carried, options, board)
    if carried.decided is not found.x:  # stopped, and a plan before the best one stood already
        found = replace(found, cost=float(formulation.problem.cost @ carried.decided) + formulation.problem.constant)
    bound = found.bound if carried.formulation is formulation else stepwise_bound(carried.formulation, options, board)
    explained = explain(programme, carried, options, board.share(EXPLAINED))
    outcome = _outcome(found, carried.replay.total, bound, options, time.monotonic() - began)
    baseline = greedy_cost(programme, carried.formulation.network) if aim is COST and not board.stop.asked else None
    answer = carried.tables | explained.tables
    return Result(name, outcome, answer, explained.why, made_by, carried.replay.costs, baseline, found.cost)


def _ahead(programme: Programme, formulation: Formulation, options: Options, decided: Array, stop: Stop) -> Carried:
    """Carry a plan in buckets out while the search goes on, with all that its reasons are read from."""
    carried = carry(programme, formulation, decided, options, stop)
    return priced(programme, carried) if options.explain else carried


def _carried(decided: Array, ahead: Ahead, board: Board) -> Carried | None:
    """Return what was carried out while the search went on, None where nothing was."""
    if board.stop.asked and ahead.newest is not None:
        return ahead.newest
    return ahead.of(decided, board.stop)


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
