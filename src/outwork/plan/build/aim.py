"""What a plan is to achieve where that is more, or other, than least cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from outwork.plan.build.draft import Draft
from outwork.solve.blocks import Problem

Part = Callable[[Draft], None]
"""Adds blocks of variables, at no cost, and of rows."""
Turn = Callable[[Problem, Draft], Problem]
"""Bounds or prices the finished problem anew; it keeps its variables and rows."""


@dataclass(frozen=True)
class Aim:
    """An aim is kept at every grain of the model: in buckets, in coarse buckets and in steps."""

    parts: tuple[Part, ...] = ()
    turns: tuple[Turn, ...] = ()

    def and_also(self, other: Aim) -> Aim:
        """Return both aims together; the other's turns come after."""
        return Aim(self.parts + other.parts, self.turns + other.turns)


COST = Aim()
"""Least cost, and nothing else."""
