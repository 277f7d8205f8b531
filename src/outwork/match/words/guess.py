"""Likeness: which process the names of which are spelt most like some run of words of a text.

A name and a run of words are vectors over the pieces of 3 and 4 letters of their words, a space before and behind each word,
weighted by how rare a piece is among the names (Salton and Buckley 1988):

    weight(p) = 1 + ln((1 + N) / (1 + n(p)))          N names, n(p) of which hold p
    likeness  = <run, name> / (|run| |name|) * (1 - SHARE * (1 - letters of the run / letters of the text))
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from outwork.match.words.contained import UNCLEAR
from outwork.match.words.folding import fold
from outwork.match.words.language import LEADING, LISTING
from outwork.match.words.taxonomy import Taxonomy

PIECES: Final = (3, 4)
LONGEST_RUN: Final = 4
"""Words of a run; the whole text is one run more."""
FEWEST: Final = 4
"""Letters of a run."""
SHARE: Final = 0.3
"""How much of the likeness is lost where a run is next to nothing of its text."""
AT_ONCE: Final = 2000
"""Runs that are compared at once, so that memory stays small."""
NEAREST: Final = 3

Floats = npt.NDArray[np.float64]
Ranked = tuple[tuple[str, float], ...]


class Likeness:
    """Compares texts with every name of every process, and with words of other trades, which stand for the code ''."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        """Weigh the pieces of all names."""
        named = sorted({
            *((fold(each.text), each.process) for each in taxonomy.aliases),
            *((fold(text), each.code) for each in taxonomy.processes for text in (each.code, each.label)),
            *((fold(each), UNCLEAR) for each in taxonomy.others),
        }, key=lambda each: (each[1], each[0]))  # fmt: skip
        self._codes = sorted({code for _, code in named})
        self._begins = np.searchsorted([code for _, code in named], self._codes)
        self._pieces = {piece: number for number, piece in enumerate(sorted({p for text, _ in named for p in pieces(text)}))}
        held = np.zeros(len(self._pieces))
        for text, _ in named:
            held[[self._pieces[each] for each in pieces(text)]] += 1
        self._weights = 1 + np.log((1 + len(named)) / (1 + held))
        self._names = self._vectors([text for text, _ in named]).T.tocsr()
        kinds = taxonomy.within | taxonomy.within.T
        codes = np.array(taxonomy.codes(), object)
        self._related = {code: frozenset(codes[kinds[at]]) for code, at in taxonomy.position.items()}

    def rank(self, texts: Sequence[str]) -> list[Ranked]:
        """Return for each folded text the processes most like it, the likest first, each with its likeness in [0, 1]."""
        if not self._codes:
            return [() for _ in texts]
        owner, runs, share = _runs(texts)
        best = np.zeros((len(texts), len(self._codes)))
        for begin in range(0, len(runs), AT_ONCE):
            part = slice(begin, begin + AT_ONCE)
            alike = (self._vectors(runs[part]) @ self._names).toarray()
            scored = np.maximum.reduceat(alike, self._begins, axis=1) * (1 - SHARE * (1 - share[part, None]))
            np.maximum.at(best, owner[part], scored)
        return [self._ranked(row) for row in best]

    def margin(self, ranked: Ranked) -> float:
        """Return by how much the likest process is ahead of the likest that is neither a kind of it nor it a kind of that."""
        if not ranked:
            return 0.0
        code, score = ranked[0]
        return score - next((other for name, other in ranked[1:] if name not in self._related.get(code, ())), 0.0)

    def _ranked(self, row: Floats) -> Ranked:
        order = np.lexsort((np.arange(len(row)), -row))
        return tuple((self._codes[at], float(row[at])) for at in order[: 4 * NEAREST] if row[at] > 0)

    def _vectors(self, texts: Sequence[str]) -> sparse.csr_array:
        """Return texts as vectors of length 1 [text, piece]; a piece that no name holds counts towards the length."""
        rare = float(self._weights.max(initial=1.0))
        columns: list[int] = []
        begins, values = [0], list[float]()
        for text in texts:
            held = [self._pieces.get(each, -1) for each in pieces(text)]
            known = [each for each in held if each >= 0]
            weights = self._weights[known]
            length = math.sqrt(float(weights @ weights) + (len(held) - len(known)) * rare * rare) or 1.0
            columns += known
            values += (weights / length).tolist()
            begins.append(len(columns))
        shape = (len(texts), len(self._pieces))
        return sparse.csr_array((np.array(values, np.float64), np.array(columns, np.int64), np.array(begins)), shape=shape)


@lru_cache(maxsize=65536)
def pieces(text: str) -> tuple[str, ...]:
    """Return the pieces of a folded text, each once, sorted."""
    found: set[str] = set()
    for word in text.split():
        padded = f" {word} "
        for size in PIECES:
            found |= {padded[at : at + size] for at in range(max(1, len(padded) - size + 1))}
    return tuple(sorted(found))


def _runs(texts: Iterable[str]) -> tuple[npt.NDArray[np.int64], list[str], Floats]:
    """Return every run of words of every text: the text it is of, the run, its share of the letters of the text."""
    owner: list[int] = []
    runs: list[str] = []
    share: list[float] = []
    for number, text in enumerate(texts):
        words = [each for each in text.split() if each not in LEADING and each not in LISTING] or text.split()
        letters = sum(map(len, words))
        for run in sorted(_of(words)):
            size = len(run) - run.count(" ")
            if size >= FEWEST or size == letters:
                owner.append(number)
                runs.append(run)
                share.append(size / max(1, letters))
    return np.array(owner, np.int64), runs, np.array(share)


def _of(words: Sequence[str]) -> set[str]:
    ends = range(1, LONGEST_RUN + 1)
    some = {" ".join(words[at : at + size]) for size in ends for at in range(len(words) - size + 1)}
    return some | {" ".join(words)}
