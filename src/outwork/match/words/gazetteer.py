"""Machines by make and model: a name in a listing gives the process, and often what fits into the machine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from outwork.match.words.folding import fold

Grade = Literal["stated", "observed", "assumed", "unknown"]
WORDS: Final = 5
"""A model is written in no more words."""
DISTINCT: Final = 5
"""A model of letters and digits with at least so many characters is known without its make."""
VARIANT: Final = re.compile(r"[a-z]{1,4}\d?")
"""What makers put behind a model for a variant: SS, LINEAR, B2."""
SERIES: Final = re.compile(r"[a-z]{2,}")
NUMBERED: Final = re.compile(r"\d")
START: Final = 2
"""Letters by which what cannot be a model is passed over."""
UNIQUE: Final = 6
"""Letters of a series that is known without its make."""
MIXED: Final = re.compile(r"(?=.*[a-z])(?=.*\d)")


@dataclass(frozen=True)
class Machine:
    """A machine of the catalogue. Lengths x, y, z of what fits in mm, tolerance in mm, mass in kg; None: not known.

    A blank model stands for every machine of the make that is not listed apart.
    """

    make: str
    model: str
    process: str
    x: float | None
    y: float | None
    z: float | None
    tolerance: float | None
    mass: float | None
    grade: Grade
    source: str


class Gazetteer:
    """Finds a machine in a text, whatever its spaces, hyphens and case."""

    def __init__(self, machines: Iterable[Machine]) -> None:
        """Key each machine by its make and by its model."""
        self._models: dict[str, list[Machine]] = {}
        self._makes: dict[str, Machine] = {}
        self._known: set[str] = set()
        self._begin: set[str] = set()
        self._series: dict[str, list[Machine]] = {}
        self._starts: set[str] = set()
        for each in machines:
            self._known.add(key(each.make))
            self._begin.add(fold(each.make).split(" ")[0])
            self._series.setdefault(series(each.model), []).append(each)
            if each.model:
                self._models.setdefault(key(each.model), []).append(each)
                self._starts.add(key(each.model)[:START])
            else:
                self._makes[key(each.make)] = each

    def find(self, text: str) -> Machine | None:
        """Return the machine that a text names; None where it names none.

        The longest model that is there, else what the make's machines of that series have in common, else the make alone.
        """
        words = fold(text).split()
        if self._begin.isdisjoint(words) and not NUMBERED.search(text):
            return None
        spans = list(_spans(words))
        makes = {span for span in spans if span in self._known}
        may = [span for span in spans if span[:START] in self._starts]
        found = [(len(model), machine) for span in may for model, machine in self._of(span, makes)]
        if found:
            return max(found, key=lambda each: (each[0], each[1].make, each[1].model))[1]
        alike = (self._alike(name, makes) for name in _series_of(words, makes))
        named = (self._makes.get(make) for make in sorted(makes, key=len, reverse=True))
        return next((each for each in (*alike, *named) if each is not None), None)

    def _alike(self, name: str, makes: set[str]) -> Machine | None:
        """Return a machine of a series, and of a make that the text names, if all listed do the same; its size is not known."""
        listed = [each for each in self._series.get(name, ()) if not makes or key(each.make) in makes]
        if len({each.process for each in listed}) != 1:
            return None
        first = listed[0]
        return Machine(first.make, name.upper(), first.process, None, None, None, None, None, "assumed", first.source)

    def _of(self, span: str, makes: set[str]) -> Iterator[tuple[str, Machine]]:
        """Yield the machines whose model a run of words is, alone or with the mark of a variant behind it."""
        for model in (span, *_without_variant(span)):
            listed = self._models.get(model, ())
            named = [each for each in listed if key(each.make) in makes]
            alone = listed if not named and distinct(model) and len({each.process for each in listed}) == 1 else ()
            for each in named or alone:
                yield model, each


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """Return the name of a make or model without what people write differently."""
    return fold(name).replace(" ", "")


def series(model: str) -> str:
    """Return the letters with which a model begins: vf of VF-2SS, multus of Multus B300."""
    return _letters(fold(model))


def _letters(folded: str) -> str:
    found = SERIES.match(folded)
    return found[0] if found else ""


def distinct(model: str) -> bool:
    """Return whether a model says enough to be known without its make."""
    return len(model) >= DISTINCT and MIXED.match(model) is not None


def _without_variant(span: str) -> Iterator[str]:
    """Yield a run of words with up to four letters less at its end, as long as it then ends in a digit."""
    if span.isdigit() or span.isalpha():
        return
    for cut in range(1, 6):
        head, tail = span[:-cut], span[-cut:]
        if head and head[-1].isdigit() and VARIANT.fullmatch(tail):
            yield head


def _series_of(words: Sequence[str], makes: set[str]) -> Iterator[str]:
    """Yield the series that words may name: any beside a make, and without one a long word with a number behind it."""
    for at, word in enumerate(words):
        numbered = NUMBERED.search(" ".join(words[at : at + 2])) is not None
        begun = _letters(word)
        if begun and word not in makes and (makes or (numbered and len(begun) >= UNIQUE)):
            yield begun


def _spans(words: Sequence[str]) -> Iterator[str]:
    for begin in range(len(words)):
        for end in range(begin + 1, min(begin + WORDS, len(words)) + 1):
            yield "".join(words[begin:end])
