"""The model under construction: blocks of variables with their spans, and a way to find a variable by member and bucket."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from outwork.model.axis import Array, Index
from outwork.model.horizon import Horizon
from outwork.plan.build.spans import Spans, mean
from outwork.plan.network import Network
from outwork.solve.blocks import Block, Model


@dataclass(frozen=True, eq=False)
class Draft:
    """What the functions of a model family work on; they add blocks to `model` and nothing else."""

    network: Network
    model: Model = field(default_factory=Model)
    blocks: dict[str, Block] = field(default_factory=dict)
    spans: dict[str, Spans] = field(default_factory=dict)
    rows: dict[str, Block] = field(default_factory=dict)
    grids: dict[str, Index] = field(default_factory=dict)

    @property
    def horizon(self) -> Horizon:
        """The buckets of the model."""
        return self.network.horizon

    @cached_property
    def discount(self) -> Array:
        """Present value of one EUR spent in a bucket. [bucket]."""
        return mean(self.horizon, self.network.discount)

    def timed(
        self, name: str, axis: str, own: Spans, *, cost: ArrayLike = 0.0, upper: ArrayLike = np.inf, integer: ArrayLike = False
    ) -> Block:
        """Add a block with one variable for every span; `cost` [EUR] is discounted here."""
        keys = {axis: own.member, "bucket": own.bucket}
        price = np.broadcast_to(np.asarray(cost, np.float64), len(own)) * self.discount[own.bucket]
        self.blocks[name] = self.model.variables(name, keys, cost=price, upper=upper, integer=integer)
        self.spans[name] = own
        return self.blocks[name]

    def plain(
        self,
        name: str,
        axis: str,
        member: Index,
        *,
        cost: ArrayLike = 0.0,
        upper: ArrayLike = np.inf,
        integer: ArrayLike = False,
    ) -> Block:
        """Add a block with one variable for every member, without time."""
        self.blocks[name] = self.model.variables(name, {axis: member}, cost=cost, upper=upper, integer=integer)
        return self.blocks[name]

    def limit(self, name: str, keys: Mapping[str, Index], *, lower: ArrayLike = -np.inf, upper: ArrayLike = np.inf) -> Block:
        """Add a block of rows."""
        self.rows[name] = self.model.rows(name, keys, lower=lower, upper=upper)
        return self.rows[name]

    def at(self, name: str, member: Index, bucket: Index) -> Index:
        """Positions of a timed block's variables by member and bucket; -1 where there is none."""
        if name not in self.grids:
            keys = self.blocks[name].keys
            axis = next(key for key in keys if key != "bucket")
            grid = np.full((int(keys[axis].max(initial=-1)) + 1, self.horizon.buckets), -1, np.int64)
            grid[keys[axis], keys["bucket"]] = np.arange(self.blocks[name].size)
            self.grids[name] = grid
        grid = self.grids[name]
        known = (member >= 0) & (member < len(grid))
        return np.where(known, grid[np.where(known, member, 0), bucket], -1) if len(grid) else np.full(len(member), -1)

    def add(self, rows: str, row: ArrayLike, block: str, variable: ArrayLike, coefficient: ArrayLike = 1.0) -> None:
        """Add terms to rows by the names of their blocks. IndexError where a position is -1, which `at` gives for none."""
        if min(np.min(row, initial=0), np.min(variable, initial=0)) < 0:
            raise IndexError(f"a term of {block} in {rows} stands for a variable or row that is not there")
        self.model.terms(self.rows[rows], row, self.blocks[block], variable, coefficient)
