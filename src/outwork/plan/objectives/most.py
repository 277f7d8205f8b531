"""Objective `most`: most units of a design handed over by a date, and among such plans the cheapest.

Every site that wants the item gets a further demand without price, due on the date. First the units are maximised, whatever
they cost; then the cost is minimised over the plans that hand over as many. Nothing is weighed against each other.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from outwork.model.axis import Array
from outwork.model.outcome import Outcome, Reason, Status, relative_gap
from outwork.model.programme import Programme
from outwork.plan.build import Formulation, formulate
from outwork.plan.build.aim import Aim
from outwork.plan.build.draft import Draft
from outwork.plan.explain import bottlenecks
from outwork.plan.network import Network
from outwork.plan.objectives.extra import ceiling, extra_demands, handed, settled, wanting, weekly_until, with_extra
from outwork.plan.objectives.on_time import never_late
from outwork.plan.options import Options
from outwork.plan.result import Result
from outwork.plan.run import EXPLAINED
from outwork.plan.run import run as least_cost
from outwork.plan.search import Found, search
from outwork.plan.search.board import Board
from outwork.plan.solved import Solved
from outwork.solve.blocks import Problem
from outwork.solve.watch import Progress, Stop

DUST = 1e-7
"""Relative slack [1] of the units that the cheapest plan has to keep up with."""


def run(
    programme: Programme, options: Options, progress: Callable[[Progress], None] | None = None, stop: Stop | None = None
) -> Result:
    """Return the cheapest plan among those that hand over the most units; cost and bound of its outcome count units."""
    began, stop = time.monotonic(), stop or Stop()
    edited = _edited(programme, options)
    network = Network.of(edited)
    item, last = network.items.position[options.item or ""], network.horizon.step(options.by or programme.horizon.start)
    counts = Aim(turns=(by_units,), unit=options.item or "")
    counting = formulate(network, aim(item, last, 0.0).and_also(counts))
    half = None if options.limit is None else options.limit / 2
    found = search(counting, options, Board(options.gap, half, progress, stop))
    units = 0.0 if found.cost is None else -found.cost
    cheapest = aim(item, last, units * (1 - DUST))
    left = None if options.limit is None else max(options.limit - (time.monotonic() - began), options.limit / 10)
    result = least_cost(
        edited,
        replace(options, limit=left),
        progress,
        stop,
        cheapest,
        None if found.x is None else partial(_offer, found.x),
    )
    outcome = _outcome(options, found, result, time.monotonic() - began)
    if options.explain and found.x is not None:
        result = replace(result, why=_why(result, Solved.of(edited, counting, found.x, left), left))
    return replace(settled(programme, edited, result), outcome=outcome, bucketed=None)


def _why(result: Result, counted_by: Solved | None, seconds: float | None) -> tuple[Reason, ...]:
    """Return the reasons of the cheapest plan with what holds the units back in place of what holds the money back.

    Until the date buckets are steps, and after it nothing holds the units back.
    """
    if counted_by is None:
        return result.why
    narrow = bottlenecks.bottlenecks(counted_by, None if seconds is None else EXPLAINED * seconds)
    first = tuple(bottlenecks.reason(counted_by, each) for each in narrow)
    return first + tuple(each for each in result.why if each.code != "bottleneck")


def aim(item: int, last: int, least: float) -> Aim:
    """Return the aim to hand over at least so many units of an item until a step."""
    says = {"counted": "the units that are counted by the date come first"}
    return Aim((partial(counted, item=item, last=last, least=least),), (extra_in_time,), says=says)


def counted(draft: Draft, item: int, last: int, least: float) -> None:
    """What is handed over of the item until the step `last`, for whichever demand:

    sum_{d of item, t <= last} deliver[d,t]  +  sum_{x of item, arriving <= last} direct[x,t]  >=  least     [unit]
    """
    draft.limit("counted", {"item": np.array([item])}, lower=least)
    for block, variable, _, until in handed(draft, item):
        draft.add("counted", np.zeros(int((until <= last).sum()), np.int64), block, variable[until <= last])


def extra_in_time(problem: Problem, draft: Draft) -> Problem:
    """Return the problem in which added demands are handed nothing after the date."""
    return never_late(problem, draft, extra_demands(draft))


def by_units(problem: Problem, _draft: Draft) -> Problem:
    """Return the problem that maximises what is counted, whatever it costs."""
    row = problem.rows["counted"].first
    return problem.priced(-np.asarray(problem.matrix[[row], :].todense()).ravel())


def _edited(programme: Programme, options: Options) -> Programme:
    """Return the programme with a demand beyond any reach at every site that wants the item."""
    item, by = options.item or "", options.by or programme.horizon.start
    wanting(programme, item)
    network = Network.of(programme)
    most = ceiling(network, network.items.position[item])
    earliest = min(by, programme.horizon.start)
    return with_extra(weekly_until(programme, by), item, most, earliest, by)


def _offer(x: Array, formulation: Formulation, _options: Options, board: Board) -> None:
    """Offer the plan with the most units as a first, dear one."""
    board.offer("most units", x, float(formulation.problem.cost @ x))


def _outcome(options: Options, found: Found, result: Result, seconds: float) -> Outcome:
    """Count the units, and say what they cost and how good that is."""
    if found.cost is None or not result.tables:
        return replace(result.outcome, cost=None, bound=None if found.bound is None else -found.bound, seconds=seconds)
    bound = None if found.bound is None else -found.bound
    units = -found.cost
    gap = relative_gap(units, bound)
    proven = "" if bound is None else f"; no plan can hand over more than {bound:,.1f}"
    done = gap is not None and gap <= options.gap and result.outcome.status is Status.DONE
    said = (
        f"{units:,.1f} units of {options.item} are handed over by {options.by}{proven}. "
        f"The cheapest plan found for that costs {result.outcome.cost or 0.0:,.0f} EUR."
    )
    return Outcome(Status.DONE if done else Status.LIMITED, said, seconds, units, bound)
