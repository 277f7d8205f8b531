"""From derived.toml to derivations: what follows from facts that somebody has stated."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from outwork.clear.rules.block import Block
from outwork.clear.rules.conditions import ALWAYS, Operator
from outwork.clear.rules.parse_conditions import Parser
from outwork.clear.rules.provision import BOUNDS, READINGS
from outwork.clear.rules.rulebook import Derivation
from outwork.clear.rules.vocabulary import Term
from outwork.clear.units import unit
from outwork.model.nearest import nearest

NAME = "derived.toml"


def derivations(page: Block, parser: Parser) -> list[Derivation]:
    """Return the derivations of a file, one for each [[derived]]."""
    heads = [m.start() for m in re.finditer(r"^\s*\[\[\s*derived\s*\]\]", page.text, re.MULTILINE)]
    found = []
    for place, table in enumerate(page.tables("derived")):
        begins = page.text.count("\n", 0, heads[place]) + 2 if place < len(heads) else 1
        made = _derivation(page.inner("", table, begins), parser)
        found += [] if made is None else [made]
    page.close()
    return found


def _derivation(block: Block, parser: Parser) -> Derivation | None:
    block.where = name = block.text_of("fact", "is wrong")
    term = parser.vocabulary.find(name)
    if term is None:
        block.fault(
            "fact", f"unknown fact '{name}'; it is not in vocabulary.toml", name, nearest(name, parser.vocabulary.terms)
        )
        return None
    common: dict[str, Any] = {
        "reading": block.choice("reading", READINGS, "ours"),
        "note": block.text_of("note"),
        "file": block.file,
        "line": block.begins,
    }
    made = _product(block, parser, term, common) if block.has("product") else _implied(block, parser, term, common)
    block.close()
    return made


def _implied(block: Block, parser: Parser, term: Term, common: dict[str, Any]) -> Derivation | None:
    """Return a value that follows from a condition."""
    value, when = block.take("value"), block.take("when")
    if value is None or not isinstance(when, dict):
        block.fault("when", "states neither product, nor value and when; write when = { class = 'thermal camera' }")
        return None
    bound = block.choice("bound", BOUNDS, "equal") if term.kind == "quantity" else "equal"
    operator = Operator.AT_LEAST if term.kind == "quantity" else Operator.IS
    found = parser.compared(block, term, operator, value)
    condition = parser.scoped(block, when)
    return None if found is None else Derivation(term.name, bound, value=found.value, text=found.text, when=condition, **common)


def _product(block: Block, parser: Parser, term: Term, common: dict[str, Any]) -> Derivation | None:
    """Return a bound by a product of powers; a fault where its unit does not turn into the fact's."""
    given, bound, factor = block.take("product"), block.choice("bound", BOUNDS, "equal"), block.number("factor")
    if not isinstance(given, dict) or not given or term.kind != "quantity":
        block.fault("product", "product is a table of quantities and their powers, such as { endurance = 1 }, for a quantity")
        return None
    size, powers = 1.0, unit("1").powers
    product: list[tuple[str, float]] = []
    for name, power in given.items():
        other = parser.vocabulary.find(name)
        if other is None or other.kind != "quantity" or isinstance(power, bool) or not isinstance(power, int | float):
            near = nearest(name, parser.vocabulary.terms)
            block.fault(name, f"'{name}' is not a quantity of the vocabulary to a power that is a number", power, near)
            return None
        measure = unit(other.unit)
        size *= (measure.factor or 1.0) ** power
        exponent = Fraction(power).limit_denominator(12)
        powers = tuple(a + exponent * b for a, b in zip(powers, measure.powers, strict=True))
        product.append((other.name, float(power)))
    aim = unit(term.unit)
    if powers != aim.powers or not aim.factor:
        block.fault("product", f"the product has a unit that does not turn into {term.unit}")
        return None
    factor = (1.0 if factor is None else factor) * size / aim.factor
    when = parser.scoped(block, block.take("when")) if block.has("when") else ALWAYS
    return Derivation(term.name, bound, tuple(product), factor, when=when, **common)
