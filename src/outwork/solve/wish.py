"""What a person asked for, as limits of a problem that could be given up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import scipy.sparse as sp

from outwork.model.errors import UnknownName
from outwork.solve.blocks import Array, Block, Index, Problem

Set = frozenset[int]
"""Wishes, by their place in the order given."""

End = Literal["lower", "upper"]


@dataclass(frozen=True, eq=False)
class Part:
    """Members of a block whose limits belong to a wish.

    Args: of, whether `block` is one of rows or of variables; position [member] counts in the block; ends, which of the
    limits the wish asks for; fallback, to where they go when it is given up: by default to none, for a variable that may
    never be negative write 0.
    """

    of: Literal["rows", "variables"]
    block: str
    position: Index
    ends: tuple[End, ...] = ("lower", "upper")
    fallback: float | None = None


@dataclass(frozen=True, eq=False)
class Wish:
    """Something that a person asked for: a name, a sentence in the planner's words, and where it sits in the problem."""

    name: str
    sentence: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, eq=False)
class Wished:
    """A problem in which every wish is made of rows of its own.

    A limit that a wish covers is taken from where it stood and put on a copy of its row (or a row with nothing but its
    variable) behind all others, one end to a row: so two wishes can hold the two ends of one row, even where they cross.
    `wish` [copy] says which wish each copy belongs to.
    """

    problem: Problem
    wish: Index

    @property
    def hard(self) -> int:
        """How many rows stand before the copies."""
        return self.problem.row_lower.size - self.wish.size

    def holding(self, held: Set) -> Problem:
        """Return the problem in which only the wishes of `held` hold."""
        free = self.hard + np.flatnonzero(~np.isin(self.wish, list(held)))
        lower, upper = self.problem.row_lower.copy(), self.problem.row_upper.copy()
        lower[free], upper[free] = -np.inf, np.inf
        return self.problem.limited(lower, upper)

    def behind(self, dual: Array, least: float) -> Set:
        """Return the wishes of whose rows any dual [row] is larger than `least`."""
        return frozenset(self.wish[np.abs(dual[self.hard :]) > least].tolist())


def wished(problem: Problem, wishes: Sequence[Wish]) -> Wished:
    """Return the problem with the limits of each wish on rows of their own. Raises UnknownName for a block not there."""
    limits = {
        ("rows", "lower"): problem.row_lower.copy(),
        ("rows", "upper"): problem.row_upper.copy(),
        ("variables", "lower"): problem.lower.copy(),
        ("variables", "upper"): problem.upper.copy(),
    }
    before = {key: numbers.copy() for key, numbers in limits.items()}
    wish: list[Array | Index] = []
    index: list[Array | Index] = []
    lower: list[Array | Index] = []
    upper: list[Array | Index] = []
    for number, part, end in _ends(wishes):
        place = _block(problem, part).first + np.asarray(part.position, np.int64)
        limit = before[part.of, end][place]
        place, limit = place[np.isfinite(limit)], limit[np.isfinite(limit)]
        limits[part.of, end][place] = _given_up(part, end, limit)
        wish.append(np.full(place.size, number))
        index.append(place if part.of == "rows" else problem.row_lower.size + place)
        lower.append(limit if end == "lower" else np.full(place.size, -np.inf))
        upper.append(limit if end == "upper" else np.full(place.size, np.inf))
    copies = sp.vstack([problem.matrix, sp.eye_array(problem.cost.size)], format="csr")[_joined(index).astype(np.int64)]
    apart = replace(
        problem,
        lower=limits["variables", "lower"],
        upper=limits["variables", "upper"],
        matrix=sp.vstack([problem.matrix, copies], format="csc"),
        row_lower=np.concatenate([limits["rows", "lower"], _joined(lower)]),
        row_upper=np.concatenate([limits["rows", "upper"], _joined(upper)]),
    )
    return Wished(apart, _joined(wish).astype(np.int64))


def _ends(wishes: Sequence[Wish]) -> Iterator[tuple[int, Part, End]]:
    """Yield each end of each part of each wish, with the wish's number."""
    for number, wish in enumerate(wishes):
        for part in wish.parts:
            for end in part.ends:
                yield number, part, end


def _given_up(part: Part, end: End, limit: Array) -> Array:
    """Return where a limit goes when the wish is given up; never to where it would ask for more."""
    if end == "lower":
        return np.minimum(limit, -np.inf if part.fallback is None else part.fallback)
    return np.maximum(limit, np.inf if part.fallback is None else part.fallback)


def _block(problem: Problem, part: Part) -> Block:
    blocks = problem.rows if part.of == "rows" else problem.variables
    if part.block not in blocks:
        raise UnknownName(
            f"a wish speaks of {part.of} '{part.block}', which are not in the problem; there are {', '.join(blocks)}"
        )
    return blocks[part.block]


def _joined(arrays: Sequence[Array | Index]) -> Array:
    return np.concatenate([np.empty(0), *arrays])
