"""The best consortium for an ask, and how far from it the answer can be."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite
from typing import Final

import numpy as np

from outwork.match.consortium.build import build
from outwork.match.consortium.draft import LATE, Ask, able
from outwork.match.consortium.field import Field
from outwork.match.consortium.found import LITTLE, Found
from outwork.model.errors import Stopped
from outwork.solve.answer import Answer
from outwork.solve.blocks import Array, Problem
from outwork.solve.options import Options
from outwork.solve.run import run
from outwork.solve.status import Status

CLOSE: Final = Options(gap=1e-4)
"""How exactly the cheapest is found: a euro in ten thousand."""


def cheapest(field: Field, ask: Ask, options: Options = CLOSE) -> Found | None:
    """Return the best consortium for an ask, None where there is none.

    Without the rows of time the problem is many times easier. So they are left out first, and only what no pair could do in
    time is ruled out: what is then found in time is also the best with them. Only where it is late they are added. Raises
    Stopped where a limit of the options ended the search before there was any.
    """
    if not ask.open.any() or not possible(field, ask):
        return None
    if isfinite(ask.days) and not ask.aim.days:
        free = solved(field, replace(ask, timing="bounds"), options)
        if free is None:
            return None
        if free.days <= ask.days + LATE:
            return replace(free, ask=ask)
    return solved(field, ask, options)


def possible(field: Field, ask: Ask) -> bool:
    """Return whether every item that the design needs has an operation that some open pair could do."""
    routing, some = field.routing, np.zeros(len(field.routing.operations), bool)
    some[field.operation[able(field, ask)]] = True
    return bool(routing.complete(some)[routing.goal])


def solved(field: Field, ask: Ask, options: Options) -> Found | None:
    """Return the best consortium for an ask, its whole numbers found by branch and bound, the others computed again."""
    problem = build(field, ask)
    whole = run(problem, options)
    if whole.status is Status.INFEASIBLE:
        return None
    if whole.x is None or whole.bound is None:
        raise Stopped("the search for a consortium was ended before there was one; give it more time")
    fixed = kept(problem, whole.x)
    answer = run(fixed, replace(options, method="simplex"))
    if answer.x is None:
        fixed, answer = problem, whole
    return Found(field, ask, fixed, answer, min(whole.bound, _cost(answer)), whole.status is Status.OPTIMAL)


def kept(problem: Problem, x: Array) -> Problem:
    """Return the problem with all that is whole kept as it is in x, pairs that make nothing being left out.

    What pairs may make then needs no rows of its own: hours and balance limit it. So the prices of hours are not hidden.
    """
    make, use, linked = problem.variables["make"], problem.variables["use"], problem.rows["linked"]
    most = -problem.matrix[linked.slice, use.slice].diagonal()
    lower, upper, fixed = problem.lower.copy(), problem.upper.copy(), np.round(x)
    fixed[use.slice] = x[make.slice] > LITTLE * np.maximum(most, LITTLE)
    lower[problem.integer] = upper[problem.integer] = fixed[problem.integer]
    upper[make.slice] = np.where(fixed[use.slice] > 0, np.inf, 0.0)
    limits = problem.row_upper.copy()
    limits[linked.slice] = np.inf
    return replace(problem.limited(problem.row_lower, limits), lower=lower, upper=upper, integer=np.zeros_like(problem.integer))


def _cost(answer: Answer) -> float:
    assert answer.objective is not None  # noqa: S101 - it has an x
    return answer.objective
