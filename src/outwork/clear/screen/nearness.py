"""Nearness of two names: one number from 0 to 1, and what each word of them took off it.

With w the weight of a pair of words and s its likeness, u and v the weights of the words on either side that nothing
answers to:

    contrary = min(u, v)      words on both sides that have no answer: they say different things
    surplus  = |u - v|        words on one side only: one register says more than the other
    nearness = sum w s / (sum w (1 + SOFT (1 - s)) + CONTRARY contrary + SURPLUS surplus)

and the same less what contrary words take off beyond that. Since the denominator is the numerator plus what each pair and
each lone word adds, 1 - nearness falls apart into one loss for each of them; these are the features.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

from outwork.clear.screen.letters import shown
from outwork.clear.screen.names import Kind, Name, Role, read
from outwork.clear.screen.pairing import Pair, pairs

SOFT: Final = 0.55
"""Loss of a pair beyond its unlikeness [1]."""
CONTRARY: Final = {Kind.PERSON: 2.0, Kind.COMPANY: 1.8}
"""Loss by contrary words, for each of their weight [1]."""
SURPLUS: Final = {Kind.PERSON: 0.22, Kind.COMPANY: 0.6}
"""Loss by words that only one side has [1]: people have more names than a register writes, firms rarely."""
CUT: Final = 0.13
"""Share of the rest that contrary words take off, however long the name [1]."""
LONE_NUMBER: Final = 0.7
"""Weight of a number that only one side has: the second fund is not the first [1]."""
OTHER_FORM: Final = 0.08
"""Loss where both names have a legal form, and another one [1]."""
CHARACTER: Final = 1.3
"""Loss for each share of other characters, where a character is a syllable [1]."""
BACKWARDS: Final = 0.75
"""Nearness of a name that is the other one read from its end, as text looks that was turned around [1]."""

ALMOST: Final = 0.55
"""Nearness from which a name read from its end is taken for the other [1]."""


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that raised or lowered a score: its name, by how much [1], and in a sentence why."""

    name: str
    by: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near two names are [1]; value = 1 + the sum of the features."""

    value: float
    features: tuple[Feature, ...]


NOTHING: Final = Nearness(0.0, (Feature("name", -1.0, "there is nothing in the name that could be compared"),))


FAR: Final = "the names have too little in common"


def nearness(one: Name, other: Name, least: float = 0.0) -> Nearness:
    """Return how near two names are, and why; for names that are less near than `least` [1] only that they are far."""
    if not one.words or not other.words:
        return NOTHING
    found = _reckoned(one, other)
    if found.value < BACKWARDS and _turned(one.given, other.given):
        turned = f"'{shown(one.given)}' is '{shown(other.given)}' read from its end"
        return Nearness(BACKWARDS, (Feature("backwards", BACKWARDS - 1, turned),))
    if found.value < least:
        return Nearness(found.value, (Feature("far", found.value - 1, FAR),))
    return _explained(found, one, other)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The sums behind a nearness: pairs, words that only one side has, and the terms of the formula [1]."""

    kind: Kind
    both: list[Pair]
    left: list[Pair]
    right: list[Pair]
    contrary: float
    surplus: float
    reached: float
    full: float
    further: float
    """Loss by the legal form and by characters."""

    @property
    def cut(self) -> float:
        """Loss by contrary words beyond their part of the sum [1]."""
        return self.reached / self.full * CUT * min(self.contrary, 1.0)

    @property
    def value(self) -> float:
        """The nearness [1]."""
        return max(self.reached / self.full - self.cut - self.further, 0.0)


def _reckoned(one: Name, other: Name) -> Reckoned:
    kind = Kind.COMPANY if Kind.COMPANY in (one.kind, other.kind) else Kind.PERSON
    every = pairs(one, other)
    both = [each for each in every if each.left and each.right]
    left = [each for each in every if not each.right]
    right = [each for each in every if not each.left]
    u, v = _weight(left), _weight(right)
    contrary, surplus = min(u, v), abs(u - v)
    reached = sum(each.weight * each.likeness for each in both)
    full = sum(each.weight * (1 + SOFT * (1 - each.likeness)) for each in both)
    full += CONTRARY[kind] * contrary + SURPLUS[kind] * surplus
    further = -sum(each.by for each in (*_forms(one, other), *_characters(one, other)))
    return Reckoned(kind, both, left, right, contrary, surplus, reached, full, further)


def _explained(found: Reckoned, one: Name, other: Name) -> Nearness:
    """Return each loss with its reason; they add up to the nearness."""
    losses = list(_paired(found.both, found.full))
    if found.contrary:
        by = CONTRARY[found.kind] * found.contrary / found.full + found.cut
        sentence = f"{_said(found.left)} answers to nothing, and neither does {_said(found.right)}"
        losses.append(Feature("contrary words", -by, sentence))
    if found.surplus:
        more = found.left if _weight(found.left) > _weight(found.right) else found.right
        by = SURPLUS[found.kind] * found.surplus / found.full
        losses.append(Feature("surplus words", -by, f"only one of the names has {_said(more)}"))
    losses += [*_forms(one, other), *_characters(one, other)]
    over = -1 - sum(each.by for each in losses)
    if over > 0:
        losses.append(Feature("floor", over, "a score is never below nothing"))
    return Nearness(found.value, tuple(sorted(losses, key=lambda each: each.by)))


def _weight(alone: list[Pair]) -> float:
    """Return the weight of words that nothing answers to."""
    return sum(LONE_NUMBER if (each.left or each.right)[0].role is Role.NUMBER else each.weight for each in alone)


def _paired(both: list[Pair], full: float) -> Iterator[Feature]:
    """Yield what each pair of words takes off."""
    for each in both:
        by = each.weight * (1 - each.likeness) * (1 + SOFT) / full
        if by:
            yield Feature("word", -by, f"'{_text(each.left)}' and '{_text(each.right)}' are alike to {each.likeness:.0%}")


def _forms(one: Name, other: Name) -> Iterator[Feature]:
    if one.form and other.form and one.form != other.form:
        yield Feature("legal form", -OTHER_FORM, f"the legal forms differ: {one.form}, {other.form}")


def _characters(one: Name, other: Name) -> Iterator[Feature]:
    if one.native and other.native and one.native != other.native:
        by = CHARACTER * OSA.normalized_distance(one.native, other.native)
        yield Feature("characters", -by, f"{one.native} and {other.native} are written with other characters")


def _turned(one: str, other: str) -> bool:
    """Whether one name is the other read from its end."""
    left, right = one.casefold(), other.casefold()
    if len(left) != len(right) or sorted(left) != sorted(right) or left == right:
        return False
    return _reckoned(read(left[::-1]), read(right)).value >= ALMOST


def _said(alone: list[Pair]) -> str:
    return " ".join(f"'{_text(each.left or each.right)}'" for each in alone)


def _text(words: tuple[object, ...]) -> str:
    return " ".join(getattr(each, "text", "") for each in words)
