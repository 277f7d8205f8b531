"""How one verb adds rows over the variables of another without knowing it.

`plan` publishes its blocks by name; `fund`, say, offers a value that keeps the protocol `Rows`; whoever calls both hands it
over: plan.run(programme, options, also=[fund.rows(...)]). Neither imports the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from outwork.model.errors import UnknownName
from outwork.solve.blocks import Block, Model

Blocks = Mapping[str, Block]
"""Published blocks of variables by name."""


@dataclass(frozen=True, eq=False)
class Terms:
    """Coefficients of the variables of a published block in added rows; as Model.terms, positions count in their blocks."""

    row: ArrayLike
    block: Block
    variable: ArrayLike
    coefficient: ArrayLike = 1.0


@dataclass(frozen=True, eq=False)
class Added:
    """One block of added rows: its keys, its limits (a number for all or one for each row) and its terms."""

    keys: Mapping[str, ArrayLike]
    terms: tuple[Terms, ...]
    lower: ArrayLike = -np.inf
    upper: ArrayLike = np.inf


class Rows(Protocol):
    """Rows that are offered over published blocks."""

    @property
    def name(self) -> str:
        """What the block of rows is called; unlike every other."""

    def over(self, blocks: Blocks) -> Added:
        """Return the rows over `blocks`; `published` finds one of them by name."""


def published(blocks: Blocks, name: str) -> Block:
    """Return a block by name. Raises UnknownName, with the names that there are."""
    if name not in blocks:
        raise UnknownName(f"no variables '{name}' are published; there are {', '.join(sorted(blocks)) or 'none'}")
    return blocks[name]


def add(model: Model, also: Iterable[Rows], blocks: Blocks) -> tuple[Block, ...]:
    """Add the rows that are offered to a model; return their blocks in the order offered."""
    added = []
    for offer in also:
        rows = offer.over(blocks)
        block = model.rows(offer.name, rows.keys, lower=rows.lower, upper=rows.upper)
        for part in rows.terms:
            model.terms(block, part.row, part.block, part.variable, part.coefficient)
        added.append(block)
    return tuple(added)
