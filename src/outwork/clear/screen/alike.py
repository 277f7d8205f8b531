"""How alike two words are: slips of the pen counted on their letters, spellings of one sound forgiven.

The slips are those of the Damerau-Levenshtein distance, in the restricted form that is called optimal string alignment; in
sounds a slip between neighbours, such as o and u, counts less than a whole one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA, Levenshtein

from outwork.clear.screen.sounds import VOWELS, bones, sound
from outwork.clear.screen.words.given_names import same

NEIGHBOURS: Final = {
    frozenset(pair): cost
    for pairs, cost in (
        ("ou ei ia iJ oa", 0.4), ("gh kh gk sz sS SC CJ zJ zC vf vb bp dt td vu mn", 0.5),
    ) for pair in pairs.split()
}  # fmt: skip
"""Two sounds -> how much of a slip it is to write one for the other [1]."""
VOWEL_FOR_VOWEL: Final = 0.6
LOST_VOWEL: Final = 0.6
LOST_BREATH: Final = 0.3
"""What it counts to leave out a vowel, or an h or j [1]."""
ALLOWED: Final = 0.5
"""Share of letters that may differ before two words have nothing to do with each other [1]."""
SHAPE: Final = 1.45
"""Exponent: one slip in a long word counts less than two in a word of twice the length."""
SHORT_NAME: Final = 0.9
"""Likeness of two given names that stand for each other [1]."""
BONES: Final = 0.9
"""Likeness of two words of which only the consonants can be compared, and are the same [1]."""


@lru_cache(maxsize=1 << 18)
def alike(one: str, other: str) -> float:
    """Return how alike two words are [1]: 1 for the same word, 0 for words that have nothing to do with each other."""
    if one == other:
        return 1.0
    if same(one, other):
        return SHORT_NAME
    longest = max(len(one), len(other))
    written = OSA.distance(one, other)
    if written > longest * 0.6 + 1:
        return 0.0
    slips = 0.4 * written + 0.6 * _heard(sound(one), sound(other))
    return max(0.0, 1 - slips / (ALLOWED * longest)) ** (1 / SHAPE) if slips else 0.98


def alike_bones(one: str, other: str) -> float:
    """Return how alike the consonants of two words are [1]."""
    left, right = bones(one), bones(other)
    return BONES * alike(left, right) if len(left) > 1 and len(right) > 1 else BONES * (left == right)


@lru_cache(maxsize=1 << 18)
def _heard(one: str, other: str) -> float:
    """Return the slips between two sounds [1], neighbours counting less."""
    if one == other:
        return 0.0
    if Levenshtein.distance(one, other) > max(len(one), len(other)) * 0.7 + 1:
        return float(max(len(one), len(other)))
    before: list[float] = []
    row = [0.0]
    for letter in other:
        row.append(row[-1] + _lost(letter))
    for at, left in enumerate(one, 1):
        older, before, row = before, row, [row[0] + _lost(left)]
        for to, right in enumerate(other, 1):
            best = min(before[to] + _lost(left), row[to - 1] + _lost(right), before[to - 1] + _taken(left, right))
            if at > 1 and to > 1 and left == other[to - 2] and right == one[at - 2]:
                best = min(best, older[to - 2] + 1)
            row.append(best)
    return row[-1]


def _lost(letter: str) -> float:
    return LOST_VOWEL if letter in VOWELS else LOST_BREATH if letter in "hJ" else 1.0


def _taken(one: str, other: str) -> float:
    if one == other:
        return 0.0
    whole = VOWEL_FOR_VOWEL if one in VOWELS and other in VOWELS else 1.0
    return NEIGHBOURS.get(frozenset((one, other)), whole)
