"""The valid name nearest to a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rapidfuzz import process, utils
from rapidfuzz.distance import JaroWinkler

ALIKE: Final = 0.8
"""Names less alike than this are not offered (Jaro-Winkler similarity, Winkler 1990) [1]."""


def nearest(name: str, names: Iterable[str]) -> str:
    """Return the name most like the given one, whatever their case, or an empty text where none is alike."""
    match = process.extractOne(
        name, list(names), scorer=JaroWinkler.similarity, processor=utils.default_process, score_cutoff=ALIKE
    )
    return "" if match is None else match[0]
