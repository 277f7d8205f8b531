"""From words to a process: what a person confirmed, then names, then machines, then likeness; and abstaining."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Final, Literal

from outwork.match.words.contained import EVERYDAY, UNCLEAR, VAGUE, Names, denied, weak
from outwork.match.words.folding import fold
from outwork.match.words.gazetteer import Gazetteer, Machine
from outwork.match.words.guess import NEAREST, Likeness, Ranked
from outwork.match.words.lists import enumerated, narrowest, parts
from outwork.match.words.taxonomy import Taxonomy

How = Literal["confirmed", "code", "alias", "machine", "guess", "none"]
LIKE: Final = 0.85
"""A text less like every name is not read as any process [1]. With `AHEAD` measured by `python -m benchmarks words`."""
AHEAD: Final = 0.08
"""A process that is not so much likelier than every unlike one is not taken [1]."""
BROADER: Final = 0.15
"""What a process is a kind of is taken instead of it where it is less likely by no more [1]."""


@dataclass(frozen=True)
class Recognised:
    """What a text was read as.

    `code` is the process, None where the reader abstains; `how` says what decided; `score` [1] is 1 for a name and the likeness
    for a guess; `nearest` are the processes that come nearest, with their likeness, to ask a person about.
    """

    code: str | None
    how: How
    score: float
    nearest: Ranked = ()


NOTHING: Final = Recognised(None, "none", 0.0)


class Recogniser:
    """Reads texts by a taxonomy and by what persons have confirmed, text -> code."""

    def __init__(self, taxonomy: Taxonomy, confirmed: Mapping[str, str]) -> None:
        """Prepare the names. UnknownName where a confirmed process is not in the taxonomy."""
        self.taxonomy = taxonomy
        self._confirmed = _checked(taxonomy, confirmed)
        self._names = Names(taxonomy)
        self._gazetteer = Gazetteer(taxonomy.machines)
        self._likeness = Likeness(taxonomy)

    def knowing(self, confirmed: Mapping[str, str]) -> Recogniser:
        """Return a reader that knows more confirmed words, without preparing the names anew."""
        more = copy(self)
        more._confirmed = {**self._confirmed, **_checked(self.taxonomy, confirmed)}  # noqa: SLF001 - of the same class
        return more

    def recognise(self, text: str) -> Recognised:
        """Return the process that a text means; abstain rather than be wrong."""
        return self.recognise_all([text])[0]

    def recognise_all(self, texts: Sequence[str]) -> tuple[Recognised, ...]:
        """Return the process that each text means, in their order. An answer does not depend on the other texts."""
        folded = [self._folded(text) for text in texts]
        found = {text: self._by_name(text) for text in dict.fromkeys(folded)}
        open_texts = [text for text, one in found.items() if one is None]
        ranked = self._likeness.rank(open_texts)
        found |= {text: self._by_likeness(text, rank) for text, rank in zip(open_texts, ranked, strict=True)}
        return tuple(found[text] or NOTHING for text in folded)

    def _folded(self, text: str) -> str:
        """Return a text folded; one that nobody knows as a whole with a word for each comma of a list."""
        folded = fold(text)
        known = folded in self._confirmed or self._names.exact(folded) is not None
        return folded if known else fold(enumerated(text))

    def listed(self, text: str) -> tuple[str, ...]:
        """Return every process that a text names: `milling, turning and grinding` names three; a text that denies, none."""
        return self.listed_all([text])[0]

    def listed_all(self, texts: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        """Return every process that each text names, in the order of the text, without what another of them is a kind of.

        A text that is one name stays one, unless its parts are two kinds of what it names.
        """
        apart = [parts(text, self._names) for text in texts]
        order = sorted({each for some in apart for each in some} | {fold(text) for text in texts})
        found = dict(zip(order, self.recognise_all(order), strict=True))
        return tuple(
            self._several(fold(text), found[fold(text)].code, [found[each].code for each in some])
            for text, some in zip(texts, apart, strict=True)
        )

    def _several(self, text: str, whole: str | None, each: Sequence[str | None]) -> tuple[str, ...]:
        """Return what a folded text names, from what it means as a whole and what its parts mean."""
        codes = narrowest(self.taxonomy, (code for code in each if code is not None))
        if whole is None:
            return codes
        if text in self._confirmed or self._names.exact(text) is not None:
            kinds = len(codes) > 1 and all(code != whole and self.taxonomy.narrower(code, whole) for code in codes)
            return codes if kinds and text not in self._confirmed else (whole,)
        return codes if len(codes) > 1 or (codes and not self.taxonomy.narrower(whole, codes[0])) else (whole,)

    def machine(self, text: str) -> Machine | None:
        """Return the machine of the catalogue that a text names, None where it names none."""
        return self._gazetteer.find(text)

    def _by_name(self, text: str) -> Recognised | None:
        """Return what a folded text means by the names in it; None where only likeness is left."""
        if text in self._confirmed:
            return Recognised(self._confirmed[text], "confirmed", 1.0)
        if (code := self._names.exact(text)) is not None:
            return Recognised(code, "code" if self._names.own(text) else "alias", 1.0)
        return NOTHING if not text or denied(text) else self._held(text)

    def _held(self, text: str) -> Recognised | None:
        """Return what a folded text means by the names and machines within it; None where it holds none."""
        found = self._names.find(text)
        if self._names.foreign(text, found):
            return NOTHING
        machine = self._gazetteer.find(text)
        if machine is not None and all(weak(text.split(), each) for each in found):
            return Recognised(machine.process, "machine", 1.0)
        if (code := self._names.decide(text, found)) is not None:
            return Recognised(code, "alias", 1.0)
        if machine is not None:
            return Recognised(machine.process, "machine", 1.0)
        if all(each.code in VAGUE for each in found):
            return None
        nearest = tuple((each, 1.0) for each in dict.fromkeys(one.code for one in found) if each != UNCLEAR)
        return Recognised(None, "none", 0.0, nearest[:NEAREST])

    def _by_likeness(self, text: str, ranked: Ranked) -> Recognised:
        nearest = tuple(each for each in ranked if each[0] != UNCLEAR)[:NEAREST]
        score = ranked[0][1] if ranked else 0.0
        if score < LIKE or self._likeness.margin(ranked) < AHEAD or not self._likely(text, ranked[0][0]):
            return Recognised(None, "none", score, nearest)
        kinds_of = self.taxonomy.ancestors(ranked[0][0])[:-1]
        broader = (code for code, near in ranked[1:] if code in kinds_of and near >= score - BROADER)
        return Recognised(next(broader, ranked[0][0]), "guess", score, nearest)

    def _likely(self, text: str, code: str) -> bool:
        """Return whether a folded text may be guessed to mean a process: one of daily life only by a word among plain words."""
        strange = sum(word not in self._names.plain for word in text.split())
        return code not in {UNCLEAR, *VAGUE} and (code not in EVERYDAY or strange <= 1)


def _checked(taxonomy: Taxonomy, confirmed: Mapping[str, str]) -> Mapping[str, str]:
    return {fold(text): taxonomy[code].code for text, code in confirmed.items()}
