"""Names by which tables call what InvenTree numbers; every one is used once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from outwork.store.formats.inventree.catalogue import Catalogue, Entry

UNPLACED = "no location"
"""Site of stock that InvenTree places nowhere."""


@dataclass(frozen=True)
class Names:
    """Names of parts, companies and locations by their numbers."""

    catalogue: Catalogue

    @cached_property
    def parts(self) -> dict[int, str]:
        """Names of parts: alike ones are told apart by their revision or part number, else by their own number."""
        return _unlike(self.catalogue.rows("part.part"), ("revision", "IPN"))

    @cached_property
    def companies(self) -> dict[int, str]:
        """Names of companies."""
        return _unlike(self.catalogue.rows("company.company"), ())

    @cached_property
    def locations(self) -> dict[int, str]:
        """Names of stock locations, with those that they lie in."""
        return _unlike(self.catalogue.rows("stock.stocklocation"), (), field="pathstring")

    def top(self, location: int) -> int:
        """Return the location at the top of the branch on which a location stands."""
        seen: set[int] = set()
        at = location
        while at not in seen:
            seen.add(at)
            above = self.catalogue["stock.stocklocation"][at].key_of("parent")
            if above is None or above not in self.catalogue["stock.stocklocation"]:
                return at
            at = above
        return at


def _unlike(rows: Iterable[Entry], tellers: tuple[str, ...], field: str = "name") -> dict[int, str]:
    found: dict[int, str] = {}
    taken: set[str] = set()
    for row in rows:
        plain = " ".join((row.text(field) or row.text("name") or str(row)).split())
        marks = [f"{plain} ({row.text(teller)})" for teller in tellers if row.text(teller)]
        name = next(each for each in (plain, *marks, f"{plain} #{row.key}") if each not in taken)
        taken.add(name)
        found[row.key] = name
    return found
