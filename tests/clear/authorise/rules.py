"""The shipped rules of the Union, and answers to their conditions, for tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from outwork.clear import authorise
from outwork.clear.authorise import AuthoriseBook, Finding
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of, negated
from outwork.clear.rules.conditions import Condition, Joined, Operator, Test
from outwork.clear.rules.read import read
from outwork.clear.rules.rulebook import Rulebook
from outwork.store import rulebook

Value = bool | float | str
Facts = Mapping[str, Value]
CLEAN: Facts = {
    "informed of a use of article 4": False,
    "aware of a use of article 4": False,
    "grounds to suspect a use of article 4": False,
    "to a free zone": False,
}
"""What an exporter states who has nothing to hide."""


@cache
def shipped() -> Rulebook:
    return read(rulebook.texts())


@cache
def book() -> AuthoriseBook:
    return authorise.read(shipped())


def answers(facts: Facts, made_for: tuple[str, ...] | None = None) -> Callable[[Condition], Truth]:
    """Answers by facts; what is not among them is unknown. `made_for`: paths that list what the item is made for."""

    def ask(condition: Condition) -> Truth:
        if isinstance(condition, Joined):
            parts = [ask(each) for each in condition.of]
            return (
                all_of(parts) if condition.how == "all" else any_of(parts) if condition.how == "any" else negated(any_of(parts))
            )
        if isinstance(condition, Test):
            return compared(condition, facts[condition.fact]) if condition.fact in facts else UNKNOWN
        if made_for is None:
            return UNKNOWN
        return TRUE if any(each.startswith(path) for each in made_for for path in condition.paths) else FALSE

    return ask


def compared(test: Test, value: Value) -> Truth:
    """Compare a fact that is known."""
    if test.operator in {Operator.AT_MOST, Operator.AT_LEAST}:
        assert isinstance(test.value, float)
        assert not isinstance(value, str)
        held = value <= test.value if test.operator == Operator.AT_MOST else value >= test.value
    elif isinstance(test.value, frozenset):
        held = (value in test.value) == (test.operator in {Operator.IS, Operator.IN})
    else:
        held = value == test.value
    return TRUE if held else FALSE


def truths(findings: tuple[Finding, ...]) -> dict[str, Truth]:
    return {finding.name: finding.truth for finding in findings}
