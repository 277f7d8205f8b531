"""Classes of workmanship: a stricter class of the same standard meets a laxer one; another standard says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from outwork.match.terms.kinds import State
from outwork.match.terms.spelling import bare, parts
from outwork.model.errors import Fault
from outwork.model.sheet import lines

FILE: Final = "classes.csv"
COLUMNS: Final = ("standard", "class", "rank")
WORDS: Final = ("class", "klasse", "classe", "klasa", "luokka", "clasa", "клас", "cl", "kl", "")
"""How the word class is written, or left out."""


@dataclass(frozen=True)
class Classes:
    """Standard and rank, the higher the stricter, by every spelling of a class without spaces and signs; and the classes."""

    spelt: Mapping[str, tuple[str, float]]
    named: tuple[str, ...]

    def knows(self, text: str) -> bool:
        """Return whether the table has the class."""
        return bare(text) in self.spelt

    def state(self, held: str, wanted: str) -> State:
        """Return whether classes held, separated by semicolons, meet the wanted one."""
        each = [bare(part) for part in parts(held)]
        goal = self.spelt.get(bare(wanted))
        if bare(wanted) in each:
            return State.MET
        ranks = [self.spelt[one][1] for one in each if goal is not None and self.spelt.get(one, ("", 0))[0] == goal[0]]
        if goal is None or not ranks:
            return State.UNKNOWN
        return State.MET if max(ranks) >= goal[1] else State.FAILED


def read(texts: Mapping[str, str], faults: list[Fault]) -> Classes:
    """Read the classes of each standard and their order."""
    spelt: dict[str, tuple[str, float]] = {}
    named = []
    for line in lines(FILE, texts, COLUMNS, faults):
        standard, name, rank = line.needed("standard"), line.needed("class"), line.number_of("rank")
        named.append(f"{standard} {name}")
        for spelling in dict.fromkeys(bare(standard + name.replace("class", word)) for word in WORDS):
            if spelt.setdefault(spelling, (standard, rank)) != (standard, rank):
                line.fault("class", f"'{standard} {name}' is spelt like another class")
    return Classes(spelt, tuple(named))
