"""What is told of one site, and of what changed, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from outwork.match.judging.matched import Matched
from outwork.match.mending.reverse import reverse
from outwork.match.rematch import Change
from outwork.model.errors import UnknownName
from outwork.model.nearest import nearest
from outwork.model.programme import Programme

SPOKEN: Final = {"can": "can", "unknown": "could, as far as is known"}


def site(found: Matched, programme: Programme, name: str) -> Iterator[str]:
    """Yield what a site is for and what it could get. UnknownName for a site that is not there."""
    known = found.offers.sites.names
    if name not in known:
        near = nearest(name, known)
        raise UnknownName(f"there is no site '{name}'" + (f"; did you mean '{near}'?" if near else ""))
    told = reverse(found, programme, name)
    if not told.uses:
        yield f"{name}: no operation of the programme is known to need what it has."
    for use in told.uses:
        designs = f" for {', '.join(use.designs)}" if use.designs else ", which no demand needs"
        yield f"{name} {SPOKEN[use.verdict]} do {use.operation}: {use.hours:,.0f} h are wanted{designs}."
    for row in told.investments.iter_rows(named=True):
        months = "" if row["days"] is None else f" in about {row['days'] / 30.4:,.0f} months"
        cost = "" if row["cost"] is None else f", {row['cost']:,.0f} EUR"
        yield (
            f"Could {row['investment']}{months}{cost}: opens {_many(row['operations'], 'operation')}, {row['hours']:,.0f} h of"
            f" work for {row['designs']}."
        )
    if len(told.all_repairs) > 1:
        yield f"All of it together ({'; '.join(told.all_repairs)}): {told.cost:,.0f} EUR, {told.days:,.0f} days."


def changes(found: Sequence[Change]) -> Iterator[str]:
    """Yield which sites drop out or come in, or that none does."""
    if not found:
        yield "No site drops out and none comes in."
    for change in found:
        yield f"{change.reason.code}: {change.reason.sentence}."


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
