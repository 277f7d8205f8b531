"""Moving: lanes and corridors, what they carry and when, and sites that pass nothing on."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from outwork.plan.replay.breach import Breach, Code, above, some, tell
from outwork.plan.replay.case import Case, within
from outwork.plan.replay.columns import early, misstated

KEYS = {"lanes": ("origin", "destination", "mode"), "corridors": ("origin_nation", "destination_nation", "mode")}
"""Over what a limit by weight counts."""


def check(case: Case) -> Iterator[Breach]:
    """Every shipment leaves on an open way that can carry it, and says truly what it costs and when it arrives."""
    yield from _open(case)
    yield from _weight(case)
    yield from _transit(case)
    moves = case.ship.with_columns(
        true_ready=case.day(pl.col("step") + pl.col("lead")),
        true_cost=pl.col("quantity") * pl.col("mass") * pl.col("cost_kg"),
    )
    yield from misstated(moves, "ship", "cost", Code.COST, "EUR")
    yield from early(moves, "ship")


def departures(case: Case) -> pl.DataFrame:
    """Return pairs of sites by mode and step in which anything moves, each of which owes the way's fixed cost."""
    moves = case.ship.group_by("origin", "destination", "mode", "step").agg(
        pl.col("quantity").sum(), pl.col("fixed_cost").first()
    )
    return moves.filter(some(pl.col("quantity")))


def sources(case: Case) -> pl.DataFrame:
    """Return site and item of all that begins at a site: it is made, bought or kept there."""
    tables = case.programme.tables
    made = tables["qualifications"].join(tables["operations"].select("operation", "item"), on="operation")
    return pl.concat([frame.select("site", "item") for frame in (made, tables["supplies"], tables["stocks"])]).unique()


def _open(case: Case) -> Iterator[Breach]:
    """A way carries in its window, and only its item where it has one."""
    moves = case.ship.filter(some(pl.col("quantity"))).with_columns(over="quantity")
    closed = moves.filter(~within(pl.col("since"), pl.col("until")))
    said = (
        "{quantity} units of {item} leave {origin} by {mode} for {destination} on {start}; it is open from {since} to {until}"
    )
    yield from tell(Code.LANE, closed, "unit", said, "ship")
    other = moves.filter(pl.col("only") != pl.col("item"))
    said = "{quantity} units of {item} leave {origin} for {destination} by {mode} on {start}; the lane carries only {only}"
    yield from tell(Code.LANE, other, "unit", said, "ship", "lanes")


def _weight(case: Case) -> Iterator[Breach]:
    """All goods of a lane in a step, or of a corridor over all its pairs of sites, weigh at most per_week."""
    for way, key in KEYS.items():
        moves = case.ship.filter((pl.col("way") == way) & pl.col("per_week").is_not_null())
        weight = moves.group_by(*key, "start", "step").agg(
            kg=(pl.col("quantity") * pl.col("mass")).sum(), most=pl.col("per_week").first() * case.horizon.weeks_per_step
        )
        heavy = weight.filter(above(pl.col("kg"), pl.col("most"))).with_columns(over=pl.col("kg") - pl.col("most"))
        heavy = heavy.rename({old: new for old, new in zip(key, KEYS["lanes"], strict=True) if old != new}).sort(KEYS["lanes"])
        said = "{kg} kg leave {origin} for {destination} by {mode} on {start}, where {most} kg can"
        yield from tell(Code.LANE_LIMIT, heavy, "kg", said, way)


def _transit(case: Case) -> Iterator[Breach]:
    """A site without transit sends what it makes, is supplied or stocks, and receives what it takes in or wants there."""
    tables = case.programme.tables
    pairs = tables["qualifications"].select("operation", "site")
    taken = pairs.join(tables["components"].select("operation", "item"), on="operation")
    takes = pl.concat([frame.select("site", "item") for frame in (taken, tables["demands"])])
    closed = tables["sites"].filter(~pl.col("transit")).select("site")
    moves = case.ship.filter(some(pl.col("quantity"))).with_columns(over="quantity")
    for end, known, does in (("origin", sources(case), "sends"), ("destination", takes, "receives")):
        bound = moves.join(closed, left_on=end, right_on="site", how="semi")
        wrong = bound.join(known, left_on=(end, "item"), right_on=("site", "item"), how="anti")
        said = f"{{{end}}} {does} {{quantity}} units of {{item}} on {{start}}, in which it has no part but passing them on"
        yield from tell(Code.TRANSIT, wrong, "unit", said, "ship")
