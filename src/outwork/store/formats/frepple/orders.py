"""Orders that are there already: what they bring, and what they still take.

- What arrived before the plan, or is completed, is on hand.
- An order that began before the plan and arrives within it is a commitment of the past: it arrives and takes nothing more.
- An order that begins within the plan is a commitment where the plan can keep it: its material can be there, its hours fit
  and its size is one that the tables allow.
- Else only what it brings is kept, as an offer for that one day at no price, and a loss is listed. frePPLe keeps such orders
  however much they overdraw; a plan of Outwork that must overdraw would be impossible.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from outwork.model.tables.moving import Lane
from outwork.model.tables.sourcing import Supply
from outwork.model.tables.wanting import Commitment
from outwork.store.formats.frepple.expansion import Expansion
from outwork.store.formats.frepple.ground import Ground
from outwork.store.formats.frepple.neutral import Order
from outwork.store.formats.frepple.reach import Reach
from outwork.store.formats.frepple.ways import Way
from outwork.store.formats.gaps import Spot

KEPT: Final = frozenset({"confirmed", "approved", "completed"})


@dataclass
class Orders:
    """Orders as commitments, receipts and stock.

    `ways` by operation; `reach` knows when material can be there; `supplies` and `lanes` are the rows that orders may use.
    """

    ground: Ground
    ways: Mapping[str, Way]
    expansion: Expansion
    reach: Reach
    supplies: Mapping[tuple[str, str, str], Supply]
    lanes: Mapping[tuple[str, str, str], Lane]
    end: date
    stock: dict[Spot, float] = field(default_factory=lambda: defaultdict(float))
    commitments: dict[tuple[object, ...], Commitment] = field(default_factory=dict)
    receipts: dict[tuple[str, str, str], Supply] = field(default_factory=dict)
    passing: dict[tuple[str, str, str], Lane] = field(default_factory=dict)

    def read(self) -> None:
        """Sort every order of the model into stock, commitments and receipts."""
        parents = {order.owner for order in self.ground.model.orders if order.owner}
        for order in sorted(self.ground.model.orders, key=lambda each: str(each.start or each.end or "")):
            if order.status not in KEPT:
                self._lose(f"order that is {order.status}", order, "left out: it is frePPLe's own plan or over")
            elif order.reference in parents:
                self._lose("order of a routing", order, "the orders of its steps stand for it")
            else:
                self._sort(order)

    def _sort(self, order: Order) -> None:
        amount = order.quantity - order.quantity_completed
        if order.quantity_completed:
            self._lose("completed part of an order", order, "counts as on hand already")
        if amount <= 0:
            self._lose("order without quantity", order, "left out: it brings nothing")
        elif order.ordertype == "DLVR":
            self._lose("delivery order", order, "left out: deliveries are the plan's own choice")
        elif order.supplier or order.ordertype == "PO":
            self._purchase(order, amount)
        elif order.operation:
            self._making(order, amount)
        elif order.origin or order.ordertype == "DO":
            self._shipment(order, amount)
        else:
            self._lose("order of no kind", order, "left out: it names no operation, supplier or origin")

    def _purchase(self, order: Order, amount: float) -> None:
        if not order.item or not order.location:
            self._lose("purchase without item or place", order, "left out: nothing says what it brings")
            return
        spot = Spot(order.item, order.location)
        offer = self.supplies.get((order.item, order.location, order.supplier or ""))
        arrives = self._arrival(order, offer.lead_days if offer else 0.0)
        if self._early(order, spot, amount, arrives):
            return
        starts = arrives - timedelta(days=offer.lead_days if offer else 0.0)
        allowed = offer and amount >= offer.minimum and (offer.since or starts) <= starts <= (offer.until or starts)
        if offer and (allowed or starts < self.ground.start):
            commitment = Commitment(
                commitment=self._name(order), kind="buy", item=spot.item, site=spot.site, party=offer.party, start=starts,
                quantity=amount,
            )  # fmt: skip
            self._commit(("buy", spot, offer.party, self._step(starts)), commitment)
            self.reach.arrive(spot, arrives, amount)
        else:
            self._receive(order, spot, amount, arrives, "no offer of its supplier holds on its dates and size")

    def _making(self, order: Order, amount: float) -> None:
        way = self.ways.get(order.operation or "")
        if way is None:
            self._whole(order, amount)
            return
        lead = self.reach.lead_of(way.name)
        arrives = self._arrival(order, lead)
        made = amount * way.per
        if self._early(order, way.makes, made, arrives):
            return
        starts = arrives - timedelta(days=lead)
        needs = [(take.spot, take.quantity * made) for take in way.takes if not take.choice]
        brought = way.site == way.makes.site and all(spot.site == way.site for spot, _ in needs)
        past = starts < self.ground.start
        if brought and (past or self._kept(way, made, starts, needs)):
            commitment = Commitment(
                commitment=self._name(order), kind="make", operation=way.name, site=way.site, start=starts, quantity=made
            )
            self._commit(("make", way.name, way.site, self._step(starts)), commitment)
            self.reach.arrive(way.makes, arrives, made)
        else:
            why = "its material cannot be there, its hours do not fit or its size is none that the tables allow"
            self._receive(order, way.makes, made, arrives, why)

    def _kept(self, way: Way, made: float, starts: date, needs: list[tuple[Spot, float]]) -> bool:
        """Tell whether an order of this size can begin on that day; if so, its material and hours are taken."""
        return self.reach.fits(way.name, way.site, made, starts) and self.reach.take(needs, starts)

    def _whole(self, order: Order, amount: float) -> None:
        """Read an order of a routing or choice: only what comes out at its end is kept."""
        operation = self.ground.model.operations.get(order.operation or "")
        gives = self.expansion.gives(operation) if operation else []
        if not gives:
            self._lose("order of an operation that makes nothing", order, "left out: nothing says what it brings")
            return
        spot, per = gives[0]
        brings = amount * per + self.expansion.fixed(order.operation or "", spot)
        arrives = self._arrival(order, 0.0)
        if not self._early(order, spot, brings, arrives):
            self._receive(order, spot, brings, arrives, "it is not told by steps or alternatives")

    def _shipment(self, order: Order, amount: float) -> None:
        if not order.item or not order.location:
            self._lose("shipment that leads nowhere", order, "left out: what it takes stays where it is")
            return
        spot = Spot(order.item, order.location)
        lane = self._lane(order)
        arrives = self._arrival(order, lane.lead_days if lane else 0.0)
        if self._early(order, spot, amount, arrives):
            return
        starts = arrives - timedelta(days=lane.lead_days if lane else 0.0)
        origin = Spot(order.item, order.origin or "")
        if order.origin and (starts < self.ground.start or self.reach.take([(origin, amount)], starts)):
            lane = lane or self._passing(order, starts)
            commitment = Commitment(
                commitment=self._name(order), kind="ship", item=spot.item, site=origin.site, destination=spot.site,
                mode=lane.mode, start=starts, quantity=amount,
            )  # fmt: skip
            self._commit(("ship", spot, origin.site, lane.mode, self._step(starts)), commitment)
            self.reach.arrive(spot, arrives, amount)
        else:
            self._receive(order, spot, amount, arrives, "what it takes cannot be where it starts")

    def _lane(self, order: Order) -> Lane | None:
        return self.lanes.get((order.item or "", order.origin or "", order.location or ""))

    def _passing(self, order: Order, starts: date) -> Lane:
        """Return a lane for one order that no distribution allows."""
        day = self._first_day(starts)
        lane = Lane(
            origin=order.origin or "", destination=order.location or "", mode=f"order {self._name(order)}", item=order.item,
            since=day, until=day,
        )  # fmt: skip
        self.passing[lane.origin, lane.destination, lane.mode] = lane
        return lane

    def _early(self, order: Order, spot: Spot, amount: float, arrives: date) -> bool:
        """Tell whether an order needs no row: it is on hand, or arrives after the plan."""
        if order.status == "completed" or arrives < self.ground.start:
            self.stock[spot] += amount
            self.reach.arrive(spot, self.ground.start, amount)
            return True
        if arrives >= self.end:
            self._lose("order that arrives after the plan", order, "left out")
            return True
        return False

    def _receive(self, order: Order, spot: Spot, amount: float, arrives: date, why: str) -> None:
        self._lose("what an order takes", order, f"only what it brings is kept: {why}")
        day = self._first_day(arrives)
        party = f"order {self._name(order)}"
        offer = Supply(item=spot.item, site=spot.site, party=party, price=0.0, since=day, until=day)
        self.receipts[spot.item, spot.site, party] = offer
        commitment = Commitment(
            commitment=self._name(order), kind="buy", item=spot.item, site=spot.site, party=party, start=day, quantity=amount
        )
        self._commit(("buy", spot, party, self._step(day)), commitment)
        self.reach.arrive(spot, arrives, amount)

    def _commit(self, key: tuple[object, ...], commitment: Commitment) -> None:
        """Keep a commitment; two of the same decision in the same step are one."""
        held = self.commitments.get(key)
        total = (commitment.quantity or 0.0) + ((held.quantity or 0.0) if held else 0.0)
        names = {each.commitment for each in self.commitments.values()}
        fresh = held.commitment if held else _unlike(commitment.commitment, names)
        self.commitments[key] = replace_quantity(commitment, fresh, total)

    def _arrival(self, order: Order, lead: float) -> date:
        if order.end:
            return order.end.date()
        starts = order.start.date() if order.start else self.ground.start
        return starts + timedelta(days=lead)

    def _step(self, day: date) -> int:
        return (day - self.ground.start).days // self.ground.step_days

    def _first_day(self, day: date) -> date:
        return self.ground.start + timedelta(days=self._step(day) * self.ground.step_days)

    def _name(self, order: Order) -> str:
        return order.reference or f"{order.ordertype or 'order'} {self.ground.model.orders.index(order) + 1}"

    def _lose(self, what: str, order: Order, why: str) -> None:
        self.ground.losses.add(what, f"order '{self._name(order)}'", why)


def replace_quantity(commitment: Commitment, name: str, quantity: float) -> Commitment:
    """Return the same commitment under a name and with a quantity."""
    return commitment.model_copy(update={"commitment": name, "quantity": quantity})


def _unlike(name: str, names: Iterable[str]) -> str:
    held = set(names)
    count = 1
    fresh = name
    while fresh in held:
        count += 1
        fresh = f"{name} ({count})"
    return fresh
