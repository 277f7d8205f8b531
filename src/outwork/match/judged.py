"""Pairs of an operation and a site with what failed and what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from outwork.match.kinds import Bits, failed, unknown
from outwork.model.axis import Array, Index

Narrow = NDArray[np.int32]
Verdict = Literal["can", "unknown", "cannot"]
VERDICTS: Final[tuple[Verdict, ...]] = ("can", "unknown", "cannot")


@dataclass(frozen=True, eq=False)
class Judged:
    """Pairs that can, that may, or that cannot for few needs, by operation, then site.

    [pair]: operation, site; offer, the nearest of the site's, -1 where only the site is known; bits, needs that failed and
    that are unknown; hours, spare hours of the process at the site in the weeks wanted, nan where nobody knows.
    """

    operation: Narrow
    site: Narrow
    offer: Narrow
    bits: Bits
    hours: Array

    def __len__(self) -> int:
        """Return the number of pairs."""
        return len(self.operation)

    @property
    def failed(self) -> Bits:
        """Needs that are not met. [pair]."""
        return failed(self.bits)

    @property
    def unknown(self) -> Bits:
        """Needs of which nobody has said whether they are met. [pair]."""
        return unknown(self.bits)

    @property
    def verdict(self) -> Index:
        """Return the place of each pair's verdict in VERDICTS. [pair]."""
        return np.where(self.failed > 0, 2, np.where(self.unknown > 0, 1, 0)).astype(np.int64)

    def take(self, pairs: Index) -> Judged:
        """Return some of the pairs, in the order given."""
        return Judged(self.operation[pairs], self.site[pairs], self.offer[pairs], self.bits[pairs], self.hours[pairs])

    def of_site(self, site: int) -> Index:
        """Return the places of the pairs of a site."""
        return np.flatnonzero(self.site == site)


def joined(parts: list[Judged]) -> Judged:
    """Return pairs of several runs, put in their order."""
    whole = Judged(
        np.concatenate([np.empty(0, np.int32), *(part.operation for part in parts)]),
        np.concatenate([np.empty(0, np.int32), *(part.site for part in parts)]),
        np.concatenate([np.empty(0, np.int32), *(part.offer for part in parts)]),
        np.concatenate([np.empty(0, np.uint32), *(part.bits for part in parts)]),
        np.concatenate([np.empty(0), *(part.hours for part in parts)]),
    )
    return whole.take(np.lexsort((whole.site, whole.operation)))
