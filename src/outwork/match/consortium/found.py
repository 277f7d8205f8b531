"""A consortium that was found: who makes what, what it costs and by when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from outwork.match.consortium.days import completion
from outwork.match.consortium.draft import Ask
from outwork.match.consortium.field import LEVELS, Field, Level
from outwork.model.axis import Mask
from outwork.solve.answer import Answer
from outwork.solve.blocks import Array, Index, Problem

LITTLE = 1e-7
"""Part of the most that a pair could make below which it makes nothing: the solver's own tolerance [1]."""


@dataclass(frozen=True, eq=False)
class Found:
    """A consortium that was found.

    Args: field and ask that it answers; problem, with all that is whole kept as in the answer, and answer, the best to it,
    with its prices; least, the aim below which no consortium of the ask can come; proven, whether the search went to its end.
    """

    field: Field
    ask: Ask
    problem: Problem
    answer: Answer
    least: float
    proven: bool

    def of(self, block: str) -> Array:
        """Return the values of a block of variables."""
        assert self.answer.x is not None  # noqa: S101 - cheapest has looked
        return self.answer.x[self.problem.variables[block].slice]

    @cached_property
    def make(self) -> Array:
        """Units started of every pair. [pair]."""
        return np.where(self.used, self.of("make"), 0.0)

    @cached_property
    def used(self) -> Mask:
        """Which pairs take part. [pair]."""
        return self.of("make") > LITTLE * np.maximum(self.field.most, LITTLE)

    @cached_property
    def pairs(self) -> Index:
        """The pairs that take part, in their order."""
        return np.flatnonzero(self.used)

    @property
    def cost(self) -> float:
        """Hours, work beyond them, repairs and qualifications [EUR]."""
        return float(self.part_cost.sum())

    @property
    def bound(self) -> float:
        """Cost below which there is no consortium of the ask that is as good in days and single points [EUR].

        What the aim counts for these is taken off: one that is as good in them is charged no more for them.
        """
        aim = self.ask.aim
        least = self.least - aim.days * self.days - aim.single_points * self.single_points
        return min(least, self.cost) if aim.cost == 1 else 0.0

    @cached_property
    def days(self) -> float:
        """Day on which the last unit is there."""
        return completion(self.field, self.make, self.used)

    @cached_property
    def share(self) -> Array:
        """Share that every pair has of the good units of its item. [pair]."""
        made, item = self._made, self.field.routing.makes[self.field.operation]
        total = np.bincount(item, made, len(self.field.routing.items))[item]
        return np.divide(made, total, out=np.zeros(len(made)), where=total > 0)

    @cached_property
    def single_points(self) -> int:
        """Made items of which one site makes more than all but the wanted second share."""
        item = self.field.routing.makes[self.field.operation]
        held = np.zeros((len(self.field.routing.items), len(self.field.sites.names)))
        np.add.at(held, (item, self.field.site), self.share)
        return int((held.max(axis=1, initial=0.0) > 1 - self.ask.wish.second + 1e-6).sum())

    @cached_property
    def level(self) -> Level:
        """On what it rests."""
        return LEVELS[int(self.field.level[self.pairs].max(initial=0))]

    @property
    def firms(self) -> int:
        """Parties in it."""
        return len(np.unique(self.field.sites.party[self.field.site[self.pairs]]))

    @property
    def nations(self) -> int:
        """Nations in which its sites stand."""
        return len(np.unique(self.field.sites.nation[self.field.site[self.pairs]]))

    @cached_property
    def hours(self) -> Array:
        """Hours that every pair takes, over all its pools. [pair] in h."""
        hours = np.zeros(self.field.size)
        np.add.at(hours, self.field.load_pair, self._load)
        return hours

    @cached_property
    def part_cost(self) -> Array:
        """What every pair costs. [pair] in EUR.

        An hour of a pool costs all its pairs the same, what its resources take on average; a repair is shared evenly by the
        pairs that need it.
        """
        field = self.field
        cost = np.where(self.used, field.unit_cost * self.make + field.fixed_cost, 0.0)
        np.add.at(cost, field.load_pair, self._load * self._rate[field.load_pool])
        wanted = self.used[field.repairs.pair]
        sharing = np.bincount(field.repairs.repair[wanted], minlength=len(field.repairs.names))
        repair = field.repairs.repair[wanted]
        np.add.at(cost, field.repairs.pair[wanted], field.repairs.cost[repair] / sharing[repair])
        return cost

    @cached_property
    def _made(self) -> Array:
        """Good units of every pair. [pair]."""
        return self.make * self.field.routing.good[self.field.operation]

    @cached_property
    def _load(self) -> Array:
        """Hours that every load takes. [load] in h."""
        return self.field.load_hours * self.make[self.field.load_pair]

    @cached_property
    def _rate(self) -> Array:
        """What an hour of a pool costs on average, overtime spread over what its resource gives. [pool] in EUR/h."""
        own, work = self.field.hours, self.of("work")
        premium = np.zeros(len(own.resources))
        extra = self.problem.variables["overtime"].keys["resource"]
        premium[extra] = self.of("overtime") * np.maximum(own.overtime_cost - own.cost, 0.0)[extra]
        given = np.bincount(own.grant_resource, work, len(own.resources))
        rate = own.cost + np.divide(premium, given, out=np.zeros(len(premium)), where=given > 0)
        paid = np.bincount(own.grant_pool, work * rate[own.grant_resource], len(own.pool_site))
        hours = np.bincount(self.field.load_pool, self._load, len(own.pool_site))
        return np.divide(paid, hours, out=np.zeros(len(paid)), where=hours > 0)
