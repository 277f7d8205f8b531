"""Little words of eight languages, folded: what denies, what lists, what makes the word before it the main one."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from outwork.match.words.folding import fold


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(words).split())


DENYING: Final = _folded(
    "no not without except excluding excl never kein keine keinen keiner ohne nicht ausser geen niet zonder behalve "
    "bez nie oprocz ne krim okrim sans pas sauf hors fara nu exceptand ilman ei eika paitsi lukuunottamatta"
)
"""Words after which a text says what somebody does not do."""
LISTING: Final = _folded("and or und oder sowie en et ou i ta abo oraz lub si sau ja tai seka plus")
"""Words between things of one list."""
LEADING: Final = _folded(
    "of for on in by with from using von vom fur aus mit bei auf durch van voor uit met op door de du des pour par sur "
    "avec en aux a z ze do dla na w iz z dlia na pid u v din pentru cu pe la prin"
)
"""Words after which stands what the word before them is about: assembly of welded frames is assembly."""
WEAK: Final = frozenset({"cnc", "cn", "nc", "chpk", "chpu", "3d", "am"})
"""Words that tell how a machine is driven: beside any other process they say nothing."""
ENDINGS: Final = tuple(
    sorted(
        (
            "s es e en n er em ern d i ii ia ie iu iam iem iami iakh a ami ach akh am om ow ou oi ogo oho omu im set "
            "ment imi ikh u iv ei ea ul ului elor lor ilor ile le ele ta in an on ssa lla st t ksen sta aa inen ista iset"
        ).split(),
        key=len,
        reverse=True,
    )
)
"""Endings of inflected words, the longest first."""
SHORTEST: Final = 5
"""Letters that must be left of a word when an ending is taken off."""


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return a word without the longest ending that leaves enough of it; words with digits stay as they are."""
    if len(word) <= SHORTEST or not word.isalpha():
        return word
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word[: -len(ending)]
    return word
