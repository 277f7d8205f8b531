"""What a rule asks: a comparison of one fact, a reference to another entry, or several of these joined.

condition ::= Test (fact, operator, value)
            | Listed (the thing itself, or what it is made for, is listed under one of these paths)
            | Joined (all of, any of, none of several conditions)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal


class Operator(StrEnum):
    """How a fact is compared with the value that a provision states."""

    IS = "is"
    IS_NOT = "is_not"
    IN = "in"
    NOT_IN = "not_in"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"


WORDS: Final = {
    Operator.IS: "is",
    Operator.IS_NOT: "is not",
    Operator.IN: "is one of",
    Operator.NOT_IN: "is none of",
    Operator.AT_LEAST: "at least",
    Operator.MORE_THAN: "more than",
    Operator.AT_MOST: "at most",
    Operator.LESS_THAN: "below",
}
OPPOSITE: Final = {
    Operator.IS: Operator.IS_NOT,
    Operator.IN: Operator.NOT_IN,
    Operator.AT_LEAST: Operator.LESS_THAN,
    Operator.MORE_THAN: Operator.AT_MOST,
}
OPPOSITES: Final = {**OPPOSITE, **{other: own for own, other in OPPOSITE.items()}}
QUANTITATIVE: Final = (Operator.AT_LEAST, Operator.MORE_THAN, Operator.AT_MOST, Operator.LESS_THAN)

Value = float | bool | frozenset[str]


@dataclass(frozen=True)
class Test:
    """A comparison of one fact. `value` is a number in the fact's unit, a flag, or the set of names that are compared with."""

    fact: str
    operator: Operator
    value: Value
    text: str
    """The value as the rule writes it, with its unit."""

    def __str__(self) -> str:
        """Return for example: endurance at least 60 min."""
        if isinstance(self.value, bool):
            return f"{self.fact} is {self.text}"
        return f"{self.fact} {WORDS[self.operator]} {self.text}"

    def opposite(self) -> str:
        """Return in words what makes the comparison false, such as: endurance below 60 min."""
        if isinstance(self.value, bool):
            return f"{self.fact} is {str(not self.value).lower()}"
        return f"{self.fact} {WORDS[OPPOSITES[self.operator]]} {self.text}"


@dataclass(frozen=True)
class Listed:
    """The thing itself is listed under one of the paths; or what it is made for is.

    `itself`: the thing itself; for technology, software and tooling, whose own listing is what an entry asks about, what it is
    made for; likewise for goods that state what they are made for. `made for`: only what it is made for, unknown where nobody
    has said.
    """

    paths: tuple[str, ...]
    whose: Literal["itself", "made for"] = "itself"

    def __str__(self) -> str:
        """Return for example: listed in 9A012."""
        return ("made for what is listed in " if self.whose == "made for" else "listed in ") + " or ".join(self.paths)


@dataclass(frozen=True)
class Joined:
    """All of, any of or none of several conditions; `all` of nothing is true."""

    how: Literal["all", "any", "none"]
    of: tuple[Condition, ...]

    def __str__(self) -> str:
        """Return the conditions in words."""
        if not self.of:
            return "always"
        words = (f"({each})" if isinstance(each, Joined) and len(each.of) > 1 else str(each) for each in self.of)
        if self.how == "none":
            return "none of: " + "; ".join(words)
        return (" and " if self.how == "all" else " or ").join(words)


Condition = Test | Listed | Joined
ALWAYS: Final = Joined("all", ())


def leaves(condition: Condition) -> Iterator[Test | Listed]:
    """Yield the comparisons and references of a condition in their order."""
    if isinstance(condition, Joined):
        for each in condition.of:
            yield from leaves(each)
    else:
        yield condition


def above(path: str) -> Iterator[str]:
    """Yield every text under which a path lies: 9A012.a.2, 9A012.a, 9A012, 9A and 9."""
    yield path
    while "." in path:
        path = path.rpartition(".")[0]
        yield path
    for length in range(min(len(path) - 1, len("9A")), 0, -1):
        if path[:length].isalnum():
            yield path[:length]


def under(path: str, listed: str) -> bool:
    """Return whether a path lies at or below another: 9A012.a.2 under 9A012.a and 9A012, and any 9A entry under 9A.

    A text without digits after its group letter, such as 9A or 9, stands for every entry that begins with it.
    """
    if path == listed or path.startswith(listed + "."):
        return True
    return listed.isalnum() and len(listed) <= len("9A") and path.startswith(listed)
