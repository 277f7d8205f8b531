"""A problem as text, so that a person sees what a constraint says and a reviewer sees when it changes.

The format is that of CPLEX .lp files, which HiGHS, SCIP, CBC, GLPK, Gurobi and CPLEX read. The text depends on what the
problem says and not on the order in which it was built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from math import inf, isfinite

import numpy as np

from outwork.solve.blocks import Array, Block, Index, Problem

Labels = Mapping[str, Sequence[str]]
"""For an axis, the name of each of its positions; an axis without names shows its positions."""

_NO_LABELS: Labels = {}


def text(problem: Problem, labels: Labels = _NO_LABELS) -> str:
    """Return the problem as .lp text.

    A variable or row is called by its block and the labels of its keys: make(camera,lyon,w3). Rows and variables stand in
    the order of block names and then of keys, the terms of a row in the order of its variables. A row with two different
    limits becomes two rows, because readers disagree about ranges (HiGHS drops one of the limits in silence).
    """
    names, order = _names(problem.variables, labels, problem.cost.size)
    lines = ["minimize", f" cost: {_sum(order, problem.cost[order], names, problem.constant)}", "subject to"]
    lines += _rows(problem, labels, names, order)
    lines += ["bounds", *(_bound(names[place], problem.lower[place], problem.upper[place]) for place in order)]
    whole = [f" {names[place]}" for place in order if problem.integer[place]]
    return "\n".join([*lines, *(["general", *whole] if whole else []), "end", ""])


def _rows(problem: Problem, labels: Labels, names: Sequence[str], order: Index) -> Iterator[str]:
    """Yield the lines of all rows; `names` and `order` are those of the variables."""
    row_names, row_order = _names(problem.rows, labels, problem.row_lower.size)
    rank = np.argsort(order)
    matrix = problem.matrix.tocsr()
    for row in row_order:
        place = slice(matrix.indptr[row], matrix.indptr[row + 1])
        variables = matrix.indices[place]
        sort = np.argsort(rank[variables])
        terms = _sum(variables[sort], matrix.data[place][sort], names) or f"0 {names[order[0]]}"
        yield from _limits(f" {row_names[row]}", terms, problem.row_lower[row], problem.row_upper[row])


def _names(blocks: Mapping[str, Block], labels: Labels, size: int) -> tuple[list[str], Index]:
    """Return the name of every member, and their order by block name and keys."""
    names = [""] * size
    order: list[Index] = []
    for name in sorted(blocks):
        block = blocks[name]
        axes = [[_label(labels, axis, place) for place in places] for axis, places in block.keys.items()]
        for member, keys in enumerate(zip(*axes, strict=True)):
            names[block.first + member] = f"{_plain(name)}({','.join(keys)})"
        order.append(block.first + np.lexsort([*block.keys.values()][::-1]))
    _refuse_doubles(names)
    return names, np.concatenate([np.empty(0, np.int64), *order])


def _label(labels: Labels, axis: str, place: int) -> str:
    return _plain(labels[axis][place]) if axis in labels else str(place)


def _plain(label: str) -> str:
    """Return a label without what the format keeps for itself."""
    return re.sub(r"[^A-Za-z0-9_.]", "_", label)


def _refuse_doubles(names: Sequence[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"two members are called {name}; give blocks and labels that differ in letters, digits, _ and .")
        seen.add(name)


def _sum(variables: Index, coefficients: Array, names: Sequence[str], constant: float = 0.0) -> str:
    """Return for example: 2 make(a) - make(b) + 7. What counts 0 is left out."""
    terms = [(c, f" {names[v]}") for v, c in zip(variables, coefficients.tolist(), strict=True) if c]
    terms += [(constant, "")] if constant else []
    joined = " ".join(f"{'-' if c < 0 else '+'} {_number(abs(c), name)}" for c, name in terms)
    return joined.removeprefix("+ ")


def _number(size: float, name: str = "") -> str:
    """Return the shortest text that reads back as the same number; 1 before a name is left out."""
    if size == 1 and name:
        return name.lstrip()
    return repr(float(size)).removesuffix(".0") + name


def _limits(name: str, terms: str, lower: float, upper: float) -> Iterator[str]:
    """Yield a row as one line, or as two where it has two different limits, or as none where it has none."""
    if lower == upper:
        yield f"{name}: {terms} = {_number(lower)}"
        return
    least, most = ("_least", "_most") if isfinite(lower) and isfinite(upper) else ("", "")
    if isfinite(lower):
        yield f"{name}{least}: {terms} >= {_number(lower)}"
    if isfinite(upper):
        yield f"{name}{most}: {terms} <= {_number(upper)}"


def _bound(name: str, lower: float, upper: float) -> str:
    if lower == -inf and upper == inf:
        return f" {name} free"
    return f" {_number(lower)} <= {name} <= {_number(upper)}"
