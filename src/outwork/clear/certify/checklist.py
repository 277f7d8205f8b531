"""Checklists: the requirements of a standard or an act, in our own words, one clause each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Means = Literal["test", "analysis", "inspection", "similarity", "document"]
MEANS: Final[tuple[Means, ...]] = ("test", "analysis", "inspection", "similarity", "document")
Parts = Literal["any", "none"]
PARTS: Final[tuple[Parts, ...]] = ("any", "none")
Grade = Literal["stated", "assumed", "unknown"]
GRADES: Final[tuple[Grade, ...]] = ("stated", "assumed", "unknown")


@dataclass(frozen=True)
class Clause:
    """One requirement: what it asks, by which means it may be shown, and on what of the design it depends.

    `work_days` run from the beginning of the work to the evidence, `review_days` from there to its acceptance [calendar day];
    None where nobody has stated them.
    """

    name: str
    title: str
    cite: str
    means: tuple[Means, ...]
    facts: tuple[str, ...]
    components: Parts
    work_days: float | None = None
    review_days: float | None = None
    grade: Grade = "unknown"
    note: str = ""


@dataclass(frozen=True)
class Checklist:
    """The clauses of one standard or act, with where they stand and who has looked at them."""

    name: str
    title: str
    status: Literal["in force", "adopted", "proposed"]
    since: date
    until: date | None
    cite: str
    source: str
    """What was read to write it."""
    reviewer: str
    """Somebody competent who reviewed it. Empty: nobody has, and it is shown so."""
    facts: Mapping[str, str]
    """Facts on which its clauses may depend -> the question by which a person is asked for one."""
    clauses: tuple[Clause, ...]
    file: str
    note: str = ""


@dataclass(frozen=True)
class Checklists:
    """Every checklist by its name."""

    by_name: Mapping[str, Checklist]

    def clauses(self) -> Iterator[tuple[Checklist, Clause]]:
        """Yield every clause with its checklist."""
        for checklist in self.by_name.values():
            for clause in checklist.clauses:
                yield checklist, clause
