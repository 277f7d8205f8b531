"""What one more unit of a parameter is worth.

A parameter can sit in several places at once: hours of a machine are the limit of a capacity row and also the coefficient
of a ramp. The dual of the one row then tells a part of the truth (in a trial, half of it). The price is therefore the
derivative of the best cost through every place, and the prices that matter are confirmed by solving again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike

from outwork.model.errors import Stopped
from outwork.solve.answer import Answer
from outwork.solve.blocks import Array, Index, Problem
from outwork.solve.run import run
from outwork.solve.status import Status


@dataclass(frozen=True, eq=False)
class Slope:
    """By how much numbers at some positions rise with one more unit of the parameter. Arrays [place]; positions differ."""

    position: Index
    rise: Array


@dataclass(frozen=True, eq=False)
class MatrixSlope:
    """By how much coefficients rise with one more unit of the parameter. Arrays [place]."""

    row: Index
    variable: Index
    rise: Array


def slope(position: ArrayLike, rise: ArrayLike = 1.0) -> Slope:
    """Return a slope; `position` counts in the whole problem (block.first + place in the block)."""
    where = np.atleast_1d(np.asarray(position, np.int64))
    return Slope(where, np.broadcast_to(np.asarray(rise, np.float64), where.shape))


def matrix_slope(row: ArrayLike, variable: ArrayLike, rise: ArrayLike) -> MatrixSlope:
    """Return a slope of coefficients; positions count in the whole problem."""
    rows, variables, rises = np.broadcast_arrays(
        np.atleast_1d(np.asarray(row, np.int64)), np.asarray(variable, np.int64), np.asarray(rise, np.float64)
    )
    return MatrixSlope(rows, variables, rises)


_NOWHERE = slope(np.empty(0, np.int64))
_NO_COEFFICIENT = MatrixSlope(_NOWHERE.position, _NOWHERE.position, _NOWHERE.rise)


@dataclass(frozen=True, eq=False)
class Effect:
    """Everything that one more unit of a parameter changes in a problem. What is not named stays as it is.

    A parameter that is the limit of an equality is in `row_lower` and in `row_upper`.
    """

    name: str
    unit: str
    row_lower: Slope = _NOWHERE
    row_upper: Slope = _NOWHERE
    lower: Slope = _NOWHERE
    upper: Slope = _NOWHERE
    cost: Slope = _NOWHERE
    matrix: MatrixSlope = _NO_COEFFICIENT
    constant: float = 0.0


def price(answer: Answer, effect: Effect) -> float:
    """Return by how much the cost of a minimisation falls with one more unit of the parameter, at the margin [cost/unit].

    Above 0: more of it is worth having. With y the duals and d the reduced costs, each of which belongs to the lower limit
    where it is above 0 and to the upper one where it is below,

        price = - ( d(cost) @ x + d(constant) + y @ d(row limit) - y @ d(matrix) @ x + d @ d(bound) )

    (Bertsimas and Tsitsiklis 1997, Introduction to Linear Optimization, section 5.2 for limits, 5.1 for coefficients).
    At a corner with several duals it is one of them, so the change to either side can differ: `confirm` it.
    """
    x, dual, reduced = answer.x, answer.dual, answer.reduced
    if x is None or dual is None or reduced is None:
        raise ValueError("only a linear problem that was solved fully has prices; fix its whole variables and solve it again")
    rise = (
        _sum(effect.cost, x)
        + effect.constant
        + _sum(effect.row_lower, np.maximum(dual, 0.0))
        + _sum(effect.row_upper, np.minimum(dual, 0.0))
        + _sum(effect.lower, np.maximum(reduced, 0.0))
        + _sum(effect.upper, np.minimum(reduced, 0.0))
        - float((dual[effect.matrix.row] * effect.matrix.rise) @ x[effect.matrix.variable])
    )
    return -rise


def confirm(
    problem: Problem, answer: Answer, effect: Effect, amount: float = 1.0, solve: Callable[[Problem], Answer] = run
) -> float:
    """Return by how much the cost really falls with each of `amount` more units, found by solving again [cost/unit].

    `answer` is the best answer to `problem`; `solve` may be a Session's run, from the last basis. Minus infinity where the
    change makes the problem impossible, infinity where it lets the cost fall for ever. Raises Stopped where a limit of time
    left no proven best answer.
    """
    if answer.objective is None:
        raise ValueError("without an answer to compare with nothing can be confirmed")
    changed = solve(moved(problem, effect, amount))
    match changed.status:
        case Status.OPTIMAL if changed.objective is not None:
            return (answer.objective - changed.objective) / amount
        case Status.INFEASIBLE:
            return -np.inf if amount > 0 else np.inf
        case Status.UNBOUNDED:
            return np.inf if amount > 0 else -np.inf
        case _:
            raise Stopped(f"what {amount:g} {effect.unit} more of {effect.name} would bring was not found in time")


def moved(problem: Problem, effect: Effect, amount: float) -> Problem:
    """Return the problem with `amount` more units of the parameter."""
    place = effect.matrix
    matrix = problem.matrix
    if place.rise.size:
        added = sp.coo_array((place.rise * amount, (place.row, place.variable)), shape=matrix.shape)
        matrix = sp.csc_array(matrix + added.tocsc())
    return replace(
        problem,
        cost=_moved(problem.cost, effect.cost, amount),
        lower=_moved(problem.lower, effect.lower, amount),
        upper=_moved(problem.upper, effect.upper, amount),
        row_lower=_moved(problem.row_lower, effect.row_lower, amount),
        row_upper=_moved(problem.row_upper, effect.row_upper, amount),
        matrix=matrix,
        constant=problem.constant + amount * effect.constant,
    )


def _moved(numbers: Array, part: Slope, amount: float) -> Array:
    if not part.position.size:
        return numbers
    changed = numbers.copy()
    np.add.at(changed, part.position, part.rise * amount)
    return changed


def _sum(part: Slope, weight: Array) -> float:
    return float(part.rise @ weight[part.position])
