"""What follows from facts that somebody has stated, by the derivations of the rulebook.

A quantity is bounded by a product of powers of others, each an interval of things that are not negative:

    low  = factor x prod_f  (low_f ^ p  if p > 0 else high_f ^ p)        high the other way round

Any fact has a value where a condition is true. What is derived narrows what is stated and never widens it, so that learning a
fact can only settle what was unknown; where the two contradict each other the fact is unknown, and nothing is drawn from it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from outwork.clear.columns import Columns, Measured, Numbers, truth
from outwork.clear.logic import TRUE, UNKNOWN, Truths, constant, of
from outwork.clear.rules.conditions import Listed, Test
from outwork.clear.rules.rulebook import Derivation

SLACK = 1e-9
"""Relative difference [1] within which two bounds are taken for the same."""
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Completed:
    """What is known once everything that follows has been drawn, and where that was, or contradicted what is stated."""

    columns: Columns
    drawn: tuple[tuple[Derivation, Mask], ...] = ()
    """Derivations that narrowed a fact, and for which things. [thing]."""
    refuted: tuple[tuple[Derivation, Mask], ...] = ()
    """Derivations that contradict what is known, and for which things; the fact is unknown there. [thing]."""


def complete(columns: Columns, derivations: Sequence[Derivation]) -> Completed:
    """Return the columns with everything that follows from them, drawn until nothing new follows."""
    refuted = {place: np.zeros(columns.size, np.bool_) for place in range(len(derivations))}
    while True:
        found, drawn, clashes = _drawn(_without(columns, derivations, refuted), derivations, refuted)
        if not any(clash.any() for clash in clashes.values()):
            break
        refuted = {place: mask | clashes[place] for place, mask in refuted.items()}
    kept = list(enumerate(derivations))
    return Completed(
        found,
        tuple((each, drawn[place]) for place, each in kept if drawn[place].any()),
        tuple((each, refuted[place]) for place, each in kept if refuted[place].any()),
    )


def _drawn(
    columns: Columns, derivations: Sequence[Derivation], refuted: dict[int, Mask]
) -> tuple[Columns, dict[int, Mask], dict[int, Mask]]:
    """Return the columns with all that follows, where each derivation narrowed them, and where one contradicts them."""
    drawn, clashes = ({place: np.zeros(columns.size, np.bool_) for place in refuted} for _ in range(2))
    for _ in range(len(derivations) + 1):
        before = columns
        for place, derivation in enumerate(derivations):
            barred = _barred(derivation.fact, derivations, {at: refuted[at] | clashes[at] for at in refuted}, columns.size)
            columns, changed, clash = _apply(columns, derivation, barred)
            drawn[place] |= changed
            clashes[place] |= clash
        if columns is before:
            break
    return columns, drawn, clashes


def _barred(fact: str, derivations: Sequence[Derivation], refuted: dict[int, Mask], size: int) -> Mask:
    """Return for which things a fact is refuted, by whichever derivation. [thing]."""
    masks = [mask for place, mask in refuted.items() if derivations[place].fact == fact]
    return reduce(np.logical_or, masks, np.zeros(size, np.bool_))


def _without(columns: Columns, derivations: Sequence[Derivation], refuted: dict[int, Mask]) -> Columns:
    """Return the columns with every refuted fact unknown."""
    for fact in {each.fact for place, each in enumerate(derivations) if refuted[place].any()}:
        columns = columns.without(fact, _barred(fact, derivations, refuted, columns.size))
    return columns


def _apply(columns: Columns, derivation: Derivation, barred: Mask) -> tuple[Columns, Mask, Mask]:
    """Return the columns with one derivation drawn, where it changed something, and where it contradicts them."""
    holds = (truth(derivation.when, _leaf(columns), columns.size) == TRUE) & ~barred
    if isinstance(derivation.value, bool):
        return _flag(columns, derivation.fact, holds, constant(of(derivation.value), columns.size))
    if isinstance(derivation.value, frozenset):
        return _names(columns, derivation.fact, holds, derivation.value)
    return _narrowed(columns, derivation.fact, holds, *_bounds(columns, derivation))


def _leaf(columns: Columns) -> Callable[[Test | Listed], Truths]:
    """Return what answers comparisons; where a thing is listed is not known yet when facts are derived."""
    return lambda leaf: constant(UNKNOWN, columns.size) if isinstance(leaf, Listed) else columns.test(leaf)


def _flag(columns: Columns, fact: str, holds: Mask, value: Truths) -> tuple[Columns, Mask, Mask]:
    known = columns.flag(fact)
    clash = holds & (known != UNKNOWN) & (known != value)
    changed = holds & (known == UNKNOWN)
    if not (clash | changed).any():
        return columns, changed, clash
    return columns.with_flag(fact, np.where(clash, np.int8(UNKNOWN), np.where(changed, value, known))), changed, clash


def _names(columns: Columns, fact: str, holds: Mask, value: frozenset[str]) -> tuple[Columns, Mask, Mask]:
    named = columns.named(fact)
    same = np.array([each == value for each in named.sets], np.bool_)[named.codes]
    clash = holds & (named.codes != 0) & ~same
    changed = holds & (named.codes == 0)
    if not (clash | changed).any():
        return columns, changed, clash
    sets = [named.sets[code] for code in named.codes]
    return (
        columns.with_names(
            fact, [frozenset() if no else value if yes else own for own, yes, no in zip(sets, changed, clash, strict=True)]
        ),
        changed,
        clash,
    )


def _bounds(columns: Columns, derivation: Derivation) -> tuple[Numbers, Numbers]:
    """Return between which values a quantity lies by its derivation. [thing] each."""
    begin = derivation.value if isinstance(derivation.value, float) else derivation.factor
    low, high = np.full(columns.size, begin), np.full(columns.size, begin)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for fact, power in derivation.product:
            own = columns.quantity(fact)
            ends = np.maximum(own.low, 0.0) ** power, np.maximum(own.high, 0.0) ** power
            low, high = low * (ends[0] if power > 0 else ends[1]), high * (ends[1] if power > 0 else ends[0])
    low, high = np.where(np.isnan(low), 0.0, low), np.where(np.isnan(high), np.inf, high)
    return _bounded(derivation, low, high)


def _bounded(derivation: Derivation, low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """Return the two ends as far as the derivation bounds them: at most leaves the lower one open. [thing] each."""
    everything = np.full(low.size, np.inf)
    return (-everything if derivation.bound == "at most" else low), (everything if derivation.bound == "at least" else high)


def _narrowed(columns: Columns, fact: str, holds: Mask, low: Numbers, high: Numbers) -> tuple[Columns, Mask, Mask]:
    known = columns.quantity(fact)
    lower, upper = np.maximum(known.low, low), np.minimum(known.high, high)
    slack = SLACK * np.maximum(np.abs(lower), np.abs(upper))
    clash = holds & (lower > upper + np.where(np.isfinite(slack), slack, 0.0))
    changed = holds & ~clash & ((lower > known.low + _room(known.low)) | (upper < known.high - _room(known.high)))
    if not (clash | changed).any():
        return columns, changed, clash
    new_low = np.where(clash, -np.inf, np.where(changed, np.minimum(lower, upper), known.low))
    new_high = np.where(clash, np.inf, np.where(changed, upper, known.high))
    return columns.with_quantity(fact, Measured(new_low, new_high)), changed, clash


def _room(bound: Numbers) -> Numbers:
    """Return by how much a bound has to move to count as moved. [thing]."""
    return np.where(np.isfinite(bound), SLACK * np.abs(bound), 0.0)
