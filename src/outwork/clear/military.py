"""What an expert looks at for things designed for military use: categories of the Common Military List, kinds of licence.

Nothing is decided here. Whether a thing stands in a category is a reading of the list and of national lists beside it; the
categories that speak of things of its class, or of its kind, are named so that the reading begins there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from outwork.clear.rules.provision import ITEM_KINDS, ItemKind
from outwork.clear.rules.vocabulary import Vocabulary
from outwork.model.errors import Fault
from outwork.model.nearest import nearest
from outwork.model.sheet import Line, lines

CATEGORIES: Final = "eu/military/categories.csv"
LICENCES: Final = "eu/military/licences.csv"
Where = Literal["within", "out"]
WHERE: Final[tuple[Where, ...]] = ("within", "out")


@dataclass(frozen=True)
class Category:
    """A category of the Common Military List, with the classes of things of which it is the first to be read."""

    name: str
    title: str
    kinds: tuple[ItemKind, ...]
    classes: frozenset[str]
    cite: str


@dataclass(frozen=True)
class Licence:
    """A kind of licence for military things, within the Union or out of it."""

    name: str
    where: Where
    given: str
    """Who gives it, and for what."""
    cite: str


@dataclass(frozen=True)
class Military:
    """Both tables."""

    categories: tuple[Category, ...]
    licences: tuple[Licence, ...]

    def concerning(self, classes: frozenset[str], kind: ItemKind) -> tuple[Category, ...]:
        """Return the categories that speak of things of these classes; for software and technology those of the kind."""
        return tuple(
            each
            for each in self.categories
            if kind in each.kinds and (kind in {"software", "technology"} or each.classes & classes)
        )


def read(texts: Mapping[str, str], vocabulary: Vocabulary, faults: list[Fault]) -> Military:
    """Return the tables; whatever is wrong with them is added to the faults."""
    return Military(tuple(_categories(texts, vocabulary, faults)), tuple(_licences(texts, faults)))


def _categories(texts: Mapping[str, str], vocabulary: Vocabulary, faults: list[Fault]) -> Iterator[Category]:
    for line in lines(CATEGORIES, texts, ("category", "title", "kinds", "classes", "cite"), faults):
        yield Category(
            line.needed("category"), line.needed("title"), _kinds(line), _classes(line, vocabulary), line.needed("cite")
        )


def _licences(texts: Mapping[str, str], faults: list[Fault]) -> Iterator[Licence]:
    for line in lines(LICENCES, texts, ("licence", "where", "given", "cite"), faults):
        yield Licence(line.needed("licence"), line.choice("where", WHERE), line.needed("given"), line.needed("cite"))


def _kinds(line: Line) -> tuple[ItemKind, ...]:
    for name in line.names("kinds"):
        if name not in ITEM_KINDS:
            line.fault("kinds", f"'{name}' is not a kind; it is one of {', '.join(ITEM_KINDS)}", nearest(name, ITEM_KINDS))
    return tuple(kind for kind in ITEM_KINDS if kind in line.names("kinds"))


def _classes(line: Line, vocabulary: Vocabulary) -> frozenset[str]:
    term = vocabulary.find("class")
    known = () if term is None else term.choices
    for name in line.names("classes"):
        if name not in known:
            line.fault("classes", f"'{name}' is not a class of the vocabulary", nearest(name, known))
    return frozenset(line.names("classes"))
