"""Conditions over many things at once: one vector of truths for each comparison, joined as the rules join them.

The listing of a thing may depend on other things (what it is made for) and on other paths (a release speaks of another entry).
So paths are evaluated in the order in which they ask about each other, each for all things.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from outwork.clear.columns import Columns, MadeFor, truth
from outwork.clear.logic import FALSE, Truth, Truths, conjunction, constant, disjunction, negation
from outwork.clear.rules.conditions import Condition, Listed, Test, under
from outwork.clear.rules.rulebook import Control, Entry, Rulebook

GOODS: Final = frozenset(("goods",))
THINGS: Final = frozenset(("goods", "tooling"))


@dataclass
class Board:
    """Truths so far, while they are being found: comparisons once each, and the paths in their order.

    Args: below, text -> the paths at or below it; columns, what is known of the things; kinds, what each of them is [thing];
    made_for, what they are made for; covered, whether the rules have entries for things of their class: where they have not,
    that nothing lists a thing is not known to those that are made for it [thing].
    """

    below: Mapping[str, Sequence[str]]
    columns: Columns
    kinds: Sequence[str]
    made_for: MadeFor
    covered: NDArray[np.bool_]
    tests: dict[Test, Truths] = field(default_factory=dict)
    paths: dict[str, Truths] = field(default_factory=dict)
    masks: dict[frozenset[str], NDArray[np.bool_]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Number of things."""
        return self.columns.size

    def truth(self, condition: Condition) -> Truths:
        """Return whether a condition holds, for every thing. [thing]."""
        return truth(condition, self._leaf, self.size)

    def _leaf(self, leaf: Test | Listed) -> Truths:
        if isinstance(leaf, Listed):
            return self.listed(leaf)
        if leaf not in self.tests:
            self.tests[leaf] = self.columns.test(leaf)
        return self.tests[leaf]

    def listed(self, condition: Listed) -> Truths:
        """Return whether the things themselves, or what they are made for, are listed under the paths so far. [thing]."""
        own = self.under(condition.paths)
        made_for = self.serves(condition.paths, own)
        if condition.whose == "made for":
            return made_for
        return np.where(self.of_kind(GOODS), own, np.maximum(own, made_for))

    def under(self, paths: Sequence[str]) -> Truths:
        """Return whether things are themselves listed under one of the paths. [thing]."""
        return disjunction((self.paths[path] for path in self.matching(paths)), self.size)

    def serves(self, paths: Sequence[str], own: Truths) -> Truths:
        """Return whether what things are made for is listed under one of the paths: unknown where nobody has said what it is.

        Args: own, whether the things themselves are. [thing].
        """
        found = np.where(self.made_for.known, np.int8(Truth.FALSE), np.int8(Truth.UNKNOWN))
        known = np.where(self.covered, own, np.maximum(own, np.int8(Truth.UNKNOWN)))
        np.maximum.at(found, self.made_for.things, known[self.made_for.targets])
        for thing, literal in self.made_for.literals:
            found[thing] = max(found[thing], _literally(literal, paths))
        return found

    def matching(self, paths: Sequence[str]) -> Iterator[str]:
        """Yield the known paths that lie under one of these."""
        return (path for text in paths for path in self.below.get(text, ()) if path in self.paths)

    def of_kind(self, wanted: frozenset[str]) -> NDArray[np.bool_]:
        """Return which things are of one of these kinds. [thing]."""
        if wanted not in self.masks:
            self.masks[wanted] = np.array([kind in wanted for kind in self.kinds], np.bool_)
        return self.masks[wanted]

    def control(self, entry: Entry, control: Control) -> Truths:
        """Return whether things are listed under a control: kind, scope and control hold, and no release of it. [thing]."""
        nothing = constant(FALSE, self.size)
        scope = np.where(self.concerned(entry), self.scope(entry), nothing)
        if not (scope > FALSE).any():
            return nothing
        releases = disjunction((self.truth(each.condition) for each in entry.releases if each.frees(control.path)), self.size)
        return conjunction((scope, self.truth(control.condition), negation(releases)), self.size)

    def scope(self, entry: Entry) -> Truths:
        """Return whether an entry can concern things at all. [thing]."""
        return self.truth(entry.scope)

    def concerned(self, entry: Entry) -> NDArray[np.bool_]:
        """Return for which things an entry asks at all, by their kind. [thing]."""
        return self.of_kind(THINGS if entry.kind in THINGS else frozenset((entry.kind,)))


def evaluate(book: Rulebook, columns: Columns, kinds: Sequence[str], made_for: MadeFor, covered: NDArray[np.bool_]) -> Board:
    """Return the truths of every path of a rulebook, for every thing."""
    board = Board(book.below, columns, kinds, made_for, covered)
    for entry, control in book.order:
        before = board.paths.get(control.path, constant(FALSE, board.size))
        found = np.maximum(before, board.control(entry, control))
        while not np.array_equal(found, before) and control.path in book.reflexive:
            board.paths[control.path], before = found, found
            found = np.maximum(before, board.control(entry, control))  # a part of a part: one link further each time
        board.paths[control.path] = found
    return board


def _literally(literal: str, paths: Sequence[str]) -> Truth:
    """Return whether a path that somebody states lies under others: unknown where it is the broader one."""
    if any(under(literal, each) for each in paths):
        return Truth.TRUE
    return Truth.UNKNOWN if any(under(each, literal) for each in paths) else Truth.FALSE
