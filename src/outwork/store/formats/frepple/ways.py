"""Ways to make an item: every operation, step of a routing and alternative of a choice, laid flat.

A routing becomes a chain of items, one after each step; a choice or split becomes several ways to make one item; an
operation that only carries an item from one place to another becomes a move; one that something waits for without a product
of its own makes a token. Quantities are per unit of what the way makes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from outwork.store.formats.frepple.neutral import Operation
from outwork.store.formats.gaps import Spot

PREFERENCE: Final = 0.001
"""EUR/unit that each step of frePPLe's order of preference costs: little enough to decide only between equals."""
DEAREST_RANK: Final = 100.0


@dataclass(frozen=True)
class Take:
    """What a way takes in, and where it lies; with the same choice, one or another."""

    spot: Spot
    quantity: float
    choice: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Mood:
    """What a choice says about one of its alternatives: from when it holds and how it ranks."""

    since: datetime | None = None
    rank: float = 1.0

    def cost(self) -> float:
        """Return the cost of preferring others [EUR/unit]."""
        return PREFERENCE * min(max(self.rank, 1.0), DEAREST_RANK)


@dataclass(frozen=True)
class Way:
    """One way to make an item.

    Args: name; operation, from which durations, sizes and loads are read; makes, the item and where it is wanted; site,
    where it is made; per, units that one unit of a frePPLe order gives; takes; mood; extra, further lead time [day].
    """

    name: str
    operation: Operation
    makes: Spot
    site: str
    per: float = 1.0
    takes: tuple[Take, ...] = ()
    mood: Mood = Mood()
    extra: float = 0.0

    def with_takes(self, takes: tuple[Take, ...]) -> Way:
        """Return the same way with other takes."""
        return replace(self, takes=takes)
