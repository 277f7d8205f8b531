"""Objective `on time`: least cost with every binding demand delivered in full and on time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import polars as pl

from outwork.model.axis import Mask
from outwork.model.outcome import Status
from outwork.model.programme import Programme
from outwork.plan.build.aim import Aim
from outwork.plan.build.draft import Draft
from outwork.plan.objectives.extra import weekly_until
from outwork.plan.options import Options
from outwork.plan.result import Result
from outwork.plan.run import run as least_cost
from outwork.solve.blocks import Problem
from outwork.solve.watch import Progress, Stop


def run(
    programme: Programme, options: Options, progress: Callable[[Progress], None] | None = None, stop: Stop | None = None
) -> Result:
    """Return the cheapest plan in which no binding demand is late or short; impossible where there is none."""
    result = least_cost(edited(programme), options, progress, stop, AIM)
    made_by = replace(result.made_by, digest=programme.digest)
    if result.outcome.status is Status.IMPOSSIBLE:
        said = "No plan delivers every binding demand in full and on time; plan for cost to see which are late."
        return replace(result, made_by=made_by, outcome=replace(result.outcome, sentence=said))
    return replace(result, made_by=made_by)


def edited(programme: Programme) -> Programme:
    """Return the programme planned week by week until the last binding demand is due, so that on time is exact."""
    binding = programme["demands"].filter(pl.col("firm") == "binding")["due"].to_list()
    return weekly_until(programme, max(binding)) if binding else programme


def punctual(problem: Problem, draft: Draft) -> Problem:
    """For every binding demand:   short[d] = 0,   deliver[d,t] = 0 and direct[x,t] = 0 where what is handed over is late."""
    wishes = draft.network.wishes
    upper = never_late(problem, draft, ~wishes.option).upper.copy()
    upper[problem.variables["short"].slice] = 0.0
    return problem.bounded(problem.lower, upper)


def never_late(problem: Problem, draft: Draft, demands: Mask) -> Problem:
    """Return the problem in which the marked demands are handed nothing after their due step. Args: demands [demand]."""
    wishes, ways = draft.network.wishes, draft.network.directs
    upper = problem.upper.copy()
    own = draft.spans["deliver"]
    late = demands[own.member] & (own.first > wishes.due[own.member])
    upper[problem.variables["deliver"].slice] = np.where(late, 0.0, upper[problem.variables["deliver"].slice])
    own = draft.spans["direct"]
    demand = ways.demand[own.member]
    late = demands[demand] & (own.first + ways.lead[own.member] > wishes.due[demand])
    upper[problem.variables["direct"].slice] = np.where(late, 0.0, upper[problem.variables["direct"].slice])
    return problem.bounded(problem.lower, upper)


AIM = Aim(turns=(punctual,))
"""All binding demands in full and on time."""
