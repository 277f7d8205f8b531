"""Folding: a text as lower-case Latin words without accents, so that spelling variants of a word become one.

Cyrillic is written as the Ukrainian passport rules have it, and then `y` becomes `i` everywhere, because other ways of
transliterating differ mostly there; `ae`, `oe`, `ue` become `a`, `o`, `u`, because Germans without the right keys write so.
What comes out is compared and never shown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

LONGEST: Final = 500
"""Characters of a text that are read; a listing that says what a shop does is shorter."""
CYRILLIC: Final = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia",
    "ъ": "", "ы": "y", "э": "e", "ё": "e",
})  # fmt: skip
OTHER_LETTERS: Final = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "æ": "a", "œ": "o", "ı": "i"})
ELISION: Final = re.compile(r"\b(d|l|n|s|j|m|t|c|qu)['’ʼ`´](?=[^\W\d_])")
"""French little words that lean on the next; every other apostrophe stands within a word."""
APOSTROPHES: Final = str.maketrans(dict.fromkeys("'’ʼ`´", ""))
BETWEEN: Final = re.compile(r"[^a-z0-9]+")
UMLAUT: Final = re.compile(r"([aou])e+")
DIMENSION: Final = re.compile(r"\b(\d) ?d(?=[a-z]|\b)")
"""3 D, 3-D, 3Ddruck: one word of their own, apart from what follows."""
GLUED: Final = re.compile(r"(?<=\d)(?=[a-z]{3})")
"""5axis is two words."""


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return a text as lower-case words of Latin letters and digits, one space between them. Folding twice changes nothing."""
    plain = text[:LONGEST].casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain).casefold().translate(CYRILLIC).translate(OTHER_LETTERS)
        plain = "".join(each for each in unicodedata.normalize("NFD", plain) if not unicodedata.combining(each))
    plain = ELISION.sub(r"\1 ", plain).translate(APOSTROPHES)
    plain = UMLAUT.sub(r"\1", BETWEEN.sub(" ", plain).replace("y", "i"))
    plain = GLUED.sub(" ", DIMENSION.sub(r"\1d ", plain))
    return " ".join(plain.split())


def squeezed(text: str) -> str:
    """Return a folded text without spaces, for names of machines: VF 2, VF-2 and VF2 are one."""
    return fold(text).replace(" ", "")
