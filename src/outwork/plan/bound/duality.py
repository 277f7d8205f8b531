"""Weak duality over a problem with bounds on its variables: any prices of the rows give a value that no answer can beat."""

from __future__ import annotations

import numpy as np

from outwork.model.axis import Array, Index
from outwork.solve.blocks import Problem

ROUNDING = 1e-9
"""A reduced cost below 0 by no more than this share of 1 EUR and the amounts that it is the difference of counts as 0 [1]."""


def allowed(problem: Problem, prices: Array) -> Array:
    """Return the prices with those at 0 whose sign speaks of a limit that the row has not. [row]."""
    low, high = np.isfinite(problem.row_lower), np.isfinite(problem.row_upper)
    return np.where((prices > 0) & ~low | (prices < 0) & ~high, 0.0, prices)


def reduced(problem: Problem, prices: Array) -> Array:
    """Return what is left of every variable's cost when the rows pay their prices: cost - prices @ matrix. [variable]."""
    paid: Array = problem.matrix.T @ prices
    return problem.cost - paid


def value(problem: Problem, prices: Array) -> float:
    """Return a lower bound of the problem's cost; -inf where a variable without upper bound has a reduced cost below 0.

    cost @ x  >=  sum_i prices_i * limit_i  +  sum_j min { reduced_j * x_j : lower_j <= x_j <= upper_j }

    with the lower limit of a row where its price is above 0, the upper one where it is below (Bertsimas and Tsitsiklis 1997,
    Introduction to Linear Optimization, section 4.3). In floating point, not in intervals.
    """
    prices = allowed(problem, prices)
    limit = np.where(prices > 0, problem.row_lower, problem.row_upper)
    rows = np.sum(prices * np.where(prices == 0, 0.0, limit))
    left = reduced(problem, prices)
    left[_rounded(problem, prices, left)] = 0.0
    bound = np.where(left > 0, problem.lower, problem.upper)
    return float(problem.constant + rows + np.sum(left * np.where(left == 0, 0.0, bound)))


def _rounded(problem: Problem, prices: Array, left: Array) -> Index:
    """Positions of variables without bound whose reduced cost is off 0, on the wrong side, by rounding alone."""
    off = np.flatnonzero((left < 0) & np.isinf(problem.upper) | (left > 0) & np.isinf(problem.lower))
    size = np.abs(problem.cost[off]) + abs(problem.matrix[:, off]).T @ np.abs(prices)
    slight: Index = off[np.abs(left[off]) <= ROUNDING * (1.0 + size)]
    return slight
