"""One movement as those who judge it see it: what moves, from where to whom, what is known of it, and where it is listed.

A case is a row of a batch: what it is asked is answered for all movements at once, and kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from outwork.clear.columns import Columns, Places, truth
from outwork.clear.evaluate import Board
from outwork.clear.logic import UNKNOWN, Truth, Truths
from outwork.clear.opinion import Gap
from outwork.clear.rules.conditions import Condition, Listed, Test, leaves
from outwork.clear.rules.provision import ItemKind
from outwork.clear.things import MADE_FOR


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

    def __str__(self) -> str:
        """Return for example: lapwing A (goods) from PL to UA for watch-ua."""
        revision = "" if self.revision == "all" else f" {self.revision}"
        return f"{self.item}{revision} ({self.kind}) from {self.origin} to {self.destination} for {self.consignee}"


@dataclass
class Batch:
    """Answers about many movements.

    Args: columns, what is known of each, the facts of its item and its own [movement]; board, where things are listed; places,
    which of the board's things each movement moves [movement].
    """

    columns: Columns
    board: Board
    places: Places
    answers: dict[Test | Listed, Truths] = field(default_factory=dict)
    trees: dict[int, tuple[Condition, Truths]] = field(default_factory=dict)

    def truth(self, condition: Condition) -> Truths:
        """Return whether a condition holds, for every movement. [movement]."""
        found = self.trees.get(id(condition))
        if found is None:  # by identity: the rules live as long as the batch, and hashing their trees costs more than asking
            found = self.trees[id(condition)] = (condition, truth(condition, self.leaf, self.columns.size))
        return found[1]

    def leaf(self, leaf: Test | Listed) -> Truths:
        """Return whether a comparison or a reference holds, for every movement. [movement]."""
        if leaf not in self.answers:
            self.answers[leaf] = self.columns.test(leaf) if isinstance(leaf, Test) else self.board.listed(leaf)[self.places]
        return self.answers[leaf]

    def signatures(self, conditions: Iterable[Condition]) -> NDArray[np.int8]:
        """Return the truths of everything that the conditions ask, one row for each movement: equal rows, equal answers."""
        asked = dict.fromkeys(each for condition in conditions for each in leaves(condition))
        columns = [self.leaf(each) for each in asked]
        return np.stack(columns, axis=1) if columns else np.zeros((self.columns.size, 0), np.int8)


@dataclass(frozen=True)
class Case:
    """One movement, with what is known of it."""

    movement: Movement
    state: Truth
    """Whether it is listed at all."""
    listed: tuple[str, ...]
    """Paths under which it is listed."""
    doubtful: tuple[str, ...]
    """Paths under which it may be listed: a fact is missing."""
    missing: tuple[Gap, ...]
    """Facts that could settle whether it is listed."""
    covered: bool
    """False: its class is unknown, or the rules have no entry for it, so that nothing says whether it is listed."""
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

    def unknown(self, condition: Condition) -> tuple[Gap, ...]:
        """Return the facts whose answer could settle a condition that is unknown, in the order in which it asks for them."""
        if self.ask(condition) is not UNKNOWN:
            return ()
        if isinstance(condition, Test):
            return (Gap(condition.fact),)
        if isinstance(condition, Listed):
            known = self.batch.board.made_for.known[self.batch.places[self.row]]
            return self.missing if known else (Gap(MADE_FOR),)
        return tuple(dict.fromkeys(gap for each in condition.of for gap in self.unknown(each)))
