"""Outwork's own layer, handed finished coefficients and told to make a HiGHS model of them."""

from __future__ import annotations

from typing import Any

import highspy
import numpy as np

from benchmarks.pieces import Pieces
from outwork.solve.blocks import Model, Problem


def build(pieces: Pieces) -> Any:
    """Return the HiGHS model."""
    problem, model = pieces.problem, Model()
    blocks = {
        own.name: model.variables(
            own.name, own.keys,
            cost=problem.cost[own.slice], lower=problem.lower[own.slice],
            upper=problem.upper[own.slice], integer=problem.integer[own.slice],
        )
        for own in pieces.variables
    }  # fmt: skip
    for own in pieces.rows:
        rows = model.rows(own.name, own.keys, lower=problem.row_lower[own.slice], upper=problem.row_upper[own.slice])
        for each in pieces.terms[own.name]:
            model.terms(rows, each.row, blocks[each.block], each.variable, each.coefficient)
    return load(model.freeze())


def load(problem: Problem) -> Any:
    """Hand a problem to HiGHS, by the call that `solve` uses."""
    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    matrix = problem.matrix
    highs.passModel(
        len(problem.cost), len(problem.row_lower), matrix.nnz,
        int(highspy.MatrixFormat.kColwise), int(highspy.ObjSense.kMinimize), problem.constant,
        problem.cost, problem.lower, problem.upper, problem.row_lower, problem.row_upper,
        matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32), matrix.data, problem.integer.astype(np.int32),
    )  # fmt: skip
    return highs
