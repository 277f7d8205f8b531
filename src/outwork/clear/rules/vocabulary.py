"""The vocabulary: every fact that a rule may ask about, its kind, unit and the question by which a person is asked for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Final, Literal

FactKind = Literal["quantity", "flag", "choice", "text", "nation"]
FACT_KINDS: Final[tuple[FactKind, ...]] = ("quantity", "flag", "choice", "text", "nation")


@dataclass(frozen=True)
class Term:
    """One fact of the vocabulary."""

    name: str
    kind: FactKind
    question: str
    """What a person is asked who can tell."""
    unit: str = ""
    """Unit in which rules and facts of this quantity are kept."""
    choices: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    """Choices, of `class` above all, that no control list names: an item of such a class needs no entry that covers it."""
    also: tuple[str, ...] = ()
    """Other names under which it is given."""
    set_here: bool = False
    """True: the engine sets it for a movement; nobody writes it into the table of facts."""
    file: str = ""

    @cached_property
    def by_case(self) -> Mapping[str, str]:
        """The choices by their names without regard to case."""
        return {choice.casefold(): choice for choice in self.choices}


@dataclass(frozen=True)
class Vocabulary:
    """The terms by name, and the name that each other spelling stands for."""

    terms: Mapping[str, Term]
    names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, terms: Iterable[Term]) -> Vocabulary:
        """Build a vocabulary; of two terms that claim one spelling the first has it."""
        by_name = {term.name: term for term in terms}
        names: dict[str, str] = {spelt(name): name for name in by_name}
        for term in by_name.values():
            for other in term.also:
                names.setdefault(spelt(other), term.name)
        return cls(MappingProxyType(by_name), MappingProxyType(names))

    def find(self, name: str) -> Term | None:
        """Return the term that a name stands for, whatever its case, dashes and underscores; None where there is none."""
        found = self.names.get(spelt(name))
        return None if found is None else self.terms[found]


def spelt(name: str) -> str:
    """Return a name in the one spelling by which names are compared: lower case, single blanks."""
    return " ".join(name.replace("_", " ").replace("-", " ").casefold().split())
