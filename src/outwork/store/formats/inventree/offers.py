"""Supplier parts as supplies: one price for each, at the quantity that the options name.

Of the breaks of an offer, the one with the largest quantity not above that quantity holds, or else the smallest; then its
quantity is also the least that can be ordered. A price is for a pack, so that of a unit is price / units in a pack. Of
several offers of a part by one supplier the cheapest is kept, as a row of supplies is one for item, site and seller.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from outwork.model.tables.sourcing import Supply
from outwork.store.formats.converted import Losses
from outwork.store.formats.inventree.catalogue import Catalogue, Entry
from outwork.store.formats.inventree.money import Money, value
from outwork.store.formats.inventree.names import Names
from outwork.store.formats.inventree.options import Options

LOST: Final = {
    "SKU": "offers have no order number",
    "note": "words for people have no column",
    "packaging": "words for people have no column",
    "available": "what a supplier has today says nothing of later weeks",
}


@dataclass(frozen=True)
class Price:
    """Price of a unit in the programme's money, and the least that is sold at it [unit]."""

    amount: float
    least: float


@dataclass(frozen=True)
class Offers:
    """Turns supplier parts and their breaks into rows."""

    catalogue: Catalogue
    names: Names
    losses: Losses
    site: str
    options: Options
    money: Money

    def rows(self) -> Iterator[Supply]:
        """Yield one supply for each part and supplier, the cheapest of its offers."""
        best: dict[tuple[str, str], tuple[Price, Entry]] = {}
        for offer in self.catalogue.rows("company.supplierpart"):
            part, supplier = offer.key_of("part"), offer.key_of("supplier")
            if part not in self.names.parts or supplier not in self.names.companies:
                self.losses.add("offer", str(offer), "left out: it names no part or supplier")
                continue
            self._lose(offer)
            price = self._price(offer)
            pair = (self.names.parts[part], self.names.companies[supplier])
            if pair in best:
                dearer = offer if best[pair][0].amount <= price.amount else best[pair][1]
                self.losses.add(
                    "second offer of a supplier", str(dearer), "the cheapest of a supplier's offers of a part is kept"
                )
            if pair not in best or price.amount < best[pair][0].amount:
                best[pair] = (price, offer)
        for (item, party), (price, _) in best.items():
            yield Supply(
                item=item,
                site=self.site,
                party=party,
                price=price.amount,
                minimum=price.least,
                lead_days=self.options.lead_days,
            )

    def _price(self, offer: Entry) -> Price:
        """Return the price of an offer; where no break is in money that is known, the part's own worth, and else 0."""
        pack = offer.number("pack_quantity_native") or 1.0
        breaks = sorted(self._known(offer), key=lambda each: each.number("quantity"))
        if not breaks:
            worth = self._worth.get(offer.key_of("part") or -1, 0.0)
            self.losses.add(
                "price", str(offer), "none in known money, so the part's own worth is taken" if worth else "none, so 0 is taken"
            )
            return Price(worth, 0.0)
        held = [each for each in breaks if each.number("quantity") * pack <= self.options.at]
        chosen = held[-1] if held else breaks[0]
        for each in breaks:
            if each is not chosen:
                self.losses.add("price break", str(each), f"the price at {self.options.at:g} units is taken")
        amount = max(0.0, chosen.number("price")) * self._rate(chosen) / pack
        return Price(amount, 0.0 if held else chosen.number("quantity") * pack)

    def _known(self, offer: Entry) -> list[Entry]:
        breaks = self._breaks.get(offer.key, [])
        known = [each for each in breaks if self._rate(each) > 0]
        for each in breaks:
            if each not in known:
                self.losses.add("price break", str(each), f"no rate for {each.text('price_currency')} is given (--rate)")
        return known

    def _rate(self, each: Entry) -> float:
        return self.money.worth(each.text("price_currency"))

    def _lose(self, offer: Entry) -> None:
        for field, why in LOST.items():
            if offer.text(field) and offer.fields.get(field) not in ("0", "0.000"):
                self.losses.add(field, str(offer), why)
        if offer.number("multiple") > 1:
            self.losses.add("multiple", str(offer), "purchases of any size from the smallest on")
        if offer.number("base_cost"):
            self.losses.add("base cost", str(offer), "an order costs no more than its units")

    @cached_property
    def _breaks(self) -> Mapping[int, list[Entry]]:
        found: dict[int, list[Entry]] = defaultdict(list)
        for row in self.catalogue.rows("company.supplierpricebreak"):
            found[row.key_of("part") or -1].append(row)
        return found

    @cached_property
    def _worth(self) -> Mapping[int, float]:
        rows = self.catalogue.rows("part.partpricing")
        return {row.key_of("part") or -1: value(row, self.money) for row in rows}
