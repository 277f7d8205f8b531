"""One movement as those who judge it see it: what moves, from where to whom, what is known of it, and where it is listed.

A case is a row of a batch: what it is asked is answered for all movements at once, and kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from outwork.clear.columns import Columns, truth
from outwork.clear.logic import Truth, Truths, disjunction
from outwork.clear.rules.conditions import Condition, Listed, Test, under
from outwork.clear.rules.rulebook import ItemKind


@dataclass(frozen=True)
class Movement:
    """Something that moves from one nation to another, to a party there."""

    item: str
    """What moves, or what the technology, software or tooling is for."""
    revision: str
    kind: ItemKind
    origin: str
    destination: str
    consignee: str
    final: frozenset[str] = frozenset()
    """Nations in which it ends, worked on or handed over; more than one where the programme sends it on to several."""
    processed: bool | None = None
    """Whether it is worked on or built into something at its destination; None where the programme does not say."""
    demands: frozenset[str] = frozenset()
    """Demands that it can serve."""


@dataclass
class Batch:
    """Answers about many movements. `columns`: what is known of each, the facts of its item and its own. [movement]."""

    columns: Columns
    listings: Mapping[str, Truths]
    """Path -> whether what moves is listed there. [movement]."""
    answers: dict[int, tuple[Condition, Truths]] = field(default_factory=dict)

    def truth(self, condition: Condition) -> Truths:
        """Return whether a condition holds, for every movement."""
        found = self.answers.get(id(condition))
        if found is None:  # by identity: the rules live as long as the batch, and hashing their trees costs more than asking
            found = self.answers[id(condition)] = (condition, self._truth(condition))
        return found[1]

    def _truth(self, condition: Condition) -> Truths:
        return truth(condition, self._leaf, self.columns.size)

    def _leaf(self, leaf: Test | Listed) -> Truths:
        if isinstance(leaf, Test):
            return self.columns.test(leaf)
        matching = (truths for path, truths in self.listings.items() if any(under(path, each) for each in leaf.paths))
        return disjunction(matching, self.columns.size)


@dataclass(frozen=True)
class Case:
    """One movement, with what is known of it."""

    movement: Movement
    listed: tuple[str, ...]
    """Paths under which it is listed."""
    doubtful: tuple[str, ...]
    """Paths under which it may be listed: a fact is missing."""
    covered: bool
    """False: no entry of the rules covers things of its class, so that nothing says whether it is listed."""
    row: int
    batch: Batch = field(repr=False)

    def ask(self, condition: Condition) -> Truth:
        """Return whether a condition holds for this movement."""
        return Truth(int(self.batch.truth(condition)[self.row]))

    def flag(self, fact: str) -> Truth:
        """Return a flag of this movement, unknown where nobody has stated it."""
        return Truth(int(self.batch.columns.flag(fact)[self.row]))

    def names(self, fact: str) -> frozenset[str]:
        """Return a choice, text or nation of this movement, empty where nobody has stated it."""
        named = self.batch.columns.named(fact)
        return named.sets[int(named.codes[self.row])]

    def quantity(self, fact: str) -> tuple[float, float]:
        """Return between which two values a quantity lies, in the vocabulary's unit; everything where nobody has stated it."""
        measured = self.batch.columns.quantity(fact)
        return float(measured.low[self.row]), float(measured.high[self.row])

    def unknown(self, condition: Condition) -> tuple[str, ...]:
        """Return the facts whose answer could settle a condition that is unknown, in the order in which it asks for them."""
        if self.ask(condition) is not Truth.UNKNOWN:
            return ()
        if isinstance(condition, Test):
            return (condition.fact,)
        if isinstance(condition, Listed):
            return ("made for",)
        return tuple(dict.fromkeys(fact for each in condition.of for fact in self.unknown(each)))
