"""From what TOML makes of a condition to a condition; every cell is checked against the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from outwork.clear.rules.block import Block
from outwork.clear.rules.cells import quantity
from outwork.clear.rules.conditions import ALWAYS, QUANTITATIVE, Condition, Joined, Listed, Operator, Test, Value
from outwork.clear.rules.rulebook import NationGroup
from outwork.clear.rules.vocabulary import FactKind, Term, Vocabulary
from outwork.model.nearest import nearest
from outwork.model.sheet import Unparsed

JOINTS: Final = ("all", "any", "none")
NAMED: Final = (Operator.IS, Operator.IS_NOT, Operator.IN, Operator.NOT_IN)
OPERATORS: Final[Mapping[FactKind, tuple[Operator, ...]]] = {
    "quantity": QUANTITATIVE,
    "flag": (Operator.IS,),
    "choice": NAMED,
    "text": NAMED,
    "nation": NAMED,
}
DEEPEST: Final = 12
"""No provision nests deeper; a file that does is damaged."""
LENGTH_OF_CODE: Final = 2


class Parser:
    """Reads conditions by one vocabulary and one set of groups of nations."""

    def __init__(self, vocabulary: Vocabulary, nations: Mapping[str, NationGroup]) -> None:
        """Keep what names are looked up in."""
        self.vocabulary = vocabulary
        self.nations = nations

    def joined(self, block: Block, needed: Literal["needed", "may be left out"] = "needed") -> Condition:
        """Return what the fields all, any and none of a block say together."""
        parts = [self._group(block, how, block.take(how), 0) for how in JOINTS if block.has(how)]
        block.seen.update(JOINTS)
        if not parts and needed == "needed":
            block.fault("all", "states no condition; write all, any or none, each a list of conditions")
        return _one(parts)

    def scope(self, block: Block) -> Condition:
        """Return the scope of an entry: one condition, conditions joined, or `{ class = ... }` for short."""
        value = block.take("scope")
        if value is None:
            block.fault("scope", "scope is missing; it says what the entry can concern at all, such as { class = 'radar' }")
            return ALWAYS
        if not isinstance(value, dict):
            block.fault("scope", f"scope is a table such as {{ class = 'radar' }}, not {value!r}")
            return ALWAYS
        return self.scoped(block, value)

    def scoped(self, block: Block, value: dict[str, Any]) -> Condition:
        """Return a condition, or the short form `{ class = 'radar' }`, in which each field is a fact."""
        if {"fact", "listed", "made_for", *JOINTS} & set(value):
            return self.condition(block, value, 0)
        return _one([self._short(block, name, each) for name, each in value.items()])

    def condition(self, block: Block, value: Any, depth: int) -> Condition:
        """Return one condition, whatever its form."""
        if not isinstance(value, dict) or depth > DEEPEST:
            block.fault("", f"a condition is a table such as {{ fact = 'endurance', at_least = '60 min' }}, not {value!r:.80}")
            return ALWAYS
        if "fact" in value:
            return self._test(block, value)
        if "listed" in value or "made_for" in value:
            return self._listed(block, value)
        parts = [self._group(block, how, each, depth + 1) for how, each in value.items() if how in JOINTS]
        for name in set(value) - set(JOINTS):
            near = nearest(name, ("fact", "listed", "made_for", *JOINTS))
            block.fault(name, f"unknown field '{name}' in a condition", near=near)
        if not parts:
            block.fault("", f"a condition states fact, listed, made_for, all, any or none, not {value!r:.80}")
        return _one(parts)

    def _group(self, block: Block, how: str, value: Any, depth: int) -> Condition:
        if not isinstance(value, list) or not value:
            block.fault(how, f"{how} is a list of conditions that is not empty, not {value!r:.80}")
            return ALWAYS
        return Joined(how, tuple(self.condition(block, each, depth) for each in value))  # type: ignore[arg-type]

    def _listed(self, block: Block, value: dict[str, Any]) -> Condition:
        inner = block.inner(block.where, value)
        whose: Literal["itself", "made for"] = "itself" if "listed" in value else "made for"
        paths = inner.names("listed" if whose == "itself" else "made_for")
        inner.close()
        return Listed(paths, whose)

    def _short(self, block: Block, name: str, value: Any) -> Condition:
        """Return `class = 'radar'` or `class = ['radar', 'camera']` as a condition."""
        word = Operator.IN if isinstance(value, list) else Operator.IS
        return self._test(block, {"fact": name, word.value: value})

    def _test(self, block: Block, value: dict[str, Any]) -> Condition:
        term = self.vocabulary.find(str(value["fact"]))
        if term is None:
            near = nearest(str(value["fact"]), (*self.vocabulary.terms, *self.vocabulary.names))
            block.fault("fact", f"unknown fact '{value['fact']}'; it is not in vocabulary.toml", value["fact"], near)
            return ALWAYS
        operators = [name for name in value if name != "fact"]
        allowed = [operator.value for operator in OPERATORS[term.kind]]
        if len(operators) != 1 or operators[0] not in allowed:
            near = nearest(operators[0], allowed) if operators else ""
            said = (
                f"a {term.kind} is compared by exactly one of {', '.join(allowed)}, not by {', '.join(operators) or 'nothing'}"
            )
            block.fault(operators[0] if operators else "fact", f"fact '{term.name}': {said}", term.name, near)
            return ALWAYS
        return self.compared(block, term, Operator(operators[0]), value[operators[0]]) or ALWAYS

    def compared(self, block: Block, term: Term, operator: Operator, value: Any) -> Test | None:
        """Return the comparison of a fact with a value as the file writes it; None where that is a fault."""
        try:
            found = self._value(term, operator, value)
        except Unparsed as error:
            near = nearest(str(value), term.choices) if isinstance(value, str) else ""
            block.fault(operator.value, f"fact '{term.name}': {error}", value, near)
            return None
        text = ", ".join(value) if isinstance(value, list) else str(value).lower() if isinstance(value, bool) else str(value)
        return Test(term.name, operator, found, text)

    def _value(self, term: Term, operator: Operator, value: Any) -> Value:
        """Return the value that a fact is compared with; Unparsed says what is wrong with it."""
        if term.kind == "flag":
            if not isinstance(value, bool):
                raise Unparsed(f"{value!r} is neither true nor false")
            return value
        if term.kind == "quantity":
            return _measure(value, term.unit)
        wanted = [value] if operator in {Operator.IS, Operator.IS_NOT} else value
        if not isinstance(wanted, list) or not wanted or not all(isinstance(each, str) and each for each in wanted):
            form = "a text" if operator in {Operator.IS, Operator.IS_NOT} else "a list of texts"
            raise Unparsed(f"{operator.value} takes {form}, not {value!r}")
        return self._names(term, wanted)

    def _names(self, term: Term, wanted: list[str]) -> frozenset[str]:
        if term.kind == "choice":
            for each in wanted:
                if each not in term.choices:
                    raise Unparsed(f"'{each}' is not one of its choices: {', '.join(term.choices)}")
        if term.kind == "nation":
            return frozenset().union(*(self.members(each) for each in wanted))
        return frozenset(wanted)

    def members(self, name: str) -> frozenset[str]:
        """Return the nations that a name stands for: a code of two capital letters, or a group. Unparsed for anything else."""
        if name in self.nations:
            return self.nations[name].nations
        if len(name) == LENGTH_OF_CODE and name.isascii() and name.isalpha() and name.isupper():
            return frozenset((name,))
        near = nearest(name, self.nations)
        hint = f"; did you mean '{near}'?" if near else ""
        raise Unparsed(f"'{name}' is neither a nation of two capital letters nor a group of nations.toml{hint}")


def _measure(value: Any, wanted: str) -> float:
    if isinstance(value, str):
        return quantity(value, wanted)
    if isinstance(value, int | float) and not isinstance(value, bool) and wanted == "1":
        return float(value)
    raise Unparsed(f"{value!r} has no unit; write it as a text, such as '60 {wanted}'")


def _one(parts: list[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else Joined("all", tuple(parts))
