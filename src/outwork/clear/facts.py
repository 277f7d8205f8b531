"""From the programme's table of facts to what is known of each item and revision, in the vocabulary's kinds and units.

A fact that is stated for `all` holds for every revision. Two statements that cannot both be true, a cell that cannot be read
and a unit of another dimension leave the fact unknown and are named; a name that no rule asks about is named too, and changes
nothing. What rules derive from other facts narrows what is stated.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import polars as pl

from outwork.clear import unit_in_name
from outwork.clear.rules.cells import Interval, flag, interval
from outwork.clear.rules.rulebook import Rulebook
from outwork.clear.rules.vocabulary import Term, Vocabulary
from outwork.clear.units import NoUnit, convert
from outwork.model.nearest import nearest
from outwork.model.sheet import Unparsed

ALL: Final = "all"
"""What the tables write where a fact holds for every revision."""
SEPARATOR: Final = ";"
SHOWN: Final = 60
"""Characters of a cell that are repeated in a message."""

Value = Interval | bool | frozenset[str]


@dataclass(frozen=True)
class Statement:
    """One row of the table of facts that could be read."""

    item: str
    revision: str
    fact: str
    value: Value
    text: str
    """The cell and its unit, as written."""
    source: str


@dataclass(frozen=True)
class Doubt:
    """A row of the table of facts that could not be used, or two of them that contradict each other."""

    item: str
    revision: str
    fact: str
    sentence: str
    grave: Literal["unused", "unknown"]
    """unused: no rule asks about it. unknown: the fact is asked about, and is unknown because of this."""


@dataclass(frozen=True)
class Stated:
    """What is known of items and revisions, and what could not be used."""

    by_item: Mapping[tuple[str, str], Mapping[str, Statement]]
    """(item, revision) -> fact -> what is known of it."""
    doubts: tuple[Doubt, ...]

    @cached_property
    def revisions(self) -> Mapping[str, tuple[str, ...]]:
        """Revisions of each item: those that are named, or `all` where there are none."""
        found: dict[str, list[str]] = {}
        for item, revision in self.by_item:
            found.setdefault(item, []).append(revision)
        return {item: tuple(each for each in named if each != ALL) or (ALL,) for item, named in found.items()}

    def of(self, item: str, revision: str) -> Mapping[str, Statement]:
        """Return what is known of a revision of an item; of one that nobody names, what holds for all of them."""
        return self.by_item.get((item, revision)) or self.by_item.get((item, ALL), {})


def stated(facts: pl.DataFrame, revisions: Iterable[tuple[str, str]], book: Rulebook) -> Stated:
    """Return what the table of facts says of each item and revision.

    Args: facts, the table; revisions, the items and revisions that are asked about beyond those that the table names.
    """
    doubts: list[Doubt] = []
    rows: dict[tuple[str, str], list[Statement]] = {}
    meant = {name: unit_in_name.find(name, book.vocabulary) for name in facts["fact"].unique().to_list()}
    for row in facts.iter_rows():
        found = _statement(book.vocabulary, meant[row[2]], row)
        if isinstance(found, Doubt):
            doubts.append(found)
        else:
            rows.setdefault((found.item, found.revision), []).append(found)
    unreadable = {(each.item, each.revision, each.fact) for each in doubts if each.grave == "unknown"}
    by_item: dict[tuple[str, str], Mapping[str, Statement]] = {}
    for item, revision in sorted({*rows, *revisions, *((item, ALL) for item, _ in rows)}):
        general = () if revision == ALL else rows.get((item, ALL), ())
        spoilt = {fact for other, at, fact in unreadable if other == item and at in {ALL, revision}}
        by_item[item, revision] = _merged([*general, *rows.get((item, revision), ())], spoilt, revision, doubts)
    return Stated(by_item, tuple(dict.fromkeys(doubts)))


def _merged(statements: Sequence[Statement], spoilt: set[str], revision: str, doubts: list[Doubt]) -> dict[str, Statement]:
    """Return one statement for each fact; none, and a doubt, where two of them cannot both be true."""
    merged: dict[str, Statement] = {}
    refuted = set(spoilt)
    for each in statements:
        before = merged.get(each.fact)
        both = each if before is None else together(before, each)
        if both is None:
            refuted.add(each.fact)
            sentence = (
                f"{each.fact} has two values, {_said(before or each)} and {_said(each)}; it counts as unknown until one goes"
            )
            doubts.append(Doubt(each.item, revision, each.fact, sentence, "unknown"))
        else:
            merged[each.fact] = both
    return {fact: statement for fact, statement in merged.items() if fact not in refuted}


def together(one: Statement, other: Statement) -> Statement | None:
    """Return what two statements of a fact say together, None where they cannot both be true."""
    if isinstance(one.value, tuple) and isinstance(other.value, tuple):
        low, high = max(one.value[0], other.value[0]), min(one.value[1], other.value[1])
        if low > high:
            return None
        narrower = other if (low, high) == other.value else one
        text = narrower.text if (low, high) == narrower.value else f"{one.text} and {other.text}"
        return Statement(one.item, one.revision, one.fact, (low, high), text, narrower.source)
    return one if one.value == other.value else None


def _said(statement: Statement) -> str:
    return f"'{statement.text}'" + (f" ({statement.source})" if statement.source else "")


def _statement(
    vocabulary: Vocabulary,
    meant: tuple[Term | None, str],
    row: tuple[str, str, str, str, str, str],
) -> Statement | Doubt:
    """Return one row as a statement, or what is wrong with it. Args: meant, the term of its name, and the unit in that."""
    item, revision, name, value, unit, source = row
    term, own = meant
    where = (item, revision or ALL)
    if term is None:
        near = nearest(name[:SHOWN], vocabulary.terms)
        hint = f"; did you mean '{near}'?" if near else ""
        return Doubt(*where, name, f"no rule asks about '{name[:SHOWN]}'{hint}", "unused")
    if term.set_here:
        return Doubt(*where, term.name, f"'{term.name}' follows from the movement and is not stated with an item", "unused")
    try:
        read = _value(term, value, _one_unit(term, unit, own))
    except Unparsed as error:
        return Doubt(*where, term.name, f"{term.name}: {error}; it counts as unknown", "unknown")
    return Statement(*where, term.name, read, f"{value} {unit or own}".strip(), source)


def _one_unit(term: Term, given: str, own: str) -> str:
    """Return the unit of a cell, which may stand in its row, or at the end of the name; Unparsed where both do and differ."""
    if not given or not own:
        return given or own
    try:
        alike = convert(1.0, given, term.unit) == convert(1.0, own, term.unit)
    except NoUnit as error:
        raise Unparsed(str(error)) from error
    if not alike:
        raise Unparsed(f"the name says '{own}' and the unit says '{given}'")
    return given


def _value(term: Term, text: str, unit: str) -> Value:
    """Return a cell as the vocabulary's kind of value; Unparsed says what is wrong with it."""
    if term.kind == "quantity":
        low, high = interval(text, unit, term.unit)
        if math.isnan(low) or math.isnan(high):
            raise Unparsed(f"'{text[:SHOWN]}' is not a number")
        return low, high
    if unit:
        raise Unparsed(f"a {term.kind} has no unit, and '{unit[:SHOWN]}' stands there")
    return flag(text) if term.kind == "flag" else frozenset(_names(term, text))


def _names(term: Term, text: str) -> Iterator[str]:
    names = [each.strip() for each in text.split(SEPARATOR) if each.strip()]
    if not names:
        raise Unparsed("the value is empty")
    for name in names:
        if term.kind == "nation" and not (len(name) == 2 and name.isascii() and name.isalpha() and name.isupper()):  # noqa: PLR2004 - ISO 3166 alpha-2
            raise Unparsed(f"'{name[:SHOWN]}' is not a nation of two capital letters")
        if term.choices and name.casefold() not in term.by_case:
            near = nearest(name[:SHOWN], term.choices)
            hint = f"; did you mean '{near}'?" if near else ""
            raise Unparsed(f"'{name[:SHOWN]}' is not one of {', '.join(term.choices)}{hint}")
        yield term.by_case.get(name.casefold(), name)
