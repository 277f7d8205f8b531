"""From vocabulary.toml and nations.toml to terms and groups of nations."""

from __future__ import annotations

import re

from outwork.clear.rules.block import Block
from outwork.clear.rules.rulebook import NationGroup
from outwork.clear.rules.vocabulary import FACT_KINDS, Term
from outwork.clear.units import NoUnit, unit
from outwork.model.nearest import nearest

NATION = re.compile(r"[A-Z]{2}")
HEAD = re.compile(r"""^[ \t]*\[[ \t]*["']?([^\]"'\n]+?)["']?[ \t]*\]""", re.MULTILINE)
"""The head of a table, such as [endurance] or ["made for"]."""


def terms(page: Block) -> list[Term]:
    """Return the terms of a vocabulary file, one for each table in it."""
    return [_term(block) for block in _blocks(page)]


def groups(page: Block) -> list[NationGroup]:
    """Return the groups of a file of nations, one for each table in it."""
    return [_group(block) for block in _blocks(page)]


def _blocks(page: Block) -> list[Block]:
    """Return the tables of a file that is nothing but named tables, each with the line of its head."""
    heads = {match[1]: page.text.count("\n", 0, match.start(1)) + 1 for match in HEAD.finditer(page.text)}
    found = []
    for name, table in page.table.items():
        if isinstance(table, dict):
            found.append(page.inner(name, table, heads.get(name, 1)))
        else:
            page.fault(name, f"'{name}' is not a table; head it [{name}]")
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
    if term.unit:
        try:
            unit(term.unit)
        except NoUnit as error:
            block.fault("unit", str(error), term.unit)


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
