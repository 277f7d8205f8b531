"""The words in which needs and offers are compared: processes, materials, classes, certificates; and what mends a gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from outwork.match.terms import book, certificates, classes, materials
from outwork.match.terms.book import Book
from outwork.match.terms.classes import Classes
from outwork.match.terms.order import Order
from outwork.match.words import Recogniser
from outwork.model.errors import Fault, InvalidRules
from outwork.model.programme import Programme

ALIKE: Final = 0.5
"""A process less like a text is not offered as what it might mean [1]."""


class Machine(Protocol):
    """What is known of a make and model: its process, and what it holds, None where that is not known."""

    @property
    def process(self) -> str:
        """Code of its process."""

    @property
    def x(self) -> float | None:
        """Largest length of a part [mm]."""

    @property
    def y(self) -> float | None:
        """Largest width of a part [mm]."""

    @property
    def z(self) -> float | None:
        """Largest height of a part [mm]."""

    @property
    def tolerance(self) -> float | None:
        """Closest tolerance [mm]."""

    @property
    def mass(self) -> float | None:
        """Heaviest part [kg]."""


class Words(Protocol):
    """What makes processes of words."""

    def resolve(self, texts: Sequence[str]) -> Sequence[str | None]:
        """Return the code of the process that each text means, None where that is not sure."""

    def listed(self, texts: Sequence[str]) -> Sequence[tuple[str, ...]]:
        """Return the codes of all processes that each text names; several where it lists several."""

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Return the codes of the broader processes that a process is a kind of."""

    def machine(self, text: str) -> Machine | None:
        """Return what is known of a machine by its make and model, None where it is not known."""

    def nearest(self, text: str) -> str:
        """Return the code most like a text that means nothing, or an empty text."""


@dataclass(frozen=True, eq=False)
class Reader:
    """The words of the taxonomy and of the table of aliases."""

    recogniser: Recogniser

    @classmethod
    def of(cls, recogniser: Recogniser, programme: Programme) -> Reader:
        """Return a reader that knows what persons have confirmed in a programme. UnknownName where that is no process."""
        return cls(recogniser.knowing(dict(programme["aliases"].select("text", "process").iter_rows())))

    def resolve(self, texts: Sequence[str]) -> Sequence[str | None]:
        """Return the code of the process that each text means, None where that is not sure."""
        return [found.code for found in self.recogniser.recognise_all(texts)]

    def listed(self, texts: Sequence[str]) -> Sequence[tuple[str, ...]]:
        """Return the codes of all processes that each text names; several where it lists several."""
        return self.recogniser.listed_all(texts)

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Return the codes of the broader processes that a process is a kind of."""
        return self.recogniser.taxonomy.ancestors(code)

    def machine(self, text: str) -> Machine | None:
        """Return what is known of a machine by its make and model, None where it is not known."""
        return self.recogniser.machine(text)

    def nearest(self, text: str) -> str:
        """Return the code most like a text that means nothing, or an empty text."""
        return next((code for code, score in self.recogniser.recognise(text).nearest if score >= ALIKE), "")


@dataclass(frozen=True)
class Terms:
    """Everything that comparing needs and offers takes besides the programme."""

    words: Words
    materials: Order
    classes: Classes
    schemes: Order
    book: Book


def read(texts: Mapping[str, str], words: Words) -> Terms:
    """Read the files of the taxonomy other than processes. InvalidRules with every fault where one breaks its own format."""
    faults: list[Fault] = []
    terms = Terms(
        words, materials.read(texts, faults), classes.read(texts, faults), certificates.read(texts, faults),
        book.read(texts, faults),
    )  # fmt: skip
    if faults:
        raise InvalidRules(tuple(faults))
    return terms
