"""What mends a need that is not met: typical times and costs, with their source and how sure they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from outwork.match.terms.kinds import NEEDS
from outwork.model.errors import Fault
from outwork.model.sheet import Line, lines
from outwork.model.tables.matching import Need

FILE: Final = "repairs.csv"
COLUMNS: Final = (
    "need", "name", "repair", "mends", "once", "days_p10", "days", "days_p90", "cost", "grade", "source",
)  # fmt: skip
Once = Literal["site", "process", "operation"]
"""For what a repair is paid once: the whole site, one process there, or one operation there."""
Grade = Literal["stated", "observed", "assumed"]
GRADES: Final[tuple[Grade, ...]] = ("stated", "observed", "assumed")
SPANS: Final[tuple[Once, ...]] = ("site", "process", "operation")


@dataclass(frozen=True)
class Repair:
    """A way to mend a need.

    Args: name, scheme of a certificate or code of a process for which it holds, empty for every other; what, in words such
    as `get certified to EN 9100`; mends, further needs that it mends as well; days_p10, days, days_p90 [day]: nine in ten
    take longer than the first, half longer than the second, one in ten longer than the third; cost [EUR].
    """

    need: Need
    name: str
    what: str
    mends: frozenset[Need]
    once: Once
    days_p10: float
    days: float
    days_p90: float
    cost: float
    grade: Grade
    source: str


@dataclass(frozen=True)
class Book:
    """All known repairs."""

    repairs: tuple[Repair, ...]

    def own(self, need: Need, names: Iterable[str]) -> Repair | None:
        """Return the repair of a need under the first of several names that has one, else that for every other, else None."""
        return next((found for name in (*names, "") if (found := self.named(need, name)) is not None), None)

    def named(self, need: Need, name: str) -> Repair | None:
        """Return the repair of a need under one name, None where there is none."""
        at = self._places.get((need, name))
        return None if at is None else self.repairs[at]

    def place(self, repair: Repair) -> int:
        """Return the place of a repair."""
        return self._places[repair.need, repair.name]

    @cached_property
    def _places(self) -> dict[tuple[Need, str], int]:
        return {(each.need, each.name): at for at, each in enumerate(self.repairs)}


def read(texts: Mapping[str, str], faults: list[Fault]) -> Book:
    """Read the repairs."""
    rows = [(line, _repair(line)) for line in lines(FILE, texts, COLUMNS, faults)]
    seen: set[tuple[Need, str]] = set()
    for line, repair in rows:
        if (repair.need, repair.name) in seen:
            line.fault("name", f"'{repair.name}' of {repair.need} stands there twice")
        seen.add((repair.need, repair.name))
    return Book(tuple(repair for _, repair in rows))


def _repair(line: Line) -> Repair:
    quick, usual, slow = (line.number_of(column) for column in ("days_p10", "days", "days_p90"))
    if not quick <= usual <= slow:
        line.fault("days", "days_p10, days and days_p90 do not grow")
    further = line.names("mends")
    for need in further:
        if need not in NEEDS:
            line.fault("mends", f"mends '{need}' is not one of {', '.join(NEEDS)}")
    return Repair(
        line.choice("need", NEEDS), line.text("name"), line.needed("repair"),
        frozenset(need for need in NEEDS if need in further), line.choice("once", SPANS), quick, usual, slow,
        line.number_of("cost"), line.choice("grade", GRADES), line.needed("source"),
    )  # fmt: skip
