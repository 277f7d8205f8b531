"""The little language in which the policy says which rows of a table somebody may see or write.

Every word of it can be said to polars (`filters`), to PostgreSQL (`sql`) and to people (`page`). It has no "not": a rule looks
only at the row itself, at who asks, and at rows that the same person may see, so a row that they may not see can neither open
nor close another one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Whose = Literal["party", "nation"]


class Rule:
    """Which rows. `a | b` is either, `a & b` both."""

    def __or__(self, other: Rule) -> Rule:
        """Return the rule that opens what either opens."""
        return AnyOf((self, other))

    def __and__(self, other: Rule) -> Rule:
        """Return the rule that opens what both open."""
        return AllOf((self, other))


@dataclass(frozen=True)
class Everything(Rule):
    """Every row."""


@dataclass(frozen=True)
class Named(Rule):
    """Rows to which a row that they see refers. It stands alone as a part of a table, and no other rule may rest on it."""


@dataclass(frozen=True)
class Is(Rule):
    """The column names the asker's own party or nation."""

    column: str
    whose: Whose


@dataclass(frozen=True)
class Blank(Rule):
    """Nothing stands in the column, which is text."""

    column: str


@dataclass(frozen=True)
class Among(Rule):
    """The columns together are found in columns of rows that they see of a table, or of one part of those rows.

    `part` is empty where all rows count that they see by a part other than `Named`.
    """

    columns: tuple[str, ...]
    table: str
    part: str
    theirs: tuple[str, ...]


@dataclass(frozen=True)
class AnyOf(Rule):
    """At least one of the rules opens the row."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class AllOf(Rule):
    """All of the rules open the row."""

    rules: tuple[Rule, ...]


EVERYTHING: Final = Everything()
NAMED: Final = Named()


def is_party(column: str) -> Rule:
    """Return the rule that the column names the asker's party."""
    return Is(column, "party")


def is_nation(column: str) -> Rule:
    """Return the rule that the column names the asker's nation."""
    return Is(column, "nation")


def among(columns: str, where: str, theirs: str = "") -> Rule:
    """Return the rule that columns are found in visible rows of another table.

    Args: columns, theirs: names separated by spaces, theirs the same where none are given; where: `table` or `table.part`.
    """
    table, _, part = where.partition(".")
    return Among(tuple(columns.split()), table, part, tuple((theirs or columns).split()))


def leaves(rule: Rule) -> Iterator[Rule]:
    """Yield the rules of which a rule is put together."""
    if isinstance(rule, AnyOf | AllOf):
        for each in rule.rules:
            yield from leaves(each)
    else:
        yield rule


def own_columns(rule: Rule) -> set[str]:
    """Return the columns of the row itself at which a rule looks."""
    found: set[str] = set()
    for leaf in leaves(rule):
        match leaf:
            case Is(column) | Blank(column):
                found.add(column)
            case Among(columns):
                found.update(columns)
    return found
