"""Three values: true, false, and unknown, which is neither (Kleene's strong logic, Kleene 1952, section 64).

As small integers, so that `and` is the least and `or` the greatest of several. Everything that joins truths stands here.
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
    """Whether something holds."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    @property
    def word(self) -> str:
        """Return true, false or unknown."""
        return self.name.lower()


def constant(truth: Truth, size: int) -> Truths:
    """Return the same truth for each of `size` things."""
    return np.full(size, truth, np.int8)


def negation(truths: Truths) -> Truths:
    """Return what is true where the other is false; unknown stays unknown."""
    return np.int8(Truth.TRUE) - truths


def conjunction(parts: Iterable[Truths], size: int) -> Truths:
    """Return all of the parts together: the least of them, true where there are none."""
    return reduce(np.minimum, parts, constant(Truth.TRUE, size))


def disjunction(parts: Iterable[Truths], size: int) -> Truths:
    """Return any of the parts: the greatest of them, false where there are none."""
    return reduce(np.maximum, parts, constant(Truth.FALSE, size))


def decided(true: NDArray[np.bool_], false: NDArray[np.bool_]) -> Truths:
    """Return true where the first holds, false where the second does, and unknown elsewhere."""
    return np.where(true, np.int8(Truth.TRUE), np.where(false, np.int8(Truth.FALSE), np.int8(Truth.UNKNOWN)))
