"""From vocabulary.toml and nations.toml to terms and groups of nations."""

from __future__ import annotations

import re
from fractions import Fraction

from outwork.clear.rules.block import Block
from outwork.clear.rules.rulebook import NationGroup
from outwork.clear.rules.vocabulary import FACT_KINDS, Derivation, Term
from outwork.clear.units import NoUnit, Powers, unit
from outwork.model.nearest import nearest

NATION = re.compile(r"[A-Z]{2}")


def terms(page: Block) -> list[Term]:
    """Return the terms of a vocabulary file, one for each table in it."""
    return [_term(block) for block in _blocks(page)]


def groups(page: Block) -> list[NationGroup]:
    """Return the groups of a file of nations, one for each table in it."""
    return [_group(block) for block in _blocks(page)]


def wrong_derivations(found: dict[str, Term]) -> list[tuple[Term, str, str]]:
    """Return each derivation that cannot be: term, reason, nearest name."""
    return [
        (term, *wrong) for term in found.values() for each in term.derived if (wrong := _wrong(term, each, found)) is not None
    ]


def _wrong(term: Term, derivation: Derivation, found: dict[str, Term]) -> tuple[str, str] | None:
    powers: Powers = unit("1").powers
    for names, sign in ((derivation.times, 1), (derivation.over, -1)):
        for name in names:
            other = found.get(name)
            if other is None or other.kind != "quantity" or name == term.name:
                return f"is derived from '{name}', which is not another quantity of the vocabulary", nearest(name, found)
            powers = tuple(a + Fraction(sign) * b for a, b in zip(powers, unit(other.unit).powers, strict=True))
    if powers != unit(term.unit).powers:
        said = " and ".join((*derivation.times, *(f"divided by {name}" for name in derivation.over)))
        return f"is derived from {said}, whose unit does not turn into {term.unit}", ""
    return None


def _blocks(page: Block) -> list[Block]:
    """Return the tables of a file that is nothing but named tables, each with the line of its head."""
    found = []
    for name, table in page.table.items():
        if not isinstance(table, dict):
            page.fault(name, f"'{name}' is not a table; head it [{name}]")
            continue
        head = re.search(rf"""^\s*\[\s*["']?{re.escape(name)}["']?\s*\]""", page.text, re.MULTILINE)
        begins = 1 if head is None else page.text.count("\n", 0, head.start(0)) + 1
        found.append(page.inner(name, table, begins))
    return found


def _term(block: Block) -> Term:
    term = Term(
        block.where,
        block.choice("kind", FACT_KINDS),
        block.text_of("question", "is wrong"),
        block.text_of("unit"),
        block.names("choices"),
        block.names("plain"),
        block.names("also"),
        tuple(_derivation(block, each) for each in block.tables("derived")),
        _flag(block, "set_here"),
        block.file,
    )
    _check(block, term)
    block.close()
    return term


def _check(block: Block, term: Term) -> None:
    """Note what does not fit the kind of fact."""
    if (term.kind == "quantity") != bool(term.unit):
        block.fault("unit", f"a quantity states its unit, '1' for a bare number, and nothing else does; this is a {term.kind}")
    if (term.kind == "choice") != bool(term.choices):
        block.fault("choices", f"a choice states its choices, and nothing else does; this is a {term.kind}")
    for each in set(term.plain) - set(term.choices):
        block.fault("plain", f"'{each}' is not one of the choices", each, nearest(each, term.choices))
    if term.derived and term.kind != "quantity":
        block.fault("derived", "only a quantity is derived")
    if term.unit:
        try:
            unit(term.unit)
        except NoUnit as error:
            block.fault("unit", str(error), term.unit)


def _derivation(block: Block, table: dict[str, object]) -> Derivation:
    inner = block.inner(block.where, table)
    found = Derivation(inner.names("times"), inner.names("over"))
    if not found.times:
        inner.fault("times", "a derivation states at least one quantity in times")
    inner.close()
    return found


def _flag(block: Block, name: str) -> bool:
    value = block.take(name)
    if value is None or isinstance(value, bool):
        return bool(value)
    block.fault(name, f"{name} is true or false, not {value!r}", value)
    return False


def _group(block: Block) -> NationGroup:
    nations = block.names("nations")
    for each in nations:
        if not NATION.fullmatch(each):
            block.fault("nations", f"'{each}' is not a nation of two capital letters (ISO 3166 alpha-2)", each)
    if not nations:
        block.fault("nations", "nations is missing or empty")
    title, cite = block.text_of("title", "is wrong"), block.text_of("cite", "is wrong")
    block.close()
    return NationGroup(block.where, title, frozenset(nations), cite, block.file)
