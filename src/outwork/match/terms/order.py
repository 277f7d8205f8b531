"""What goes before what, by a table that names for each thing those right above it; and what follows from that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from outwork.match.terms.spelling import bare
from outwork.model.nearest import nearest
from outwork.model.sheet import Line


@dataclass(frozen=True)
class Order:
    """Names with their spellings, and for each all that follows from it, itself included.

    Args: spelt, name by every spelling without its spaces and signs; follows, by name.
    """

    spelt: Mapping[str, str]
    follows: Mapping[str, frozenset[str]]

    def name(self, text: str) -> str:
        """Return the name that a text spells, or its bare letters where the table has none: equal texts stay equal."""
        return self.spelt.get(bare(text), f"~{bare(text)}")

    def knows(self, text: str) -> bool:
        """Return whether the table has the text."""
        return bare(text) in self.spelt

    def nearest(self, text: str) -> str:
        """Return the name most like a text that the table has not, or an empty text."""
        return nearest(text, self.follows)

    def implies(self, one: str, other: str) -> bool:
        """Return whether the second name follows from the first."""
        return one == other or other in self.follows.get(one, ())

    def before(self, name: str) -> tuple[str, ...]:
        """Return the names that a name follows from, itself first."""
        return (name, *sorted(one for one, after in self.follows.items() if name in after and one != name))


def ordered(rows: Iterable[tuple[Line, str, tuple[str, ...]]], column: str, named: str) -> Order:
    """Read names, those right after them, and their spellings (column `names`). Faults go to the lines.

    Args: rows, line, name, names right after it; column, that holds those; named, the column of the name.
    """
    lines = {name: line for line, name, _ in rows}
    right = {name: tuple(after) for _, name, after in rows}
    spelt: dict[str, str] = {}
    for line, name, after in rows:
        for spelling in dict.fromkeys(map(bare, (name, *line.names("names")))):
            if spelt.setdefault(spelling, name) != name:
                line.fault("names", f"'{name}' is spelt like '{spelt[spelling]}'")
        for other in after:
            if other not in right:
                line.fault(column, f"{column} '{other}' is not a {named} of the file", nearest(other, right))
    follows = {name: _after(name, right) for name in right}
    for name, after_all in follows.items():
        if any(name in follows.get(other, ()) for other in after_all - {name}):
            lines[name].fault(column, f"'{name}' follows from itself")
    return Order(spelt, follows)


def _after(name: str, right: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting.extend(right.get(here, ()))
    return frozenset(found)
