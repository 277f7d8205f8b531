"""One reading of Cedar (cedarpy): the same yes or no, as a policy that permits and one that forbids for each rule.

    python -m benchmarks.peers.clearing_cedar 200 1000 200 1000 10

The last word is how many of the lanes are asked about; each costs it the same. Policies and items are parsed once, and that
does not count. All facts are there: of one that is missing Cedar makes an error and passes the policy over, so that it
permits.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import cedarpy

from benchmarks.measure import Lap, tell
from benchmarks.peers.clearing_case import CLOSE, NOTICE, Comparison, Rule, world


def main(words: list[str]) -> None:
    """Tell the seconds and the answers."""
    *size, some = map(int, words)
    made = world(*size)
    policies = cedarpy.PolicySet.from_str("\n".join(["permit(principal, action, resource);", *map(policy, made.rules)]))
    entities = cedarpy.Entities.from_json_str(json.dumps([entity(item, facts) for item, facts in made.items.items()]))
    lap = Lap()
    found = cedarpy.is_authorized_batch(
        [request(item, nation) for item in made.items for _, nation in made.lanes[:some]], policies, entities
    )
    allowed = [each.allowed for each in found]
    tell(seconds=lap(), allowed=sum(allowed), asked=len(allowed))
    tell(answers="".join("01"[each] for each in allowed))


def policy(rule: Rule) -> str:
    """Return a rule as a policy that forbids, unless the lane leads to a partner and notice is given."""
    paths = " || ".join(f"({' && '.join(map(written, path))})" for path in rule.paths)
    release = f" && !({' && '.join(map(written, rule.release))})" if rule.release else ""
    return (
        f"forbid(principal, action, resource) when {{ ({paths}){release} }} "
        f"unless {{ context.close && resource.{name(NOTICE)} }};"
    )


def written(comparison: Comparison) -> str:
    """Return a comparison in Cedar's words."""
    fact, operator, value = comparison
    return f"resource.{name(fact)} {'==' if operator == 'is' else operator} {str(value).lower()}"


def name(fact: str) -> str:
    """Return the name of a fact as an attribute."""
    return fact.replace(" ", "_")


def entity(item: str, facts: Any) -> dict[str, Any]:
    """Return an item as an entity with its facts."""
    return {"uid": {"type": "Item", "id": item}, "attrs": {name(fact): value for fact, value in facts.items()}, "parents": []}


def request(item: str, nation: str) -> dict[str, Any]:
    """Return what is asked of an item to a nation."""
    return {
        "principal": 'User::"exporter"',
        "action": 'Action::"export"',
        "resource": f'Item::"{item}"',
        "context": {"close": nation in CLOSE},
    }


if __name__ == "__main__":
    main(sys.argv[1:])
