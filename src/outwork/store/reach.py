"""Wanted items that nothing gives, and demands at sites that nothing can reach.

A site *gives* an item where an offer delivers it, a site that may be qualified makes it, stock of it lies there, or a
decision already taken brings it. Dates, clearances and quantities are left out: what this finds wrong, no date mends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import polars as pl

from outwork.model.errors import Fault
from outwork.model.nearest import nearest
from outwork.store.flow import KEY, Makers, Sheets, Ways, begun, spread
from outwork.store.reading import Sheet

READS: Final = (
    "sites", "items", "operations", "components", "loads", "resources", "capabilities", "qualifications", "supplies", "stocks",
    "lanes", "corridors", "commitments",
)  # fmt: skip
SITES_NAMED: Final = 3
"""A message names so many sites at most."""


def unobtainable(sheets: Sheets) -> Iterator[Fault]:
    """Yield a fault for each demand and each component of something that can be made, whose item no site gives.

    Among alternatives one that is given is enough.
    """
    given = pl.concat([begun(sheets), Makers.of(sheets).pairs.select(KEY)]).select("item").unique()
    gone = sheets["items"].frame.select("item").join(given, on="item", how="anti")
    if not gone.height:
        return
    own = sheets["demands"]
    wanted = own.frame.with_row_index("row").join(gone, on="item", how="semi", maintain_order="left")
    yield from _told(own, wanted, given, "is wanted")
    own = sheets["components"]
    made = sheets["qualifications"].frame.select("operation").unique()
    rows = own.frame.with_row_index("row").join(made, on="operation", how="semi", maintain_order="left")
    rows = rows.with_columns(pl.col("item").is_in(gone["item"].implode()).alias("gone"))
    alone = pl.when(pl.col("choice").is_null()).then("row")
    needed = rows.filter(pl.col("gone").all().over("operation", "choice", alone))
    yield from _told(own, needed, given, "is needed")


def _told(own: Sheet, missing: pl.DataFrame, given: pl.DataFrame, wanted: str) -> Iterator[Fault]:
    names = given["item"].to_list()
    for row, item in missing.select("row", "item").iter_rows():
        said = f"item '{item}'{own.named(row, 'item')} {wanted}, but nothing makes, buys or holds it"
        yield own.fault(row, "item", said, item, nearest(item, names))


def unreachable(sheets: Sheets) -> Iterator[Fault]:
    """Yield a fault for each demand at a site to which its item cannot come, with what keeps it away."""
    own = sheets["demands"]
    wanted = own.frame.select(KEY).unique().join(sheets["sites"].frame.select("site"), on="site", how="semi")
    if not wanted.height:
        return
    makers, ways = Makers.of(sheets), Ways.of(sheets)
    found = spread(begun(sheets), makers, ways)
    lost = wanted.join(found, on=KEY, how="anti")
    if not lost.height:
        return
    state = _State(found, makers, ways)
    rows = own.frame.with_row_index("row").join(lost, on=KEY, how="semi", maintain_order="left")
    for row, item, site in rows.select("row", "item", "site").iter_rows():
        why = state.why(item, site, ())
        if why:
            yield own.fault(row, "site", f"site '{site}'{own.named(row, 'site')} cannot be reached: {why}", site)


@dataclass(frozen=True, eq=False)
class _State:
    """What can come where, asked why something cannot."""

    found: pl.DataFrame
    makers: Makers
    ways: Ways

    def why(self, item: str, site: str, above: tuple[str, ...]) -> str:
        """Say what keeps an item from a site; nothing where another fault says so. Args: above, items that are made of it."""
        there = sorted(self.found.filter(item=item)["site"])
        if there:
            return self._cut_off(item, site, there)
        if item in above:
            return ""
        lacking = self.makers.pairs.filter(item=item).join(self.makers.lacking, on=["operation", "site"])
        for operation, maker, process in lacking.select("operation", "site", "process").sort(pl.all()).head(1).iter_rows():
            return f"item '{item}' is made at {maker} by operation '{operation}', and {maker} has no resource for '{process}'"
        unmet = self.makers.unmet(self.found).join(
            self.makers.pairs.filter(item=item), on=["operation", "site"], suffix="_made"
        )
        for maker, component in unmet.select("site", "item").sort(pl.all()).iter_rows():
            deeper = self.why(component, maker, (*above, item))
            if deeper:
                return f"item '{item}' is made at {maker} from '{component}', which cannot come there: {deeper}"
        return ""

    def _cut_off(self, item: str, site: str, there: list[str]) -> str:
        """Say why an item does not come on from the sites where it is to be had."""
        said = f"item '{item}' is to be had at {_listed(there)}, and "
        closed = self._closed(item, site)
        if closed:
            return f"{said}{_listed(closed)} {'has' if len(closed) == 1 else 'have'} no transit to pass it on"
        return f"{said}no lane or corridor leads on from there"

    def _closed(self, item: str, site: str) -> list[str]:
        """Return the sites without transit on the ways by which an item would come to a site, none if no way leads there."""
        begin, end = self.found.filter(item=item), pl.DataFrame({"item": [item], "site": [site]})
        before, after = self._everywhere(begin, self.ways), self._everywhere(end, self.ways.back())
        if before.join(end, on=KEY, how="semi").is_empty():
            return []
        between = before.join(after, on=KEY, how="semi").join(self.ways.open, on="site", how="anti")
        return sorted(set(between["site"]) - {site} - set(self._starting(item)))

    def _starting(self, item: str) -> list[str]:
        """Return the sites where an item is to be had that may send it."""
        return self.found.filter(item=item).join(self.ways.sends, on=KEY, how="semi")["site"].to_list()

    def _everywhere(self, found: pl.DataFrame, ways: Ways) -> pl.DataFrame:
        """Return where items could go if every site had transit."""
        fresh = found
        while fresh.height:
            fresh = ways.all_on(fresh).join(found, on=KEY, how="anti")
            found = pl.concat([found, fresh])
        return found


def _listed(sites: list[str]) -> str:
    """Return the first names, and how many more there are."""
    more = f" and {len(sites) - SITES_NAMED} more" if len(sites) > SITES_NAMED else ""
    return ", ".join(sites[:SITES_NAMED]) + more
