"""Letters: a name with everything taken off that only deceives the eye or the machine, written in plain Latin letters.

What was taken off is told in notes, because a name that hides something deserves a look.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from anyascii import anyascii

from outwork.clear.screen.words.alphabets import CYRILLIC, GREEK, LOOKS_LATIN, ONLY_UKRAINIAN, UKRAINIAN

LONGEST: Final = 500
"""Characters of a name that are compared; no register holds a longer name, and a longer one is told as such."""
JOINERS: Final = frozenset("\u200c\u200d")
"""Marks without width that Persian and Indic spelling needs; elsewhere they only hide something."""
NEED_JOINERS: Final = frozenset(("ARABIC", "DEVANAGARI", "BENGALI", "MALAYALAM", "KANNADA", "SINHALA", "TAMIL", "TELUGU"))
UNVOWELLED: Final = frozenset(("ARABIC", "HEBREW", "SYRIAC", "KHMER", "THAI", "LAO", "MYANMAR"))
"""Scripts that write few vowels, so that only consonants can be compared with other scripts."""
IDEOGRAPHIC: Final = frozenset(("CJK", "HANGUL"))
"""Scripts in which one character is a syllable or a word, so that one other character is another name."""
UNSEEN: Final = frozenset(("Cc", "Cf", "Cn", "Co", "Cs"))
"""Categories of characters that show nothing."""
SHOWN: Final = 80
"""Characters of a name that are printed."""
LATIN: Final = frozenset(("LATIN",))
DIRECTING: Final = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
WORD: Final = re.compile(r"[^\W\d_]+")
ARTICLE: Final = re.compile(r"(?<!\w)ال(?=\w{2})")


@dataclass(frozen=True)
class Letters:
    """A name as letters: `latin` in lower case, `scripts` it was written in, `native` characters, and what was odd about it."""

    latin: str
    scripts: frozenset[str]
    native: str
    notes: tuple[str, ...]


def letters(text: str) -> Letters:
    """Return a name in lower-case Latin letters. Marks that cannot be seen and letters that pose as others are told."""
    if text.isascii() and len(text) <= LONGEST:
        low = text.lower()
        return Letters(low if low.isprintable() else CONTROL.sub(" ", low), LATIN, "", ())
    plain, hidden = _visible(unicodedata.normalize("NFKC", text[:LONGEST]))
    folded, posing = _unmasked(plain)
    scripts = frozenset(script(letter) for letter in folded if letter.isalpha())
    notes = [f"{len(text):,} characters, of which the first {LONGEST} are compared"] if len(text) > LONGEST else []
    native = "".join(letter for letter in folded if script(letter) in IDEOGRAPHIC)
    return Letters(_latin(folded, scripts), scripts, native, (*notes, *hidden, *posing))


def shown(text: str) -> str:
    """Return a name as it can be printed: marks that cannot be seen as their codes, and no longer than a line."""
    seen = "".join(f"<U+{ord(each):04X}>" if unicodedata.category(each) in UNSEEN else each for each in text[:SHOWN])
    return seen + ("..." if len(text) > SHOWN else "")


@lru_cache(maxsize=65536)
def script(letter: str) -> str:
    """Return the script of a letter, as the first word of its Unicode name says."""
    return unicodedata.name(letter, "UNKNOWN").partition(" ")[0]


def _visible(text: str) -> tuple[str, list[str]]:
    """Take out marks without width and marks that turn the direction of writing."""
    needs = any(script(each) in NEED_JOINERS for each in text)
    turning, hidden = set[str](), set[str]()
    kept = []
    for each in text:
        if each in DIRECTING:
            turning.add(each)
        elif unicodedata.category(each) in UNSEEN - {"Cc"} or _is_selector(each):
            hidden |= set() if needs and each in JOINERS else {each}
        else:
            kept.append(" " if unicodedata.category(each) == "Cc" else each)
    notes = [f"marks that turn the direction of writing were taken out ({_codes(turning)})"] if turning else []
    return "".join(kept), notes + ([f"marks without width were taken out ({_codes(hidden)})"] if hidden else [])


def _is_selector(letter: str) -> bool:
    return "\ufe00" <= letter <= "\ufe0f" or letter in "\u034f\u115f\u1160\u3164\uffa0"


def _codes(marks: set[str]) -> str:
    return ", ".join(f"U+{ord(each):04X}" for each in sorted(marks))


def _unmasked(text: str) -> tuple[str, list[str]]:
    """Turn letters that pose as Latin within a word that is otherwise Latin into what they look like."""
    posing = set[str]()

    def unmask(found: re.Match[str]) -> str:
        word = found.group()
        foreign = {each for each in word if script(each) != "LATIN"}
        if len(foreign) == len(set(word)) or not foreign or not foreign <= LOOKS_LATIN.keys():
            return word
        posing.update(foreign)
        return "".join(LOOKS_LATIN.get(each, each) for each in word)

    plain = WORD.sub(unmask, text)
    return plain, [f"letters that pose as Latin ones were replaced ({_codes(posing)})"] if posing else []


def _latin(text: str, scripts: frozenset[str]) -> str:
    """Return the text in lower-case ASCII letters, by our own tables for Cyrillic and Greek, else as anyascii has it."""
    low = text.lower()
    if "CYRILLIC" in scripts:
        low = low.translate(CYRILLIC | UKRAINIAN if ONLY_UKRAINIAN & set(low) else CYRILLIC)
    if "GREEK" in scripts:
        low = _without_accents(low).translate(GREEK)
    if "ARABIC" in scripts:
        low = ARTICLE.sub("al ", low)
    if "CJK" in scripts:  # without it, the readings of the characters would run together before their case is lost
        low = "".join(f" {each} " if script(each) == "CJK" else each for each in low)
    return str(anyascii(low)).lower()


def _without_accents(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))
