"""Names that nobody bears: a list of them, and names to look for, most of them a listed one as another register spells it.

Given names are real, everything else is made of syllables; how often a name comes up falls with its rank, as it does in any
register (Zipf), so that the commonest are borne by thousands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from outwork.clear.screen.words.given_names import GROUPS

Words = Sequence[str]

ONSETS: Final = "b br c ch d dr f g gr h j k kh kr l m n p pr r s sh st t tr v y z zh".split()
NUCLEI: Final = "a a a e e i i o o u ai ou".split()
CODAS: Final = " n r l s k m t d sh nd v".split(" ")
ENDINGS: Final = "ov ova enko sky ev in ski son mann ian zade er a o i al ez".split()
BRANCHES: Final = "trading group holdings logistics systems shipping electronics engineering invest technology aviation".split()
FORMS: Final = ("LLC", "Ltd", "GmbH", "JSC", "S.A.", "Sp. z o.o.", "OOO", "AG", "Inc.", "FZE")
SAME_FORM: Final = {
    "LLC": "OOO",
    "OOO": "Limited Liability Company",
    "Ltd": "Limited",
    "JSC": "OAO",
    "AG": "Aktiengesellschaft",
}
SPELT: Final = (("sh", "sch"), ("kh", "h"), ("ou", "u"), ("v", "w"), ("y", "i"), ("zh", "j"), ("ck", "k"), ("ai", "ay"))
CYRILLIC: Final = str.maketrans(dict(zip("abvgdezijklmnoprstufyc", "абвгдезийклмнопрстуфык", strict=True)))
DIGRAPHS: Final = (
    ("sch", "щ"),
    ("sh", "ш"),
    ("zh", "ж"),
    ("kh", "х"),
    ("ch", "ч"),
    ("ou", "у"),
    ("h", "х"),
    ("x", "кс"),
    ("w", "в"),
)


def listed(count: int, seed: int) -> list[str]:
    """Return so many names, half of people and half of firms."""
    dice = np.random.default_rng(seed)
    given = [each.title() for each in sorted(GROUPS)]
    family = [each + str(dice.choice(ENDINGS)) for each in _stems(dice, 60_000)]
    brands = _stems(dice, 120_000)
    people, firms = count // 2, count - count // 2
    first, middle, last = _ranked(dice, given, people), _ranked(dice, given, people), _ranked(dice, family, people)
    with_middle = dice.random(people) < 0.35
    named = [
        f"{last[at].title()}, {first[at]} {middle[at]}" if with_middle[at] else f"{first[at]} {last[at].title()}"
        for at in range(people)
    ]
    brand, second, branch = _ranked(dice, brands, firms), _ranked(dice, brands, firms), _ranked(dice, BRANCHES, firms)
    form, twofold = dice.choice(FORMS, firms), dice.random(firms) < 0.6
    return named + [
        " ".join([brand[at].title(), *([second[at].title()] if twofold[at] else []), branch[at].title(), str(form[at])])
        for at in range(firms)
    ]


def looked_for(names: Words, count: int, seed: int) -> list[tuple[str, int]]:
    """Return so many names to look for and the row of the listed one that each is meant for, -1 for half of them: strangers."""
    dice = np.random.default_rng(seed)
    strangers = listed(count - count // 2, seed + 1)
    rows = dice.choice(len(names), count // 2, replace=False)
    meant = [(_respelt(dice, names[row]), int(row)) for row in rows]
    return [*meant, *((name, -1) for name in strangers)]


def _stems(dice: np.random.Generator, count: int) -> list[str]:
    """Return different words of two or three syllables."""
    pick = [[str(each) for each in dice.choice(part, (3, 2 * count)).ravel()] for part in (ONSETS, NUCLEI, CODAS)]
    syllables = ["".join(each) for each in zip(*pick, strict=True)]
    words = zip(syllables[: 2 * count], syllables[2 * count : 4 * count], syllables[4 * count :], strict=True)
    longer = dice.random(2 * count) < 0.5
    found = dict.fromkeys("".join(each if long else each[:2]) for each, long in zip(words, longer, strict=True))
    return list(found)[:count]


def _ranked(dice: np.random.Generator, words: Words, count: int) -> list[str]:
    """Return words drawn by rank: the n-th comes up as 1/(n + 10)."""
    weight = 1 / (np.arange(len(words)) + 10)
    return [words[at] for at in dice.choice(len(words), count, p=weight / weight.sum())]


def _respelt(dice: np.random.Generator, name: str) -> str:
    """Return a name as another register has it: turned around, shortened, spelt by ear, mistyped, or in Cyrillic letters."""
    plain = " ".join(reversed(name.split(", ")))
    match int(dice.integers(6)):
        case 0:
            return _slip(dice, plain)
        case 1:
            return _by_ear(dice, plain)
        case 2:
            return _slip(dice, _by_ear(dice, plain))
        case 3:
            return _cyrillic(plain) if plain.isascii() and plain.split()[-1] not in FORMS else _slip(dice, plain)
        case 4:
            words = plain.split()
            return " ".join([*words[1:], words[0]]) if words[-1] not in FORMS else _other_form(words)
        case _:
            return plain.upper().replace(" ", "", 1) if dice.random() < 0.5 else _slip(dice, _slip(dice, plain))


def _slip(dice: np.random.Generator, text: str) -> str:
    """Lose, double, change or swap one letter."""
    at = int(dice.integers(1, len(text) - 2))
    other = "etaoinsr"[int(dice.integers(8))]
    return (text[:at] + text[at + 1 :], text[:at] + text[at] + text[at:], text[:at] + other + text[at + 1 :],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :])[int(dice.integers(4))]  # fmt: skip


def _by_ear(dice: np.random.Generator, text: str) -> str:
    for one, other in dice.permutation(SPELT)[:3]:
        text = text.replace(str(one), str(other))
    return text


def _other_form(words: list[str]) -> str:
    return " ".join([*words[:-1], SAME_FORM.get(words[-1], words[-1])])


def _cyrillic(text: str) -> str:
    low = text.lower()
    for latin, letter in DIGRAPHS:
        low = low.replace(latin, letter)
    return low.translate(CYRILLIC)
