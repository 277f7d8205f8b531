"""A text that names several processes, such as `CNC milling, turning; no welding`, apart into the parts that name one each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Final

from outwork.match.words.contained import Names, denied
from outwork.match.words.folding import fold
from outwork.match.words.language import LISTING
from outwork.match.words.taxonomy import Taxonomy

CLAUSE: Final = re.compile(r"[;\n\r•·▪●◦‣|]|\.(?=\s)|^\s*[-–—*]\s", re.MULTILINE)
"""Ends a clause; what a clause denies it denies to its end."""
COMMA: Final = re.compile(r"[,:()]|(?<=\s)[-–—](?=\s)")
"""Between things of a list that are written out in full."""
ENUMERATED: Final = re.compile(r"(?<=\w)[,;]\s+(?=[^\W\d])")
"""A comma of a list of words; that of a number stands before a digit."""
STROKE: Final = re.compile(r"[/&+]")
"""Between things of a list that may share a word."""
OPEN: Final = re.compile(r"(\w{3,})-(?=\s|$)")
"""The first part of a compound the second part of which comes with a later word: Dreh- und Fräsarbeiten."""
SHARED: Final = 4
"""Letters of a second part at least."""


def enumerated(text: str) -> str:
    """Return a text with a word for each comma of a list, so that folding keeps it."""
    return ENUMERATED.sub(" and ", text)


def parts(text: str, names: Names) -> tuple[str, ...]:
    """Return the folded parts of a text that may name a process each; none after a denying word of a clause."""
    found: list[str] = []
    for clause in CLAUSE.split(completed(text, names)):
        for piece in COMMA.split(clause):
            if denied(fold(piece)):
                break
            found += _apart(piece, names)
    return tuple(dict.fromkeys(each for each in found if each))


def completed(text: str, names: Names) -> str:
    """Return a text with the second parts put to open compounds where that makes a name: Dreharbeiten und Fräsarbeiten."""

    def whole(found: re.Match[str]) -> str:
        later = re.findall(r"\w{5,}", text[found.end() :])
        ends = (word[at:] for word in later[:3] for at in range(1, len(word) - SHARED + 1))
        made = (found[1] + end for end in ends)
        return next((each for each in made if names.exact(fold(each)) or names.find(fold(each))), found[0])

    return OPEN.sub(whole, text)


def narrowest(taxonomy: Taxonomy, codes: Iterable[str]) -> tuple[str, ...]:
    """Return codes in their order, each once, without those of which another is a kind."""
    each = tuple(dict.fromkeys(codes))
    return tuple(one for one in each if not any(one != other and taxonomy.narrower(other, one) for other in each))


def _apart(piece: str, names: Names) -> Iterator[str]:
    """Yield the parts of a piece between strokes and words like `and`; a name is one part, unless its parts are kinds of it."""
    whole = fold(piece)
    if names.foreign(whole, names.find(whole)):
        return
    some = [part for each in STROKE.split(piece) for part in _between(fold(each), names)]
    code = names.exact(whole)
    yield from some if code is None or _kinds(some, code, names) else [whole]


def _kinds(some: Sequence[str], code: str, names: Names) -> bool:
    """Return whether folded parts are names of different kinds of a process."""
    found = {names.exact(each) or names.decide(each, names.find(each)) or code for each in some}
    return len(found) > 1 and code not in found and all(names.taxonomy.narrower(each, code) for each in found)


def _between(folded: str, names: Names) -> Iterator[str]:
    """Yield the runs of words between words such as `and`, but for those within a name, unless its parts are kinds of it."""
    words = folded.split()
    whole = [each for each in names.find(folded) if not LISTING.isdisjoint(words[each.begin : each.end])]
    held = [each for each in whole if not _kinds(_runs(words[each.begin : each.end]), each.code, names)]
    yield from _runs(words, {at for each in held for at in range(each.begin, each.end)})


def _runs(words: Sequence[str], held: AbstractSet[int] = frozenset()) -> list[str]:
    """Return the runs of words between words such as `and` that stand at no place that is held."""
    cuts = [at for at, word in enumerate(words) if word in LISTING and at not in held]
    return [" ".join(words[begin + 1 : end]) for begin, end in pairwise((-1, *cuts, len(words)))]
