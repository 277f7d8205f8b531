"""Little words of eight languages, folded: what denies, what lists, what makes the word before it the main one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from outwork.match.words.folding import fold


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(words).split())


DENYING: Final = _folded(
    "no not without except excluding excl never don dont kein keine keinen keiner ohne nicht ausser geen niet zonder behalve "
    "bez nie oprocz ne krim okrim sans pas sauf hors fara nu exceptand ilman ei eika paitsi lukuunottamatta"
)
"""Words after which a text says what somebody does not do."""
LISTING: Final = _folded("and or und oder sowie en et ou i ta abo oraz lub si sau ja tai seka plus")
"""Words between things of one list."""
LEADING: Final = _folded(
    "of for on in by with from using von vom fur aus mit bei auf durch van voor uit met op door de du des pour par sur avec en "
    "aux a z ze do dla na w iz z dlia na pid u v din pentru cu pe la prin "
    "after before as nach vor als apres avant comme voorafgaand po przed jako pislia pered yak dupa inainte ca"
)
"""Words after which stands what the word before them is about: assembly of welded frames is assembly, and so is assembly after
welding."""
WEAK: Final = frozenset({"cnc", "cn", "nc", "chpk", "chpu", "3d", "am"})
"""Words that tell how a machine is driven: beside any other process they say nothing."""
ENDINGS: Final = frozenset(
    (
        "s es e en n er em ern d a o i ii ia ie iu iam iem iami iakh a ami ach akh am om ow ou oi ogo oho omu im set "
        "ment imi ikh u iv ei ea ul ului elor lor ilor ile le ele ta in an on ssa lla st t ksen sta aa inen ista iset"
    ).split()
)
"""Endings of inflected words."""
SHORTEST: Final = 5
"""Letters that must be left of a word when an ending is taken off."""
DERIVED: Final = frozenset(
    (
        # who does it, what is done with, what was done: English, German, Dutch, French, Romanian
        "ing ings er ers ed ung ungen erei ereien erin t te ter tes ten et ete eter en end ende ij erij de den d "
        "age ages eur eurs euse euses e ee es ees ement ements ant are area arii arilor ire irea irii ere ura uri at ata ate "
        "it ita ite ut uta ute or ori orul oare toare "
        # Polish and Ukrainian, folded
        "anie ania aniem aniu enie enia eniem eniu owanie owania owaniem owaniu owani owana owane owanich ani ana ane anich "
        "oni ona one onich arka arki arek arnia arni arz arze arzi acz acze ownia ownik "
        "annia anniam anni enniam ennia uvannia uvanniam uvanni uvalni uvalna uvalne uvalnik uvalniki ovka ovki ovku "
        "i a ii ego ej iei ich ikh im imi oi oho u "
        "arni arna arne arnii arnoi nik niki nika ani ana ane anikh eni ena ene enikh ka ki ku koiu tsi iar "
        # Finnish, by the cases of its nouns of action, of who does it, and of what was done
        "us usta uksen ukset uksia uksella uksessa ukseen is ista iksen ikset iksia iksella ikseen aus austa auksen aukset "
        "auksia auksella inta intaa innan innat innalla intoja innissa anta antaa annan annalla nti ntia nnin nnilla nnit "
        "attu atut attuja attujen ja jat jia jan ien iden ttu tut ttuja tuja tun tu ettu etut ettuja etun ttava ttavat"
    ).split()
)
"""Endings of words made from one verb: turning, turner, turned; jyrsintä, jyrsinnän, jyrsitty."""
CASES: Final = (
    (re.compile(r"nn(?:an|at|alla|assa|asta|alle)$|nt(?:aa|oja|ojen|aan)$"), "nta"),
    (re.compile(r"ks(?:en|et|ia|ien|een|ella|essa|esta|eksi)$|(?<=[aeiou]{2})sta$"), "s"),
)
"""Cases of Finnish nouns of action, as they stand in lists: jyrsinnän, jyrsintää -> jyrsintä; särmäyksen -> särmäys."""
LONGEST: Final = max(map(len, ENDINGS | DERIVED))
ROOT: Final = 4
"""Letters that must be left of a word when such an ending is taken off."""
PARTICIPLE: Final = re.compile(r"^ge(?=[a-z]{4,}(?:t|te|ten|d|de)$)")
"""What German and Dutch put before what was done: gedraaid, gefräst."""
DOUBLED: Final = re.compile(r"(.)\1+$")
"""Finnish consonants weaken: leikkaus, leikatut."""


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return a word without the longest ending that leaves enough of it; words with digits stay as they are."""
    if len(word) <= SHORTEST or not word.isalpha():
        return word
    for cases, plain in CASES:
        word = cases.sub(plain, word)
    return _without(word, ENDINGS, SHORTEST)


@lru_cache(maxsize=65536)
def root(word: str) -> str:
    """Return what is common to the words made from one verb; words that are too short, or hold digits, stay as they are."""
    if len(word) <= ROOT or not word.isalpha():
        return word
    return DOUBLED.sub(r"\1", _without(word, DERIVED, ROOT))


def undone(word: str) -> str:
    """Return a folded word without what German and Dutch put before what was done."""
    return PARTICIPLE.sub("", word)


def _without(word: str, endings: frozenset[str], least: int) -> str:
    """Return a word without the longest of the endings that leaves as many letters."""
    cuts = range(max(least, len(word) - LONGEST), len(word))
    return next((word[:cut] for cut in cuts if word[cut:] in endings), word)
