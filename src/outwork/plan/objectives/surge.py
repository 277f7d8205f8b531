"""Objective `surge`: the fewest weeks until a weekly rate of a design is kept up over four weeks in a row.

The rate is kept up from a week on where in each of its four weeks at least as much is handed over, at all sites that want
the item together, and over the four weeks at least as much comes out of making or arrives from suppliers: a rate that only
empties a store is no rate. Lots may make one week's output larger than another's.

A week is looked for by bisection over linear relaxations, then planned for at least cost. Each earlier week is then shown
to be impossible, from the first on, by its relaxation; how far that came is the bound.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial

import numpy as np
import polars as pl

from outwork.model.errors import Fault, InvalidProgramme
from outwork.model.outcome import Outcome, Reason, Status
from outwork.model.programme import Programme
from outwork.plan.build import Formulation, formulate
from outwork.plan.build.aim import Aim
from outwork.plan.build.draft import Draft
from outwork.plan.explain import impossible
from outwork.plan.network import Network
from outwork.plan.objectives.extra import extra_demands, handed, settled, weekly_until, with_extra
from outwork.plan.options import Options
from outwork.plan.result import Result
from outwork.plan.run import EXPLAINED
from outwork.plan.run import run as least_cost
from outwork.plan.search import solve
from outwork.plan.search.board import Board
from outwork.solve.blocks import Problem
from outwork.solve.status import Status as Solved
from outwork.solve.watch import Progress, Stop

WEEKS = 4
"""Weeks over which a rate is kept up."""


def run(
    programme: Programme, options: Options, progress: Callable[[Progress], None] | None = None, stop: Stop | None = None
) -> Result:
    """Return the cheapest plan with the earliest surge; cost and bound of its outcome count weeks from the start."""
    board = Board(options.gap, options.limit, progress, stop or Stop())
    hunt = Hunt(_edited(programme, options), options, board)
    step, result = hunt.first()
    bound = hunt.excluded_below() if step is None else min(hunt.excluded_below(), step)
    seconds = time.monotonic() - board.began
    why = hunt.not_from(bound - 1) if bound and options.explain else ()
    if step is None:
        made_by = replace(result.made_by, digest=programme.digest)
        return replace(result, outcome=hunt.without(bound, seconds), made_by=made_by, why=why)
    result = settled(programme, hunt.programme, replace(result, why=why + result.why))
    return replace(result, outcome=hunt.outcome(step, bound, result, seconds), bucketed=None)


@dataclass(eq=False)
class Hunt:
    """The search over steps from which on the rate is kept up."""

    programme: Programme
    options: Options
    board: Board
    possible: dict[int, bool] = field(default_factory=dict)
    """What is known of steps: False where nothing can keep up the rate from there, True where the relaxation can."""

    @cached_property
    def steps(self) -> int:
        """Steps over which the rate is kept up."""
        return int(np.ceil(WEEKS / self.programme.horizon.weeks_per_step - 1e-9))

    @cached_property
    def model(self) -> Formulation:
        """The model with the rows that a surge binds, none of them binding yet."""
        network = Network.of(self.programme)
        return formulate(network, Aim((partial(kept_up, item=self.item(network), steps=self.steps),)))

    @property
    def last(self) -> int:
        """Last step from which on the rate can be kept up within the horizon."""
        return self.programme.horizon.steps - self.steps

    def item(self, network: Network) -> int:
        """Position of the item that is counted."""
        return network.items.position[self.options.item or ""]

    def first(self) -> tuple[int | None, Result]:
        """Return the earliest step found and its plan; None, and a result without a plan, where none was found."""
        tried = [self._bisected(), *range(self.last + 1)]
        result: Result | None = None
        for step in tried:
            if (step is None or self.board.done) and result is not None:
                break
            if step is None or not self.relaxed(step):
                continue
            result = self._planned(step)
            if result.tables:
                return self._earlier(step, result)
        return None, result or self._planned(self.last)

    def excluded_below(self) -> int:
        """Return the first step that is not shown to be impossible, looking while there is time."""
        for step in range(self.last + 1):
            if (step not in self.possible and self.board.done) or self.relaxed(step):
                return step
        return self.last + 1

    def not_from(self, step: int) -> tuple[Reason, ...]:
        """Return why the rate cannot be kept up from a step on, for which that is shown: what would have to give way."""
        model = replace(self.model, problem=self._asked(step).relaxed())
        rate, item, day = self.options.rate, self.options.item, self._day(step)
        head = f"{rate:,.6g} units of {item} a week cannot be kept up from {day} on."
        found = impossible(self.programme, model, self.board.share(EXPLAINED), self.board.stop)
        alone = "Lead times and qualifications alone take longer."
        return tuple(replace(each, sentence=f"{head} {each.sentence if each.rows else alone}") for each in found)

    def _asked(self, step: int) -> Problem:
        return bound_to(self.model.problem, self.model.draft, step, self.steps, self._rate())

    def relaxed(self, step: int) -> bool:
        """Return whether the linear relaxation can keep up the rate from a step on."""
        if step not in self.possible:
            self.board.say(f"surge from week {self._weeks(step):g} on")
            problem = self._asked(step)
            answer = solve(problem.relaxed().priced(np.zeros_like(problem.cost)), self.options, self.board)
            if answer.status is not Solved.INFEASIBLE:
                return self.possible.setdefault(step, True)
            self.possible[step] = False
        return self.possible[step]

    def _earlier(self, step: int, result: Result) -> tuple[int, Result]:
        """Look for a plan before the step that bisection found; what is possible need not stay possible."""
        for before in range(step):
            if self.board.done:
                break
            if self.relaxed(before):
                found = self._planned(before)
                if found.tables:
                    return before, found
        return step, result

    def _bisected(self) -> int | None:
        """Return the first possible step, if what is possible once stays possible; None where the last is not.

        Half of the time is kept for the plan itself: then the earliest step that is known to be possible has to do.
        """
        low, high = 0, self.last
        while low < high and not self.board.done and self._half_left():
            middle = (low + high) // 2
            low, high = (low, middle) if self.relaxed(middle) else (middle + 1, high)
        return high if high >= 0 and self.relaxed(high) else None

    def _half_left(self) -> bool:
        """Return whether more than half of the time is left."""
        return self.board.left is None or self.options.limit is None or self.board.left > self.options.limit / 2

    def _planned(self, step: int) -> Result:
        """Return the cheapest plan from a step on, in half of the time that is left; the proof has the other half."""
        rows = partial(kept_up, item=self.item(self.model.network), steps=self.steps)
        turn = partial(bound_to, step=step, steps=self.steps, rate=self._rate())
        left = None if self.board.left is None else max(self.board.left / 2, (self.options.limit or 0.0) / 10)
        said = f"{self.options.rate:,.6g} units of {self.options.item} a week from {self._day(step)} on come first"
        aim = Aim((rows,), (turn,), says={"handed": said, "output": said})
        result = least_cost(self.programme, replace(self.options, limit=left), self.board.tell, self.board.stop, aim)
        if result.outcome.status is Status.IMPOSSIBLE:
            self.possible[step] = False
        return result

    def _rate(self) -> float:
        """Units in a step."""
        return (self.options.rate or 0.0) * self.programme.horizon.weeks_per_step

    def _weeks(self, step: int) -> float:
        return step * self.programme.horizon.weeks_per_step

    def outcome(self, step: int, bound: int, result: Result, seconds: float) -> Outcome:
        """Say from when on the rate is kept up, and to which sites."""
        rate, item, weeks = self.options.rate, self.options.item, self._weeks(step)
        unsettled = f"whether {self._weeks(bound):g} weeks could be enough was not settled in time"
        said = (
            f"{rate:,.6g} units of {item} a week are kept up {weeks:g} weeks after the start, from {self._day(step)} on, to "
            f"{', '.join(self._served(step, result))}; {'it cannot be earlier' if bound == step else unsettled}. "
            f"The cheapest plan found for that costs {result.outcome.cost or 0.0:,.0f} EUR."
        )
        status = Status.DONE if bound == step and result.outcome.status is Status.DONE else Status.LIMITED
        return Outcome(status, said, seconds, weeks, self._weeks(bound))

    def _served(self, step: int, result: Result) -> list[str]:
        """Return the sites to which the item is handed over while the rate is kept up."""
        wanted = self.programme["demands"].filter(pl.col("item") == self.options.item).select("demand", "site")
        within = pl.col("start").is_between(self._day(step), self._day(step + self.steps), closed="left")
        return result.tables["deliver"].filter(within).join(wanted, on="demand")["site"].unique().sort().to_list()

    def _day(self, step: int) -> date:
        return self.programme.horizon.day(step)

    def without(self, bound: int, seconds: float) -> Outcome:
        """Say that no surge was found."""
        rate, item = self.options.rate, self.options.item
        if bound > self.last:
            return Outcome(
                Status.IMPOSSIBLE, f"No plan keeps up {rate:,.6g} units of {item} a week within the horizon.", seconds
            )
        said = f"No plan that keeps up {rate:,.6g} units of {item} a week was found in time; give it more time."
        return Outcome(Status.LIMITED, said, seconds, None, self._weeks(bound))


def kept_up(draft: Draft, item: int, steps: int) -> None:
    """The rows that a surge from a step on binds; until then they ask for nothing.

    For every step t:   handed[t] = sum_d deliver[d,t] + direct arriving in t                                    [unit]
    For every step w:   output[w] = sum_{t in w..w+steps-1} good units out of making, and arrivals of orders, in t   [unit]
    """
    horizon = draft.horizon
    draft.limit("handed", {"step": np.arange(horizon.steps)})
    for block, variable, step, _ in handed(draft, item):
        inside = step < horizon.steps
        draft.add("handed", step[inside], block, variable[inside])
    begins = np.arange(max(horizon.steps - steps + 1, 0))
    draft.limit("output", {"step": begins})
    making, offers = draft.network.making, draft.network.offers
    for block, of, lead, good in (
        ("make", making.item, making.lead, making.yield_rate),
        ("buy", offers.item, offers.lead, np.ones(len(offers.item))),
    ):
        own = draft.spans[block]
        here = np.flatnonzero(of[own.member] == item)
        arrives = own.first[here] + lead[own.member[here]]
        for ahead in range(steps):
            row = arrives - ahead
            inside = (row >= 0) & (row < len(begins))
            draft.add("output", row[inside], block, here[inside], good[own.member[here[inside]]])


def bound_to(problem: Problem, draft: Draft, step: int, steps: int, rate: float) -> Problem:
    """Return the problem that keeps up the rate from a step on, and hands nothing over for added demands but then.

    For t in step..step+steps-1:   handed[t]  >=  rate     [unit];     output[step]  >=  steps * rate     [unit]
    """
    lower = problem.row_lower.copy()
    first = problem.rows["handed"].first + step
    lower[first : first + steps] = rate
    lower[problem.rows["output"].first + step] = steps * rate
    upper, own = problem.upper.copy(), draft.spans["deliver"]
    outside = extra_demands(draft)[own.member] & ((own.first < step) | (own.first >= step + steps))
    upper[problem.variables["deliver"].slice][outside] = 0.0
    return problem.limited(lower, problem.row_upper).bounded(problem.lower, upper)


def _edited(programme: Programme, options: Options) -> Programme:
    """Return the programme week by week throughout, with a demand for the rate at every site that wants the item."""
    horizon = programme.horizon
    if horizon.steps * horizon.weeks_per_step < WEEKS:
        said = f"the horizon is shorter than the {WEEKS} weeks over which a rate is kept up; let weeks be {WEEKS} or more"
        raise InvalidProgramme((Fault("settings", said),))
    quantity = WEEKS * (options.rate or 0.0) + 1.0
    weekly = weekly_until(programme, horizon.day(horizon.steps - 1))
    return with_extra(weekly, options.item or "", quantity, horizon.start, horizon.day(horizon.steps - 1))
