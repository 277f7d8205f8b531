"""A condition in one cell of a rule table: `range at_least 300 km`."""

from __future__ import annotations

import re
from typing import Final

from outwork.clear.rules.block import Block
from outwork.clear.rules.conditions import Condition, Operator
from outwork.clear.rules.parse_conditions import Parser
from outwork.model.sheet import Line

COMPARED: Final = re.compile(rf"(.+) ({'|'.join(sorted(Operator, key=len, reverse=True))}) (.+)")


def condition(line: Line, column: str, parser: Parser) -> Condition | None:
    """Return a condition written as `range at_least 300 km` or `police-model viewer is true`; None for an empty cell."""
    value = line.text(column)
    if not value:
        return None
    match = COMPARED.fullmatch(value)
    if match is None:
        line.fault(column, f"{column} '{value}' is not a fact, an operator and a value, such as 'endurance at_least 60 min'")
        return None
    fact, operator, text = match.groups()
    block = Block(line.file, "\n" * (line.number - 1) + value, "", {}, line.faults, line.number)
    return parser.condition(block, {"fact": fact, operator: {"true": True, "false": False}.get(text, text)}, 0)
