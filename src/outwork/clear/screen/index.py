"""Index: which of a million names are worth a closer look, found without looking at most of them.

Two names meet where words of theirs do. A word is kept as its sound, and two neighbouring words also as one, since registers
join and part them. A sound meets every other that is the same after one letter is taken out of either (so a letter added,
lost, changed or swapped with its neighbour; after F. Garbe's symmetric deletions), or that has the same consonants. Shared
words count by their rarity, ln(names / names with the word); the shortlist of a name is what shares most with it:

    share = 2 * rarity of what both share / (rarity of the one's words + rarity of the other's)          [1]
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein
from scipy import sparse

from outwork.clear.screen.letters import letters
from outwork.clear.screen.names import split
from outwork.clear.screen.sounds import sound
from outwork.clear.screen.words.legal_forms import FORMS
from outwork.clear.screen.words.vocabulary import FILLERS, TITLES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_WORDS: Final = 12
"""Words of a name that are looked up."""
SHORTEST: Final = 4
"""Letters of a sound from which one may be taken out; of shorter ones too little would be left."""
LONGEST: Final = 20
"""Letters of a sound that count."""
ALIKE: Final = 0.55
"""Sounds less alike than this do not meet, even if their consonants are the same (normalised Levenshtein similarity) [1]."""
BATCH: Final = 128
"""Names looked up together, for the sake of memory."""
SILENT: Final = FILLERS | TITLES | {form for words in FORMS for form in words if len(words) == 1}
"""Words that find nothing by themselves."""
PRIME: Final = np.uint64(1_099_511_628_211)
"""Multiplier of the FNV hash; any large odd number would do."""


@dataclass(frozen=True, eq=False)
class Index:
    """Names by the sounds of their words.

    Args: sounds, every sound once; words, [name, sound] 1 where the name has it; rarity [sound]; mass [name], sum of the
    rarities of its sounds; keys and bearers, hashes of sounds with one letter taken out, in order, and the sounds they are of.
    """

    sounds: tuple[str, ...]
    words: sparse.csr_array
    rarity: Floats
    mass: Floats
    keys: NDArray[np.uint64]
    bearers: Ints

    def shortlists(self, names: Sequence[str], most: int) -> Iterator[Ints]:
        """Yield for each name the rows of at most so many indexed names that share most with it, the nearest first."""
        places, asked = _sounds_of(names)
        meeting = self._meeting(asked)
        for start in range(0, len(names), BATCH):
            part = places[start : start + BATCH]
            wanted = part @ meeting
            weighted = sparse.csr_array(wanted @ sparse.diags_array(self.rarity, format="csr"))
            shared = sparse.csr_array(weighted @ self._by_sound)
            own = part @ self._own_rarity(asked, meeting)
            for row in range(part.shape[0]):
                yield self._nearest(shared, row, float(own[row]), most)

    @property
    def _by_sound(self) -> sparse.csr_array:
        return self.words.T.tocsr()

    def _nearest(self, shared: sparse.csr_array, row: int, own: float, most: int) -> Ints:
        """Return the names with the largest shares in a row of [name asked for, indexed name]."""
        span = slice(shared.indptr[row], shared.indptr[row + 1])
        found, share = shared.indices[span].astype(np.int64), shared.data[span]
        share = 2 * share / (own + self.mass[found])
        if len(found) > most:
            chosen = np.argpartition(-share, most)[:most]
            found, share = found[chosen], share[chosen]
        return found[np.lexsort((found, -share))]

    def _own_rarity(self, asked: list[str], meeting: sparse.csr_array) -> Floats:
        """Return the rarity of the sounds asked for [asked]: of the commonest that each meets, or as rare as can be."""
        unknown = np.log(max(self.words.shape[0], 2))
        found = np.full(len(asked), unknown)
        rows = np.repeat(np.arange(len(asked)), np.diff(meeting.indptr))
        np.minimum.at(found, rows, self.rarity[meeting.indices])
        return found

    def _meeting(self, asked: list[str]) -> sparse.csr_array:
        """Return [asked, sound] how alike they are [1], for those that meet."""
        keys, of = _keys(asked)
        first = np.searchsorted(self.keys, keys, side="left")
        count = np.searchsorted(self.keys, keys, side="right") - first
        rows = np.repeat(of, count)
        spread = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        columns = self.bearers[np.repeat(first, count) + spread]
        together = np.unique(rows * len(self.sounds) + columns)
        rows, columns = together // max(len(self.sounds), 1), together % max(len(self.sounds), 1)
        likeness = process.cpdist(
            [asked[row] for row in rows], [self.sounds[column] for column in columns], scorer=Levenshtein.normalized_similarity
        ).astype(float) if len(rows) else np.zeros(0)  # fmt: skip
        kept = likeness >= ALIKE
        return sparse.csr_array((likeness[kept], (rows[kept], columns[kept])), shape=(len(asked), len(self.sounds)))


def index(names: Iterable[str]) -> Index:
    """Return the index of names, in their order."""
    words, sounds = _sounds_of(names)
    spread = np.asarray(words.sum(axis=0)).ravel()
    rarity = np.log(max(words.shape[0], 2) / np.maximum(spread, 1))
    keys, bearers = _keys(sounds)
    order = np.argsort(keys, kind="stable")
    return Index(tuple(sounds), words, rarity, words @ rarity, keys[order], bearers[order])


def _sounds_of(names: Iterable[str]) -> tuple[sparse.csr_array, list[str]]:
    """Return [name, sound] 1 where a name has a sound, and the sounds."""
    known: dict[str, int] = {}
    columns, ends = array("i"), array("q", [0])
    for name in names:
        columns.extend({known.setdefault(each, len(known)) for each in heard(name)})
        ends.append(len(columns))
    shape = (len(ends) - 1, len(known))
    ones = np.ones(len(columns), np.float32)
    return sparse.csr_array((ones, np.array(columns, np.int32), np.array(ends, np.int64)), shape=shape), list(known)


def heard(name: str) -> list[str]:
    """Return the sounds by which a name is found: of its words, and of each two neighbouring words as one."""
    words = split(letters(name).latin)
    telling = [each for each in words if each not in SILENT and len(each) > 1][:MOST_WORDS] or words[:MOST_WORDS]
    plain = [sound(each)[:LONGEST] for each in telling]
    return plain + [(one + other)[:LONGEST] for one, other in zip(plain, plain[1:], strict=False)]


def _keys(sounds: Sequence[str]) -> tuple[NDArray[np.uint64], Ints]:
    """Return hashes by which sounds meet, and the sounds they are of: whole, less one letter each, and the consonants."""
    letters_of, length = _matrix(sounds)
    powers = PRIME ** np.arange(LONGEST + 1, dtype=np.uint64)
    whole = (letters_of * powers[:LONGEST]).sum(axis=1, dtype=np.uint64)
    before = np.cumsum(letters_of * powers[:LONGEST], axis=1, dtype=np.uint64)
    after = np.cumsum((letters_of[:, 1:] * powers[: LONGEST - 1])[:, ::-1], axis=1, dtype=np.uint64)[:, ::-1]
    zero = np.zeros((len(sounds), 1), np.uint64)
    less = np.hstack([zero, before[:, :-1]]) + np.hstack([after, zero])
    rows, columns = np.nonzero(np.arange(LONGEST) < np.where(length >= SHORTEST, length, 0)[:, None])
    firm, of = _firm(sounds)
    own = np.arange(len(sounds))
    keys = np.concatenate([whole, less[rows, columns], firm])
    pairs = np.unique(np.stack([keys, np.concatenate([own, rows, of]).astype(np.uint64)]), axis=1)
    return pairs[0], pairs[1].astype(np.int64)


def _firm(sounds: Sequence[str]) -> tuple[NDArray[np.uint64], Ints]:
    """Return hashes of the consonants of sounds that have at least three, marked as such."""
    kept = [(f"#{firm}", at) for at, each in enumerate(sounds) if len(firm := _consonants(each)) > 2]
    matrix, _ = _matrix([firm for firm, _ in kept])
    powers = PRIME ** np.arange(LONGEST, dtype=np.uint64)
    return (matrix * powers).sum(axis=1, dtype=np.uint64), np.array([at for _, at in kept], np.int64)


@lru_cache(maxsize=1 << 18)
def _consonants(heard_word: str) -> str:
    return "".join(each for each in heard_word if each not in "aeiouh")


def _matrix(sounds: Sequence[str]) -> tuple[NDArray[np.uint64], Ints]:
    """Return [sound, letter] the codes of the letters, and the lengths."""
    packed = np.array([each.encode("ascii", "replace")[:LONGEST] for each in sounds], dtype=f"S{LONGEST}")
    codes = packed.view(np.uint8).reshape(len(sounds), LONGEST).astype(np.uint64)
    return codes, (codes > 0).sum(axis=1).astype(np.int64)
