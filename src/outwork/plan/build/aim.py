"""What a plan is to achieve where that is more, or other, than least cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from outwork.plan.build.draft import Draft
from outwork.solve.blocks import Problem

Part = Callable[[Draft], None]
"""Adds blocks of variables, at no cost, and of rows."""
Turn = Callable[[Problem, Draft], Problem]
"""Bounds or prices the finished problem anew; it keeps its variables and rows."""


MARK: Final = "extra "
"""How the names of demands begin that an objective added to the programme; nobody misses what they lack."""
SHUT: Final = "shut"
"""What an aim says of variables that it does not let be more than 0."""


@dataclass(frozen=True)
class Aim:
    """An aim is kept at every grain of the model: in buckets, in coarse buckets and in steps."""

    parts: tuple[Part, ...] = ()
    turns: tuple[Turn, ...] = ()
    unit: str = "EUR"
    """What the objective counts."""
    says: Mapping[str, str] = field(default_factory=dict)
    """In words, why the rows that it adds hold something back, by the name of their block; and SHUT."""

    def and_also(self, other: Aim) -> Aim:
        """Return both aims together; the other's turns come after, and its unit counts."""
        return Aim(self.parts + other.parts, self.turns + other.turns, other.unit, {**self.says, **other.says})


COST = Aim()
"""Least cost, and nothing else."""
