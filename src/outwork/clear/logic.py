"""Three values: true, false, and unknown, which is neither (Kleene's strong logic, Kleene 1952, section 64).

False is -1, unknown 0, true 1, so that *and* is the smallest, *or* the largest and *not* the sign turned round; arrays of int8
hold the same numbers. Everything that joins truths stands here.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from functools import reduce

import numpy as np
from numpy.typing import NDArray

Truths = NDArray[np.int8]
"""Truths of one question about many things. [thing]."""


class Truth(IntEnum):
    """One of three values."""

    FALSE = -1
    UNKNOWN = 0
    TRUE = 1

    def __str__(self) -> str:
        """Return for example: unknown."""
        return self.name.lower()


TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


def all_of(truths: Iterable[Truth]) -> Truth:
    """Return the conjunction; true of nothing."""
    return min(truths, default=TRUE)


def any_of(truths: Iterable[Truth]) -> Truth:
    """Return the disjunction; false of nothing."""
    return max(truths, default=FALSE)


def negated(truth: Truth) -> Truth:
    """Return the negation."""
    return Truth(-truth)


def of(known: bool | None) -> Truth:  # noqa: FBT001 - a flag is what it turns into a truth
    """Return the truth of a flag, unknown for None."""
    return UNKNOWN if known is None else TRUE if known else FALSE


def constant(truth: Truth, size: int) -> Truths:
    """Return the same truth for each of `size` things."""
    return np.full(size, truth, np.int8)


def negation(truths: Truths) -> Truths:
    """Return the negation of each. [thing]."""
    return np.negative(truths)


def conjunction(parts: Iterable[Truths], size: int) -> Truths:
    """Return the conjunction of each; true where there are no parts. [thing]."""
    return reduce(np.minimum, parts, constant(TRUE, size))


def disjunction(parts: Iterable[Truths], size: int) -> Truths:
    """Return the disjunction of each; false where there are no parts. [thing]."""
    return reduce(np.maximum, parts, constant(FALSE, size))


def decided(true: NDArray[np.bool_], false: NDArray[np.bool_]) -> Truths:
    """Return true where the first holds, false where the second does, and unknown elsewhere. [thing]."""
    return true.astype(np.int8) - false.astype(np.int8)
