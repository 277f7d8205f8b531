"""Decisions already taken that rest on nothing, or that are there twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from outwork.model.errors import Fault
from outwork.store.reading import Sheet

READS: Final = ("settings", "sites", "qualifications", "supplies", "lanes", "corridors", "commitments")
WANTING: Final = {
    "make": "qualifications has no row for operation '{operation}' at site '{site}'",
    "qualify": "qualifications has no row for operation '{operation}' at site '{site}'",
    "buy": "supplies has no offer of party '{party}' of item '{item}' at site '{site}'",
    "ship": "neither lanes nor corridors lead from site '{site}' to site '{destination}' by {mode}",
}
"""What a commitment rests on."""

Sheets = Mapping[str, Sheet]


def without_ground(sheets: Sheets) -> Iterator[Fault]:
    """Yield a fault for each commitment that names a pair, an offer or a way that is not there."""
    own = sheets["commitments"]
    if not own.frame.height:
        return
    rows = own.frame.with_row_index("row")
    making = rows.filter(pl.col("kind").is_in(["make", "qualify"]))
    buying = rows.filter(pl.col("kind") == "buy")
    shipping = rows.filter(pl.col("kind") == "ship")
    groundless = pl.concat(
        [
            making.join(sheets["qualifications"].frame, on=["operation", "site"], how="anti"),
            buying.join(sheets["supplies"].frame, on=["item", "site", "party"], how="anti"),
            shipping.join(_ways(sheets, shipping), on=["site", "destination", "mode"], how="anti"),
        ]
    )
    for record in groundless.sort("row").iter_rows(named=True):
        said = WANTING[record["kind"]].format(**record)
        yield own.fault(
            record["row"], "kind", f"commitment '{record['commitment']}' to {record['kind']} rests on nothing: {said}"
        )


def twice(sheets: Sheets) -> Iterator[Fault]:
    """Yield a fault for each commitment to qualify a pair that another one qualifies already: it happens at most once."""
    own = sheets["commitments"]
    rows = own.frame.with_row_index("row").filter(pl.col("kind") == "qualify")
    first: dict[tuple[str, str], str] = {}
    for row, name, operation, site in rows.select("row", "commitment", "operation", "site").iter_rows():
        earlier = first.setdefault((operation, site), name)
        if earlier != name:
            said = f"commitment '{name}' qualifies '{site}' for operation '{operation}', as commitment '{earlier}' does already"
            yield own.fault(row, "operation", said, operation)


def _ways(sheets: Sheets, shipping: pl.DataFrame) -> pl.DataFrame:
    """Return the ways that exist among those that are shipped on, as columns site, destination and mode."""
    nations = sheets["sites"].frame.select("site", "nation")
    pairs = shipping.select("site", "destination", "mode").unique().filter(pl.col("site") != pl.col("destination"))
    between = pairs.join(nations, on="site").join(nations, left_on="destination", right_on="site", suffix="_in")
    corridors = sheets["corridors"].frame.select(nation="origin", nation_in="destination", mode="mode")
    over_nations = between.join(corridors, on=["nation", "nation_in", "mode"], how="semi").select("site", "destination", "mode")
    lanes = sheets["lanes"].frame.select("destination", "mode", site="origin").select("site", "destination", "mode")
    return pl.concat([lanes, over_nations])
