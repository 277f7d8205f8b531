"""Under which paths of the control lists things stand: surely, perhaps, or not at all; and which facts would tell.

A thing is listed where it is listed under any path; it is surely not listed where it is under none and the rules cover things
of its class at all. Which facts could settle what is unknown is found from the top down:

    a path that is unknown asks its scope's facts where the scope is unknown, else those of its control and of its releases;
    a condition that is unknown asks the facts of those of its parts that are unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from outwork.clear.columns import NOTHING_KNOWN, Columns, MadeFor
from outwork.clear.evaluate import THINGS, Board, evaluate
from outwork.clear.logic import TRUE, UNKNOWN, Truth, Truths, disjunction
from outwork.clear.rules.conditions import Condition, Joined, Listed, Operator, Test, leaves
from outwork.clear.rules.rulebook import Control, Entry, ItemKind, Rulebook
from outwork.clear.things import CLASS, MADE_FOR, Things

Mask = NDArray[np.bool_]
NAMING: Final = (Operator.IS, Operator.IN)


@dataclass(frozen=True)
class Listings:
    """Where things are listed. Arrays are [thing]."""

    board: Board
    entries: tuple[Entry, ...]
    covered: Mask
    """False where the class is unknown, or the rules have no entry for things of that class: nothing says whether they are
    listed."""

    @cached_property
    def states(self) -> Truths:
        """Whether each thing is listed at all. [thing]."""
        found = disjunction(self.board.paths.values(), self.board.size)
        return np.where(self.covered, found, np.maximum(found, np.int8(UNKNOWN)))

    def paths(self, place: int, truth: Truth) -> tuple[str, ...]:
        """Return the paths under which a thing has that truth."""
        names = list(self.board.paths)
        return tuple(names[row] for row in np.flatnonzero(self.matrix[:, place] == int(truth)))

    @cached_property
    def matrix(self) -> Truths:
        """Whether each thing is listed under each path. [path, thing]."""
        empty = np.zeros((0, self.board.size), np.int8)
        return np.concatenate([empty, *(truths[np.newaxis] for truths in self.board.paths.values())])

    @cached_property
    def controls(self) -> Mapping[str, tuple[tuple[Entry, Control], ...]]:
        """The controls of each path, more than one where versions of an entry hold together."""
        found: dict[str, list[tuple[Entry, Control]]] = {}
        for entry in self.entries:
            for control in entry.controls:
                found.setdefault(control.path, []).append((entry, control))
        return {path: tuple(pairs) for path, pairs in found.items()}

    @cached_property
    def missing(self) -> Mapping[str, Mask]:
        """Fact -> for which things it is asked for, because it could settle whether they are listed. [thing]."""
        return _Missing(self).found()


def listings(things: Things, book: Rulebook) -> Listings:
    """Return where things are listed by the law of a rulebook."""
    return listed(things.columns, things.kinds, things.made_for, book)


def listed(columns: Columns, kinds: Sequence[ItemKind], made_for: MadeFor, book: Rulebook) -> Listings:
    """Return where things are listed, of which this is known. `made_for` may name places of other things in the columns."""
    covered = _covered(columns, kinds, book)
    return Listings(evaluate(book, columns, kinds, made_for, covered), book.entries, covered)


def _covered(columns: Columns, kinds: Sequence[ItemKind], book: Rulebook) -> Mask:
    """Return for which things the rules have entries, or are known to need none: goods by class, others by kind. [thing]."""
    known = book.vocabulary.find(CLASS)
    named = columns.named(CLASS)
    spoken_of = classes([entry for entry in book.entries if entry.kind in THINGS])
    plain = frozenset(() if known is None else known.plain)
    by_class = np.array([bool(each) and each <= spoken_of | plain for each in named.sets], np.bool_)[named.codes]
    by_kind = np.isin(np.array(kinds), sorted({entry.kind for entry in book.entries}))
    return np.where(np.array(kinds) == "goods", by_class, by_kind)


def classes(entries: Sequence[Entry]) -> frozenset[str]:
    """Return every class of things of which some entry speaks."""
    tests = (
        leaf
        for entry in entries
        for condition in (entry.scope, *(control.condition for control in entry.controls))
        for leaf in leaves(condition)
        if isinstance(leaf, Test) and leaf.fact == CLASS and leaf.operator in NAMING
    )
    return frozenset().union(*(test.value for test in tests if isinstance(test.value, frozenset)))


class _Missing:
    """Finds, path by path and from the top down, which facts could settle what is unknown."""

    def __init__(self, listings: Listings) -> None:
        """Begin with the things whose listing is unknown, and with those on whose listing they depend."""
        self.listings = listings
        self.board = listings.board
        self.facts: dict[str, Mask] = {}
        self.asked: dict[str, Mask] = {}

    def found(self) -> Mapping[str, Mask]:
        """Return fact -> things."""
        wanted = self.listings.states == UNKNOWN
        unclassed = self.board.columns.named(CLASS).codes == NOTHING_KNOWN
        self._note(CLASS, wanted & unclassed & (np.array(self.board.kinds) == "goods"))
        for path in reversed(self.board.paths):  # those that are asked about come before those that ask
            asked = wanted | self.asked.get(path, np.zeros(self.board.size, np.bool_))
            self._path(path, asked & (self.board.paths[path] == UNKNOWN))
        return self.facts

    def _path(self, path: str, asked: Mask) -> None:
        if not asked.any():
            return
        pairs = self.listings.controls[path]
        for entry, control in pairs:
            here = asked if len(pairs) == 1 else asked & (self.board.control(entry, control) == UNKNOWN)
            scope = self.board.scope(entry)
            self._ask(entry.scope, here & (scope == UNKNOWN))
            inside = here & (scope == TRUE)
            self._ask(control.condition, inside)
            for release in entry.releases:
                if release.frees(control.path):
                    self._ask(release.condition, inside)

    def _ask(self, condition: Condition, asked: Mask) -> None:
        """Note the facts of a condition for those things for which it is unknown. [thing]."""
        here = asked & (self.board.truth(condition) == UNKNOWN)
        if not here.any():
            return
        if isinstance(condition, Joined):
            for each in condition.of:
                self._ask(each, here)
        elif isinstance(condition, Test):
            self._note(condition.fact, here)
        else:
            self._follow(condition, here)

    def _follow(self, condition: Listed, asked: Mask) -> None:
        """Ask about what things are made for: what it is, where nobody has said, or where it is listed itself."""
        made_for = self.board.made_for
        self._note(MADE_FOR, asked & ~made_for.known)
        targets = np.zeros(self.board.size, np.bool_)
        targets[made_for.targets[asked[made_for.things]]] = True
        if condition.whose == "itself":
            targets |= asked
        for path in self.board.matching(condition.paths):
            self.asked[path] = self.asked.get(path, np.zeros(self.board.size, np.bool_)) | targets

    def _note(self, fact: str, asked: Mask) -> None:
        if asked.any():
            self.facts[fact] = self.facts.get(fact, np.zeros(self.board.size, np.bool_)) | asked
