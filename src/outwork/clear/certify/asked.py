"""What is asked of each item: the clauses of its checklists, with what the programme says of them for this item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Final

from outwork.clear.certify.checklist import Checklist, Checklists, Clause, Grade
from outwork.clear.certify.history import Dependence
from outwork.model.programme import Programme
from outwork.model.tables.certification import Requirement

ENTIRE: Final = "all"
EVERY_PART: Final = "any"
NOTHING: Final = "none"


@dataclass(frozen=True)
class Asked:
    """One clause that an item has to meet, and the row of `requirements` that says so."""

    checklist: Checklist
    clause: Clause
    row: Requirement

    @property
    def dependence(self) -> Dependence:
        """On what of the design it depends: as the row says, or else as the checklist does."""
        facts = self.clause.facts if self.row.facts is None else _listed(self.row.facts)
        parts = self.clause.components if self.row.components is None else self.row.components.strip()
        return Dependence(self.clause.name, facts, None if parts == EVERY_PART else _listed(parts))

    @property
    def work_days(self) -> float | None:
        """From the beginning of the work to the evidence [calendar day]."""
        return self.clause.work_days if self.row.work_days is None else self.row.work_days

    @property
    def review_days(self) -> float | None:
        """From the evidence to its acceptance [calendar day]."""
        return self.clause.review_days if self.row.review_days is None else self.row.review_days

    @property
    def grade(self) -> Grade:
        """How the durations are known; the weakest of those that the row leaves to the checklist."""
        own = self.row.work_days is not None and self.row.review_days is not None
        return "stated" if own else self.clause.grade

    def from_start(self, today: date) -> date | None:
        """Return the earliest day of acceptance where the work has still to be done, None where its length is not stated."""
        return later(max(today, self.row.begins or today), self.work_days, self.review_days)

    def from_review(self, submitted: date, today: date) -> date | None:
        """Return the earliest day of acceptance of what was submitted, None where the length of the review is not stated."""
        ready = later(submitted, self.review_days)
        return None if ready is None else max(today, ready)


def later(day: date, *spans: float | None) -> date | None:
    """Return the day after so many more [calendar day, rounded up], None where one of them is not known."""
    known = [span for span in spans if span is not None]
    return None if len(known) < len(spans) else day + timedelta(days=ceil(sum(known)))


def asked(programme: Programme, checklists: Checklists) -> dict[str, list[Asked]]:
    """Return what is asked of each item, in the order of the checklists; names are taken to be checked already."""
    rows: dict[str, list[Requirement]] = {}
    for row in map(Requirement.model_validate, programme["requirements"].iter_rows(named=True)):
        rows.setdefault(row.item, []).append(row)
    return {item: list(_of_item(held, checklists)) for item, held in rows.items()}


def _of_item(rows: list[Requirement], checklists: Checklists) -> Iterator[Asked]:
    by_name = {(row.checklist, row.requirement): row for row in rows}
    for checklist, clause in checklists.clauses():
        row = by_name.get((checklist.name, clause.name)) or by_name.get((checklist.name, ENTIRE))
        if row is not None:
            yield Asked(checklist, clause, row)


def _listed(text: str) -> tuple[str, ...]:
    """Return the names of a list with semicolons; none where it says so."""
    names = tuple(name.strip() for name in text.split(";") if name.strip())
    return () if names == (NOTHING,) else names
