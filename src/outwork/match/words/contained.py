"""Names of processes within a longer text: `We offer TIG welding of aluminium` holds TIG welding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import Final, TypeVar

from outwork.match.words.folding import fold
from outwork.match.words.language import DENYING, LEADING, LISTING, WEAK, root, stem, undone
from outwork.match.words.plain import SHORT, Plain, rest
from outwork.match.words.taxonomy import Taxonomy

HEAD: Final = 6
"""Letters of a word that may end a compound: Edelstahl|schweissen."""
SHORT_HEAD: Final = 4
"""Letters of it where what stands before is a plain word: kevytmetalli|valu."""
FRONT: Final = 5
"""Letters of a name that stands before a plain word: sorvaus|osat."""
MODIFIER: Final = 3
"""Letters at least before it."""
SHORT_NAME: Final = 3
"""Words of a name, each of which may be inflected or not."""
BRIEF: Final = 2
"""Abbreviations of so few letters are known only where they are the whole text."""
GENERIC: Final = frozenset({"assembly", "electronics", "machining", "pcb fabrication"})
"""Beside another name, not in a list, these say only what is worked on, or that something is: PCB soldering is soldering."""
VAGUE: Final = frozenset({"assembly", "electronics", "pcb fabrication", "test and inspection"})
"""Alone beside words that are not known, these may be part of another name: assembly of what?"""
EVERYDAY: Final = frozenset({
    "adhesive bonding", "assembly", "balancing", "bending", "blasting", "boring", "braiding", "calibration", "casting",
    "cleaning", "coating", "curing", "dicing", "die cutting", "disassembly", "drilling", "electronics", "forging", "forming",
    "grinding", "hardening", "heat treatment", "machining", "milling", "painting", "planing", "polishing", "potting",
    "press fitting", "printing", "punching", "rework", "rolling", "sawing", "screwing", "sealing", "shearing",
    "sheet metal working", "stamping", "steel construction", "straightening", "test and inspection", "tool grinding",
    "turning", "woodworking",
})  # fmt: skip
"""What also people of other trades do: a name of one word of these counts only among plain words."""
TELLING: Final = 5
"""Letters of a verb that is known by itself; shorter ones are too much alike, but for those with a long ending."""
UNCLEAR: Final = ""
"""Stands for a name that means unlike processes in unlike languages."""

Stems = tuple[str, ...]
N = TypeVar("N")


@dataclass(frozen=True)
class Found:
    """A name of a process within a text: the words from `begin` to before `end`; not `whole` where it is a part of a compound.

    `sure` where it is a name in a form of its own, not one only made from the same verb.
    """

    code: str
    begin: int
    end: int
    whole: bool = True
    sure: bool = True

    @property
    def doubtful(self) -> bool:
        """Whether the name means the process only among plain words."""
        return not self.sure or (self.code in EVERYDAY and self.end - self.begin == 1)


class Names:
    """Every name of every process, folded: whole, and as stems of words."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        """Key each name; one that means unlike processes in unlike languages is unclear."""
        self.taxonomy = taxonomy
        named = list(_names(taxonomy))
        self.whole: Mapping[str, str] = self._agreed((fold(text), code) for text, code in named)
        bare = self._agreed((one, code) for text, code in named for one in partly_stems(text))
        self._stems: Mapping[Stems, str] = bare | self._agreed((stems(text), code) for text, code in named)
        self._roots: Mapping[Stems, str] = self._agreed((roots(text), code) for text, code in named)
        self.plain = Plain(taxonomy)
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
        """Return the names that a folded text holds, none within another, in the order of the text."""
        words = text.split()
        kept = [at for at, word in enumerate(words) if word not in LEADING]
        ends = [stem(words[at]) for at in kept]
        starts = [root(undone(words[at])) for at in kept]
        found: list[Found] = []
        for begin, at in enumerate(kept):
            named, made = self._longest_at(ends, begin, self._stems), self._made_from(words[at], starts, begin)
            one = max((each for each in (named, made) if each), key=lambda each: each.end, default=None)
            one = one or self._compound(words[at], begin)
            if one is None or (found and (found[-1].end >= one.end or self._joined(words, kept, found[-1], begin))):
                continue
            if found and begin < found[-1].end and self._joined(words, kept, one, begin):
                one = replace(one, begin=found.pop().begin)
            found.append(one)
        return tuple(replace(each, begin=kept[each.begin], end=kept[each.end - 1] + 1) for each in found)

    def _joined(self, words: Sequence[str], kept: Sequence[int], before: Found, begin: int) -> bool:
        """Return whether what begins at a kept word lies in the name before it, and that names two things joined by `and`."""
        return begin < before.end and not LISTING.isdisjoint(words[kept[before.begin] : kept[before.end - 1] + 1])

    def foreign(self, text: str, found: Iterable[Found]) -> bool:
        """Return whether a folded text holds words of a trade that is no process here, and that no longer name holds."""
        kept = [(at, stem(word)) for at, word in enumerate(text.split()) if word not in LEADING]
        taken = [set(range(each.begin, each.end)) for each in found if each.whole]
        spans = (kept[begin:end] for begin in range(len(kept)) for end in range(begin + 1, begin + self._longest + 1))
        held = ({at for at, _ in span} for span in spans if tuple(word for _, word in span) in self._others)
        return any(not any(each <= one for one in taken) for each in held)

    def decide(self, text: str, found: Sequence[Found]) -> str | None:
        """Return the one process that a folded text is about, from the names found in it; None where they leave it open."""
        words = text.split()
        told = [each for each in found if not weak(words, each)] or list(found)
        if not told or any(each.code == UNCLEAR for each in told):
            return None
        codes = [each.code for each in told]
        if len(set(codes)) == 1 and codes[0] in VAGUE and self._more(words, told):
            return None
        narrow = [each for each in told if not any(self._below(other, each.code) for other in codes)]
        for before, after in pairwise(narrow):
            between = words[before.end : after.begin]
            if before.code != after.code and not LEADING.isdisjoint(between) and LISTING.isdisjoint(between):
                return self._clear(words, found, before.code)
        if LISTING.isdisjoint(words):
            narrow = [each for each in narrow if each.code not in GENERIC] or narrow
        return self._clear(words, found, self._all([each.code for each in narrow]))

    def _clear(self, words: Sequence[str], found: Sequence[Found], code: str | None) -> str | None:
        """Return a process if a name of it is beyond doubt, or stands among plain words; else None."""
        if code is None or any(not each.doubtful and self.taxonomy.narrower(each.code, code) for each in found):
            return code
        beside = rest(words, ((each.begin, each.end) for each in found))
        sure = any(each.sure and self.taxonomy.narrower(each.code, code) for each in found)
        return code if (self.plain.all(beside) if sure else all(map(self._little, beside))) else None

    def _little(self, word: str) -> bool:
        """Return whether a folded word is in the list of plain words, joins others, or is too short to say anything."""
        return len(word) <= SHORT or not word.isalpha() or word in LEADING | LISTING | WEAK or self.plain.listed(word)

    def _more(self, words: Sequence[str], found: Sequence[Found]) -> bool:
        """Return whether a text says more than the names found in it; of assembly plain words say nothing more."""
        taken = {at for each in found for at in range(each.begin, each.end) if each.whole}
        more = [word for at, word in enumerate(words) if at not in taken and word not in LEADING]
        return not (found[0].code == "assembly" and all(map(self.plain.listed, more))) and bool(more)

    def _below(self, one: str, other: str) -> bool:
        return one != other and self.taxonomy.narrower(one, other)

    def _all(self, codes: Sequence[str]) -> str | None:
        """Return the narrowest process that all are kinds of; None where only a group holds them all, or nothing."""
        shared = codes[0] if codes else ""
        for each in codes[1:]:
            shared = self.taxonomy.shared(shared, each)
            if not shared:
                return None
        return shared

    def _longest_at(self, words: Sequence[str], begin: int, names: Mapping[Stems, str]) -> Found | None:
        for end in range(min(begin + self._longest, len(words)), begin, -1):
            code = names.get(tuple(words[begin:end]))
            if code is not None and (end - begin > 1 or len(words[begin]) > BRIEF):
                return Found(code, begin, end)
        return None

    def _made_from(self, word: str, starts: Sequence[str], begin: int) -> Found | None:
        """Return the name of which a word, and those that follow at `begin`, are other forms: turned, for turning."""
        if self.plain.listed(word):
            return None
        found = self._longest_at(starts, begin, self._roots)
        taken = len(undone(word)) - len(starts[begin])
        if found is None or not self._kind(found.code) or (found.end - begin == 1 and len(starts[begin]) < TELLING > taken + 1):
            return None
        return replace(found, sure=found.end - found.begin > 1)

    def _kind(self, code: str) -> bool:
        """Return whether a code is a process that is a kind of another; not a group, nor unclear."""
        return code != UNCLEAR and bool(self.taxonomy[code].parent)

    def _compound(self, word: str, at: int) -> Found | None:
        """Return the name that ends a compound word, as in German, Dutch and Finnish, or that a plain word ends."""
        for cut in range(MODIFIER, len(word) - SHORT_HEAD + 1):
            front, head = word[:cut], word[cut:]
            plain = self.plain.simple(front) if len(head) >= HEAD else self.plain.exactly(front)
            code = self._stems.get((stem(head),)) if plain or len(head) >= HEAD else None
            if code and (plain or code not in EVERYDAY):
                return Found(code, at, at + 1, whole=False)
        for cut in range(FRONT, len(word) - MODIFIER + 1):
            code = self._stems.get((stem(word[:cut]),)) if self.plain.listed(word[cut:]) else None
            if code:
                return Found(code, at, at + 1, whole=False)
        return None

    def _agreed(self, named: Iterable[tuple[N, str]]) -> dict[N, str]:
        """Return what each name means: one process, or the broader of two of which one is a kind of the other, or unclear."""
        found: dict[N, str] = {}
        for name, code in named:
            other = found.setdefault(name, code)
            if other == code:
                continue
            if self.taxonomy.narrower(other, code):
                found[name] = code
            elif not self.taxonomy.narrower(code, other):
                found[name] = UNCLEAR
        return found


def weak(words: Sequence[str], found: Found) -> bool:
    """Return whether a name says only how a machine is driven."""
    return WEAK.issuperset(words[found.begin : found.end])


def denied(text: str) -> bool:
    """Return whether a folded text says what somebody does not do."""
    return not DENYING.isdisjoint(text.split())


def stems(text: str) -> Stems:
    """Return the stems of the words of a text, without those that only lead to the next."""
    words = fold(text).split()
    return tuple(stem(each) for each in words if each not in LEADING) or tuple(words)


def partly_stems(text: str) -> Iterator[Stems]:
    """Yield the words of a short name, each as it is or its stem: what looks like an ending may belong to the word."""
    words = [each for each in fold(text).split() if each not in LEADING]
    if 0 < len(words) <= SHORT_NAME:
        yield from product(*(dict.fromkeys((stem(each), each)) for each in words))


def roots(text: str) -> Stems:
    """Return the roots of the words of a text, without those that only lead to the next."""
    words = fold(text).split()
    return tuple(root(each) for each in words if each not in LEADING) or tuple(words)


def _names(taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    for process in taxonomy.processes:
        yield process.code, process.code
        yield process.label, process.code
    for alias in taxonomy.aliases:
        yield alias.text, alias.process
