"""Pairing: which word of one name answers to which word of the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Pair:
    """Words of both names that answer to each other, and how alike they are [1]; one side is empty where nothing answers."""

    left: tuple[Word, ...]
    right: tuple[Word, ...]
    likeness: float

    @property
    def weight(self) -> float:
        """How much the pair counts [1]: the mean of both sides, or what stands alone."""
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


def _offers(one: tuple[Word, ...], other: tuple[Word, ...], bare: bool) -> Iterator[tuple[float, float, range, range]]:  # noqa: FBT001
    """Yield what could be paired: rank, likeness, and the words of each side."""
    for at, left in enumerate(one):
        for to, right in enumerate(other):
            likeness = likely(left, right, bare)
            if likeness >= LEAST:
                near = 0.001 * abs(at - to)
                yield likeness * (left.weight + right.weight) - near, likeness, range(at, at + 1), range(to, to + 1)
    yield from _written_together(one, other)
    for rank, likeness, right_words, left_words in _written_together(other, one):
        yield rank, likeness, left_words, right_words


def _written_together(one: tuple[Word, ...], other: tuple[Word, ...]) -> Iterator[tuple[float, float, range, range]]:
    """Yield words of the first name that the second writes as several."""
    for at, whole in enumerate(one):
        if len(whole.text) < 4:
            continue
        for count in range(2, MOST_JOINED + 1):
            for to in range(len(other) - count + 1):
                parts = other[to : to + count]
                text = "".join(each.text for each in parts)
                if abs(len(text) - len(whole.text)) <= 2 and (likeness := alike(whole.text, text)) >= JOINED:
                    rank = likeness * (whole.weight + max(each.weight for each in parts)) - 0.01
                    yield rank, likeness, range(at, at + 1), range(to, to + count)


def likely(left: Word, right: Word, bare: bool) -> float:  # noqa: FBT001
    """Return how alike two words are [1], each being what it is in its name."""
    if left.text == right.text:
        return 1.0
    roles = {left.role, right.role}
    if Role.INITIAL in roles:
        return INITIAL if left.text[0] == right.text[0] and Role.PARTICLE not in roles else 0.0
    if Role.NUMBER in roles:
        return OTHER_NUMBER if len(roles) == 1 else 0.0
    if Role.PARTICLE in roles and len(roles) > 1:
        return 0.0
    return max(alike(left.text, right.text), alike_bones(left.text, right.text) if bare else 0.0)
