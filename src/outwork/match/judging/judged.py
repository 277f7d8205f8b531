"""Pairs of an operation and a site with what failed and what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from outwork.match.terms.kinds import Bits, failed, unknown
from outwork.model.axis import Array, Index

Narrow = NDArray[np.int32]
N = TypeVar("N", bound=np.generic)
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

    def replaced(self, site: int, fresh: Judged) -> Judged:
        """Return the pairs with those of one site replaced. Args: fresh, of that site alone, by operation.

        Between the rows of a site, arrays are copied in one piece each; sorting a million pairs anew would take far longer.
        """
        old, begins = self.of_site(site), np.searchsorted(self.operation, fresh.operation)
        ends = np.searchsorted(self.operation, fresh.operation, "right")
        spots = [begin + np.searchsorted(self.site[begin:end], site) for begin, end in zip(begins, ends, strict=True)]
        cuts = sorted([*((int(at), 1, row) for row, at in enumerate(spots)), *((int(at), 2, -1) for at in old)])
        return Judged(
            _patched(self.operation, fresh.operation, cuts),
            _patched(self.site, np.full(len(fresh), site, np.int32), cuts),
            _patched(self.offer, fresh.offer, cuts),
            _patched(self.bits, fresh.bits, cuts),
            _patched(self.hours, fresh.hours, cuts),
        )


def _patched(own: NDArray[N], new: NDArray[N], cuts: list[tuple[int, int, int]]) -> NDArray[N]:
    """Return an array with rows put in and left out. Args: cuts, in order: where, 1 to put in or 2 to leave out, which new."""
    pieces, done = [], 0
    for at, _, row in cuts:
        pieces.append(own[done:at])
        done = at
        if row < 0:
            done += 1
        else:
            pieces.append(new[row : row + 1])
    return np.concatenate([*pieces, own[done:]])


def joined(parts: list[Judged]) -> Judged:
    """Return pairs of several runs, put in their order."""
    whole = Judged(
        np.concatenate([part.operation for part in parts]),
        np.concatenate([part.site for part in parts]),
        np.concatenate([part.offer for part in parts]),
        np.concatenate([part.bits for part in parts]),
        np.concatenate([part.hours for part in parts]),
    )
    keys = whole.operation.astype(np.int64) * (int(whole.site.max(initial=0)) + 1) + whole.site
    return whole.take(np.argsort(keys, kind="stable"))
