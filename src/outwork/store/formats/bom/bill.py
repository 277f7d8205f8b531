"""A bill of material as rows of a programme: parts as items, and one operation that puts them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from outwork.model.tables.design import Component, Item, Operation
from outwork.store.formats.bom.line import Line
from outwork.store.formats.gathering import Gathering, neat

SOURCE: Final = "bill of material"
PLACED: Final = "designators of "
"""Begins the fact of an assembly that says where a part of it is."""
SOLDERED: Final = "printed circuit board assembly"
ASSEMBLED: Final = "assembly"


@dataclass(frozen=True)
class Bill:
    """The lines of a bill of material.

    Args: where, its file; lines; stray, rows that are no lines; counts, whether it says how many of each part there are.
    """

    where: str
    lines: tuple[Line, ...]
    stray: tuple[str, ...] = ()
    counts: bool = True

    @property
    def process(self) -> str:
        """The process of putting it together: of a board where parts have designators, else assembly."""
        return SOLDERED if any(line.designators for line in self.lines) else ASSEMBLED

    def build(self, into: Gathering, name: str) -> None:
        """Add an item of that name, its parts and the operation that assembles it."""
        item = into.named("items", name, self.where)
        into.add(Item(item=item, name=neat(name), sourcing="make"))
        taken: dict[str, float] = {}
        self.gather(item, into, taken)
        if taken:
            operation = f"make {item}"
            into.add(Operation(operation=operation, item=item, process=self.process))
            into.add(*(Component(operation=operation, item=part, quantity=count) for part, count in taken.items()))

    def gather(self, item: str, into: Gathering, taken: dict[str, float]) -> set[str]:
        """Add the parts as items, count them in `taken`, and return them; the bill's count of what is there goes before."""
        for stray in self.stray:
            into.losses.add("row that names no part", stray, "left out")
        parts: dict[tuple[str, ...], list[Line]] = {}
        for line in self.lines:
            if line.absent:
                what = f"{line.called or 'part'} {', '.join(line.designators)}".strip()
                into.losses.add(
                    "part that is not fitted",
                    f"'{item}', {what} ({line.place})",
                    f"left out: {line.absent}",
                )
            elif not line.called:
                into.losses.add(
                    "designator without a part",
                    f"{line.place}: {', '.join(line.designators)}",
                    "left out: nothing says what it is",
                )
            else:
                parts.setdefault(line.part, []).append(line)
        counts: dict[str, float] = {}
        for lines in parts.values():
            part = lines[0].called if lines[0].called in taken else _known(lines[0], into)
            self._describe(part, lines, into)
            if self.counts:
                counts[part] = counts.get(part, 0.0) + _counted(part, lines, into)
                into.fact(item, f"{PLACED}{part}", ", ".join(name for line in lines for name in line.designators), SOURCE)
        taken.update(counts)
        return set(counts)

    def _describe(self, part: str, lines: list[Line], into: Gathering) -> None:
        """Add a part as an item, and what its lines say of it."""
        first = lines[0]
        name = neat(first.name) if first.item and first.name else first.called
        into.add(Item(item=part, name=name, unit=neat(first.unit) or "piece", sourcing="buy"))
        for line in lines:
            for fact, value in line.facts().items():
                into.fact(part, fact, value, SOURCE)
        if not self.counts:
            said = "neither designators nor quantities are stated, so nothing is assembled of it"
            into.losses.add("quantity", f"part '{part}'", said)


def _counted(part: str, lines: list[Line], into: Gathering) -> float:
    """Return how many of a part the lines take: their designators, else their quantities, else one."""
    if any(line.quantity is None and not line.designators for line in lines):
        into.losses.add("quantity", f"part '{part}'", "not stated, so one is taken")
    given = (1.0 if line.quantity is None else line.quantity for line in lines if not line.designators)
    return float(sum(len(line.designators) for line in lines)) + sum(given)


def _known(line: Line, into: Gathering) -> str:
    """Return the item of a part: the one that Outwork wrote, that has the same number and maker already, or a new one."""
    name = line.called
    if line.item:
        return name
    if line.number and into.has("items", name) and _facts(name, into) == (line.number, line.maker):
        return name
    return into.named("items", name, *line.tellers)


def _facts(item: str, into: Gathering) -> tuple[str, str]:
    found: Mapping[str, object] = {
        name: into.rows.get(("facts", item, "all", name)) for name in ("manufacturer's part number", "manufacturer")
    }
    number, maker = (str(getattr(row, "value", "")) for row in found.values())
    return number, maker
