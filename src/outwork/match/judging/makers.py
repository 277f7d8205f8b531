"""What a person has written down in `qualifications` goes before every cell that nobody has filled in.

A site that is qualified makes the operation today; one that could be qualified was looked at by somebody who said so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np

from outwork.match.judging.judged import Judged
from outwork.match.terms.kinds import ABOVE, BELOW, BIT
from outwork.model.axis import Axis, Index, Mask
from outwork.model.programme import Programme

STAYS: Final = np.uint32(BELOW | BIT["hours"] << ABOVE)
"""Bits that such a row does not answer: what failed, and whether hours are spare."""


@dataclass(frozen=True, eq=False)
class Makers:
    """Who makes what, row by row of `qualifications`: place of the operation, name of the site, whether it does so today."""

    operation: Index
    site: tuple[str, ...]
    today: Mask

    @classmethod
    def of(cls, programme: Programme, operations: Axis) -> Self:
        """Read who is qualified, or could be, for what."""
        rows = programme["qualifications"].sort("operation", "site")
        return cls(
            operations.at(rows["operation"]), tuple(rows["site"]), (rows["status"] == "qualified").to_numpy().astype(bool)
        )

    def row(self, judged: Judged, sites: Axis) -> Index:
        """Return the row of every pair, -1 where it has none or no machine of the site is known. [pair]."""
        place = np.array([sites.position.get(name, -1) for name in self.site], np.int64)
        there = np.flatnonzero(place >= 0)
        known = np.r_[np.sort(self.operation[there] * len(sites) + place[there]), np.iinfo(np.int64).max]
        keys = judged.operation.astype(np.int64) * len(sites) + judged.site
        at = np.searchsorted(known, keys)
        order = np.r_[there[np.argsort(self.operation[there] * len(sites) + place[there], kind="stable")], -1]
        found: Index = np.where((known[at] == keys) & (judged.offer >= 0), order[at], -1)
        return found


def answered(judged: Judged, makers: Makers, sites: Axis) -> Judged:
    """Return the pairs with the questions left out that a row of `qualifications` answers."""
    return replace(judged, bits=np.where(makers.row(judged, sites) >= 0, judged.bits & STAYS, judged.bits))
