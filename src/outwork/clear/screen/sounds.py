"""Sounds: words in Latin letters, written so that spellings of one sound in several languages come together.

`sch`, `sh`; `w`, `v`; `ph`, `f`; `ou`, `oo`, `u`; `ij`, `yy`, `iy`, `i`: registers write one name in all of these ways. The
sound of a word is a spelling, not a phonetic code: what is left of a slip of the pen can still be counted in it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

SPELLINGS: Final[dict[str, str]] = {
    "shch": "S", "sch": "S", "sh": "S", "tsch": "C", "tch": "C", "ch": "C", "cz": "C", "dzh": "J", "dj": "J", "dg": "J",
    "zh": "J",
    "j": "J", "kh": "h", "gh": "g", "ph": "f", "th": "t", "dh": "d", "bh": "b", "ck": "k", "qu": "kv", "q": "k", "tz": "ts",
    "x": "ks", "w": "v", "ce": "se", "ci": "si", "cy": "si", "c": "k", "ou": "u", "oo": "u", "ue": "u", "ae": "e", "oe": "o",
    "ee": "i", "ie": "i", "iy": "i", "yy": "i", "yj": "i", "ij": "i", "ii": "i", "y": "i", "yu": "iu", "ya": "ia", "ye": "ie",
    "aj": "ai", "ej": "ei", "oj": "oi", "uj": "ui",
}  # fmt: skip
"""Spelling -> sound; capitals are sounds of their own."""
PATTERN: Final = re.compile("|".join(sorted(SPELLINGS, key=len, reverse=True)))
TWICE: Final = re.compile(r"(.)\1+")
SILENT: Final = re.compile(r"(?<=[aeiou])h$|(?<=[aeiou])h(?=[bcdfgklmnprstvz])")
"""An h that only lengthens the vowel before it."""
VOWELS: Final = frozenset("aeiou")


@lru_cache(maxsize=1 << 18)
def sound(word: str) -> str:
    """Return the sound of a word of lower-case Latin letters and digits."""
    word = "s" + word[1:] if word[:1] == "x" else word
    return TWICE.sub(r"\1", PATTERN.sub(lambda found: SPELLINGS[found.group()], SILENT.sub("", TWICE.sub(_twice, word))))


def _twice(found: re.Match[str]) -> str:
    """Leave two vowels, which are a spelling of their own; of other letters one."""
    return found.group(1) * 2 if found.group(1) in "oei" else found.group(1)


@lru_cache(maxsize=1 << 18)
def bones(word: str) -> str:
    """Return the consonants of a word's sound, which is all that scripts without vowels write."""
    heard = sound(word).replace("J", "j")
    return TWICE.sub(r"\1", "".join(each for each in heard if each not in VOWELS and each not in "hj")) or heard
