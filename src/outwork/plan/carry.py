"""Carrying a plan out: from what the search decided in buckets to tables over steps that stand up to the replay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl

from outwork.model.axis import Array
from outwork.model.errors import Stopped, Unproven
from outwork.model.programme import Programme
from outwork.plan import weekly
from outwork.plan.answer import decisions, work
from outwork.plan.answer.decisions import LEAST
from outwork.plan.answer.pegging import pegging
from outwork.plan.build import Formulation
from outwork.plan.options import Options
from outwork.plan.replay import Replay, check
from outwork.plan.search import settle, solve
from outwork.plan.search.board import Board
from outwork.plan.search.rounding import fixed_whole
from outwork.plan.solved import Solved
from outwork.solve.again import Session
from outwork.solve.answer import Answer
from outwork.solve.blocks import Problem
from outwork.solve.options import Options as SolveOptions
from outwork.solve.watch import Stop

POLISHED: Final = 0.1
"""Part of the limit [1] that branch and bound over steps may take."""
FEW: Final = 5_000
"""Iterations of simplex from the last basis beyond which interior point from nothing is the shorter way."""
HALF: Final = 0.5
"""Part at which what has to be whole is rounded up; the bucketed plan has decided qualifications already."""
AGREES, SPARED = 1e-5, 1e-3
"""Relative difference [1] at which the plan is refused: the checker may not count more than the model by the first, nor less
by the second (a model may pay for what it does not use; it is the checker's count that is shown)."""
Ask = Callable[[Problem], Answer]
"""Solves a linear problem."""


@dataclass(frozen=True, eq=False)
class Carried:
    """A plan over steps that stands up to the replay.

    Args: decided [variable of the model in buckets], what it carries out; formulation, over steps; problem, what the decisions
    leave open of it; x [variable of it], the plan; session, which has just solved the problem around the plan; pegs, solved:
    from where every unit comes, and the plan with its prices, None where nobody has asked for them yet.
    """

    decided: Array
    formulation: Formulation
    problem: Problem
    x: Array
    tables: dict[str, pl.DataFrame]
    replay: Replay
    session: Session
    pegs: pl.DataFrame | None = None
    solved: Solved | None = None


def carry(programme: Programme, formulation: Formulation, decided: Array, options: Options, stop: Stop) -> Carried:
    """Carry a plan in buckets out, step by step.

    Args: decided [variable of `formulation`]. Raises Stopped where `stop` was asked before there was a whole plan, Unproven
    where there is none, or where it does not stand up to the replay.
    """
    session = Session(SolveOptions(seed=options.seed), stop, most=FEW)
    if weekly.in_steps(formulation):
        fine, problem, x = formulation, formulation.problem, decided
    else:
        fine, problem = weekly.unfolded(formulation, decided)
        x = _settled(fine, problem, session, stop)
    x = evened(fine, problem, x, session.run)
    if stop.asked:
        raise Stopped("carrying the plan out was stopped")
    tables, replay = replayed(programme, fine, x)
    return Carried(decided, fine, problem, x, tables, replay, session)


def priced(programme: Programme, carried: Carried, seconds: float | None = None) -> Carried:
    """Return the plan with its pegging and, where they are found in time, its prices: what reasons are read from."""
    if carried.solved is not None:
        held = carried.solved.session.handed(SolveOptions(limit=seconds))
        return replace(carried, session=held, solved=replace(carried.solved, session=held))
    pegs = pegging(carried.formulation, carried.x)
    solved = Solved.of(programme, carried.formulation, carried.x, seconds, carried.session)
    return replace(carried, pegs=pegs, solved=solved, session=carried.session if solved is None else solved.session)


def polished(programme: Programme, carried: Carried, options: Options, board: Board) -> Carried:
    """Return the plan with lots, set-ups and trips as branch and bound finds them cheaper in its part of the limit."""
    problem = carried.problem
    if carried.formulation.problem is problem or not weekly.open_integers(problem) or board.stop.asked:
        return carried  # the plan in buckets of one step was branched for already
    found = solve(problem, options, board, carried.x, board.share(POLISHED))
    if found.x is None or found.objective is None or found.objective >= float(problem.cost @ carried.x) + problem.constant:
        return carried
    x = evened(carried.formulation, problem, found.x, carried.session.run)
    tables, replay = replayed(programme, carried.formulation, x)
    return replace(carried, x=x, tables=tables, replay=replay, pegs=None, solved=None)


def _settled(fine: Formulation, problem: Problem, session: Session, stop: Stop) -> Array:
    """Return the cheapest solution found with whole decisions. [variable]."""
    answer = session.run(problem.relaxed())
    if answer.x is not None and weekly.open_integers(problem):
        answer, _ = settle(fine, problem, answer.x, HALF, session.run)
    if stop.asked:
        raise Stopped("carrying the plan out was stopped")
    if answer.x is None:
        raise Unproven("the plan in buckets cannot be carried out step by step; plan with weekly_buckets equal to weeks")
    return answer.x


def evened(formulation: Formulation, problem: Problem, x: Array, ask: Ask) -> Array:
    """Return the cheapest solution with the same whole decisions, without what is paid for and not used.

    Branch and bound answers with the first solution that is good enough: hours that nobody works, a set-up for nothing. Each
    set-up that is dropped frees the hours that it took, so the rest is planned again until none is left to drop.
    """
    if not problem.integer.any():
        return x
    while True:
        answer = ask(fixed_whole(problem, x))
        tidy = weekly.tidied(formulation, x if answer.x is None else answer.x)
        if answer.x is None or (np.round(tidy) == np.round(answer.x))[problem.integer].all():
            return tidy
        x = tidy


def told(formulation: Formulation, x: Array) -> dict[str, pl.DataFrame]:
    """Return the tables of a solution over steps that the checker needs."""
    return {**decisions.decisions(formulation, x), "work": work.work(formulation, x)}


def replayed(programme: Programme, formulation: Formulation, x: Array) -> tuple[dict[str, pl.DataFrame], Replay]:
    """Return the tables of a solution over steps, those that the checker makes among them, and what it counts."""
    tables = told(formulation, x)
    replay = checked(programme, tables, formulation, x)
    tables |= {"stock": replay.stock, "promises": replay.promises, "cash_events": replay.cash_events}
    return {name: undusted(frame) for name, frame in tables.items()}, replay


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
