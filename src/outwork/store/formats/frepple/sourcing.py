"""Buying, moving and keeping: offers, lanes and stocks, inherited down the trees of items and places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from outwork.model.table import Row
from outwork.model.tables.design import Item
from outwork.model.tables.moving import Lane, Stock
from outwork.model.tables.sourcing import Supply
from outwork.store.formats.frepple.ground import Ground, days, last
from outwork.store.formats.frepple.moves import Move
from outwork.store.formats.frepple.neutral import Buffer, ItemDistribution, ItemSupplier
from outwork.store.formats.frepple.places import Places
from outwork.store.formats.frepple.ways import Mood
from outwork.store.formats.gaps import Spot

PLAIN_MASS: Final = 1.0
"""Mass of an item whose weight is not known [kg]: lanes are priced by mass, so that 1 EUR/kg is 1 EUR/unit."""

UNLIMITED: Final = "without limit"
"""Party that supplies what frePPLe calls an infinite buffer."""


@dataclass
class Sourcing:
    """Offers and lanes of a model.

    `known` holds the sites at which each item comes up; offers that name no place hold at all of them.
    """

    ground: Ground
    places: Places
    known: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    parties: dict[str, None] = field(default_factory=dict)

    def meet(self, spots: Iterable[Spot]) -> None:
        """Learn that items come up at sites."""
        for spot in spots:
            self.known[spot.item].add(spot.site)

    def cost(self, item: str) -> float:
        """Return the cost of an item: its own, or else that of the nearest one that it belongs to [EUR/unit]."""
        costs = (self.ground.model.items[name].cost for name in self.places.item_above(item) if name in self.ground.model.items)
        return next((cost for cost in costs if cost > 0), 0.0)

    def mass(self, item: str) -> float:
        """Return the mass of an item [kg]."""
        known = self.ground.model.items.get(item)
        return known.weight if known and known.weight > 0 else PLAIN_MASS

    def items(self, made: Iterable[str]) -> Iterable[Row]:
        """Yield every item of the model, and those that the translation adds."""
        for name in dict.fromkeys([*self.ground.model.items, *self.known, *made]):
            item = self.ground.model.items.get(name)
            yield Item(
                item=name, name=name, unit=(item.uom if item and item.uom else "piece"), value=max(0.0, self.cost(name)),
                mass=self.mass(name),
            )  # fmt: skip

    def moves(self) -> list[Move]:
        """Return the moves of all item distributions, one for each item, and learn the places that they reach."""
        direct = [each for each in self.ground.model.itemdistributions if self._usable(each)]
        for each in direct:
            if each.item in self.known or not self._stands_for_others(each.item or ""):
                self.meet([Spot(each.item or "", str(each.origin))])
                self.meet([Spot(each.item or "", site) for site in self._ends(each)])
        found: dict[tuple[ItemDistribution, str, str], Move] = {}
        ahead = True
        while ahead:
            ahead = False
            for each in direct:
                for item in self._meant(each.item or ""):
                    for site in self._ends(each) or sorted(self.known[item]):
                        if site in self.known[item] and site != each.origin and (each, item, site) not in found:
                            found[each, item, site] = self._move(each, item, site)
                            self.meet([Spot(item, str(each.origin))])
                            ahead = True
        for each in direct:
            if not any(key[0] == each for key in found):
                self._lose("distribution", _pointer(each), "nothing comes up where it leads")
        return list(found.values())

    def _move(self, each: ItemDistribution, item: str, site: str) -> Move:
        if each.size_minimum is not None and each.size_minimum > 1:
            self._lose("smallest order size", _pointer(each), "a lane moves any quantity")
        return Move(
            item, item, str(each.origin), site, days(each.leadtime), (each.cost or 0.0) + Mood(rank=each.priority).cost(),
            self.ground.first(each.effective_start, days(each.leadtime), each.fence),
            last(each.effective_end, days(each.leadtime)),
        )  # fmt: skip

    def lanes(self, moves: Iterable[Move]) -> Iterable[Lane]:
        """Yield lanes; alike ones between two sites are told apart by their mode."""
        held: set[tuple[str, str, str]] = set()
        for move in moves:
            if move.until is not None and move.until < self.ground.start:
                self._lose(
                    "distribution", f"'{move.mode}' from '{move.origin}' to '{move.destination}'", "ended before the plan"
                )
                continue
            mode = _fresh(move.mode, lambda name, m=move: (m.origin, m.destination, name) in held)  # type: ignore[misc]
            held.add((move.origin, move.destination, mode))
            yield Lane(
                origin=move.origin, destination=move.destination, mode=mode, item=move.item, since=move.since, until=move.until,
                lead_days=self.ground.lead(move.lead, f"move '{mode}' from '{move.origin}' to '{move.destination}'"),
                cost=max(0.0, move.cost) / self.mass(move.item),
            )  # fmt: skip

    def supplies(self) -> Iterable[Supply]:
        """Yield offers, for each item and site that they hold for."""
        held: set[tuple[str, str, str]] = set()
        for offer in self.ground.model.itemsuppliers:
            until = last(offer.effective_end, days(offer.leadtime + offer.hard_safety_leadtime))
            if offer.priority <= 0 or not offer.item or (until is not None and until < self.ground.start):
                self._lose("offer", _pointer(offer), "left out: it names no item, has priority 0, or ended before the plan")
                continue
            places = [(item, site) for item in self._meant(offer.item) for site in self._where(offer, item)]
            if not places:
                self._lose("offer", _pointer(offer), "nothing of the item comes up where it holds")
            for item, site in places:
                party = _fresh(str(offer.supplier or "unnamed supplier"), lambda name, i=item, s=site: (i, s, name) in held)  # type: ignore[misc]
                held.add((item, site, party))
                self.parties[party] = None
                yield self._supply(offer, item, site, party)
        yield from self._unlimited()

    def _supply(self, offer: ItemSupplier, item: str, site: str, party: str) -> Supply:
        if offer.cost is None and self.cost(item):
            self._lose("price", _pointer(offer), "it states none, so the item's cost is taken")
        lead = days(offer.leadtime + offer.hard_safety_leadtime)
        price = offer.cost if offer.cost is not None else self.cost(item)
        minimum = offer.size_minimum or 0.0
        return Supply(
            item=item, site=site, party=party, price=max(0.0, price) + Mood(rank=offer.priority).cost(),
            minimum=minimum if minimum > 1 else 0.0,
            lead_days=self.ground.lead(lead, _pointer(offer)), until=last(offer.effective_end, lead),
            since=self.ground.first(offer.effective_start, lead, offer.fence),
        )  # fmt: skip

    def _unlimited(self) -> Iterable[Supply]:
        for name, buffer in self.ground.model.buffers.items():
            if buffer.type == "infinite":
                spot = self.places.buffers[name]
                self.parties[UNLIMITED] = None
                yield Supply(item=spot.item, site=spot.site, party=UNLIMITED, price=0.0)

    def stocks(self, more: dict[Spot, float]) -> Iterable[Stock]:
        """Yield stocks; `more` is what orders from before the plan add."""
        on_hand: dict[Spot, float] = defaultdict(float)
        safety: dict[Spot, float] = defaultdict(float)
        for name, buffer in self.ground.model.buffers.items():
            spot = self.places.buffers[name]
            on_hand[spot] += buffer.onhand
            safety[spot] += max(0.0, buffer.minimum)
            if buffer.minimum_calendar in self.ground.model.calendars:
                self._lose("calendar of the safety stock", f"buffer '{name}'", "the largest of its values holds throughout")
                safety[spot] = self._most(str(buffer.minimum_calendar))
            self._odd(buffer)
        for spot, amount in more.items():
            on_hand[spot] += amount
        for spot in dict.fromkeys([*on_hand, *safety]):
            if on_hand[spot] < 0:
                self._lose("stock below 0", f"'{spot.item}' at '{spot.site}'", "counts as nothing on hand")
            yield Stock(item=spot.item, site=spot.site, on_hand=max(0.0, on_hand[spot]), safety=safety[spot])

    def _most(self, calendar: str) -> float:
        values = [bucket.value for bucket in self.ground.model.buckets if bucket.calendar == calendar]
        return max(0.0, self.ground.model.calendars[calendar].default, *values)

    def _odd(self, buffer: Buffer) -> None:
        if buffer.type not in (None, "", "default", "infinite"):
            self._lose(f"kind '{buffer.type}' of a buffer", f"buffer '{buffer.name}'", "it is planned as any other stock")

    def _usable(self, each: ItemDistribution) -> bool:
        usable = bool(each.item and each.origin) and each.priority > 0
        if not usable:
            self._lose("distribution", _pointer(each), "left out: it names no item or origin, or has priority 0")
        return usable

    def _stands_for_others(self, item: str) -> bool:
        return self.places.below(item) != [item]

    def _meant(self, item: str) -> list[str]:
        """Return the items that an offer or distribution of an item is for: itself if it comes up, and those below it."""
        below = self.places.below(item)
        return [name for name in dict.fromkeys([item, *below]) if name in self.known or name == item == below[0]]

    def _ends(self, each: ItemDistribution) -> list[str]:
        """Return the places that a distribution leads to, those below its destination among them."""
        if not each.destination:
            return []
        inside = [name for name in self.ground.model.locations if each.destination in self.places.site_above(name)]
        return list(dict.fromkeys([each.destination, *inside]))

    def _where(self, offer: ItemSupplier, item: str) -> list[str]:
        known = self.known.get(item, set())
        if not offer.location:
            return sorted(known)
        below = sorted(site for site in known if offer.location in self.places.site_above(site))
        return below or [offer.location]

    def _lose(self, what: str, where: str, why: str) -> None:
        self.ground.losses.add(what, where, why)


def _pointer(each: ItemSupplier | ItemDistribution) -> str:
    if isinstance(each, ItemSupplier):
        return f"offer of '{each.item}' by '{each.supplier}'" + (f" at '{each.location}'" if each.location else "")
    return f"distribution of '{each.item}' from '{each.origin}' to '{each.destination}'"


def _fresh(name: str, taken: Callable[[str], bool]) -> str:
    """Return a name that is not taken: the name itself or the name with a number."""
    count = 1
    fresh = name
    while taken(fresh):
        count += 1
        fresh = f"{name} ({count})"
    return fresh
