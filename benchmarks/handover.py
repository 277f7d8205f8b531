"""A problem as a file of plain arrays, so that a peer that cannot be loaded beside ours solves the very same one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from outwork.solve.blocks import Problem

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Plain:
    """minimise cost @ x, row_lower <= matrix @ x <= row_upper, lower <= x <= upper, x whole where `integer`."""

    cost: Array
    lower: Array
    upper: Array
    integer: NDArray[np.bool_]
    row_lower: Array
    row_upper: Array
    matrix: sp.csc_array

    @classmethod
    def read(cls, path: Path) -> Plain:
        """Read what `write` wrote."""
        with np.load(path) as held:
            matrix = sp.csc_array((held["data"], held["indices"], held["indptr"]), shape=tuple(held["shape"]))
            plain = {name: held[name] for name in ("cost", "lower", "upper", "integer", "row_lower", "row_upper")}
            return cls(**plain, matrix=matrix)


def write(problem: Problem, path: Path) -> None:
    """Write the problem without the meaning of its blocks."""
    matrix = problem.matrix
    np.savez(
        path, cost=problem.cost, lower=problem.lower, upper=problem.upper, integer=problem.integer,
        row_lower=problem.row_lower, row_upper=problem.row_upper,
        data=matrix.data, indices=matrix.indices, indptr=matrix.indptr, shape=matrix.shape,
    )  # fmt: skip
