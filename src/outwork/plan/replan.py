"""`replan`: the last plan, carried on from today, changed as little as is worth it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from math import ceil

import numpy as np
import polars as pl

from outwork.model.outcome import Outcome, Status
from outwork.model.programme import Programme
from outwork.plan.build import Formulation
from outwork.plan.causes import causes
from outwork.plan.compare import Difference, compare
from outwork.plan.options import Options
from outwork.plan.result import Result
from outwork.plan.rolling.done import done, on_hand, remaining
from outwork.plan.rolling.earlier import earlier, started
from outwork.plan.rolling.forward import rolled, step_of
from outwork.plan.rolling.frozen import Frozen, frozen, loosened
from outwork.plan.rolling.sticky import Change
from outwork.plan.run import run
from outwork.plan.search import settle, solve
from outwork.plan.search.board import Board
from outwork.solve.blocks import Problem
from outwork.solve.watch import Progress, Stop

Tables = Mapping[str, pl.DataFrame]
DEFAULT = Options()
BAND = 1e-6
"""How far [unit, and as a share] the last plan may be off where it is tried as it is: the solver's own dust."""


@dataclass(frozen=True)
class Again:
    """How a plan is carried on."""

    freeze_weeks: int = 4
    """Weeks from today's step on in which the last plan is kept [week]."""
    change_price: float = 0.05
    """What changing the plan after that costs: EUR for each EUR of value that is made, bought or qualified otherwise [1]."""


@dataclass(frozen=True, eq=False)
class Replan:
    """The new plan, the programme as it stands today, for which it holds, and what is new in it.

    `result` counts costs from today's step on; `outcome` counts the price of change with them.
    """

    result: Result
    programme: Programme
    difference: Difference


def replan(
    programme: Programme,
    last: Tables,
    today: date,
    actuals: pl.DataFrame | None = None,
    again: Again = Again(),
    options: Options = DEFAULT,
    progress: Callable[[Progress], None] | None = None,
    stop: Stop | None = None,
    planned: Programme | None = None,
) -> Replan:
    """Carry the last plan on from today.

    Args: programme as it is known today, over the horizon of the last plan; last, the tables of that plan; actuals, what
    really happened (model.tables.actual), None: all went as planned; planned, the programme for which the last plan was
    made, from which causes are read. Raises InvalidProgramme where today lies outside the horizon.
    """
    step, horizon = step_of(programme, today), programme.horizon
    start = horizon.day(step)
    planned_stock = on_hand(last, programme["stocks"], horizon.day(step - 1) if step else None)
    past = done(last, actuals, start, planned_stock)
    ahead = remaining(last, start)
    now = rolled(programme, past, step, again.freeze_weeks)
    steps = min(ceil(again.freeze_weeks / horizon.weeks_per_step - 1e-9), now.horizon.steps)
    state = frozen(now, ahead, steps)
    attempt = partial(_planned, ahead=ahead, price=again.change_price, options=options, progress=progress, stop=stop)
    result = attempt(state)
    if result.outcome.status is Status.IMPOSSIBLE and steps:
        state = loosened(state, options, Board(options.gap, None, progress, stop or Stop()))
        result = attempt(state)
    because = causes(planned, programme, past.surprise, state.cut, start)
    difference = compare(now, {**last, **ahead}, result.tables or ahead, because)
    return Replan(replace(result, outcome=_outcome(result, difference, again.change_price)), state.programme, difference)


def _planned(
    state: Frozen,
    ahead: Tables,
    price: float,
    options: Options,
    progress: Callable[[Progress], None] | None,
    stop: Stop | None,
) -> Result:
    """Plan anew from today on, trying the last plan first."""
    aim = state.aim.and_also(Change(ahead, price).aim) if price > 0 else state.aim
    return run(state.programme, options, progress, stop, aim, partial(_as_it_was, last=ahead))


def _as_it_was(formulation: Formulation, options: Options, board: Board, last: Tables) -> None:
    """Offer the last plan as it was, or else all of its making, buying and qualifying."""
    for blocks in (("make", "buy", "ship", "deliver"), ("make", "buy")):
        problem = _held(formulation, last, blocks)
        answer = solve(problem.relaxed(), options, board)
        if answer.x is None:
            continue
        found, _ = settle(formulation, problem, answer.x, 0.5, lambda asked: solve(asked, options, board))
        board.offer("last plan", found.x, found.objective)
        if found.x is not None:
            return


def _held(formulation: Formulation, last: Tables, blocks: tuple[str, ...]) -> Problem:
    """Return the problem that does what the last plan did, as far as its bounds allow."""
    problem, draft = formulation.problem, formulation.draft
    lower, upper = problem.lower.copy(), problem.upper.copy()
    for name in blocks:
        own = problem.variables[name].slice
        was = earlier(draft, last, name).by_variable(problem.variables[name].size)
        room = BAND * np.maximum(was, 1.0)
        lower[own] = np.clip(was - room, problem.lower[own], problem.upper[own])
        upper[own] = np.clip(np.where(was > 0, was + room, 0.0), problem.lower[own], problem.upper[own])
    own = problem.variables["started"].slice
    on = np.clip(started(formulation.network, last), problem.lower[own], problem.upper[own])
    lower[own] = upper[own] = on
    return problem.bounded(lower, upper)


def _outcome(result: Result, difference: Difference, price: float) -> Outcome:
    """Count the price of change with the cost, which is what the bound bounds."""
    own = result.outcome
    if own.cost is None or not price:
        return own
    change = price * difference.moved
    counted = replace(own, cost=own.cost + change)
    gap = "" if counted.gap is None else f", with the price of change proven within {counted.gap:.2%} of the best possible"
    said = f"From today on the plan costs {own.cost:,.0f} EUR and moves {difference.moved:,.0f} EUR of value{gap}."
    return replace(counted, sentence=said)
