"""Leave to move goods: clearances that hold for a shipment, and the caps of the licences that they rest on."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from outwork.plan.replay.breach import Breach, Code, above, some, tell
from outwork.plan.replay.case import Case, within
from outwork.plan.replay.papers import clearances


def check(case: Case) -> Iterator[Breach]:
    """A controlled item crosses a border under a clearance in force, and no licence covers more than its caps."""
    named = _named(case)
    yield from _needed(named)
    yield from _holds(named)
    yield from _caps(case, named)


def _named(case: Case) -> pl.DataFrame:
    """Return the shipments beside the clearance that they name."""
    leave = clearances(case.programme).drop("revision", "basis")
    leave = leave.rename({name: f"leave_{name}" for name in ("item", "origin", "destination")})
    return case.ship.filter(some(pl.col("quantity"))).join(leave, on="clearance", how="left")


def _needed(named: pl.DataFrame) -> Iterator[Breach]:
    crossing = pl.col("controlled") & (pl.col("origin_nation") != pl.col("destination_nation"))
    bare = named.filter(crossing & (pl.col("clearance") == "")).with_columns(over="quantity")
    said = "{quantity} units of {item} go from {origin_nation} to {destination_nation} on {start} without a clearance"
    yield from tell(Code.CLEARANCE, bare, "unit", said, "ship", "items")


def _holds(named: pl.DataFrame) -> Iterator[Breach]:
    """A clearance that a shipment names, needed or not, holds for its item, nations, receiver and step of departure."""
    named = named.filter(pl.col("clearance") != "").with_columns(over="quantity")
    fits = (
        (pl.col("kind") == "goods")
        & (pl.col("leave_item") == pl.col("item"))
        & (pl.col("leave_origin") == pl.col("origin_nation"))
        & (pl.col("leave_destination") == pl.col("destination_nation"))
        & (pl.col("consignee").is_null() | (pl.col("consignee") == pl.col("receiver")))
    )
    other = named.filter(~fits.fill_null(value=False))
    said = "clearance {clearance} is not for {item} from {origin} ({origin_nation}) to {destination} ({destination_nation})"
    yield from tell(Code.CLEARANCE, other, "unit", said, "ship", "clearances")
    outside = named.filter(fits & ~within(pl.col("opens"), pl.col("expires")))
    said = "{quantity} units of {item} leave {origin} on {start}; clearance {clearance} holds from {opens} to {expires}"
    yield from tell(Code.CLEARANCE, outside, "unit", said, "ship", "clearances")


def _caps(case: Case, named: pl.DataFrame) -> Iterator[Breach]:
    """What moves under the clearances of one licence stays within the smallest caps that they state."""
    # A clearance without a licence has its caps to itself; the blank keeps its name apart from any licence's.
    cover = pl.coalesce("licence", pl.concat_str(pl.lit("\0"), "clearance")).alias("cover")
    caps = (
        clearances(case.programme)
        .group_by(cover)
        .agg(pl.col("quantity_cap", "value_cap").min(), pl.col("clearance").sort().first())
    )
    moved = (
        named.filter(pl.col("kind").is_not_null())
        .group_by(cover)
        .agg(pl.col("quantity").sum(), worth=(pl.col("quantity") * pl.col("value")).sum())
    )
    both = moved.join(caps, on="cover").sort("clearance")
    for column, cap, unit in (("quantity", "quantity_cap", "unit"), ("worth", "value_cap", "EUR")):
        wrong = both.filter(above(pl.col(column), pl.col(cap))).with_columns(over=pl.col(column) - pl.col(cap))
        said = f"{{{column}}} {unit} move under the licence of clearance {{clearance}}, which allows {{{cap}}}"
        yield from tell(Code.CAP, wrong, unit, said, "clearances")
