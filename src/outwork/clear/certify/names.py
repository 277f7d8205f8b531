"""Names and digests that the tables of certification state and that nothing else would check."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from outwork.clear.certify.asked import ENTIRE, EVERY_PART, NOTHING
from outwork.clear.certify.checklist import Checklists
from outwork.model.errors import Fault, InvalidProgramme, UnknownName
from outwork.model.nearest import nearest
from outwork.model.programme import Programme

HEX: Final = re.compile(r"[0-9a-f]{64}")


def refuse_faults(programme: Programme, checklists: Checklists) -> None:
    """InvalidProgramme with every name that is not there, and every digest that is none."""
    found = (*_requirements(programme, checklists), *_evidence(programme, checklists), *_touches(programme, checklists))
    if found:
        raise InvalidProgramme(found)


def known(name: str, names: Iterable[str], what: str) -> str:
    """Return a name that a person gave. UnknownName where it is not there."""
    held = list(names)
    if name in held:
        return name
    near = nearest(name, held)
    hint = f"; did you mean '{near}'?" if near else f"; there is {', '.join(held) or 'none'}"
    raise UnknownName(f"there is no {what} '{name}'{hint}")


def _requirements(programme: Programme, checklists: Checklists) -> Iterator[Fault]:
    items = programme["items"]["item"].to_list()
    rows = programme["requirements"].select("item", "checklist", "requirement", "components")
    for item, checklist, requirement, components in rows.iter_rows():
        where = f"requirements of item '{item}'"
        found = checklists.by_name.get(checklist)
        if found is None:
            yield _fault("requirements", "checklist", checklist, f"{where}: no checklist is called", checklists.by_name)
            continue
        names = [clause.name for clause in found.clauses]
        if requirement not in (ENTIRE, *names):
            yield _fault("requirements", "requirement", requirement, f"{where}: checklist {checklist} has no clause", names)
        for each in filter(None, map(str.strip, (components or "").split(";"))):
            if each not in (EVERY_PART, NOTHING, *items):
                yield _fault("requirements", "components", each, f"{where}: components has no item", items)


def _evidence(programme: Programme, checklists: Checklists) -> Iterator[Fault]:
    names = [clause.name for _, clause in checklists.clauses()]
    for evidence, requirement, digest in programme["evidence"].select("evidence", "requirement", "sha256").iter_rows():
        if requirement not in names:
            yield _fault("evidence", "requirement", requirement, f"evidence '{evidence}': no checklist has a clause", names)
        if digest and not HEX.fullmatch(digest):
            said = f"evidence '{evidence}': '{digest}' is not a SHA-256; it has 64 digits, 0 to 9 and a to f"
            yield Fault("evidence", said, None, "sha256", digest)


def _touches(programme: Programme, checklists: Checklists) -> Iterator[Fault]:
    items = programme["items"]["item"].to_list()
    names = [clause.name for _, clause in checklists.clauses()]
    for item, revision, kind, name in programme["touches"].select("item", "revision", "kind", "name").iter_rows():
        where = f"touches of item '{item}', revision '{revision}'"
        if kind == "component" and name not in items:
            yield _fault("touches", "name", name, f"{where}: there is no item", items)
        if kind == "requirement" and name not in names:
            yield _fault("touches", "name", name, f"{where}: no checklist has a clause", names)


def _fault(table: str, column: str, value: str, said: str, names: Iterable[str]) -> Fault:
    return Fault(table, f"{said} '{value}'", None, column, value, nearest(value, names))
