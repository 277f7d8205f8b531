"""Wanted items that nothing gives, and demands at sites that nothing can reach.

A site *gives* an item where an offer delivers it, a site that may be qualified makes it, stock of it lies there, or a
decision already taken brings it. Dates, clearances and quantities are left out: what this finds wrong, no date mends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from outwork.model.errors import Fault
from outwork.model.nearest import nearest
from outwork.store.reading import Sheet

READS: Final = ("sites", "operations", "qualifications", "supplies", "stocks", "lanes", "corridors", "commitments")
SITES_NAMED: Final = 3
"""A message names so many sites at most."""

Sheets = Mapping[str, Sheet]


def unobtainable(sheets: Sheets) -> Iterator[Fault]:
    """Yield a fault for each demand and each component of something that can be made, whose item no site gives.

    Among alternatives one that is given is enough.
    """
    given = _given(sheets).select("item").unique()
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
    """Yield a fault for each demand at a site to which no lanes or corridors lead from any site that gives the item."""
    own = sheets["demands"]
    wanted = own.frame.select("item", "site").unique().join(sheets["sites"].frame.select("site"), on="site", how="semi")
    given = _given(sheets).join(wanted.select("item").unique(), on="item", how="semi")
    lost = wanted.join(given, on="item", how="semi").join(_spread(given, sheets), on=["item", "site"], how="anti")
    if not lost.height:
        return
    rows = own.frame.with_row_index("row").join(lost, on=["item", "site"], how="semi", maintain_order="left")
    for row, item, site in rows.select("row", "item", "site").iter_rows():
        sites = sorted(given.filter(pl.col("item") == item)["site"])
        more = f" and {len(sites) - SITES_NAMED} more" if len(sites) > SITES_NAMED else ""
        said = f"site '{site}'{own.named(row, 'site')} cannot be reached: item '{item}' is to be had at "
        said += ", ".join(sites[:SITES_NAMED]) + more + ", and no lane or corridor leads on from there"
        yield own.fault(row, "site", said, site)


def _given(sheets: Sheets) -> pl.DataFrame:
    """Return where each item comes from, as columns item and site."""
    made = sheets["qualifications"].frame.join(sheets["operations"].frame.select("operation", "item"), on="operation")
    held = sheets["stocks"].frame.filter(pl.col("on_hand") > 0)
    decided = sheets["commitments"].frame.filter(pl.col("kind").is_in(["buy", "ship"]))
    arriving = decided.select("item", pl.coalesce("destination", "site").alias("site"))
    parts = [part.select("item", "site") for part in (made, sheets["supplies"].frame, held, arriving)]
    return pl.concat(parts).unique()


def _spread(given: pl.DataFrame, sheets: Sheets) -> pl.DataFrame:
    """Return every site that an item can get to from those that give it, as columns item and site.

    Each round carries what the last one reached over one more lane or corridor.
    """
    lanes = sheets["lanes"].frame.select("origin", "destination", pl.col("item").alias("only"))
    nations = sheets["sites"].frame.select("site", "nation")
    corridors = sheets["corridors"].frame.select("origin", "destination").unique()
    reached = fresh = given
    while fresh.height:
        over_lanes = fresh.join(lanes, left_on="site", right_on="origin").filter(
            pl.col("only").is_null() | (pl.col("only") == pl.col("item"))
        )
        entered = fresh.join(nations, on="site").select("item", "nation").unique()
        entered = entered.join(corridors, left_on="nation", right_on="origin").select("item", nation="destination").unique()
        steps = [over_lanes.select("item", site="destination"), entered.join(nations, on="nation").select("item", "site")]
        fresh = pl.concat(steps).unique().join(reached, on=["item", "site"], how="anti")
        reached = pl.concat([reached, fresh])
    return reached
