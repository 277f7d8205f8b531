"""All that is told of consortia for one design: the cheapest, those unlike it, trade-offs, questions, what is short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import polars as pl

from outwork.match.consortium import enquiries, tables
from outwork.match.consortium.cheapest import cheapest
from outwork.match.consortium.diverse import APART, diverse
from outwork.match.consortium.draft import wanted
from outwork.match.consortium.enquiries import Worth
from outwork.match.consortium.field import LEVELS, Field, Level
from outwork.match.consortium.found import Found
from outwork.match.consortium.front import SAME, front
from outwork.match.consortium.impossible import impossible
from outwork.match.consortium.prices import Scarcity, scarcities
from outwork.match.consortium.wish import NO_WISH, Wish
from outwork.model.outcome import Reason


@dataclass(frozen=True)
class Extent:
    """How much is told."""

    unlike: int = 3
    """Consortia told besides the cheapest, each unlike all before it."""
    apart: float = APART
    """Share of the pairs of every earlier consortium that the next one gives up [1]."""
    days: int = 3
    """Limits of days that are tried for the trade-offs, for each number of single points. 0: no trade-offs."""
    levels: int = 3
    """Numbers of single points that are tried for the trade-offs."""
    questions: int = enquiries.LOOKED_AT
    """Sets of questions whose worth is found by solving again."""


FULL: Final = Extent()


@dataclass(frozen=True, eq=False)
class Consortia:
    """What is told of consortia for one design.

    Args: best, by level the cheapest that rests on nothing beyond it, None where there is none; unlike, the cheapest of the
    nearest level and those unlike it; front, trade-offs of that level; questions, the best first; scarce, the dearest first;
    why, reasons why there is none on a level.
    """

    field: Field
    best: dict[Level, Found | None]
    unlike: tuple[Found, ...]
    front: tuple[Found, ...]
    questions: tuple[Worth, ...]
    scarce: tuple[Scarcity, ...]
    why: tuple[Reason, ...]

    @property
    def chosen(self) -> Found | None:
        """The cheapest that rests on least: on nothing, else on repairs, else on answers."""
        return next((found for found in self.best.values() if found is not None), None)

    @property
    def named(self) -> tuple[tables.Named, ...]:
        """Every consortium with its name and kind, none twice."""
        return tuple(_named(self))

    def frames(self) -> dict[str, pl.DataFrame]:
        """Return the tables `consortia`, `parts`, `enquiries` and `scarcities`."""
        return {
            "consortia": tables.consortia(self.named),
            "parts": tables.parts(self.named),
            "enquiries": tables.enquiries(self.field, self.questions),
            "scarcities": tables.scarcities(self.field, self.scarce),
        }


def consortia(field: Field, wish: Wish = NO_WISH, extent: Extent = FULL) -> Consortia:
    """Return all that is told of consortia for a design."""
    best = {level: cheapest(field, wanted(field, wish, level)) for level in LEVELS}
    chosen = next((found for found in best.values() if found is not None), None)
    sure = best["repairs"]
    why = () if sure else impossible(field, wanted(field, wish, "repairs"))
    return Consortia(
        field,
        best,
        () if chosen is None else diverse(chosen, 1 + extent.unlike, extent.apart),
        () if chosen is None or not extent.days else front(chosen, extent.days, extent.levels),
        enquiries.worth(field, sure, best["answers"], wanted(field, wish, "repairs"), extent.questions),
        scarcities(field, chosen),
        why,
    )


def _named(told: Consortia) -> Iterator[tables.Named]:
    """Yield the cheapest of each level that is cheaper than those of the levels before, then the next ones, then trade-offs."""
    item, seen, least = told.field.routing.items[told.field.routing.goal], set[bytes](), None
    for found in told.best.values():
        if found is None or (least is not None and found.cost > least * (1 - SAME)):
            continue
        least = found.cost
        seen.add(_mark(found))
        yield f"{item}: cheapest on {found.level}", "cheapest", found
    for kind, several in (("next", told.unlike[1:]), ("trade-off", told.front)):
        fresh = [found for found in several if _mark(found) not in seen]
        for number, found in enumerate(fresh, 1):
            seen.add(_mark(found))
            yield f"{item}: {kind} {number}", kind, found


def _mark(found: Found) -> bytes:
    """Return what two consortia that are the same have in common."""
    return (found.make / found.field.routing.most[found.field.operation]).round(6).tobytes()
