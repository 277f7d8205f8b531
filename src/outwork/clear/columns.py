"""What is known of many things at once: one column for each fact, one place for each thing.

A quantity is an interval [low, high] in the unit of the vocabulary, everything where nothing is known. A flag is a truth. A
choice, text or nation is the set of names that it is, by its number in a short list of such sets; number 0 is not known.
What a thing is made for is a list of pairs: thing, and the thing or path that it is made for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from outwork.clear.logic import Truth, Truths, conjunction, constant, decided, disjunction, negation
from outwork.clear.rules.conditions import Condition, Joined, Listed, Operator, Test

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]
UNSTATED: Final = frozenset[str]()
NOTHING_KNOWN: Final = 0


@dataclass(frozen=True)
class Measured:
    """A quantity of every thing: it lies between low and high, inclusive. [thing] each, in the vocabulary's unit."""

    low: Numbers
    high: Numbers


@dataclass(frozen=True)
class Named:
    """A choice, text or nation of every thing: its number in `sets`, 0 where nothing is known. [thing]."""

    codes: Places
    sets: tuple[frozenset[str], ...]
    """Sets of names; the first stands for what is not known and is empty."""


@dataclass(frozen=True)
class MadeFor:
    """What things are made for: pairs (thing, other thing), pairs (thing, path), and whether it is known at all. [thing]."""

    things: Places
    targets: Places
    literals: tuple[tuple[int, str], ...]
    known: NDArray[np.bool_]


@dataclass(frozen=True)
class Columns:
    """Everything known of `size` things."""

    size: int
    quantities: Mapping[str, Measured] = field(default_factory=dict)
    flags: Mapping[str, Truths] = field(default_factory=dict)
    names: Mapping[str, Named] = field(default_factory=dict)

    def take(self, places: Places) -> Columns:
        """Return what is known of some of the things, in that order, a thing as often as it is named."""
        return Columns(
            len(places),
            {name: Measured(each.low[places], each.high[places]) for name, each in self.quantities.items()},
            {name: each[places] for name, each in self.flags.items()},
            {name: Named(each.codes[places], each.sets) for name, each in self.names.items()},
        )

    def quantity(self, fact: str) -> Measured:
        """Return a quantity, everything where nobody has stated it."""
        found = self.quantities.get(fact)
        return found or Measured(np.full(self.size, -np.inf), np.full(self.size, np.inf))

    def flag(self, fact: str) -> Truths:
        """Return a flag, unknown where nobody has stated it."""
        found = self.flags.get(fact)
        return constant(Truth.UNKNOWN, self.size) if found is None else found

    def named(self, fact: str) -> Named:
        """Return a choice, text or nation, not known where nobody has stated it."""
        found = self.names.get(fact)
        return found or Named(np.zeros(self.size, np.int64), (UNSTATED,))

    def with_flag(self, fact: str, truths: Truths) -> Columns:
        """Return the columns with another flag."""
        return replace(self, flags={**self.flags, fact: truths})

    def with_quantity(self, fact: str, measured: Measured) -> Columns:
        """Return the columns with another quantity."""
        return replace(self, quantities={**self.quantities, fact: measured})

    def with_names(self, fact: str, values: Sequence[frozenset[str]]) -> Columns:
        """Return the columns with another choice, text or nation; the empty set is not known. [thing]."""
        return replace(self, names={**self.names, fact: coded(values)})

    def without(self, fact: str, where: NDArray[np.bool_]) -> Columns:
        """Return the columns with a fact unknown for some things. [thing]."""
        if fact in self.flags:
            return self.with_flag(fact, np.where(where, np.int8(Truth.UNKNOWN), self.flags[fact]))
        if fact in self.quantities:
            own = self.quantities[fact]
            return self.with_quantity(fact, Measured(np.where(where, -np.inf, own.low), np.where(where, np.inf, own.high)))
        named = self.named(fact)
        return replace(self, names={**self.names, fact: Named(np.where(where, NOTHING_KNOWN, named.codes), named.sets)})

    def test(self, test: Test) -> Truths:
        """Return whether a comparison holds, for every thing."""
        if isinstance(test.value, bool):
            flags = self.flag(test.fact)
            return flags if test.value else np.negative(flags)
        if isinstance(test.value, frozenset):
            return _among(self.named(test.fact), test.operator, test.value)
        return compared(self.quantity(test.fact), test.operator, test.value)


def truth(condition: Condition, answer: Callable[[Test | Listed], Truths], size: int) -> Truths:
    """Return whether a condition holds, for every thing. [thing].

    Args: answer, what says whether a comparison or a reference holds; size, how many things there are.
    """
    if not isinstance(condition, Joined):
        return answer(condition)
    parts = (truth(each, answer, size) for each in condition.of)
    if condition.how == "all":
        return conjunction(parts, size)
    any_of = disjunction(parts, size)
    return any_of if condition.how == "any" else negation(any_of)


def coded(values: Sequence[frozenset[str]]) -> Named:
    """Return sets of names, one for each thing, as numbers in a list of the different ones."""
    sets = {UNSTATED: NOTHING_KNOWN}
    codes = np.fromiter((sets.setdefault(value, len(sets)) for value in values), np.int64, len(values))
    return Named(codes, tuple(sets))


def compared(measured: Measured, operator: Operator, limit: float) -> Truths:
    """Return whether quantities compare so with a limit: true or false only where the whole interval does."""
    low, high = measured.low, measured.high
    match operator:
        case Operator.AT_LEAST:
            return decided(low >= limit, high < limit)
        case Operator.MORE_THAN:
            return decided(low > limit, high <= limit)
        case Operator.AT_MOST:
            return decided(high <= limit, low > limit)
        case Operator.LESS_THAN:
            return decided(high < limit, low >= limit)
    raise TypeError(f"{operator} does not compare quantities")


def _among(named: Named, operator: Operator, wanted: frozenset[str]) -> Truths:
    """Return whether names are, or are not, among those wanted; a thing that is several is among them if one is."""
    yes, no = (Truth.TRUE, Truth.FALSE) if operator in {Operator.IS, Operator.IN} else (Truth.FALSE, Truth.TRUE)
    by_code = [Truth.UNKNOWN, *(yes if each & wanted else no for each in named.sets[1:])]
    return np.array(by_code, np.int8)[named.codes]
