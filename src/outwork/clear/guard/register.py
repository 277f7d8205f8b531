"""What is known of documents, grants and licences: everything that a decision is made from, but the determinations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from outwork.clear.guard.passage import Passage
from outwork.model.errors import UnknownName
from outwork.model.nearest import nearest
from outwork.model.programme import Programme
from outwork.model.tables.guarding import Document, Grant
from outwork.model.tables.moving import Clearance

LEVELS: Final = ("L0", "L1", "L2", "L3", "L4")
NOT_GRANTED: Final = ("to apply", "applied")


@dataclass(frozen=True)
class Register:
    """Documents and grants by name, grants by person, nations of parties, and clearances under licences that were granted.

    A licence that is still to be applied for, or not yet granted, opens nothing, whenever it is thought to come.
    """

    documents: Mapping[str, Document]
    grants: Mapping[str, Grant]
    by_person: Mapping[str, tuple[Grant, ...]]
    nations: Mapping[str, str]
    clearances: tuple[Clearance, ...]

    @classmethod
    def of(cls, programme: Programme) -> Register:
        """Read what a programme says of them."""
        grants = {each.granting: each for each in map(Grant.model_validate, _rows(programme, "grants"))}
        by_person: dict[str, tuple[Grant, ...]] = defaultdict(tuple)
        for each in grants.values():
            by_person[each.person] += (each,)
        pending = {row["licence"] for row in _rows(programme, "licences") if row["status"] in NOT_GRANTED}
        cleared = map(Clearance.model_validate, _rows(programme, "clearances"))
        return cls(
            {each.document: each for each in map(Document.model_validate, _rows(programme, "documents"))},
            grants,
            dict(by_person),
            dict(programme["parties"].select("party", "nation").iter_rows()),
            tuple(each for each in cleared if each.licence is not None and each.licence not in pending),
        )

    def document(self, name: str) -> Document:
        """Return a document. UnknownName where there is none of that name."""
        if name not in self.documents:
            raise UnknownName(_unknown("document", name, self.documents))
        return self.documents[name]

    def grant(self, name: str) -> Grant:
        """Return a grant. UnknownName where there is none of that name."""
        if name not in self.grants:
            raise UnknownName(_unknown("grant", name, self.grants))
        return self.grants[name]

    def origin(self, document: Document) -> str:
        """Return the nation in which a document is kept."""
        return document.nation or self.nations[document.holder]

    def cleared(self, passage: Passage, licence: str | None, when: date) -> Clearance | None:
        """Return a clearance under the licence that is in force and fits the passage, the one that lasts longest."""
        fitting = [
            each for each in self.clearances if each.licence == licence and _fits(each, passage) and _in_force(each, when)
        ]
        return max(fitting, key=lambda each: each.expires or date.max, default=None)


def covers(grant: Grant, document: Document) -> bool:
    """Return whether a grant is for this document, by its name, or by its item and a level that is not above the grant's."""
    if grant.document is not None:
        return grant.document == document.document
    return grant.item == document.item and LEVELS.index(document.level) <= LEVELS.index(grant.level or "L0")


def _fits(clearance: Clearance, passage: Passage) -> bool:
    """Return whether a clearance is for this passage; one of a single revision is not for what is about all of them."""
    same = all(getattr(clearance, name) == getattr(passage, name) for name in ("item", "kind", "origin", "destination"))
    return same and clearance.revision in (None, passage.revision) and clearance.consignee in (None, passage.consignee)


def _in_force(clearance: Clearance, when: date) -> bool:
    """Return whether a clearance is in force; one of which nobody has stated the first day is not."""
    opened = clearance.opens is not None and clearance.opens <= when
    return opened and (clearance.expires is None or when <= clearance.expires)


def _rows(programme: Programme, table: str) -> list[dict[str, Any]]:
    return programme[table].to_dicts() if table in programme.tables else []


def _unknown(what: str, name: str, names: Mapping[str, object]) -> str:
    near = nearest(name, names)
    return f"there is no {what} '{name}'" + (f"; did you mean '{near}'?" if near else "")
