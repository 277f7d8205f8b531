"""From checklist files to checklists; every fault of every file is named, and files with a fault are not used at all."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from outwork.clear.certify.checklist import GRADES, MEANS, PARTS, Checklist, Checklists, Clause, Means
from outwork.clear.rules.block import Block
from outwork.clear.rules.parse_files import headed
from outwork.clear.rules.rulebook import STATUSES
from outwork.model.errors import Fault, InvalidRules
from outwork.model.nearest import nearest

FOLDER: Final = "checklists/"
"""Where the rulebook keeps them; its other files are read by others."""


def read(texts: Mapping[str, str]) -> Checklists:
    """Return the checklists among the files of a rulebook, path -> text. InvalidRules with every fault in them."""
    faults: list[Fault] = []
    pages = [page for path in sorted(texts) if (page := _page(path, texts[path], faults)) is not None]
    lists = [_checklist(page) for page in pages]
    faults += _twice(lists)
    if faults:
        raise InvalidRules(tuple(sorted(faults, key=lambda each: (each.table, each.line or 0))))
    return Checklists(MappingProxyType({each.name: each for each in lists}))


def _page(path: str, text: str, faults: list[Fault]) -> Block | None:
    if not (path.startswith(FOLDER) and path.endswith(".toml")):
        return None
    try:
        return Block(path, text, "", tomllib.loads(text), faults)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        faults.append(Fault(path, f"is not TOML: {error}", getattr(error, "lineno", None), place=path))
        return None


def _checklist(page: Block) -> Checklist:
    page.where = name = page.text_of("checklist", "is wrong")
    since, until = page.day("since", "is wrong") or date.min, page.day("until")
    if until is not None and until < since:
        page.fault("until", f"ends on {until}, before it begins on {since}", until)
    facts = _facts(page)
    found = Checklist(
        name,
        page.text_of("title", "is wrong"),
        page.choice("status", STATUSES),
        since,
        until,
        page.text_of("cite", "is wrong"),
        page.text_of("source", "is wrong"),
        page.text_of("reviewer"),
        facts,
        tuple(_clause(block, facts) for block in headed(page, "clause")),
        page.file,
        page.text_of("note"),
    )
    if not page.has("clause"):
        page.fault("clause", "states no clause; head at least one with [[clause]]")
    page.close()
    return found


def _facts(page: Block) -> Mapping[str, str]:
    value = page.take("facts")
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(each, str) and each.strip() for each in value.values()):
        page.fault("facts", "facts is a table headed [facts]: the name of each fact, and the question by which it is asked for")
        return {}
    return MappingProxyType(value)


def _clause(block: Block, facts: Mapping[str, str]) -> Clause:
    block.where = name = block.text_of("name", "is wrong") or block.where
    found = Clause(
        name,
        block.text_of("title", "is wrong"),
        block.text_of("cite", "is wrong"),
        tuple(_means(block, each) for each in block.names("means")),
        block.names("facts"),
        block.choice("components", PARTS),
        block.number("work_days"),
        block.number("review_days"),
        block.choice("grade", GRADES, "unknown"),
        block.text_of("note"),
    )
    if not found.means and not block.has("means"):
        block.fault("means", f"means is missing; it lists some of {', '.join(MEANS)}")
    for each in found.facts:
        if each not in facts:
            block.fault("facts", f"depends on '{each}', which [facts] does not name", each, nearest(each, facts))
    if (found.grade == "unknown") != (found.work_days is None and found.review_days is None):
        block.fault("grade", "a duration states its grade, stated or assumed, and nothing else does", found.grade)
    block.close()
    return found


def _means(block: Block, name: str) -> Means:
    for each in MEANS:
        if each == name:
            return each
    block.fault("means", f"'{name}' is not a means of compliance; it is one of {', '.join(MEANS)}", name, nearest(name, MEANS))
    return "document"


def _twice(lists: list[Checklist]) -> list[Fault]:
    """Return a fault for each name that two checklists or two clauses bear: evidence names a clause by it alone."""
    named = [(each.name, each.file, "checklist") for each in lists]
    named += [(clause.name, each.file, "clause") for each in lists for clause in each.clauses]
    counts = Counter((kind, name) for name, _, kind in named)
    return [
        Fault(
            file, f"{name}: the name is borne by {counts[kind, name]} {kind}s; give each its own", None, "name", name, "", file
        )
        for name, file, kind in named
        if counts[kind, name] > 1
    ]
