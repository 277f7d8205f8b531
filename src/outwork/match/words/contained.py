"""Names of processes within a longer text: `We offer TIG welding of aluminium` holds TIG welding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeVar

from outwork.match.words.folding import fold
from outwork.match.words.language import DENYING, LEADING, LISTING, WEAK, stem
from outwork.match.words.taxonomy import Taxonomy

HEAD: Final = 6
"""Letters of a word that may end a compound: Edelstahl|schweissen."""
MODIFIER: Final = 3
"""Letters at least before it."""
BRIEF: Final = 2
"""Abbreviations of so few letters are known only where they are the whole text."""
UNCLEAR: Final = ""
"""Stands for a name that means unlike processes in unlike languages."""

Stems = tuple[str, ...]
N = TypeVar("N")


@dataclass(frozen=True)
class Found:
    """A name of a process within a text, as the words from `begin` to before `end`."""

    code: str
    begin: int
    end: int


class Names:
    """Every name of every process, folded: whole, and as stems of words."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        """Key each name; one that means unlike processes in unlike languages is unclear."""
        self._taxonomy = taxonomy
        named = list(_names(taxonomy))
        self.whole: Mapping[str, str] = self._agreed((fold(text), code) for text, code in named)
        self._stems: Mapping[Stems, str] = self._agreed((stems(text), code) for text, code in named)
        self._own = {fold(text): code for process in taxonomy.processes for text in (process.code, process.label)
                     for code in (process.code,)}  # fmt: skip
        self._others = {stems(each) for each in taxonomy.others}
        self._longest = max((len(each) for each in (*self._stems, *self._others)), default=0)

    def exact(self, text: str) -> str | None:
        """Return the process that a folded text is a name of, code and label before aliases; None where there is none."""
        return self._own.get(text) or self.whole.get(text) or None

    def own(self, text: str) -> bool:
        """Return whether a folded text is the code or the label of a process."""
        return text in self._own

    def find(self, text: str) -> tuple[Found, ...]:
        """Return the names that a folded text holds, the longest at each place, none within another."""
        plain = text.split()
        words = [stem(each) for each in plain]
        found: list[Found] = []
        at = 0
        while at < len(words):
            one = self._longest_at(words, at) or self._compound(plain[at], at)
            if one is not None:
                found.append(one)
            at = at + 1 if one is None else one.end
        return tuple(found)

    def foreign(self, text: str, found: Iterable[Found]) -> bool:
        """Return whether a folded text holds, outside the names found in it, words of a trade that is no process here."""
        words: list[str] = [stem(each) for each in text.split()]
        taken = {at for each in found for at in range(each.begin, each.end)}
        return any(
            tuple(words[begin:end]) in self._others and not taken & set(range(begin, end))
            for begin in range(len(words))
            for end in range(begin + 1, min(begin + self._longest, len(words)) + 1)
        )

    def decide(self, text: str, found: Sequence[Found]) -> str | None:
        """Return the one process that a folded text is about, from the names found in it; None where they leave it open."""
        words = text.split()
        told = [each for each in found if not set(words[each.begin : each.end]) <= WEAK] or list(found)
        codes = [each.code for each in told]
        narrow = [one for one in codes if not any(self._below(other, one) for other in codes)]
        if not narrow or UNCLEAR in codes:
            return None
        if len(set(narrow)) == 1:
            return narrow[0]
        for before, after in pairwise(told):
            between = set(words[before.end : after.begin])
            if between & LEADING and not between & LISTING:
                return before.code
        return self._all(narrow)

    def _below(self, one: str, other: str) -> bool:
        return one != other and self._taxonomy.narrower(one, other)

    def _all(self, codes: Sequence[str]) -> str | None:
        """Return the narrowest process that all are kinds of; None where only a group holds them all, or nothing."""
        shared = codes[0]
        for each in codes[1:]:
            shared = self._taxonomy.shared(shared, each)
            if not shared:
                return None
        return shared

    def _longest_at(self, words: Sequence[str], begin: int) -> Found | None:
        for end in range(min(begin + self._longest, len(words)), begin, -1):
            code = self._stems.get(tuple(words[begin:end]))
            if code is not None and (end - begin > 1 or len(words[begin]) > BRIEF):
                return Found(code, begin, end)
        return None

    def _compound(self, word: str, at: int) -> Found | None:
        """Return the name that ends a compound word, as heads do in German, Dutch and Finnish."""
        for cut in range(MODIFIER, len(word) - HEAD + 1):
            code = self._stems.get((stem(word[cut:]),))
            if code is not None:
                return Found(code, at, at + 1)
        return None

    def _agreed(self, named: Iterable[tuple[N, str]]) -> dict[N, str]:
        """Return what each name means: one process, or the narrower of two of which one is a kind of the other, or unclear."""
        found: dict[N, str] = {}
        for name, code in named:
            other = found.setdefault(name, code)
            if self._taxonomy.narrower(code, other):
                found[name] = code
            elif not self._taxonomy.narrower(other, code):
                found[name] = UNCLEAR
        return found


def denied(text: str) -> bool:
    """Return whether a folded text says what somebody does not do."""
    return not DENYING.isdisjoint(text.split())


def stems(text: str) -> Stems:
    """Return the stems of the words of a text."""
    return tuple(stem(each) for each in fold(text).split())


def _names(taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    for process in taxonomy.processes:
        yield process.code, process.code
        yield process.label, process.code
    for alias in taxonomy.aliases:
        yield alias.text, alias.process
