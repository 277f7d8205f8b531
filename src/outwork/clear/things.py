"""The things about which the rules are asked: a revision of an item as goods, and what goes with it to those who make it.

Technology, software and tooling for an item have the item's facts, are of their own kind, and are made for the item; an item
that is itself software, a tool or technology says so by its fact `kind`. What an item is made for is another item of the
programme, in whichever revision, or a path of a control list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, cast

import numpy as np

from outwork.clear.columns import UNSTATED, Columns, MadeFor, Measured
from outwork.clear.derive import Completed, complete
from outwork.clear.facts import Doubt, Stated, Statement
from outwork.clear.logic import UNKNOWN, of
from outwork.clear.rules.conditions import under
from outwork.clear.rules.crossing import is_path
from outwork.clear.rules.provision import ITEM_KINDS, ItemKind
from outwork.clear.rules.rulebook import Rulebook
from outwork.clear.rules.vocabulary import Vocabulary

KIND: Final = "kind"
CLASS: Final = "class"
MADE_FOR: Final = "made for"
NOTHING: Final = "none"
EQUIPMENT: Final = "production equipment"
"""The class of tooling, where the vocabulary has it."""


@dataclass(frozen=True, order=True)
class Thing:
    """A revision of an item as something that moves: as goods, or as technology, software or tooling for it."""

    item: str
    revision: str
    kind: ItemKind


@dataclass(frozen=True)
class Things:
    """What is known of things, one place each.

    `movable` names what moves, `kinds` what each is for the rules: an item that moves as goods may itself be a tool.
    """

    movable: tuple[Thing, ...]
    kinds: tuple[ItemKind, ...]
    given: Columns
    """What is stated, before anything is drawn from it."""
    completed: Completed
    made_for: MadeFor
    stated: Stated
    doubts: tuple[Doubt, ...]

    @property
    def columns(self) -> Columns:
        """Everything known of the things, with what follows from it."""
        return self.completed.columns

    @cached_property
    def place(self) -> Mapping[Thing, int]:
        """The place of each thing."""
        return {thing: place for place, thing in enumerate(self.movable)}

    def statement(self, place: int, fact: str) -> Statement | None:
        """Return the row of facts on which a fact of a thing rests, None where it is derived, set here or unknown."""
        thing = self.movable[place]
        return self.stated.of(thing.item, thing.revision).get(fact)


def things(wanted: Iterable[Thing], stated: Stated, book: Rulebook) -> Things:
    """Return what is known of the things that are wanted, and of those that they are made for."""
    doubts: list[Doubt] = []
    full = _with_targets(sorted(set(wanted)), stated, book)
    place = {thing: at for at, thing in enumerate(full)}
    facts = [_facts(thing, stated, book.vocabulary) for thing in full]
    kinds = tuple(_kind(each) for each in facts)
    made_for = _made_for(full, place, stated, book, doubts)
    given = _columns(facts, book.vocabulary)
    completed = complete(given, book.derivations)
    doubts += _refutations(full, completed)
    return Things(tuple(full), kinds, given, completed, made_for, stated, tuple(doubts))


def _facts(thing: Thing, stated: Stated, vocabulary: Vocabulary) -> dict[str, Statement]:
    """Return the facts of a thing: those of its item, and what follows from how it moves."""
    facts = dict(stated.of(thing.item, thing.revision))
    own: dict[str, str] = {} if thing.kind == "goods" and KIND in facts else {KIND: thing.kind}
    known = vocabulary.find(CLASS)
    if thing.kind == "tooling" and known is not None:
        facts.pop(CLASS, None)
        own |= {CLASS: EQUIPMENT} if EQUIPMENT in known.choices else {}
    return facts | {
        name: Statement(thing.item, thing.revision, name, frozenset((text,)), text, "") for name, text in own.items()
    }


def _kind(facts: Mapping[str, Statement]) -> ItemKind:
    """Return what a thing is for the rules; where it is said to be several, the last of ITEM_KINDS."""
    said = cast("frozenset[str]", facts[KIND].value)
    return next(kind for kind in reversed(ITEM_KINDS) if kind in said)


def _columns(facts: Sequence[Mapping[str, Statement]], vocabulary: Vocabulary) -> Columns:
    """Return statements, one mapping for each thing, as columns."""
    columns = Columns(len(facts))
    for name in sorted({name for each in facts for name in each}):
        term = vocabulary.terms[name]
        values = [each[name].value if name in each else None for each in facts]
        if term.kind == "quantity":
            ends = np.array([(-np.inf, np.inf) if value is None else value for value in values], np.float64)
            columns = columns.with_quantity(name, Measured(ends[:, 0], ends[:, 1]))
        elif term.kind == "flag":
            truths = [UNKNOWN if value is None else of(bool(value)) for value in values]
            columns = columns.with_flag(name, np.array(truths, np.int8))
        else:
            columns = columns.with_names(
                name, [UNSTATED if value is None else cast("frozenset[str]", value) for value in values]
            )
    return columns


def _with_targets(wanted: Sequence[Thing], stated: Stated, book: Rulebook) -> list[Thing]:
    """Return the things that are wanted and, as goods, what they are made for, and so on."""
    found = dict.fromkeys(wanted)
    waiting = list(wanted)
    while waiting:
        for target in _targets(waiting.pop(), stated, book):
            if target not in found:
                found[target] = None
                waiting.append(target)
    return sorted(found)


def _targets(thing: Thing, stated: Stated, book: Rulebook) -> Iterator[Thing]:
    """Yield the things that a thing is made for."""
    if thing.kind != "goods":
        yield Thing(thing.item, thing.revision, "goods")
        return
    for name in _named(thing, stated):
        if not _is_literal(name, book):
            yield from (Thing(name, revision, "goods") for revision in stated.revisions.get(name, ()))


def _named(thing: Thing, stated: Stated) -> list[str]:
    """Return what the facts of an item name as what it is made for."""
    statement = stated.of(thing.item, thing.revision).get(MADE_FOR)
    return [] if statement is None else sorted(cast("frozenset[str]", statement.value) - {NOTHING})


def _is_literal(name: str, book: Rulebook) -> bool:
    """Return whether a name is a path of a control list of the rulebook."""
    return is_path(name) and any(under(path, name) or under(name, path) for path in book.paths)


def _made_for(
    full: Sequence[Thing], place: Mapping[Thing, int], stated: Stated, book: Rulebook, doubts: list[Doubt]
) -> MadeFor:
    """Return what things are made for; unknown, and a doubt, where a name is neither an item with facts nor a path."""
    pairs: list[tuple[int, int]] = []
    literals: list[tuple[int, str]] = []
    known = np.zeros(len(full), np.bool_)
    for at, thing in enumerate(full):
        pairs += [(at, place[target]) for target in _targets(thing, stated, book)]
        names = _named(thing, stated) if thing.kind == "goods" else []
        literals += [(at, name) for name in names if _is_literal(name, book)]
        strange = [name for name in names if not _is_literal(name, book) and name not in stated.revisions]
        for name in strange:
            sentence = (
                f"made for '{name}', which is neither an item of the programme nor a path of the rules; it counts as unknown"
            )
            doubts.append(Doubt(thing.item, thing.revision, MADE_FOR, sentence, "unknown"))
        said = thing.kind != "goods" or MADE_FOR in stated.of(thing.item, thing.revision)
        known[at] = said and not strange
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    return MadeFor(ends[:, 0], ends[:, 1], tuple(literals), known)


def _refutations(full: Sequence[Thing], completed: Completed) -> Iterator[Doubt]:
    """Yield a doubt for each fact that contradicts what follows from others."""
    for derivation, mask in completed.refuted:
        for at in np.flatnonzero(mask):
            thing = full[int(at)]
            reason = f" ({derivation.note.rstrip('.')})" if derivation.note else ""
            sentence = f"{derivation.fact} contradicts what follows from other facts{reason}; it counts as unknown"
            yield Doubt(thing.item, thing.revision, derivation.fact, sentence, "unknown")
