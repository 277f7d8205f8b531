"""linopy, handed the same finished coefficients and told to make a HiGHS model of them.

One variable block is one linopy variable, one row block is one grouped sum and one constraint, as its documentation advises
for sparse sums. `compact` uses its own sparse model (`sparse=True`, frozen constraints), the fastest way it offers.
"""

from __future__ import annotations

from typing import Any

import linopy
import numpy as np
import pandas as pd
import xarray as xr

from benchmarks.pieces import Pieces, Terms
from outwork.solve.blocks import Block, Problem


def build(pieces: Pieces, *, compact: bool) -> Any:
    """Return the HiGHS model."""
    linopy.options["semantics"] = "v1" if compact else "legacy"
    model = linopy.Model(sparse=True) if compact else linopy.Model()
    problem = pieces.problem
    variables = {block.name: _variable(model, problem, block) for block in pieces.variables}
    for block in pieces.rows:
        sign, right = _limit(problem, block)
        left = _sum(variables, pieces.terms[block.name])
        model.add_constraints(left, sign, _along("row", right), name=block.name.replace(" ", "_"), freeze=compact)
    priced = [block for block in pieces.variables if problem.cost[block.slice].any()]
    costs = [(variables[block.name] * _along(block.name, problem.cost[block.slice])).sum() for block in priced]
    model.add_objective(sum(costs[1:], costs[0]))
    return model.to_highspy(set_names=False)


def _variable(model: Any, problem: Problem, block: Block) -> Any:
    bounds = {"lower": problem.lower[block.slice], "upper": problem.upper[block.slice]}
    whole = bool(problem.integer[block.slice].all())
    return model.add_variables(name=block.name, integer=whole, **{end: _along(block.name, at) for end, at in bounds.items()})


def _sum(variables: dict[str, Any], terms: tuple[Terms, ...]) -> Any:
    """Return the left-hand sides of a block of rows: all terms one after another, summed by row."""
    parts, first = [], 0
    for each in terms:
        place = np.arange(first, first + len(each.row))
        picked = variables[each.block].isel({each.block: each.variable}).rename({each.block: "term"})
        parts.append(picked.assign_coords(term=place) * xr.DataArray(each.coefficient, dims=["term"], coords={"term": place}))
        first += len(each.row)
    every = linopy.merge(parts, dim="term") if len(parts) > 1 else parts[0]
    row = np.concatenate([each.row for each in terms])
    return every.groupby(pd.Series(row, index=pd.RangeIndex(first, name="term"), name="row")).sum()


def _limit(problem: Problem, block: Block) -> tuple[str, Any]:
    """Return sign and right-hand side of a block of rows, which is of one kind throughout."""
    lower, upper = problem.row_lower[block.slice], problem.row_upper[block.slice]
    if np.array_equal(lower, upper):
        return "=", upper
    if np.isneginf(lower).all():
        return "<=", upper
    if np.isposinf(upper).all():
        return ">=", lower
    raise ValueError(f"the rows {block.name} are of several kinds, which one linopy constraint cannot hold")


def _along(name: str, values: Any) -> xr.DataArray:
    return xr.DataArray(values, dims=[name], coords={name: np.arange(len(values))})
