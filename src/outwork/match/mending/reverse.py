"""From a site to the designs that need what it has, and to what it could get to do more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from outwork.match.judging.judged import VERDICTS, Verdict
from outwork.match.judging.matched import Matched, alone
from outwork.match.mending.investments import investments
from outwork.match.mending.repairs import of_site, repairs
from outwork.match.terms.kinds import NEEDS
from outwork.model.programme import Programme

EVERY: Final = len(NEEDS)
"""However many needs fail."""


@dataclass(frozen=True)
class Use:
    """An operation that a site could do, or that nothing is known to keep it from; designs that need it, and their hours."""

    operation: str
    verdict: Verdict
    designs: tuple[str, ...]
    hours: float


@dataclass(frozen=True, eq=False)
class Reverse:
    """What a site is for.

    Args: uses, those that can first, then by hours; investments, as the table; all_repairs, what would mend everything for
    which a repair is known, paid once each, in words, with its cost [EUR] and days, all begun at once.
    """

    uses: tuple[Use, ...]
    investments: pl.DataFrame
    all_repairs: tuple[str, ...]
    cost: float
    days: float


def reverse(found: Matched, programme: Programme, site: str, most: int = 5) -> Reverse:
    """Return what a site is for. Args: found, the programme judged; most, so many investments are told of."""
    own = alone(found, programme, site, EVERY)
    mended = repairs(own)
    chosen = [mended.what(mend) for mend in of_site(own, mended, 0)]
    return Reverse(
        _uses(own), investments(own, mended, most), tuple(each.what for each in chosen),
        sum(each.cost for each in chosen), max((each.days for each in chosen), default=0.0),
    )  # fmt: skip


def _uses(own: Matched) -> tuple[Use, ...]:
    wish = own.needs.wanted
    found = []
    for operation, verdict, offer in zip(own.judged.operation, own.judged.verdict, own.judged.offer, strict=True):
        word = VERDICTS[int(verdict)]
        if offer >= 0 and word != "cannot":
            designs = tuple(name for name, need in zip(wish.designs, wish.needed[:, operation], strict=True) if need)
            found.append(Use(own.needs.operations.names[operation], word, designs, float(wish.hours[operation])))
    return tuple(sorted(found, key=lambda use: (VERDICTS.index(use.verdict), -use.hours, use.operation)))
