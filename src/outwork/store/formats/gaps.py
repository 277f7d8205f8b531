"""What is wanted and nothing gives: told as an offer of which nothing can be ordered, so that a plan can leave it short."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from outwork.model.table import Row
from outwork.model.tables.design import Component, Operation
from outwork.model.tables.moving import Lane, Stock
from outwork.model.tables.sourcing import Qualification, Supply
from outwork.model.tables.wanting import Commitment, Demand
from outwork.store.formats.converted import Losses

NOBODY: Final = "nobody"
"""Party that offers what nothing gives, none a week."""


class Spot(NamedTuple):
    """An item at a site: what frePPLe calls a buffer."""

    item: str
    site: str


def gaps(rows: Iterable[Row], losses: Losses) -> list[Supply]:
    """Return an offer of nothing for each item that is wanted or taken where it can never be; list them."""
    rows = list(rows)
    given = _given(rows)
    lacking = [spot for spot in _wanted(rows) if spot not in given]
    for item, site in dict.fromkeys(lacking):
        losses.add("replenishment", f"'{item}' at '{site}'", "the source has none, so it stays short")
    return [Supply(item=item, site=site, party=NOBODY, price=0.0, per_week=0.0) for item, site in dict.fromkeys(lacking)]


def _wanted(rows: list[Row]) -> Iterable[Spot]:
    sites: dict[str, list[str]] = {}
    for row in rows:
        if isinstance(row, Qualification):
            sites.setdefault(row.operation, []).append(row.site)
        elif isinstance(row, Demand):
            yield Spot(row.item, row.site)
    for row in rows:
        if isinstance(row, Component) and not row.choice:
            yield from (Spot(row.item, site) for site in sites.get(row.operation, []))


def _given(rows: list[Row]) -> set[Spot]:
    """Return where every item is bought, made, kept or sent to, and wherever lanes lead on from there."""
    makes = {row.operation: row.item for row in rows if isinstance(row, Operation)}
    ahead: list[Spot] = []
    lanes: dict[Spot, list[str]] = {}
    for row in rows:
        match row:
            case Supply():
                ahead.append(Spot(row.item, row.site))
            case Qualification():
                ahead.append(Spot(makes[row.operation], row.site))
            case Stock() if row.on_hand > 0:
                ahead.append(Spot(row.item, row.site))
            case Commitment(item=str(item)):
                ahead.append(Spot(item, row.destination or row.site))
            case Lane(item=str(item)):
                lanes.setdefault(Spot(item, row.origin), []).append(row.destination)
    found: set[Spot] = set()
    while ahead:
        spot = ahead.pop()
        if spot not in found:
            found.add(spot)
            ahead.extend(Spot(spot.item, site) for site in lanes.get(spot, []))
    return found
