"""Kleene's strong logic of three values: what is unknown is neither true nor false (Kleene 1952, section 64).

False is -1, unknown 0, true 1, so that *and* is the smallest, *or* the largest and *not* the sign turned round; arrays of int8
hold the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


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
