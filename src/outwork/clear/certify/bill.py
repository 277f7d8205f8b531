"""What a revision is made of, down to what is bought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from outwork.model.programme import Programme

Line = tuple[str, str, float, str]
"""What takes in, what it takes in, how much of it for one [unit/unit], and the choice of which it is an alternative."""


@dataclass(frozen=True)
class Bill:
    """Every line of components of a revision, level by level."""

    top: str
    lines: frozenset[Line]

    @property
    def components(self) -> frozenset[str]:
        """Everything that is in it, at any level."""
        return frozenset(component for _, component, _, _ in self.lines)


@dataclass(frozen=True)
class Bills:
    """The operations of a programme, from which bills are drawn.

    Args: operations, item -> its operations, each with the revision that it makes, None for any; components, by operation.
    """

    operations: Mapping[str, tuple[tuple[str, str | None], ...]]
    components: Mapping[str, frozenset[Line]]

    @classmethod
    def of(cls, programme: Programme) -> Bills:
        """Read the operations and components of a programme."""
        operations: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
        makes: dict[str, str] = {}
        for operation, item, revision in programme["operations"].select("operation", "item", "revision").iter_rows():
            operations[item].append((operation, revision))
            makes[operation] = item
        lines: dict[str, set[Line]] = defaultdict(set)
        taken = programme["components"].select("operation", "item", "quantity", "choice")
        for operation, item, quantity, choice in taken.iter_rows():
            lines[operation].add((makes[operation], item, quantity, choice or ""))
        return cls({each: tuple(rows) for each, rows in operations.items()}, {each: frozenset(s) for each, s in lines.items()})

    def bill(self, item: str, revision: str) -> Bill | None:
        """Return what a revision is made of; None where no operation says how it is made, so that nobody knows."""
        own = [operation for operation, made in self.operations.get(item, ()) if made in (None, revision)]
        if not own:
            return None
        found: set[Line] = set()
        seen, ahead = {item}, own
        while ahead:
            lines = {line for operation in ahead for line in self.components.get(operation, ())}
            found |= lines
            below = {component for _, component, _, _ in lines} - seen
            seen |= below
            ahead = [operation for component in below for operation, _ in self.operations.get(component, ())]
        return Bill(item, frozenset(found))


def changed(before: Bill, after: Bill) -> frozenset[str]:
    """Return the components that differ between two bills, and every assembly of theirs that holds one, the tops excepted."""
    holders: dict[str, set[str]] = defaultdict(set)
    for holder, component, _, _ in before.lines | after.lines:
        holders[component].add(holder)
    ahead = {component for _, component, _, _ in before.lines ^ after.lines}
    found: set[str] = set()
    while ahead:
        found |= ahead
        ahead = {holder for component in ahead for holder in holders[component]} - found
    return frozenset(found - {before.top, after.top})
