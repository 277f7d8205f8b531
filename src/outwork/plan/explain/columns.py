"""What every variable of a solved plan costs, row by row, at the plan's own prices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp

from outwork.model.axis import Array, Index
from outwork.plan.solved import Solved

Place = tuple[str, int]
"""A block of rows, and the member in it whatever the step: ("pool", 3)."""
TIMED = ("make", "buy", "ship", "direct")
"""Blocks that bring something to a node, and their axes in `TWIN`."""
AXIS = {"make": "pair", "buy": "offer", "ship": "leg", "direct": "direct"}


@dataclass(frozen=True, eq=False)
class Columns:
    """Reads the matrix of a solved plan by columns and by rows."""

    solved: Solved

    @cached_property
    def by_row(self) -> sp.csr_array:
        """The matrix by rows."""
        return self.solved.problem.matrix.tocsr()

    @cached_property
    def _firsts(self) -> tuple[list[str], Index]:
        blocks = [block for block in self.solved.problem.rows.values() if block.size]
        return [block.name for block in blocks], np.array([block.first for block in blocks])

    def place(self, row: int) -> Place:
        """Return the block of a row and its member, 0 where its rows differ in time only."""
        names, firsts = self._firsts
        name = names[int(np.searchsorted(firsts, row, "right")) - 1]
        block = self.solved.problem.rows[name]
        keys = [axis for axis in block.keys if axis not in ("bucket", "step")]
        return name, int(block.keys[keys[0]][row - block.first]) if keys else 0

    def node_row(self, node: int, step: int) -> int:
        """Return the balance row of a node in a step, -1 where there is none."""
        at = self.solved.formulation.draft.at("stock", np.array([node]), np.array([step]))[0]
        return -1 if at < 0 else self.solved.problem.rows["balance"].first + int(at)

    def charges(self, variable: int) -> dict[Place, float]:
        """Return what one more unit of a variable costs through every row that it burdens [EUR], by place.

        Through its own bound: ("bound", variable's upper limit).
        """
        matrix, dual, reduced = self.solved.problem.matrix, self.solved.answer.dual, self.solved.answer.reduced
        assert dual is not None  # noqa: S101 - Solved has looked
        assert reduced is not None  # noqa: S101
        found: dict[Place, float] = {}
        for k in range(matrix.indptr[variable], matrix.indptr[variable + 1]):
            row = int(matrix.indices[k])
            place = self.place(row)
            found[place] = found.get(place, 0.0) - float(dual[row] * matrix.data[k])
        if reduced[variable] < 0:
            found["bound", 0] = float(-reduced[variable])
        return found

    def arriving(self, node: int, step: int) -> Iterator[tuple[str, int, int, float]]:
        """Yield block, member, variable and units of everything that brings units to a node in a step, largest first."""
        row = self.node_row(node, step)
        if row < 0:
            return
        held = slice(self.by_row.indptr[row], self.by_row.indptr[row + 1])
        variables, factors = self.by_row.indices[held], self.by_row.data[held]
        x = self._x
        for k in np.argsort(-(x[variables] * factors), kind="stable"):
            block = self.block_of(int(variables[k]))
            if factors[k] > 0 and block in AXIS:
                own = self.solved.problem.variables[block]
                member = int(own.keys[AXIS[block]][variables[k] - own.first])
                yield block, member, int(variables[k]), float(x[variables[k]] * factors[k])

    @property
    def _x(self) -> Array:
        assert self.solved.answer.x is not None  # noqa: S101 - Solved has looked
        return self.solved.answer.x

    def block_of(self, variable: int) -> str:
        """Return the block of a variable."""
        blocks = self.solved.problem.variables
        return next(name for name, own in blocks.items() if own.first <= variable < own.first + own.size)

    def twin(self, block: str, member: int, step: int) -> int:
        """Return the variable of a member in another step, -1 where there is none."""
        if not 0 <= step < self.solved.network.horizon.steps:
            return -1
        at = self.solved.formulation.draft.at(block, np.array([member]), np.array([step]))[0]
        return -1 if at < 0 else self.solved.problem.variables[block].first + int(at)
