"""Everything that the choice of a consortium rests on, as arrays.

Positions, not names, run through the arrays; -1 stands for none. A pair is an operation that a site could do. A pool is a
process at a site; resources grant their hours to pools, as in docs/reference/meaning.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import numpy as np

from outwork.match.consortium.routing import Routing
from outwork.model.axis import Array, Index, Mask

Level = Literal["known", "repairs", "answers"]
"""On what a consortium may rest: pairs that can; also such as could be mended; also such of which not all is known."""

LEVELS: Final[tuple[Level, ...]] = ("known", "repairs", "answers")


@dataclass(frozen=True, eq=False)
class Sites:
    """Sites, who runs them and where they stand. Arrays [site]."""

    names: tuple[str, ...]
    party: Index
    parties: tuple[str, ...]
    nation: Index
    nations: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Hours:
    """Hours that stand spare in the days wanted, and the pools to which they can go.

    Args: processes, names; pool_site, pool_process [pool]; site, ordinary [h], overtime [h], cost [EUR/h], overtime_cost
    [EUR/h] of each [resource], ordinary being inf where nobody has said; grant_resource, grant_pool [grant].
    """

    processes: tuple[str, ...]
    pool_site: Index
    pool_process: Index
    resources: tuple[str, ...]
    site: Index
    ordinary: Array
    overtime: Array
    cost: Array
    overtime_cost: Array
    grant_resource: Index
    grant_pool: Index

    @cached_property
    def most(self) -> Array:
        """Hours that a pool could be given if no other asked for them. [pool] in h."""
        total = np.zeros(len(self.pool_site))
        np.add.at(total, self.grant_pool, (self.ordinary + self.overtime)[self.grant_resource])
        return total

    @cached_property
    def cheapest(self) -> Array:
        """What an ordinary hour of a pool costs where it is cheapest. [pool] in EUR/h; 0 for a pool without a resource."""
        least = np.full(len(self.pool_site), np.inf)
        np.minimum.at(least, self.grant_pool, self.cost[self.grant_resource])
        return np.where(np.isfinite(least), least, 0.0)


@dataclass(frozen=True, eq=False)
class Repairs:
    """What would mend a site, each paid once for all its operations.

    Args: names, site, cost [EUR], days of each [repair]; pair, repair [mend]: the pair needs the repair.
    """

    names: tuple[str, ...]
    site: Index
    cost: Array
    days: Array
    pair: Index
    repair: Index


@dataclass(frozen=True, eq=False)
class Questions:
    """What nobody has said.

    Args: names; site [question], -1 where the designer is asked; operation [question], -1 where it is about several; need and
    text in words; pair, question [wait]: the pair can be relied on only after the answer.
    """

    names: tuple[str, ...]
    site: Index
    operation: Index
    need: tuple[str, ...]
    text: tuple[str, ...]
    pair: Index
    question: Index


@dataclass(frozen=True, eq=False)
class Field:
    """A design, the pairs that could make it, and what they cost.

    Args: window, days from the start in which all has to be made; operation, site [pair]; unit_cost [pair], EUR for each unit
    started beyond its hours; fixed_cost [pair], EUR for taking the pair in; ready [pair], days of its qualification after
    its repairs; load_pair, load_pool, load_hours [load], hours of a pool that one unit started takes.
    """

    routing: Routing
    sites: Sites
    hours: Hours
    window: float
    operation: Index
    site: Index
    unit_cost: Array
    fixed_cost: Array
    ready: Array
    load_pair: Index
    load_pool: Index
    load_hours: Array
    repairs: Repairs
    questions: Questions

    @property
    def size(self) -> int:
        """Number of pairs."""
        return len(self.operation)

    @cached_property
    def level(self) -> Index:
        """On what a pair rests, as a position in LEVELS. [pair]."""
        level = np.zeros(self.size, np.int64)
        level[self.repairs.pair] = 1
        level[self.questions.pair] = 2
        return level

    @cached_property
    def start(self) -> Array:
        """Days until a pair can begin: its longest repair, then its qualification. [pair]."""
        mended = np.zeros(self.size)
        np.maximum.at(mended, self.repairs.pair, self.repairs.days[self.repairs.repair])
        return mended + self.ready

    @cached_property
    def most(self) -> Array:
        """Units of a pair beyond which none is needed, or its hours end. [pair]."""
        most = self.routing.most[self.operation].copy()
        np.minimum.at(most, self.load_pair, self.hours.most[self.load_pool] / self.load_hours)
        return most

    @cached_property
    def worth(self) -> Array:
        """Value of the work on one unit, at the cost of ordinary hours. [pair] in EUR/unit; 1 each where nothing costs."""
        worth = self.unit_cost.copy()
        np.add.at(worth, self.load_pair, self.load_hours * self.hours.cheapest[self.load_pool])
        return worth if worth.any() else np.ones(self.size)

    def open(self, level: Level) -> Mask:
        """Return the pairs that rest on nothing beyond `level`. [pair]."""
        return self.level <= LEVELS.index(level)

    @cached_property
    def waiting(self) -> Mapping[frozenset[int], Index]:
        """The pairs that wait for each set of questions, and for no other besides."""
        asked = [set[int]() for _ in range(self.size)]
        for pair, question in zip(self.questions.pair.tolist(), self.questions.question.tolist(), strict=True):
            asked[pair].add(question)
        pairs: dict[frozenset[int], list[int]] = {}
        for pair, questions in enumerate(asked):
            if questions:
                pairs.setdefault(frozenset(questions), []).append(pair)
        return {questions: np.array(held, np.int64) for questions, held in pairs.items()}
