"""What lies where, what is on order, and what customers want."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from outwork.model.table import Row
from outwork.model.tables.moving import Lane, Stock
from outwork.model.tables.sourcing import Supply
from outwork.model.tables.wanting import Commitment, Demand
from outwork.store.formats.converted import Losses
from outwork.store.formats.inventree.catalogue import Catalogue, Entry
from outwork.store.formats.inventree.money import Money
from outwork.store.formats.inventree.names import Names

USABLE: Final = frozenset({10, 50})
"""Stock that is in order, or wants attention."""
PENDING: Final = 10
PLACED: Final = 20
OPEN_SALES: Final = frozenset({10, 15})
ELSEWHERE: Final = ("belongs_to", "customer", "consumed_by", "sales_order")


@dataclass(frozen=True)
class Holdings:
    """Turns stock and orders into rows. `start` is the first day of the plan, `weeks` its length."""

    catalogue: Catalogue
    names: Names
    losses: Losses
    site: str
    start: date
    weeks: int

    def stocks(self) -> Iterator[Stock]:
        """Yield stock by part and location, and the least stock of each part at the main site."""
        held: dict[tuple[str, str], float] = defaultdict(float)
        for row in self.catalogue.rows("stock.stockitem"):
            part = row.key_of("part")
            why = self._unusable(row)
            if why or part not in self.names.parts:
                self.losses.add("stock", str(row), why or "left out: it names no part")
                continue
            held[self.names.parts[part], self._where(row)] += max(0.0, row.number("quantity"))
        safety = {}
        for entry in self.catalogue.rows("part.part"):
            if entry.number("minimum_stock") > 0:
                safety[self.names.parts[entry.key], self.site] = entry.number("minimum_stock")
        for item, site in dict.fromkeys([*held, *safety]):
            yield Stock(item=item, site=site, on_hand=held.get((item, site), 0.0), safety=safety.get((item, site), 0.0))

    def _unusable(self, row: Entry) -> str:
        if int(row.number("status")) not in USABLE:
            return "left out: it is damaged, lost, returned or otherwise not to be used"
        if row.flag("is_building"):
            return "left out: it is still being built"
        if any(row.fields.get(field) is not None for field in ELSEWHERE):
            return "left out: it is built in, sold or promised"
        return ""

    def _where(self, row: Entry) -> str:
        place = row.key_of("location")
        if place in self.names.locations and place is not None:
            return self.names.locations[place]
        self.losses.add("stock without a location", str(row), "counts at the main site")
        return self.site

    def lanes(self) -> Iterator[Lane]:
        """Yield a way between each location and the one that it lies in, at no cost and in no time."""
        for row in self.catalogue.rows("stock.stocklocation"):
            above = row.key_of("parent")
            if above is not None and above in self.names.locations and above != row.key:
                ends = (self.names.locations[row.key], self.names.locations[above])
                for origin, destination in (ends, ends[::-1]):
                    yield Lane(origin=origin, destination=destination, mode="by hand")

    def purchases(self) -> Iterator[Row]:
        """Yield what is on order: an offer for one day at no price, and the commitment to take it."""
        orders = self.catalogue["order.purchaseorder"]
        offers = self.catalogue["company.supplierpart"]
        for line in self.catalogue.rows("order.purchaseorderlineitem"):
            order = orders.get(line.key_of("order") or -1)
            offer = offers.get(line.key_of("part") or -1)
            left = line.number("quantity") - line.number("received")
            item = self.names.parts.get(offer.key_of("part") or -1) if offer else None
            if order is None or item is None or int(order.number("status")) != PLACED or left <= 0:
                self.losses.add("purchase order", str(line), "left out: it is not placed, or over, or names no part")
                continue
            yield from self._receipt(line, order, item, left)

    def _receipt(self, line: Entry, order: Entry, item: str, left: float) -> Iterator[Row]:
        due = line.day("target_date") or order.day("target_date")
        if due is None or due < self.start:
            self.losses.add("date of a purchase order", str(line), "none, or over, so it arrives at the start")
        day = max(due or self.start, self.start)
        day -= timedelta(days=day.weekday())
        if day >= self.start + timedelta(weeks=self.weeks):
            self.losses.add("purchase order", str(line), "left out: it arrives after the plan")
            return
        party = f"order {order.text('reference') or order.key} line {line.key}"
        yield Supply(item=item, site=self.site, party=party, price=0.0, since=day, until=day)
        yield Commitment(commitment=party, kind="buy", item=item, site=self.site, party=party, start=day, quantity=left)

    def demands(self, money: Money) -> Iterator[Demand]:
        """Yield what is left of open sales orders, wanted at the main site."""
        orders = self.catalogue["order.salesorder"]
        for line in self.catalogue.rows("order.salesorderlineitem"):
            order = orders.get(line.key_of("order") or -1)
            left = line.number("quantity") - line.number("shipped")
            item = self.names.parts.get(line.key_of("part") or -1)
            if order is None or item is None or int(order.number("status")) not in OPEN_SALES or left <= 0:
                self.losses.add("sales order", str(line), "left out: it is over, or names no part")
                continue
            due = line.day("target_date") or order.day("target_date")
            if due is None:
                self.losses.add("date of a sales order", str(line), "none, so it is due at the start")
            rate = money.worth(line.text("sale_price_currency"))
            priced = line.fields.get("sale_price") is not None
            if priced and not rate:
                self.losses.add(
                    "price of a sales order", str(line), f"no rate for {line.text('sale_price_currency')} is given (--rate)"
                )
            self.losses.add("customer", str(line), "demands name no customer")
            yield Demand(
                demand=f"{order.text('reference') or order.key} line {line.key}", item=item, site=self.site, quantity=left,
                due=due or self.start, price=line.number("sale_price") * rate if priced and rate else None,
            )  # fmt: skip

    def builds(self) -> None:
        """List build orders: what to build is the plan's own choice."""
        for row in self.catalogue.rows("build.build"):
            self.losses.add("build order", str(row), "left out: what to build and when is the plan's own choice")
