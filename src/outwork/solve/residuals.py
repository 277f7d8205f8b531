"""How far an answer is from what it should be, computed from the problem alone.

Nothing here asks the solver. Violations are relative, as in SCIP's feasibility test (Achterberg 2007, Constraint Integer
Programming, section 1.3): a violation counts in units of max(1, |limit|); on top, a thousandth of the traffic through a
row (sum of |coefficient x value|) is granted, which at the tolerance used here is one part in 10^9 of it, the
noise of double precision in rows that carry very large numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from outwork.solve.blocks import Array, Problem

TOLERANCE = 2e-6
"""Largest residual [1] of a sound answer: twice what HiGHS itself allows below branch and bound (1e-6), for postsolve."""

SMALL_DUAL = 2e-7
"""A price [1] that cannot be told from 0: twice HiGHS's own tolerance (1e-7)."""

FAR = 1e9
"""A bound as far away as this does not hold a price of less than SMALL_DUAL: it stands for no bound."""

NOISE = 1e-3
"""Share of the traffic through a row or column that counts into its scale."""


@dataclass(frozen=True)
class Residuals:
    """The largest relative residuals [1] of an answer; `dual` and `slackness` are 0 where duals were not asked for.

    bound: a variable outside its bounds; row: a row outside its limits; whole: distance from a whole number; objective:
    what the solver said it costs against what it costs; dual: a price with the wrong sign (it pushes towards a limit
    that does not exist); slackness: price times distance from the limit that it belongs to, summed, against the cost.
    """

    bound: float
    row: float
    whole: float
    objective: float = 0.0
    dual: float = 0.0
    slackness: float = 0.0

    @property
    def faults(self) -> tuple[str, ...]:
        """The names and sizes of those beyond TOLERANCE; none in a sound answer. What is not a number is never sound."""
        return tuple(f"{name} {size:.1e}" for name, size in vars(self).items() if not size <= TOLERANCE)


def cost(problem: Problem, x: Array) -> float:
    """Return the cost of x: cost @ x + constant."""
    return float(problem.cost @ x) + problem.constant


def reduced(problem: Problem, dual: Array) -> Array:
    """Return the price of each variable's bound [variable]: cost - matrix.T @ dual."""
    return np.asarray(problem.cost - problem.matrix.T @ dual)


def primal(problem: Problem, x: Array, claimed: float | None) -> Residuals:
    """Return how far x is from its bounds, its rows, whole numbers and the cost that was `claimed` for it (if any)."""
    traffic = abs(problem.matrix) @ np.abs(x)
    turnover = float(np.abs(problem.cost) @ np.abs(x))
    off = 0.0 if claimed is None else abs(claimed - cost(problem, x)) / (max(1.0, abs(claimed)) + NOISE * turnover)
    distance = np.abs(x - np.round(x))[problem.integer] / (1.0 + NOISE * np.abs(x[problem.integer]))
    return Residuals(
        bound=_largest(_outside(x, problem.lower, problem.upper, np.abs(x))),
        row=_largest(_outside(problem.matrix @ x, problem.row_lower, problem.row_upper, traffic)),
        whole=_largest(distance),
        objective=off,
    )


@dataclass(frozen=True)
class Proof:
    """What the duals prove: their residuals (see Residuals), and the cost below which no answer can fall."""

    dual: float
    slackness: float
    bound: float


def proof(problem: Problem, x: Array, dual: Array) -> Proof:
    """Return what `dual` [row] proves about the cost of x, by weak duality.

    With d = cost - matrix.T @ dual and, for each price, the limit that it pushes towards (the lower one where it is above
    0, the upper one below), every answer costs at least
    cost @ x - sum d * (x - limit) - sum dual * (matrix @ x - row limit).
    A price within SMALL_DUAL that pushes towards no limit, or one beyond FAR, counts as 0.
    """
    d = reduced(problem, dual)
    weight = abs(problem.matrix).T @ np.abs(dual)
    columns = _prices(d, x, problem.lower, problem.upper, np.maximum(1.0, np.abs(problem.cost)) + NOISE * weight)
    activity = problem.matrix @ x
    rows = _prices(dual, activity, problem.row_lower, problem.row_upper, np.maximum(1.0, np.abs(dual)))
    total = cost(problem, x)
    scale = max(1.0, abs(total)) + NOISE * float(np.abs(problem.cost) @ np.abs(x))
    sure, loose = columns.sure + rows.sure, columns.loose + rows.loose
    return Proof(max(columns.wrong, rows.wrong), abs(sure) / scale, total - max(sure + loose, 0.0))


@dataclass(frozen=True)
class _Prices:
    """Largest price towards no limit, and the sums of price times distance for prices that are sure, and near 0."""

    wrong: float
    sure: float
    loose: float


def _prices(price: Array, value: Array, lower: Array, upper: Array, scale: Array) -> _Prices:
    limit = np.where(price > 0, lower, upper)
    small = np.abs(price) <= SMALL_DUAL * scale
    none = np.isinf(limit)
    held = ~none & (price != 0) & ~(small & (np.abs(limit) >= FAR))
    product = np.zeros_like(price)
    product[held] = price[held] * (value[held] - limit[held])
    wrong = np.where(none & ~small, np.abs(price) / scale, 0.0)
    return _Prices(_largest(wrong), float(product[~small].sum()), float(product[small].sum()))


def _outside(value: Array, lower: Array, upper: Array, traffic: Array) -> Array:
    """Return by how much each value lies outside its limits, relative to max(1, |limit|) + NOISE * traffic."""
    below, above = lower - value, value - upper
    limit = np.where(below > above, lower, upper)
    violation = np.maximum(np.maximum(below, above), 0.0)
    return np.asarray(violation / (np.maximum(1.0, np.where(np.isinf(limit), 0.0, np.abs(limit))) + NOISE * traffic))


def _largest(sizes: Array) -> float:
    return float(sizes.max(initial=0.0))
