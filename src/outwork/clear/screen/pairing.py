"""Pairing: which word of one name answers to which word of the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from outwork.clear.screen.alike import alike, alike_bones
from outwork.clear.screen.names import Name, Role, Word

LEAST: Final = 0.25
"""Words less alike than this are not paired [1]."""
JOINED: Final = 0.85
"""Words written together are only taken for two if the whole is at least so alike [1]."""
INITIAL: Final = 0.9
"""Likeness of an initial and a word that it begins [1]."""
OTHER_NUMBER: Final = 0.35
"""Likeness of two numbers that differ [1]: a sister of the one that is listed, which a person should see."""
ACRONYM: Final = 0.8
"""Likeness of a word and the words whose first letters it is [1]."""
SHORTEST_ACRONYM: Final = 3
"""Words that an acronym stands for, at least."""
MOST_JOINED: Final = 3
"""Words that may be written as one."""
SHORTEST_WHOLE: Final = 4
"""Letters of a word that may be two written together."""
SLIPS: Final = 2
"""Letters that may differ between the whole and its parts."""
NEAR: Final = 0.001
"""What it counts to stand at the same place, where all else is equal."""

Offer = tuple[float, float, range, range]
"""What could be paired: rank, likeness [1], and the words of each side."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Words of both names that answer to each other, and how alike they are [1]; one side is empty where nothing answers."""

    left: tuple[Word, ...]
    right: tuple[Word, ...]
    likeness: float

    @property
    def weight(self) -> float:
        """How much the pair counts [1]: the mean of both sides, or what stands alone."""
        if len(self.left) == len(self.right) == 1:
            return (self.left[0].weight + self.right[0].weight) / 2
        sides = [max(each.weight for each in side) for side in (self.left, self.right) if side]
        return sum(sides) / len(sides)


def pairs(one: Name, other: Name) -> list[Pair]:
    """Return the words of two names paired, the most alike first, then those that nothing answers to."""
    if short := _acronym(one, other) or _acronym(other, one):
        return [Pair(one.words, other.words, short)]
    bare = one.bare != other.bare
    offers = sorted(_offers(one.words, other.words, bare), key=lambda each: each[0], reverse=True)
    free_left, free_right = set(range(len(one.words))), set(range(len(other.words)))
    found = []
    for _, likeness, left, right in offers:
        if free_left.issuperset(left) and free_right.issuperset(right):
            free_left.difference_update(left)
            free_right.difference_update(right)
            found.append(Pair(one.words[left.start : left.stop], other.words[right.start : right.stop], likeness))
    alone = [Pair((one.words[at],), (), 0.0) for at in sorted(free_left)]
    return found + alone + [Pair((), (other.words[at],), 0.0) for at in sorted(free_right)]


def _acronym(one: Name, other: Name) -> float:
    """Return how alike a name of one word and the other name are as an acronym [1], 0 where it is none."""
    spelt = "".join(each.text[0] for each in other.words if each.role is not Role.PARTICLE)
    return ACRONYM if len(one.words) == 1 and len(spelt) >= SHORTEST_ACRONYM and one.words[0].text == spelt else 0.0


def _offers(one: tuple[Word, ...], other: tuple[Word, ...], bare: bool) -> Iterator[Offer]:  # noqa: FBT001
    """Yield what could be paired."""
    for at, left in enumerate(one):
        for to, right in enumerate(other):
            likeness = 1.0 if left.text == right.text else likely(left, right, bare)
            if likeness >= LEAST:
                rank = likeness * (left.weight + right.weight) - NEAR * abs(at - to)
                yield rank, likeness, range(at, at + 1), range(to, to + 1)
    yield from _written_together(one, other)
    for rank, likeness, right_words, left_words in _written_together(other, one):
        yield rank, likeness, left_words, right_words


def _written_together(one: tuple[Word, ...], other: tuple[Word, ...]) -> Iterator[Offer]:
    """Yield words of the first name that the second writes as several."""
    ends = list(accumulate((len(each.text) for each in other), initial=0))
    for at, whole in enumerate(one):
        length = len(whole.text)
        if length < SHORTEST_WHOLE:
            continue
        for start in range(len(other) - 1):
            for stop in range(start + 2, min(start + MOST_JOINED, len(other)) + 1):
                if (
                    abs(ends[stop] - ends[start] - length) <= SLIPS
                    and (likeness := _joined(whole, other[start:stop])) >= JOINED
                ):
                    rank = likeness * (whole.weight + max(each.weight for each in other[start:stop])) - 10 * NEAR
                    yield rank, likeness, range(at, at + 1), range(start, stop)


def _joined(whole: Word, parts: tuple[Word, ...]) -> float:
    return alike(whole.text, "".join(each.text for each in parts))


def likely(left: Word, right: Word, bare: bool) -> float:  # noqa: FBT001
    """Return how alike two different words are [1], each being what it is in its name."""
    one, other = left.role, right.role
    if one is Role.INITIAL or other is Role.INITIAL:
        particle = one is Role.PARTICLE or other is Role.PARTICLE
        return INITIAL if left.text[0] == right.text[0] and not particle else 0.0
    if one is Role.NUMBER or other is Role.NUMBER:
        return OTHER_NUMBER if one is other else 0.0
    if one is not other and (one is Role.PARTICLE or other is Role.PARTICLE):
        return 0.0
    return max(alike(left.text, right.text), alike_bones(left.text, right.text) if bare else 0.0)
