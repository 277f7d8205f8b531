"""From words to a process: what a person confirmed, then names, then machines, then likeness; and abstaining."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Final, Literal

from outwork.match.words.contained import UNCLEAR, VAGUE, Names, denied, weak
from outwork.match.words.folding import fold
from outwork.match.words.gazetteer import Gazetteer, Machine
from outwork.match.words.guess import NEAREST, Likeness, Ranked
from outwork.match.words.taxonomy import Taxonomy

How = Literal["confirmed", "code", "alias", "machine", "guess", "none"]
LIKE: Final = 0.8
"""A text less like every name is not read as any process [1]. With `AHEAD` measured by `python -m benchmarks words`."""
AHEAD: Final = 0.08
"""A process that is not so much likelier than every unlike one is not taken [1]."""


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
        folded = [fold(text) for text in texts]
        found = {text: self._by_name(text) for text in dict.fromkeys(folded)}
        open_texts = [text for text, one in found.items() if one is None]
        ranked = self._likeness.rank(open_texts)
        found |= {text: self._by_likeness(rank) for text, rank in zip(open_texts, ranked, strict=True)}
        return tuple(found[text] or NOTHING for text in folded)

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

    def _by_likeness(self, ranked: Ranked) -> Recognised:
        nearest = tuple(each for each in ranked if each[0] != UNCLEAR)[:NEAREST]
        if not ranked or ranked[0][0] == UNCLEAR or ranked[0][1] < LIKE or self._likeness.margin(ranked) < AHEAD:
            return Recognised(None, "none", ranked[0][1] if ranked else 0.0, nearest)
        return Recognised(ranked[0][0], "guess", ranked[0][1], nearest)


def _checked(taxonomy: Taxonomy, confirmed: Mapping[str, str]) -> Mapping[str, str]:
    return {fold(text): taxonomy[code].code for text, code in confirmed.items()}
