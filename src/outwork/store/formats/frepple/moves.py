"""Carriers: operations that take an item at one place and give it at another, and what must be brought from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from outwork.store.formats.frepple.ground import Ground, days
from outwork.store.formats.frepple.ways import Take, Way
from outwork.store.formats.gaps import Spot


@dataclass(frozen=True)
class Move:
    """A way to bring an item from one site to another; `lead` in days, `cost` per unit."""

    mode: str
    item: str
    origin: str
    destination: str
    lead: float = 0.0
    cost: float = 0.0
    since: date | None = None
    until: date | None = None


def carriers(ways: Iterable[Way], ground: Ground) -> tuple[list[Way], list[Move]]:
    """Split ways into those that make something and those that only carry it."""
    makers, moves = [], []
    for way in ways:
        own = [take for take in way.takes if take.spot.item == way.makes.item]
        if not own:
            makers.append(way)
        elif own[0].spot.site == way.makes.site:
            ground.losses.add(
                "material that comes back", f"operation '{way.name}'", "what is taken and given again is left out"
            )
            makers.append(way.with_takes(tuple(take for take in way.takes if take not in own)))
        else:
            moves.append(_move(way, own[0], ground))
    return makers, moves


def _move(way: Way, take: Take, ground: Ground) -> Move:
    operation = way.operation
    if len(way.takes) > 1 or abs(take.quantity - 1) > 1e-9:  # noqa: PLR2004  # beyond rounding
        ground.losses.add("further material of a transport", f"operation '{way.name}'", "a lane takes only what it carries")
    if any(load.operation == operation.name for load in ground.model.loads):
        ground.losses.add("capacity of a transport", f"operation '{way.name}'", "lanes between sites take no hours")
    if operation.size_minimum is not None and operation.size_minimum > 1:
        ground.losses.add("smallest order size", f"operation '{way.name}'", "a lane moves any quantity")
    lead = days(operation.duration + operation.duration_per) + way.extra
    return Move(
        way.name, take.spot.item, take.spot.site, way.makes.site, lead, operation.cost + way.mood.cost(),
        ground.first(way.mood.since, lead, operation.fence),
    )  # fmt: skip


def brought(ways: Iterable[Way]) -> list[Move]:
    """Return the moves by which ways reach materials that lie elsewhere, and products reach where they are wanted."""
    found: dict[tuple[str, str, str], Move] = {}
    for way in ways:
        pairs = [(take.spot.item, take.spot.site, way.site) for take in way.takes]
        for item, origin, destination in [*pairs, (way.makes.item, way.site, way.makes.site)]:
            if origin != destination:
                move = Move(f"to hand {item}", item, origin, destination)
                found.setdefault((item, origin, destination), move)
    return list(found.values())


def once(ways: Iterable[Way]) -> list[Way]:
    """Let every way take each item once: a second take of the same item, at other dates, goes through a stand-in item.

    Takes of one item that hold at the same dates and belong to no choice are added up.
    """
    found: list[Way] = []
    for way in ways:
        held: dict[str, Take] = {}
        for take in way.takes:
            same = held.get(take.spot.item)
            if same is None:
                held[take.spot.item] = take
            elif (same.choice, same.since, same.until) == (None, take.since, take.until) and take.choice is None:
                held[take.spot.item] = replace(same, quantity=same.quantity + take.quantity)
            else:
                stand_in = Spot(f"{take.spot.item} for {way.name} ({len(held) + 1})", way.site)
                held[stand_in.item] = replace(take, spot=stand_in)
                found.append(_passing(way, stand_in, take))
        found.append(way.with_takes(tuple(held.values())))
    return found


def _passing(way: Way, stand_in: Spot, take: Take) -> Way:
    operation = replace(way.operation, name=f"take {stand_in.item}", type="fixed_time", item=stand_in.item)
    plain = replace(operation, duration=way.operation.duration * 0, duration_per=way.operation.duration * 0, cost=0.0)
    return Way(plain.name, plain, stand_in, way.site, takes=(Take(take.spot, 1.0),))


def acyclic(ways: Iterable[Way], ground: Ground) -> list[Way]:
    """Leave out ways that would make an item, over others, of itself; list them."""
    kept: list[Way] = []
    below: dict[str, set[str]] = {}
    for way in ways:
        needs = {take.spot.item for take in way.takes}
        if way.makes.item in _reach(needs, below):
            ground.losses.add("operation in a circle", f"operation '{way.name}'", "left out: it makes an item of itself")
            continue
        below.setdefault(way.makes.item, set()).update(needs)
        kept.append(way)
    return kept


def _reach(items: set[str], below: dict[str, set[str]]) -> set[str]:
    """Return all items that are needed, over however many levels, to make the given ones; they are among them."""
    found: set[str] = set()
    ahead = list(items)
    while ahead:
        item = ahead.pop()
        if item not in found:
            found.add(item)
            ahead.extend(below.get(item, ()))
    return found
