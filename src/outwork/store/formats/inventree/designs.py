"""Parts as items, bills of material as assembly operations.

A part that is an assembly is made by one operation, qualified at the main site; its lines are the components. A line of a
template whose `inherited` is set belongs to its variants too. Where a line allows variants of its part, or names
substitutes, they are alternatives of one choice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from outwork.model.table import Row
from outwork.model.tables.design import Component, Fact, Item, Operation, Revision
from outwork.model.tables.sourcing import Qualification
from outwork.store.formats.converted import Losses
from outwork.store.formats.inventree.catalogue import Catalogue, Entry
from outwork.store.formats.inventree.money import Money, value
from outwork.store.formats.inventree.names import Names

ASSEMBLY: Final = "assembly"
"""The process of every operation."""

LOST: Final = {
    "trackable": "units are not told apart by serial number",
    "default_expiry": "stock does not expire",
    "link": "a web address has no column",
}
LOST_OF_LINES: Final = {
    "optional": "planned as needed",
    "consumable": "planned as any other component",
    "reference": "designators have no column",
    "note": "words for people have no column",
}
SOURCING: Final[dict[tuple[bool, bool], Literal["make", "buy", "either"]]] = {
    (True, True): "either", (True, False): "make", (False, True): "buy", (False, False): "either",
}  # fmt: skip
"""By whether a part has lines and whether it is purchaseable."""
FACTS: Final = {"description": "description", "keywords": "keywords", "IPN": "internal part number"}


@dataclass(frozen=True)
class Designs:
    """Turns parts and their lines into rows. `assembly_days` is the lead time of every assembly [day]."""

    catalogue: Catalogue
    names: Names
    losses: Losses
    site: str
    assembly_days: float
    money: Money

    def items(self) -> Iterator[Row]:
        """Yield an item for every part, its revision and what is known of it."""
        worth = {row.key_of("part"): row for row in self.catalogue.rows("part.partpricing")}
        for part in self.catalogue.rows("part.part"):
            name = self.names.parts[part.key]
            priced = worth.get(part.key)
            makes, buys = part.key in self._lines, part.flag("purchaseable")
            sourcing: Literal["make", "buy", "either"] = (
                "make" if makes and not buys else "buy" if buys and not makes else "either"
            )
            yield Item(
                item=name, name=part.text("name") or name, unit=part.text("units") or "piece",
                value=value(priced, self.money) if priced else 0.0, sourcing=sourcing,
            )  # fmt: skip
            if part.text("revision"):
                yield Revision(item=name, revision=part.text("revision"), status="released")
            yield from self._facts(part, name)
            self._lose(part, LOST)

    def operations(self) -> Iterator[Row]:
        """Yield an operation for every part with lines, its own or those of the template that it is a variant of."""
        for part in self.catalogue.rows("part.part"):
            lines = [*self._lines.get(part.key, []), *self._inherited(part)]
            if not lines:
                continue
            name = f"assemble {self.names.parts[part.key]}"
            yield Operation(operation=name, item=self.names.parts[part.key], process=ASSEMBLY, lead_days=self.assembly_days)
            yield Qualification(operation=name, site=self.site)
            yield from self._components(name, lines)

    def _components(self, operation: str, lines: Iterable[Entry]) -> Iterator[Component]:
        held: set[str] = set()
        for line in lines:
            quantity = self._quantity(line)
            parts = self._alternatives(line)
            choice = f"line {line.key}" if len(parts) > 1 else None
            for place, part in enumerate(parts):
                item = self.names.parts[part]
                if item in held:
                    if place == 0:
                        self.losses.add(
                            "second line of a part", f"{operation}, {item}", "its alternatives are those of the first"
                        )
                    continue
                held.add(item)
                yield Component(operation=operation, item=item, quantity=quantity, choice=choice)

    def _alternatives(self, line: Entry) -> list[int]:
        """Return the part of a line, its variants where they are allowed, and its substitutes."""
        part = line.key_of("sub_part")
        if part is None or part not in self.names.parts:
            return []
        variants = self._below(part) if line.flag("allow_variants") else []
        return [
            each for each in dict.fromkeys([part, *variants, *self._substitutes.get(line.key, [])]) if each in self.names.parts
        ]

    def _quantity(self, line: Entry) -> float:
        """Return how much a line takes for one unit, what is lost in attrition included."""
        quantity, overage = line.number("quantity"), line.text("overage").strip()
        if overage.endswith("%"):
            return quantity * (1 + float(overage.rstrip("% ")) / 100)
        if overage:
            self.losses.add("fixed overage", str(line), "quantities are in proportion to what is made")
        return quantity

    def _inherited(self, part: Entry) -> list[Entry]:
        """Return the lines that a variant has from the templates above it."""
        return [line for above in self._above(part) for line in self._lines.get(above, []) if line.flag("inherited")]

    def _above(self, part: Entry) -> list[int]:
        found: list[int] = []
        at = part.key_of("variant_of")
        while at is not None and at in self.names.parts and at not in found:
            found.append(at)
            at = self.catalogue["part.part"][at].key_of("variant_of")
        return found

    def _below(self, part: int) -> list[int]:
        return [row.key for row in self.catalogue.rows("part.part") if part in self._above(row)]

    @cached_property
    def _lines(self) -> dict[int, list[Entry]]:
        """Lines by the part that they are of; lines that take nothing, or name no part, are listed."""
        found: dict[int, list[Entry]] = defaultdict(list)
        for line in self.catalogue.rows("part.bomitem"):
            part, taken = line.key_of("part"), line.key_of("sub_part")
            if part not in self.names.parts or taken not in self.names.parts or line.number("quantity") <= 0:
                self.losses.add("line of a bill of material", str(line), "left out: it names no part or takes nothing")
                continue
            found[part].append(line)
            self._lose(line, LOST_OF_LINES)
        return found

    @cached_property
    def _substitutes(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for row in self.catalogue.rows("part.bomitemsubstitute"):
            line, part = row.key_of("bom_item"), row.key_of("part")
            if line is not None and part is not None:
                found[line].append(part)
        return found

    def _facts(self, part: Entry, name: str) -> Iterator[Fact]:
        for field, fact in FACTS.items():
            if part.text(field):
                yield Fact(item=name, fact=fact, value=part.text(field), source="InvenTree")
        category = self.catalogue["part.partcategory"].get(part.key_of("category") or -1)
        if category:
            yield Fact(
                item=name, fact="category", value=category.text("pathstring") or category.text("name"), source="InvenTree"
            )
        for place, made in enumerate(self._made.get(part.key, []), 1):
            number = f"manufacturer's part number {place}" if place > 1 else "manufacturer's part number"
            maker = self.names.companies.get(made.key_of("manufacturer") or -1, "")
            if made.text("MPN"):
                yield Fact(item=name, fact=number, value=f"{maker} {made.text('MPN')}".strip(), source="InvenTree")

    @cached_property
    def _made(self) -> dict[int, list[Entry]]:
        found: dict[int, list[Entry]] = defaultdict(list)
        for row in self.catalogue.rows("company.manufacturerpart"):
            found[row.key_of("part") or -1].append(row)
        return found

    def _lose(self, entry: Entry, fields: dict[str, str]) -> None:
        for field, why in fields.items():
            if entry.fields.get(field) not in (None, "", False, 0):
                self.losses.add(field.replace("_", " "), str(entry), why)
