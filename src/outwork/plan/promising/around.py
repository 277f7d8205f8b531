"""What can be promised with the plan moved around it, and what that costs.

Who is qualified and which options are taken stays as planned; what is made, bought and moved where and when is planned anew
around that, step by step. Each answer is a plan that the independent checker has replayed; what it costs is what that plan
costs more than the one in force.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from math import floor
from typing import Final

import numpy as np
import polars as pl

from outwork.model.axis import Array, Index
from outwork.model.outcome import Outcome, Status
from outwork.model.programme import Programme
from outwork.plan.build import Formulation, formulate
from outwork.plan.build.aim import Aim
from outwork.plan.build.draft import Draft
from outwork.plan.carry import checked, evened, told
from outwork.plan.network import Network
from outwork.plan.options import Options
from outwork.plan.promising.asked import DUST, NAME, Ask, Offer, Promised, Tables, decided, edited, refuse, sentence
from outwork.plan.replay import check
from outwork.plan.rolling.earlier import started
from outwork.plan.search import settle
from outwork.plan.search.board import Board
from outwork.plan.search.rounding import fixed
from outwork.solve.again import Session
from outwork.solve.answer import Answer
from outwork.solve.blocks import Problem
from outwork.solve.watch import Progress, Stop

SLACK: Final = 1e-6
"""Units, and share of them, by which a promise of the plan may be off: the solver's own dust."""
BOUNDS: Final = "with the qualifications of the plan"
DEFAULT: Final = Options()


def around(
    programme: Programme,
    last: Tables,
    ask: Ask,
    options: Options = DEFAULT,
    progress: Callable[[Progress], None] | None = None,
    stop: Stop | None = None,
) -> Promised:
    """Answer an ask beside a plan.

    Args: last, the tables of the plan, which holds for the programme as it stands; stop ends the search with what it has by
    then, and the outcome says so. The limit of the options is not looked at: half an answer would read as a refusal.

    Raises UnknownName where the item or the site is not there, ValueError where there is no plan or nothing is asked.
    """
    began = time.monotonic()
    refuse(programme, last, ask)
    counter = _Counter.of(
        programme, last, ask, replace(options, explain=False), Board(options.gap, None, progress, stop or Stop())
    )
    end = counter.formulation.network.horizon.steps - 1
    step = min(max(programme.horizon.step(ask.by), 0), end)
    counter.board.say("by the day")
    most = floor(counter.most(step) + DUST) if step >= 0 else 0
    by_day = counter.offer(step, float(most)) if most >= 1 else None
    if most >= ask.quantity - DUST:
        by_day = counter.offer(step, ask.quantity)
    counter.board.say("all of them")
    first = counter.first(end)
    soonest = None if first is None else counter.soonest(first, end)
    counter.board.say("at least cost")
    cheapest = None if soonest is None else counter.offer(end, ask.quantity)
    not_before = None if first is None else programme.horizon.day(first)
    said = sentence(ask, by_day, soonest, BOUNDS)
    status = Status.DONE if soonest is not None or by_day is not None else Status.IMPOSSIBLE
    if counter.board.stop.asked:
        status, said = Status.LIMITED, "Stopped before all was looked into; ask again for the whole answer."
    return Promised(ask, Outcome(status, said, time.monotonic() - began), by_day, soonest, cheapest, not_before)


@dataclass(frozen=True, eq=False)
class _Counter:
    """The model over steps in which an ask is looked into: `base` [EUR] is what the plan costs without it."""

    programme: Programme
    ask: Ask
    formulation: Formulation
    problem: Problem
    options: Options
    board: Board
    base: float
    session: Session

    @classmethod
    def of(cls, programme: Programme, last: Tables, ask: Ask, options: Options, board: Board) -> _Counter:
        wider = edited(programme, ask)
        network = Network.of(wider)
        keeping = Aim((partial(kept, promises=last["promises"], last=last["deliver"]),))
        formulation = formulate(network.bucketed(network.horizon.fine()), keeping)
        taken = dict(last["promises"].select("demand", pl.col("taken").cast(pl.Float64)).iter_rows())
        names, block = network.wishes.names.names, formulation.problem.variables["taken"]
        values = {
            "started": started(formulation.network, last),
            "taken": np.array([taken.get(names[demand], 0.0) for demand in block.keys["demand"].tolist()]),
        }
        held = fixed(formulation.problem, values)
        return cls(
            wider, ask, formulation, held, options, board, check(programme, decided(last)).total, Session(stop=board.stop)
        )

    def most(self, step: int) -> float:
        """Return how many units there can be until a step."""
        problem = self._within(step, 0.0)
        cost = np.zeros_like(problem.cost)
        cost[self._short] = 1.0
        x = self._solved(problem.priced(cost), self.session.run(problem.priced(cost).relaxed()))
        return 0.0 if x is None else self.ask.quantity - float(x[self._short])

    def first(self, end: int) -> int | None:
        """Return the first step until which all of them fit where nothing has to be whole; None where they never do."""
        low, high = 0, end
        if not self._fits(end):
            return None
        while low < high and not self.board.stop.asked:
            middle = (low + high) // 2
            low, high = (low, middle) if self._fits(middle) else (middle + 1, high)
        return high

    def soonest(self, first: int, end: int) -> Offer | None:
        """Return the offer of all of them at the first step that also holds with what has to be whole, looking ever farther."""
        step, stride = first, 1
        while step <= end and not self.board.stop.asked:
            if (found := self.offer(step, self.ask.quantity)) is not None:
                return found
            step, stride = (end if step < end < step + stride else step + stride), 2 * stride
        return None

    def offer(self, step: int, units: float) -> Offer | None:
        """Return the cheapest plan found that hands over so many units until a step, None where none was found."""
        problem = self._within(step, units)
        x = self._solved(problem, self.session.run(problem.relaxed()))
        if x is None:
            return None
        x = evened(self.formulation, problem, x, self.session.run)
        tables = told(self.formulation, x)
        replay = checked(self.programme, tables, self.formulation, x)
        handed = tables["deliver"].filter(pl.col("demand") == NAME, pl.col("quantity") > DUST)
        ready = handed["start"].max()
        assert isinstance(ready, date)  # noqa: S101 - the bound on what is short asks for units
        return Offer(float(handed["quantity"].sum()) if units <= 0 else units, ready, replay.total - self.base)

    def _fits(self, step: int) -> bool:
        """Return whether all of them fit until a step, whatever that costs, where nothing has to be whole."""
        problem = self._within(step, self.ask.quantity)
        return self.session.run(problem.priced(np.zeros_like(problem.cost)).relaxed()).x is not None

    def _solved(self, problem: Problem, answer: Answer) -> Array | None:
        """Return the best solution, whole where it has to be. Args: answer of the relaxed problem."""
        if answer.x is None or not (problem.integer & (problem.upper > problem.lower)).any():
            return answer.x
        return settle(self.formulation, problem, answer.x, 0.5, self.session.run)[0].x

    def _within(self, step: int, units: float) -> Problem:
        """Return the problem in which at least so many units are handed over, and none of them after a step."""
        own, deliver = self.formulation.spans["deliver"], self.problem.variables["deliver"]
        upper = self.problem.upper.copy()
        late = (own.member == self._demand) & (own.first > step)
        upper[deliver.slice] = np.where(late, 0.0, upper[deliver.slice])
        upper[self._short] = max(self.ask.quantity - units, 0.0)
        return self.problem.bounded(self.problem.lower, upper)

    @property
    def _demand(self) -> int:
        return self.formulation.network.wishes.names.position[NAME]

    @property
    def _short(self) -> int:
        block = self.problem.variables["short"]
        return int(block.first + np.flatnonzero(block.keys["demand"] == self._demand)[0])


def kept(draft: Draft, promises: pl.DataFrame, last: pl.DataFrame) -> None:
    """What the plan hands over on time and in all stays so, for every demand d of which it hands over anything:

    sum_{t <= due} deliver[d,t] (or direct, on arrival)   >=  what it hands over until its due step     [unit]
    sum_{t <= end} deliver[d,t] (or direct, on arrival)   >=  what it hands over until its last step    [unit]
    """
    wishes, horizon = draft.network.wishes, draft.network.horizon
    ends = dict(last.group_by("demand").agg(pl.col("start").max()).iter_rows())
    rows = [
        (wishes.names.position[demand], on_time, on_time + late, horizon.step(ends[demand]))
        for demand, on_time, late in promises.select("demand", "on_time", "late").iter_rows()
        if demand in ends and demand in wishes.names.position
    ]
    who = np.array([row[0] for row in rows], np.int64)
    for name, column, step in (
        ("kept on time", 1, wishes.due[who]),
        ("kept in all", 2, np.array([row[3] for row in rows], np.int64)),
    ):
        least = np.array([row[column] for row in rows])
        draft.limit(name, {"demand": who}, lower=np.maximum(least * (1 - SLACK) - SLACK, 0.0))
        _until(draft, name, who, step)


def _until(draft: Draft, name: str, who: Index, step: Index) -> None:
    """Add to one row for each demand what is handed over for it until a step."""
    wishes, ways = draft.network.wishes, draft.network.directs
    row, until = np.full(len(wishes.names), -1), np.full(len(wishes.names), -1)
    row[who], until[who] = np.arange(len(who)), step
    for block in ("deliver", "direct"):
        own = draft.spans[block]
        demand = own.member if block == "deliver" else ways.demand[own.member]
        lead = 0 if block == "deliver" else ways.lead[own.member]
        inside = np.flatnonzero((row[demand] >= 0) & (own.first + lead <= until[demand]))
        draft.add(name, row[demand[inside]], block, inside)
