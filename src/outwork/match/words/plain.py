"""Plain words: what may stand beside the name of a process without making it something else, such as steel or parts.

Grinding of shafts is grinding; grinding of coffee is not. Where a name of daily life stands beside a word that is neither plain
nor part of any name, the text is left open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from outwork.match.words.folding import fold
from outwork.match.words.language import LEADING, LISTING, root, stem
from outwork.match.words.taxonomy import Taxonomy

SHORT: Final = 2
"""Words of so few letters say nothing."""
PART: Final = 3
"""Letters at least of a part of a compound."""


class Plain:
    """The plain words of a taxonomy: those of its list, those of the names of processes and of machines."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        """Key each word as it is, by its stem and by its root."""
        self._listed = frozenset(_words(taxonomy.plain))
        named = frozenset(_words(_names(taxonomy)))
        self._words = self._listed | named | LEADING | LISTING
        self._stems = frozenset(map(stem, self._words))
        self._roots = frozenset(map(root, self._listed))

    def __contains__(self, word: object) -> bool:
        """Return whether a folded word is plain; a word with digits is, and a compound of plain words."""
        return isinstance(word, str) and (self.simple(word) or self._compound(word))

    def exactly(self, word: str) -> bool:
        """Return whether a folded word is plain as it stands, or with one letter that links it to the next."""
        return word in self._words or word[:-1] in self._words

    def simple(self, word: str) -> bool:
        """Return whether a folded word is plain as it stands, or in another form; also as the first part of a compound."""
        if len(word) <= SHORT or not word.isalpha() or self.exactly(word):
            return True
        return stem(word) in self._stems or root(word) in self._roots

    def listed(self, word: str) -> bool:
        """Return whether a folded word is in the list of plain words, in whatever form."""
        return word in self._listed or root(word) in self._roots

    def all(self, words: Iterable[str]) -> bool:
        """Return whether folded words are plain, every one."""
        return all(word in self for word in words)

    def _compound(self, word: str) -> bool:
        cuts = range(PART, len(word) - PART + 1)
        return any(self.simple(word[:cut]) and self.simple(word[cut:]) for cut in cuts if len(word) > 2 * PART + SHORT)


def _words(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from fold(text).split()


def _names(taxonomy: Taxonomy) -> Iterator[str]:
    yield from (alias.text for alias in taxonomy.aliases)
    yield from (text for process in taxonomy.processes for text in (process.code, process.label))
    yield from (text for machine in taxonomy.machines for text in (machine.make, machine.model))


def rest(words: Sequence[str], spans: Iterable[tuple[int, int]]) -> list[str]:
    """Return the words that stand in none of the spans (begin, end)."""
    taken = {at for begin, end in spans for at in range(begin, end)}
    return [word for at, word in enumerate(words) if at not in taken]
