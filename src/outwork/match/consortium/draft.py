"""A problem while it is being built, and what is asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as field_of
from functools import cached_property
from math import inf, isfinite
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from outwork.match.consortium.field import Field, Level
from outwork.match.consortium.room import Room, room
from outwork.match.consortium.wish import NO_WISH, Wish
from outwork.model.axis import Mask
from outwork.solve.blocks import Block, Index, Model

LATE: Final = 1e-6
"""Days by which a limit may be missed, the tolerance of the solver."""


@dataclass(frozen=True)
class Aim:
    """What is made as small as possible: weights of cost [1], of a day [EUR] and of a single point [EUR]."""

    cost: float = 1.0
    days: float = 0.0
    single_points: float = 0.0


CHEAPEST = Aim()


Timing = Literal["rows", "bounds"]
"""Rows: days are computed in the problem. Bounds: only what one pair alone makes impossible in time is left out."""


@dataclass(frozen=True, eq=False)
class Ask:
    """What is asked of one consortium.

    Args: open [pair], the pairs that may take part; wish; days until the last unit, inf: any number; single_points at most,
    inf: any number; aim; unlike, the pairs of earlier consortia; apart, the share of each of them that is given up [1]; timing.
    """

    open: Mask
    wish: Wish = NO_WISH
    days: float = inf
    single_points: float = inf
    aim: Aim = CHEAPEST
    unlike: tuple[Index, ...] = ()
    apart: float = 0.0
    timing: Timing = "rows"

    @property
    def timed(self) -> bool:
        """Whether days are limited or counted, so that the rows of time are needed."""
        return self.timing == "rows" and (isfinite(self.days) or self.aim.days > 0)

    @property
    def singles(self) -> bool:
        """Whether single points are limited or counted."""
        return isfinite(self.single_points) or self.aim.single_points > 0


@dataclass(frozen=True, eq=False)
class Draft:
    """A problem that is being built: blocks go by their names."""

    field: Field
    ask: Ask
    model: Model = field_of(default_factory=Model)
    _rows: dict[str, Block] = field_of(default_factory=dict)
    _variables: dict[str, Block] = field_of(default_factory=dict)

    @cached_property
    def room(self) -> Room:
        """The time that is left to every pair."""
        return room(self.field, able(self.field, self.ask), self.ask.days)

    def variables(
        self,
        name: str,
        keys: Mapping[str, ArrayLike],
        *,
        cost: ArrayLike = 0.0,
        lower: ArrayLike = 0.0,
        upper: ArrayLike = np.inf,
        integer: ArrayLike = False,
    ) -> None:
        """Add variables, as Model.variables."""
        self._variables[name] = self.model.variables(name, keys, cost=cost, lower=lower, upper=upper, integer=integer)

    def rows(self, name: str, keys: Mapping[str, ArrayLike], *, lower: ArrayLike = -np.inf, upper: ArrayLike = np.inf) -> None:
        """Add rows, as Model.rows."""
        self._rows[name] = self.model.rows(name, keys, lower=lower, upper=upper)

    def terms(self, rows: str, row: ArrayLike, variables: str, variable: ArrayLike, coefficient: ArrayLike = 1.0) -> None:
        """Add coefficients, as Model.terms."""
        self.model.terms(self._rows[rows], row, self._variables[variables], variable, coefficient)

    def block(self, name: str) -> Block:
        """Return a block of variables."""
        return self._variables[name]


def able(field: Field, ask: Ask) -> Mask:
    """Return the pairs that could take part: open, not excluded, with hours and, whatever the others do, in time. [pair]."""
    held = ask.open & ask.wish.allowed(field) & (field.most > 0)
    return held & (room(field, held, ask.days).left > -LATE) if isfinite(ask.days) else held


def wanted(field: Field, wish: Wish, level: Level) -> Ask:
    """Return the ask for the cheapest consortium that keeps a wish and rests on nothing beyond `level`."""
    points = inf if wish.single_points is None else float(wish.single_points)
    return Ask(field.open(level), wish, wish.until(field), points)
