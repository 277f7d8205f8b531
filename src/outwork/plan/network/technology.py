"""When a site may make what holds another nation's technology, and be qualified for it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from outwork.model.axis import NEVER, Axis, Index, Mask, join
from outwork.model.horizon import Horizon
from outwork.model.programme import Programme
from outwork.plan.network.lanes import Leave

Run = tuple[int, int]
"""First and last step of a time without a gap."""


@dataclass(frozen=True, eq=False)
class Shut:
    """Times between the first and the last step of members in which they may start nothing; no two of a member touch.

    [shut]: member; first, last step.
    """

    member: Index
    first: Index
    last: Index

    def after(self, step: Index) -> Index:
        """Return steps of all members, those in a shut time moved to the step after it. [member]."""
        here = np.flatnonzero((self.first <= step[self.member]) & (step[self.member] <= self.last))
        moved = step.copy()
        moved[self.member[here]] = self.last[here] + 1
        return moved


@dataclass(frozen=True, eq=False)
class Allowed:
    """When pairs may start units and qualifications. [pair]: first, last step, NEVER, -1 where they may not; shut between."""

    first: Index
    last: Index
    shut: Shut

    def mask(self, steps: int) -> Mask:
        """Mark the steps that are allowed. [pair, step]."""
        step = np.arange(steps)
        marked: Mask = (step >= self.first[:, None]) & (step <= self.last[:, None])
        for pair, first, last in zip(self.shut.member, self.shut.first, self.shut.last, strict=True):
            marked[pair, first : last + 1] = False
        return marked


def allowed(
    programme: Programme, pairs: tuple[Index, Index, Index], horizon: Horizon, leave: Leave, places: tuple[Index, Index]
) -> Allowed:
    """Return when pairs may work, by the technology clearances that they need: in every step that any of them holds for.

    Args: pairs, operation, site and item of every pair; places, nation and party of every site.
    """
    first, last = np.zeros(len(pairs[0]), np.int64), np.full(len(pairs[0]), horizon.steps - 1, np.int64)
    foreign, pair, clearance = rights(programme, pairs, leave, places)
    shut: list[tuple[int, int, int]] = []
    for k in foreign:
        held = clearance[pair == k]
        runs = joined([(int(leave.first[c]), int(leave.last[c])) for c in held])
        first[k], last[k] = (runs[0][0], runs[-1][1]) if runs else (NEVER, -1)
        shut += [(int(k), before[1] + 1, after[0] - 1) for before, after in pairwise(runs)]
    return Allowed(first, last, Shut(*np.array(shut, np.int64).reshape(-1, 3).T))


def rights(
    programme: Programme, pairs: tuple[Index, Index, Index], leave: Leave, places: tuple[Index, Index]
) -> tuple[Index, Index, Index]:
    """Return the pairs that need another nation's technology, and (pair, clearance) of every clearance that fits one of them.

    Args: pairs, operation, site and item of every pair; places, nation and party of every site.
    """
    operation, site, item = pairs
    nations = Axis.of(programme["nations"], "nation")
    home = nations.at(programme["items"]["technology_of"])[item]
    nation, party = places[0][site], places[1][site]
    foreign = np.flatnonzero((home >= 0) & (home != nation))
    technology = np.flatnonzero((leave.kind == "technology").to_numpy())
    width = len(nations)
    ask = (item[foreign] * width + home[foreign]) * width + nation[foreign]
    offer = (leave.item[technology] * width + leave.origin[technology]) * width + leave.destination[technology]
    here, there = join(ask, offer)
    pair, clearance = foreign[here], technology[there]
    made, only = programme["operations"]["revision"].to_list(), leave.revision.to_list()
    fits = (leave.consignee[clearance] < 0) | (leave.consignee[clearance] == party[pair])
    fits &= np.array([only[c] in (None, made[operation[p]]) for p, c in zip(pair, clearance, strict=True)], bool)
    return foreign, pair[fits], clearance[fits]


def joined(windows: list[Run]) -> list[Run]:
    """Return the runs of steps that windows cover, in order; those that overlap or touch are one, empty ones none."""
    runs: list[Run] = []
    for first, last in sorted(window for window in windows if window[0] <= window[1]):
        if runs and first <= runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], max(runs[-1][1], last))
        else:
            runs.append((first, last))
    return runs
