"""One reading of a plain evaluator in Python: rule by rule, item by item, lane by lane, true or false, nothing kept.

    python -m benchmarks.peers.clearing_plain 200 1000 200 1000 10

The last word is how many of the lanes are asked about. It stops at the first rule that forbids, and gives no reason.
"""

from __future__ import annotations

import operator
import sys
from collections.abc import Mapping

from benchmarks.measure import Lap, tell
from benchmarks.peers.clearing_case import CLOSE, NOTICE, Comparison, Rule, world

HOW = {">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt, "is": operator.eq}
Facts = Mapping[str, int | bool]


def main(words: list[str]) -> None:
    """Tell the seconds and the answers."""
    *size, some = map(int, words)
    made = world(*size)
    lap = Lap()
    allowed = [allows(made.rules, facts, nation) for facts in made.items.values() for _, nation in made.lanes[:some]]
    tell(seconds=lap(), allowed=sum(allowed), asked=len(allowed))
    tell(answers="".join("01"[each] for each in allowed))


def allows(rules: tuple[Rule, ...], facts: Facts, nation: str) -> bool:
    """Return whether an item may go without a licence."""
    return (nation in CLOSE and bool(facts[NOTICE])) or not any(lists(rule, facts) for rule in rules)


def lists(rule: Rule, facts: Facts) -> bool:
    """Return whether a rule lists an item."""
    return any(holds(path, facts) for path in rule.paths) and not (rule.release and holds(rule.release, facts))


def holds(comparisons: tuple[Comparison, ...], facts: Facts) -> bool:
    """Return whether all comparisons hold."""
    return all(HOW[how](facts[fact], value) for fact, how, value in comparisons)


if __name__ == "__main__":
    main(sys.argv[1:])
