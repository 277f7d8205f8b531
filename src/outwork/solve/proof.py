"""Two problems whose answers prove that another problem has none.

"Infeasible" and "unbounded" are claims like any other. Each is proven by a problem that always has a best answer, which
is then checked like every answer: how far the rows must be broken at least, and in which direction the cost falls
for ever.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import scipy.sparse as sp

from outwork.solve.blocks import Array, Problem


def crossed(problem: Problem) -> bool:
    """Whether a lower bound or limit stands above its upper one, so that nothing more need be proven."""
    return bool((problem.lower > problem.upper).any() or (problem.row_lower > problem.row_upper).any())


def shortfall(problem: Problem) -> Problem:
    """Return the problem of how far the rows must be broken, each counted in units of max(1, |limit|).

    minimise below / max(1, |row_lower|) + above / max(1, |row_upper|), with row_lower <= A x + below - above <= row_upper,
    below, above >= 0, and x in its bounds. The proof of phase one of the simplex method (Chvatal 1983, Linear Programming,
    chapter 8): the problem is feasible only if this costs nothing. New variables stand behind the old, in no block.
    """
    rows, columns = problem.matrix.shape
    low, high = (np.flatnonzero(np.isfinite(limit)) for limit in (problem.row_lower, problem.row_upper))
    below = sp.csc_array((np.ones(low.size), (low, np.arange(low.size))), shape=(rows, low.size))
    above = sp.csc_array((-np.ones(high.size), (high, np.arange(high.size))), shape=(rows, high.size))
    added = low.size + high.size
    weight = 1.0 / np.maximum(1.0, np.abs(np.concatenate([problem.row_lower[low], problem.row_upper[high]])))
    return replace(
        problem,
        cost=np.concatenate([np.zeros(columns), weight]),
        lower=np.concatenate([problem.lower, np.zeros(added)]),
        upper=np.concatenate([problem.upper, np.full(added, np.inf)]),
        integer=np.concatenate([problem.integer, np.zeros(added, bool)]),
        matrix=sp.hstack([problem.matrix, below, above], format="csc"),
        constant=0.0,
    )


def recession(problem: Problem) -> Problem:
    """Return the problem of the direction in which the cost falls fastest, within a box of -1 to 1.

    minimise cost @ r where r leaves no row and no bound behind however far one goes. If that is below 0 and the problem has
    any answer at all, it has answers of any cost (Schrijver 1986, Theory of Linear and Integer Programming, section 8.2).
    """
    return replace(
        problem,
        lower=_held(problem.lower, -1.0),
        upper=_held(problem.upper, 1.0),
        row_lower=_held(problem.row_lower, -np.inf),
        row_upper=_held(problem.row_upper, np.inf),
        integer=np.zeros_like(problem.integer),
        constant=0.0,
    )


def _held(limit: Array, free: float) -> Array:
    """Return 0 where there is a limit, `free` where there is none."""
    return np.where(np.isfinite(limit), 0.0, free)
