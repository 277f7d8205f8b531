"""Fewer qualifications for the same plan.

Rounding starts every qualification that the relaxation uses a little of, and pays each fee in full. Charging each pair
its fee by the unit, as many as it makes now, shows which ones are not worth it: production moves to the others, and
what is left without production is not started. (Dynamic slope scaling; Kim and Pardalos, Operations Research Letters 24,
1999.)
"""

from __future__ import annotations

import numpy as np

from outwork.model.axis import Array
from outwork.plan.build import Formulation
from outwork.plan.search.rounding import fixed_whole
from outwork.solve.blocks import Problem

LITTLE = 1e-3
"""Part of what a pair made before below which it is taken to make nothing any more [1]."""


def by_the_unit(formulation: Formulation, x: Array) -> Problem:
    """Return the problem around a plan, all that is whole kept as it is, with fees charged by the unit."""
    problem, making = formulation.problem, formulation.network.making
    made = output(formulation, x)
    fee = np.where(making.possible, making.fee / np.maximum(made, 1.0), 0.0)
    cost = problem.cost.copy()
    make = problem.variables["make"]
    cost[make.slice] += fee[make.keys["pair"]]
    return fixed_whole(problem, x).priced(cost)


def without_idle(formulation: Formulation, x: Array, before: Array) -> Array:
    """Return a solution without the qualifications of pairs that now make next to nothing, and without that little.

    Args: x, before [variable]; what is committed is kept.
    """
    problem, making = formulation.problem, formulation.network.making
    idle = output(formulation, x) <= LITTLE * output(formulation, before)
    started = problem.variables["started"]
    free = idle[making.start_pair] & (problem.lower[started.slice] < 1)
    kept = x.copy()
    kept[started.slice] = np.where(free, 0.0, x[started.slice])
    return kept


def output(formulation: Formulation, x: Array) -> Array:
    """Return units started by every pair over the horizon. [pair]."""
    make = formulation.problem.variables["make"]
    total = np.zeros(len(formulation.network.making))
    np.add.at(total, make.keys["pair"], x[make.slice])
    return total
