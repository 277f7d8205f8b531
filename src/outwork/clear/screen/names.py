"""Names: the words of a name, what each of them is, and how much it weighs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from outwork.clear.screen.letters import IDEOGRAPHIC, UNVOWELLED, letters
from outwork.clear.screen.words import legal_forms, vocabulary

MOST_WORDS: Final = 24
"""Words of a name that are compared."""
DOTTED: Final = re.compile(r"\b(?:[a-z]\.){2,}[a-z]?\b\.?|\b[a-z](?:\. ?[a-z]){1,}\.(?!\w)")
INNER: Final = re.compile(r"(?<=\w)['`\u2019\u02bc\u00b4](?=\w)|['`\u2019\u02bc\u00b4]")
POSSESSIVE: Final = re.compile(r"['\u2019]s\b")
SPLIT: Final = re.compile(r"[^a-z0-9]+")
ROMAN: Final = {"i": "1", "v": "5", "x": "10"}
"""Letters that are a number at the end of the name of a fund or firm."""
DIGITS_FOR_LETTERS: Final = str.maketrans("013459@$", "oieasgas")


class Kind(StrEnum):
    """What bears a name."""

    PERSON = "person"
    COMPANY = "company"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """What a word is in a name."""

    NAME = "name"
    INITIAL = "initial"
    PARTICLE = "particle"
    COMMON = "common word"
    PLACE = "place"
    NUMBER = "number"


WEIGHTS: Final = {
    Role.NAME: 1.0, Role.INITIAL: 0.5, Role.PARTICLE: 0.2, Role.COMMON: 0.6, Role.PLACE: 0.95, Role.NUMBER: 0.35,
}  # fmt: skip
"""How much a word counts [1]."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name in lower-case Latin letters."""

    text: str
    role: Role
    weight: float
    """How much it counts [1]."""


def word(text: str, role: Role) -> Word:
    """Return a word with the weight of its role."""
    return Word(text, role, WEIGHTS[role])


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: its words, its legal form, and what was odd about how it was written."""

    given: str
    kind: Kind
    words: tuple[Word, ...]
    form: str
    native: str
    bare: bool
    notes: tuple[str, ...]


@lru_cache(maxsize=1 << 16)
def read(text: str, kind: Kind = Kind.UNKNOWN) -> Name:
    """Take a name apart. A name of which nothing can be compared has no words."""
    found = letters(text)
    plain = split(found.latin, kind)
    words, form = _without_form(plain) if kind is not Kind.PERSON else (plain, "")
    kind = Kind.COMPANY if form and kind is Kind.UNKNOWN else kind
    judged = _company(words) if kind is Kind.COMPANY else _person(words)
    native = found.native if found.scripts <= IDEOGRAPHIC else ""
    return Name(text, kind, judged[:MOST_WORDS], form, native, bool(found.scripts & UNVOWELLED), found.notes)


def split(latin: str, kind: Kind = Kind.COMPANY) -> list[str]:
    """Return the words of a name in lower-case Latin letters; L.L.C. is one word, and J.P. one of a firm, two of a person."""
    if not latin.isalpha():
        latin = latin.replace("&", " and ")
        if kind is not Kind.PERSON:
            latin = DOTTED.sub(lambda found: found.group().replace(".", "").replace(" ", "") + " ", latin)
        latin = INNER.sub("", POSSESSIVE.sub("", latin))
    return [_unleeted(word) for word in SPLIT.split(latin) if word]


def _unleeted(word: str) -> str:
    """Read digits within a word as the letters that they stand for, as in Sech1n."""
    if word.isalpha() or word.isdigit() or word in vocabulary.NUMBERS or sum(map(str.isdigit, word)) * 2 > len(word):
        return word
    return word.translate(DIGITS_FOR_LETTERS) if word[0].isalpha() and word[-1].isalpha() else word


def _without_form(words: list[str]) -> tuple[list[str], str]:
    """Take the legal form off the beginning or the end of a name, longest spelling first."""
    form = ""
    for _ in range(2):
        for length in range(min(legal_forms.LONGEST_FORM, len(words) - 1), 0, -1):
            front, back = tuple(words[:length]), tuple(words[-length:])
            if back in legal_forms.FORMS and _bears(words[:-length]):
                form, words = form or legal_forms.FORMS[back], words[:-length]
                break
            if front in legal_forms.FORMS and _bears(words[length:]):
                form, words = form or legal_forms.FORMS[front], words[length:]
                break
    if not form:
        for ending in legal_forms.GLUED:
            if len(words[-1:]) and len(words[-1]) > len(ending) + 4 and words[-1].endswith(ending):
                return [*words[:-1], words[-1][: -len(ending)]], legal_forms.FORMS[(ending,)]
    return words, form


def _bears(words: list[str]) -> bool:
    """Whether words can be a name without anything beside them."""
    return any(len(each) > 1 and each not in vocabulary.FILLERS for each in words)


def _person(words: list[str]) -> tuple[Word, ...]:
    kept = [each for each in words if each not in vocabulary.TITLES]
    once = _once(kept or words)
    if once[:1] == ["ben"]:  # at the beginning it is short for Benjamin, or else still sounds like bin
        return (word("ben", Role.NAME), *(_personal(each) for each in once[1:]))
    return tuple(map(_personal, once))


def _personal(text: str) -> Word:
    if text in vocabulary.PARTICLES:
        return word(vocabulary.SAME_PARTICLE.get(text, text), Role.PARTICLE)
    return word(text, Role.INITIAL if len(text) == 1 else Role.NUMBER if text.isdigit() else Role.NAME)


def _once(words: list[str]) -> list[str]:
    """Leave out a word that stands twice in succession."""
    return [each for at, each in enumerate(words) if at == 0 or each != words[at - 1]]


def _company(words: list[str]) -> tuple[Word, ...]:
    numbered = _numbers([vocabulary.SPELT.get(each, each) for each in _joined(words)])
    if len(numbered) > 1 and numbered[-1] in ROMAN:
        numbered[-1] = ROMAN[numbered[-1]]
    return tuple(word(each, _corporate(each)) for each in numbered)


def _joined(words: list[str]) -> list[str]:
    found: list[str] = []
    for each in words:
        pair = (found[-1], each) if found else ("", each)
        if pair in vocabulary.JOINED:
            found[-1] = vocabulary.JOINED[pair]
        else:
            found.append(each)
    return found


def _numbers(words: list[str]) -> list[str]:
    """Write numbers in figures: forty four is 44."""
    found: list[str] = []
    for each in words:
        number = vocabulary.NUMBERS.get(each, each)
        if found and found[-1] in vocabulary.TENS and number.isdigit() and len(number) == 1:
            found[-1] = found[-1][0] + number
        else:
            found.append(number)
    return found


def _corporate(word: str) -> Role:
    if any(map(str.isdigit, word)):
        return Role.NUMBER
    if word in vocabulary.FILLERS:
        return Role.PARTICLE
    if word in vocabulary.PLACES:
        return Role.PLACE
    return Role.COMMON if word in vocabulary.COMMON else Role.NAME
