"""Index: which of a million names are worth a closer look, found without looking at most of them.

Two names meet where words of theirs do. A word is kept as its sound, and two neighbouring words also as one, since registers
join and part them. A sound meets every other that is the same after one letter is taken out of either (so a letter added,
lost, changed or swapped with its neighbour; after F. Garbe's symmetric deletions), or that has the same consonants. Shared
words count by their rarity, ln(1 + names / names with the word); the shortlist of a name is what shares most with it:

    share = 2 * rarity of what both share / (rarity of the one's words + rarity of the other's)          [1]
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
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
LONGEST: Final = 26
"""Letters of a sound that count."""
ALIKE: Final = 0.55
"""Sounds less alike than this do not meet, even if their consonants are the same (normalised Levenshtein similarity) [1]."""
BATCH: Final = 128
"""Names looked up together, for the sake of memory."""
SILENT: Final = FILLERS | TITLES | {form for words in FORMS for form in words if len(words) == 1}
"""Words that find nothing by themselves."""
VOICED: Final = str.maketrans("", "", "aeiouh")
"""Sounds that come and go between spellings."""
PRIME: Final = np.uint64(1_099_511_628_211)
"""Multiplier of the FNV hash; any large odd number would do."""
POWERS: Final = PRIME ** np.arange(LONGEST, dtype=np.uint64)
PART: Final = 1 << 16
"""Words hashed together, for the sake of memory."""
FEWEST_CONSONANTS: Final = 3
"""Consonants from which a sound is also kept by them."""


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
        asked = _heard_of(names)
        meeting = self._meeting(asked)
        own = asked.words @ self._own_rarity(meeting)
        for start in range(0, len(names), BATCH):
            wanted = sparse.csr_array((asked.words[start : start + BATCH] @ meeting) * self.rarity[None, :])
            shared = sparse.csr_array(wanted @ self._by_sound)
            for row in range(shared.shape[0]):
                yield self._nearest(shared, row, float(own[start + row]), most)

    @cached_property
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
        nearest: Ints = found[np.lexsort((found, -share))]
        return nearest

    def _own_rarity(self, meeting: sparse.csr_array) -> Floats:
        """Return the rarity of the sounds asked for [asked]: of the commonest that each meets, or as rare as can be."""
        unknown = np.log1p(self.words.shape[0])
        found = np.full(meeting.shape[0], unknown)
        rows = np.repeat(np.arange(meeting.shape[0]), np.diff(meeting.indptr))
        np.minimum.at(found, rows, self.rarity[meeting.indices])
        return found

    def _meeting(self, asked: Heard) -> sparse.csr_array:
        """Return [asked, sound] how alike they are [1], for those that meet."""
        keys, of = _keys(asked.sounds, asked.single)
        first = np.searchsorted(self.keys, keys, side="left")
        count = np.searchsorted(self.keys, keys, side="right") - first
        rows = np.repeat(of, count)
        spread = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        columns = self.bearers[np.repeat(first, count) + spread]
        together = np.unique(rows * len(self.sounds) + columns)
        rows, columns = together // max(len(self.sounds), 1), together % max(len(self.sounds), 1)
        likeness = _likeness([asked.sounds[row] for row in rows], [self.sounds[column] for column in columns])
        kept = likeness >= ALIKE
        return sparse.csr_array((likeness[kept], (rows[kept], columns[kept])), shape=(len(asked.sounds), len(self.sounds)))


def _likeness(ones: Sequence[str], others: Sequence[str]) -> Floats:
    """Return how alike sounds are [1], pair by pair."""
    if not ones:
        return np.zeros(0)
    return process.cpdist(ones, others, scorer=Levenshtein.normalized_similarity).astype(np.float64)


def index(names: Iterable[str]) -> Index:
    """Return the index of names, in their order."""
    heard_of = _heard_of(names)
    words, sounds = heard_of.words, heard_of.sounds
    spread = np.asarray(words.sum(axis=0)).ravel()
    rarity = np.log1p(words.shape[0] / np.maximum(spread, 1))
    keys, bearers = _keys(sounds, heard_of.single)
    order = np.argsort(keys, kind="stable")
    return Index(tuple(sounds), words, rarity, words @ rarity, keys[order], bearers[order])


@dataclass(frozen=True, eq=False)
class Heard:
    """Words [name, sound] 1 where a name has a sound; the sounds; single [sound], True for those that some word has alone."""

    words: sparse.csr_array
    sounds: list[str]
    single: NDArray[np.bool_]


def _heard_of(names: Iterable[str]) -> Heard:
    known: dict[str, int] = {}
    single = bytearray()
    columns, ends = array("i"), array("q", [0])
    for name in names:
        plain, joined = heard(name)
        here = set()
        for at, each in enumerate(plain + joined):
            column = known.setdefault(each, len(known))
            if column == len(single):
                single.append(0)
            single[column] |= at < len(plain)
            here.add(column)
        columns.extend(here)
        ends.append(len(columns))
    ones = np.ones(len(columns), np.float32)
    shape = (len(ends) - 1, len(known))
    words = sparse.csr_array((ones, np.array(columns, np.int32), np.array(ends, np.int64)), shape=shape)
    return Heard(words, list(known), np.frombuffer(bytes(single), np.bool_))


def heard(name: str) -> tuple[list[str], list[str]]:
    """Return the sounds by which a name is found: of its words, and of each two neighbouring words as one."""
    words = split(letters(name).latin)
    telling = [each for each in words if each not in SILENT and len(each) > 1][:MOST_WORDS] or words[:MOST_WORDS]
    plain = [sound(each)[:LONGEST] for each in telling]
    return plain, [sound(one + other)[:LONGEST] for one, other in pairwise(telling)]


def _keys(sounds: Sequence[str], single: NDArray[np.bool_]) -> tuple[NDArray[np.uint64], Ints]:
    """Return hashes by which sounds meet, and the sounds they are of.

    Each is kept whole and by its consonants; a word alone also less one letter, and its consonants less one. To take letters
    out of two words written as one as well would treble the index.
    """
    every, alone = np.arange(len(sounds)), np.flatnonzero(single)
    firm = [each.translate(VOICED) for each in sounds]
    boned = np.flatnonzero([len(each) >= FEWEST_CONSONANTS for each in firm])
    bony = alone[[len(firm[at]) >= FEWEST_CONSONANTS + 2 for at in alone.tolist()]]
    parts = [
        _whole(sounds, every),
        _less_one(sounds, alone[[len(sounds[at]) >= SHORTEST for at in alone.tolist()]]),
        _marked(_whole(firm, boned)),
        _marked(_less_one(firm, bony)),
    ]
    return np.concatenate([keys for keys, _ in parts]), np.concatenate([of for _, of in parts])


def _whole(words: Sequence[str], rows: Ints) -> tuple[NDArray[np.uint64], Ints]:
    """Return the hash of each word: the sum of its letters, each times a power of a prime, modulo 2^64."""
    found = [(_letters(words, part) * POWERS).sum(axis=1, dtype=np.uint64) for part in _parts(rows)]
    return np.concatenate([*found, np.zeros(0, np.uint64)]), rows


def _less_one(words: Sequence[str], rows: Ints) -> tuple[NDArray[np.uint64], Ints]:
    """Return the hashes of each word with each of its letters taken out in turn: the letters before it, and those after it."""
    keys, of = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
    for part in _parts(rows):
        codes = _letters(words, part)
        zero = np.zeros((len(part), 1), np.uint64)
        before = np.cumsum(codes * POWERS, axis=1, dtype=np.uint64)[:, :-1]
        after = np.cumsum((codes[:, 1:] * POWERS[:-1])[:, ::-1], axis=1, dtype=np.uint64)[:, ::-1]
        less = np.hstack([zero, before]) + np.hstack([after, zero])
        row, column = np.nonzero(codes)
        keys.append(less[row, column])
        of.append(part[row])
    return np.concatenate(keys), np.concatenate(of)


def _marked(found: tuple[NDArray[np.uint64], Ints]) -> tuple[NDArray[np.uint64], Ints]:
    """Keep the hashes of consonants apart from those of whole sounds."""
    return ~found[0], found[1]


def _parts(rows: Ints) -> Iterator[Ints]:
    for start in range(0, len(rows), PART):
        yield rows[start : start + PART]


def _letters(words: Sequence[str], rows: Ints) -> NDArray[np.uint64]:
    """Return [word, letter] the codes of the letters, 0 after the end."""
    packed = np.array([words[at] for at in rows.tolist()], dtype=f"S{LONGEST}")
    return packed.view(np.uint8).reshape(len(rows), LONGEST).astype(np.uint64)
