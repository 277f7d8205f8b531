"""A lower bound of a plan's cost from any prices, apart from the solver that found them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from outwork.model.axis import Array
from outwork.plan.bound import duality
from outwork.plan.bound.web import Web, read
from outwork.plan.build import Formulation
from outwork.solve.blocks import Problem

AMPLE = 1e3
"""Where nothing limits the price of an item, it is this many times the largest amount in the model [1]."""


@dataclass(frozen=True, eq=False)
class Certificate:
    """`bound` [EUR], which no plan of the model costs less than, and the `prices` [row] that prove it."""

    bound: float
    prices: Array


@lru_cache(maxsize=4)
def web(formulation: Formulation) -> Web:
    """Return the web of a model, found once."""
    return read(formulation)


def certify(formulation: Formulation, row_prices: Array) -> Certificate:
    """Return the best lower bound that the prices of the scarce rows lead to.

    Prices of capacity, ramps, starts, lanes, licences, shares, commitments and safety stocks are taken as given, and so is
    what stock on hand and limited offers are worth. With them the rest is one pass of unit costs down components and lanes
    and one of orders up (Leontief). Weak duality makes the outcome a bound whatever the prices are; at prices that are best
    for the relaxation it equals its cost. Args: row_prices [row], above 0 where more of a lower limit costs more.
    """
    problem, ways = formulation.problem, web(formulation)
    prices = _clipped(problem, duality.allowed(problem, np.where(np.isfinite(row_prices), row_prices, 0.0)))
    close = _passed(problem, ways, prices, prices, prices)
    careful = _passed(problem, ways, _unsubsidised(problem, ways, prices), prices, np.maximum(prices, 0.0))
    again = _passed(problem, ways, careful.prices, careful.prices, careful.prices)
    return max(close, careful, again, key=lambda each: each.bound)


def _passed(problem: Problem, ways: Web, base: Array, given: Array, cap: Array) -> Certificate:
    """Raise the prices of material above `base` as far as no activity earns by them.

    Args: base [row]; given [row], prices by which limited offers and stores are worth what they spare; cap [row], the most
    that what comes of itself (stock on hand, history) may be worth.
    """
    limited = np.isfinite(problem.upper)
    spare = np.where(limited, np.maximum(-duality.reduced(problem, given), 0.0), 0.0)
    slack = duality.reduced(problem, base) + spare
    slack = np.where(limited, np.maximum(slack, 0.0), slack)
    ample = AMPLE * max(1.0, float(np.abs(problem.cost).max(initial=0.0)), float(np.abs(base).max(initial=0.0)))
    free = (ways.material > 0) & (problem.row_upper < 0)
    gain = ways.settle(slack, np.where(free, cap - base, ample))
    prices = duality.allowed(problem, np.where(ways.material != 0, base + ways.material * gain, base))
    return Certificate(duality.value(problem, prices), prices)


def _clipped(problem: Problem, prices: Array) -> Array:
    """Lower the prices of safety stocks to what falling below them costs."""
    safety, below = problem.rows["safety"].slice, problem.variables["below"].slice
    prices = prices.copy()
    prices[safety] = np.minimum(prices[safety], problem.cost[below])
    return prices


def _unsubsidised(problem: Problem, ways: Web, prices: Array) -> Array:
    """Return given prices without those that pay for activities more than they cost; prices of material are left at 0."""
    prices = np.where(ways.material != 0, 0.0, prices)
    while True:
        paid = np.flatnonzero((duality.reduced(problem, prices) < 0) & np.isinf(problem.upper))
        part = problem.matrix[:, paid].tocoo()
        rows = np.unique(part.row[part.data * prices[part.row] > 0])
        if not len(rows):
            return prices
        prices[rows] = 0.0
