"""Where every item can come to at all: begun, sent on and made, round by round.

Dates, clearances and quantities are left out, so that what cannot come here cannot come in any plan; docs/reference/meaning.md
says what a site without transit sends and takes in. Frames have the columns item and site unless told otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from outwork.store.reading import Sheet

Sheets = Mapping[str, Sheet]
KEY = ["item", "site"]
PAIR = ["operation", "site"]


@dataclass(frozen=True, eq=False)
class Ways:
    """Ways between sites, as origin, destination and the only item carried or null; `sends` and `takes`, what may go over them.

    `open` are the sites with transit, which send and take in everything.
    """

    between: pl.DataFrame
    sends: pl.DataFrame
    takes: pl.DataFrame
    open: pl.DataFrame

    @classmethod
    def of(cls, sheets: Sheets) -> Ways:
        """Read lanes, corridors and sites."""
        pairs = sheets["qualifications"].frame.select(PAIR)
        made = pairs.join(sheets["operations"].frame.select("operation", "item"), on="operation")
        taken = pairs.join(sheets["components"].frame.select("operation", "item"), on="operation")
        sends = [frame.select(KEY) for frame in (made, sheets["supplies"].frame, sheets["stocks"].frame)]
        takes = [frame.select(KEY) for frame in (taken, sheets["demands"].frame)]
        places = sheets["sites"].frame
        return cls(
            _between(sheets), pl.concat(sends).unique(), pl.concat(takes).unique(), places.filter("transit").select("site")
        )

    def on(self, found: pl.DataFrame) -> pl.DataFrame:
        """Return what can go one way further."""
        return self._part(self.all_on(self._part(found, self.sends)), self.takes)

    def all_on(self, found: pl.DataFrame) -> pl.DataFrame:
        """Return what could go one way further if every site had transit."""
        moved = found.join(self.between, left_on="site", right_on="origin")
        return (
            moved.filter((pl.col("only") == pl.col("item")).fill_null(value=True)).select("item", site="destination").unique()
        )

    def back(self) -> Ways:
        """Return the same ways, gone in the other direction."""
        turned = self.between.select(origin="destination", destination="origin", only="only")
        return replace(self, between=turned, sends=self.takes, takes=self.sends)

    def _part(self, found: pl.DataFrame, part: pl.DataFrame) -> pl.DataFrame:
        """Keep what its site has a part in."""
        return pl.concat([found.join(self.open, on="site", how="semi"), found.join(part, on=KEY, how="semi")]).unique()


@dataclass(frozen=True, eq=False)
class Makers:
    """Who could make what. pairs: operation, site, item; lacking: operation, site and a process that the site has not.

    needs: operation, site, need, item: every need has to be met by one of its items.
    """

    pairs: pl.DataFrame
    lacking: pl.DataFrame
    needs: pl.DataFrame

    @classmethod
    def of(cls, sheets: Sheets) -> Makers:
        """Read qualifications; items that are only bought have no makers.

        A component with dates and without a choice is no need: before or after them units are made without it.
        """
        bought = sheets["items"].frame.filter(sourcing="buy")
        operations = sheets["operations"].frame.join(bought, on="item", how="anti")
        pairs = sheets["qualifications"].frame.select(PAIR).join(operations, on="operation")
        setups = pairs.filter(pl.col("setup_hours") > 0).select(*PAIR, "process")
        loads = pairs.select(PAIR).join(sheets["loads"].frame.select("operation", "process"), on="operation")
        own = sheets["resources"].frame.select("resource", "site", "process")
        more = sheets["capabilities"].frame.select("resource", "process").join(own.select("resource", "site"), on="resource")
        held = pl.concat([own.select("site", "process"), more.select("site", "process")])
        lacking = pl.concat([setups, loads]).unique().join(held, on=["site", "process"], how="anti")
        always = pl.col("since").is_null() & pl.col("until").is_null()
        used = sheets["components"].frame.filter(pl.col("choice").is_not_null() | always)
        need = (
            pl.when(pl.col("choice").is_null()).then(pl.lit("item ") + pl.col("item")).otherwise("choice " + pl.col("choice"))
        )
        needs = pairs.select(PAIR).join(used.select("operation", "item", need=need), on="operation")
        return cls(pairs.select(*PAIR, "item"), lacking, needs)

    def unmet(self, found: pl.DataFrame) -> pl.DataFrame:
        """Return the needs of which no item is there."""
        met = self.needs.join(found, on=KEY, how="semi")
        return self.needs.join(met, on=[*PAIR, "need"], how="anti")

    def made(self, found: pl.DataFrame) -> pl.DataFrame:
        """Return what can be made where all that it needs is there."""
        able = self.pairs.join(self.lacking, on=PAIR, how="anti").join(self.unmet(found), on=PAIR, how="anti")
        return able.select(KEY)


def begun(sheets: Sheets) -> pl.DataFrame:
    """Return what is bought, lies there or comes by a decision already taken; items that are only made are not bought."""
    made = sheets["items"].frame.filter(sourcing="make")
    bought = sheets["supplies"].frame.join(made, on="item", how="anti")
    held = sheets["stocks"].frame.filter(pl.col("on_hand") > 0)
    decided = sheets["commitments"].frame
    moved = decided.filter(pl.col("kind").is_in(["buy", "ship"])).select("item", site=pl.coalesce("destination", "site"))
    making = decided.filter(kind="make").select(PAIR)
    making = making.join(sheets["operations"].frame.select("operation", "item"), on="operation")
    return pl.concat([frame.select(KEY) for frame in (bought, held, moved, making)]).unique()


def spread(begun: pl.DataFrame, makers: Makers, ways: Ways) -> pl.DataFrame:
    """Return where every item can come to: each round carries what the last one reached one way on, and makes from it."""
    found, fresh = begun, begun
    while True:
        fresh = pl.concat([ways.on(fresh), makers.made(found)]).unique().join(found, on=KEY, how="anti")
        if not fresh.height:
            return found
        found = pl.concat([found, fresh])


def _between(sheets: Sheets) -> pl.DataFrame:
    """Return lanes, and corridors between two sites that no lane of the same mode connects; columns as in Ways."""
    lanes, places = sheets["lanes"].frame, sheets["sites"].frame.select("site", "nation")
    corridors = sheets["corridors"].frame.select("mode", sender="origin", receiver="destination")
    spread = corridors.join(places.rename({"site": "origin"}), left_on="sender", right_on="nation")
    spread = spread.join(places.rename({"site": "destination"}), left_on="receiver", right_on="nation")
    spread = spread.filter(pl.col("origin") != pl.col("destination"))
    spread = spread.join(lanes, on=["origin", "destination", "mode"], how="anti")
    own = lanes.select("origin", "destination", only="item")
    return pl.concat([own, spread.select("origin", "destination", only=pl.lit(None, pl.String))]).unique()
