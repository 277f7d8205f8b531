"""A file of fields within fields, as YAML, TOML and JSON have them, each of which knows where it stands.

Reading a field marks it, so that in the end everything that nobody read can be listed; a field that holds what it should
not is a fault, and all faults of a file are told together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Self

from outwork.model.errors import Unreadable
from outwork.store.formats.values import decimal

TOLD: Final = 200
"""Most faults of a file that are told."""

Path = tuple[str | int, ...]
"""The names of fields, and the places in lists from 1, that lead to a field."""


@dataclass
class Marks:
    """Which fields of a file were read, and what is wrong with it."""

    read: set[Path] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Twig:
    """A field: a text, further fields by name, or a list. A field that is blank, or not there, is the empty text.

    Args: value; place, such as rover.okh.toml line 12; path, from the top of the file; marks, those of the file.
    """

    value: Mapping[str, Twig] | tuple[Twig, ...] | str
    place: str
    path: Path
    marks: Marks

    def __bool__(self) -> bool:
        """True where the field holds something."""
        return bool(self.value) and (isinstance(self.value, str) or any(self._inner()))

    def __str__(self) -> str:
        """Return the path as people write it: part 2 mass."""
        return " ".join(map(str, self.path))

    def at(self, *names: str) -> Twig:
        """Return the field of one of these names that holds something, however it is capitalised and hyphenated."""
        for name in names:
            if found := self._named.get(plain(name)):
                return found
        return Twig("", self.place, (*self.path, names[0]), self.marks)

    @cached_property
    def _named(self) -> Mapping[str, Twig]:
        """Fields that hold something, by their names without capitals and hyphens."""
        fields = self.value if isinstance(self.value, Mapping) else {}
        return {plain(name): twig for name, twig in fields.items() if twig}

    def rows(self) -> tuple[Twig, ...]:
        """Return what a list holds, or the field itself as the only row; nothing where it is blank."""
        if isinstance(self.value, tuple):
            return tuple(twig for twig in self.value if twig)
        return (self,) if self else ()

    def text(self) -> str:
        """Return a text. A fault where the field holds further fields or several texts."""
        if isinstance(self.value, tuple) and len(self.rows()) == 1:
            return self.rows()[0].text()
        self.marks.read.add(self.path)
        if isinstance(self.value, str):
            return self.value
        if self:
            self.fault("holds further fields where one text is wanted")
        return ""

    def texts(self) -> tuple[str, ...]:
        """Return the texts of a field that may be one or a list; of a row with fields, what names it."""
        named = (
            row.at("name", "title", "description", "descroption", "label") if row.is_branch else row for row in self.rows()
        )
        return tuple(text for row in named if (text := row.text()))

    def number(self) -> float | None:
        """Return a number, None where it is blank. A fault where it is none, or not above 0."""
        written = self.text()
        if not written:
            return None
        try:
            return decimal(written)
        except ValueError:
            self.fault(f"{written!r:.60} is not a number")
            return None

    def size(self) -> float | None:
        """Return a number above 0, None where it is blank. A fault where it is none."""
        found = self.number()
        if found is not None and found <= 0:
            self.fault(f"{found:g} is not above 0")
            return None
        return found

    @property
    def is_branch(self) -> bool:
        """True where the field holds further fields."""
        return isinstance(self.value, Mapping)

    def fault(self, said: str) -> None:
        """Note that something is wrong with the field."""
        self.marks.faults.append(f"{self.place}: '{self}' {said}" if self.path else f"{self.place}: {said}")

    def leaves(self) -> Iterator[Twig]:
        """Yield every text below, blank ones left out."""
        if isinstance(self.value, str):
            if self.value:
                yield self
            return
        for twig in self._inner():
            yield from twig.leaves()

    def unread(self) -> Iterator[Twig]:
        """Yield every text below that nobody read."""
        return (leaf for leaf in self.leaves() if leaf.path not in self.marks.read)

    def fits(self) -> Self:
        """Return the field. Unreadable with every fault of the file, where there are any."""
        if self.marks.faults:
            faults = list(dict.fromkeys(self.marks.faults))
            more = [f"and {len(faults) - TOLD:,} faults more"] if len(faults) > TOLD else []
            raise Unreadable("\n".join([*faults[:TOLD], *more]))
        return self

    def _inner(self) -> Iterator[Twig]:
        return iter(self.value.values() if isinstance(self.value, Mapping) else self.value)  # type: ignore[arg-type]


def grown(value: Any, where: str, line: Callable[[Path], int | None]) -> Twig:
    """Return a tree of Python values; `line` says on which line the field of a path stands, None where it cannot be told."""
    marks = Marks()

    def grow(value: Any, path: Path) -> Twig:
        found = line(path)
        place = where if found is None else f"{where} line {found}"
        if isinstance(value, Mapping):
            inner = {str(name): grow(each, (*path, str(name))) for name, each in value.items()}
            _unlike(inner, marks)
            return Twig(inner, place, path, marks)
        if isinstance(value, list):
            return Twig(tuple(grow(each, (*path, at)) for at, each in enumerate(value, 1)), place, path, marks)
        return Twig(_written(value), place, path, marks)

    return grow(value, ())


def _unlike(inner: Mapping[str, Twig], marks: Marks) -> None:
    """Fault names that differ only in capitals and hyphens."""
    seen: dict[str, str] = {}
    for name in inner:
        first = seen.setdefault(plain(name), name)
        if first != name and inner[first] and inner[name]:
            marks.faults.append(f"{inner[name].place}: field '{name}' says again what '{first}' says; keep one of them")


def _written(value: Any) -> str:
    """Return a single value as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip()


def plain(name: str) -> str:
    """Return a name without capitals, hyphens, underscores and spaces."""
    return re.sub(r"[\s_-]+", "", name).casefold()
