"""A finished problem taken apart into what a modelling layer is given: blocks, limits and coefficients by pair of blocks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from outwork.solve.blocks import Block, Problem

Array = NDArray[np.float64]
Index = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Terms:
    """Coefficients of one block of variables in one block of rows. Arrays [term], positions within their blocks."""

    block: str
    row: Index
    variable: Index
    coefficient: Array


@dataclass(frozen=True, eq=False)
class Pieces:
    """The problem, its blocks that have members, and the terms of every block of rows."""

    problem: Problem
    variables: tuple[Block, ...]
    rows: tuple[Block, ...]
    terms: dict[str, tuple[Terms, ...]]


def take_apart(problem: Problem) -> Pieces:
    """Return the pieces of the problem."""
    variables = tuple(block for block in problem.variables.values() if block.size)
    rows = tuple(block for block in problem.rows.values() if block.size)
    entries = problem.matrix.tocoo()
    owner = _owner(rows, len(problem.row_lower))[entries.row]
    block = _owner(variables, len(problem.cost))[entries.col]
    pair = owner * len(variables) + block
    order = np.argsort(pair, kind="stable")
    terms: dict[str, list[Terms]] = {each.name: [] for each in rows}
    for run in np.split(order, np.flatnonzero(np.diff(pair[order])) + 1):
        held, used = rows[owner[run[0]]], variables[block[run[0]]]
        places = entries.row[run].astype(np.int64) - held.first, entries.col[run].astype(np.int64) - used.first
        terms[held.name].append(Terms(used.name, *places, entries.data[run]))
    return Pieces(problem, variables, rows, {name: tuple(each) for name, each in terms.items()})


def _owner(blocks: tuple[Block, ...], size: int) -> Index:
    """Return the position of the block of every member."""
    owner = np.zeros(size, np.int64)
    for position, block in enumerate(blocks):
        owner[block.slice] = position
    return owner
