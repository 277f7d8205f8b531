"""Licences that have still to be granted: in which steps their clearances hold, and what uses them."""

from __future__ import annotations

import polars as pl

from outwork.model.programme import Programme
from outwork.plan.replay.breach import some
from outwork.plan.replay.case import Case, step_of, within

PAIR = ("operation", "site")


def papers(programme: Programme) -> pl.DataFrame:
    """Return `licences` with the days on which they are applied for, granted and over; null where they are granted already.

    `waits` is whether the plan has to apply, `days` the lead time as the calendar counts it.
    """
    status, start = pl.col("status"), pl.lit(programme.horizon.start)
    stated = pl.col("apply_from").fill_null(start)
    applied = pl.when(status == "to apply").then(pl.max_horizontal(stated, start)).when(status == "applied").then(stated)
    frame = programme["licences"].with_columns(applied_on=applied, days=pl.col("lead_days").ceil().cast(pl.Int64))
    frame = frame.with_columns(granted_on=pl.col("applied_on") + pl.duration(days="days"), waits=status == "to apply")
    return frame.with_columns(over_on=pl.col("granted_on") + pl.duration(days="valid_days"))


def clearances(programme: Programme) -> pl.DataFrame:
    """Return the clearances with the windows and caps that their licences leave them, and whether these wait."""
    own = papers(programme).select("licence", "granted_on", "over_on", "waits", units="quantity_cap", worth="value_cap")
    both = programme["clearances"].join(own, on="licence", how="left")
    return both.with_columns(
        opens=pl.max_horizontal("opens", "granted_on"),
        expires=pl.min_horizontal("expires", "over_on"),
        quantity_cap=pl.min_horizontal("quantity_cap", "units"),
        value_cap=pl.min_horizontal("value_cap", "worth"),
        waits=pl.col("waits").fill_null(value=False),
    ).drop("granted_on", "over_on", "units", "worth")


def fees(case: Case) -> pl.DataFrame:
    """Return the fees of the licences that the plan applies for [EUR], by step and the site that first uses them, if any."""
    paid = papers(case.programme).filter("waits").join(case.apply.select("licence").unique(), on="licence", how="semi")
    paid = paid.join(first_uses(case).select("licence", "site"), on="licence", how="left")
    return paid.select("fee", "site", step=step_of(pl.col("applied_on"), case.horizon).clip(0, case.horizon.steps - 1))


def moves(case: Case) -> pl.DataFrame:
    """Return what moves under licences to apply for: licence, item, site, start, step, units, worth [EUR]."""
    waiting = clearances(case.programme).filter("waits").select("clearance", "licence")
    sent = case.ship.filter(some(pl.col("quantity"))).join(waiting, on="clearance")
    worth = pl.col("quantity") * pl.col("value")
    return sent.select("licence", "item", "start", "step", units="quantity", site="origin", worth=worth)


def foreign(case: Case) -> dict[str, pl.DataFrame]:
    """Return the rows of `make` and `qualify` that need another nation's technology."""
    made = case.make.filter(some(pl.col("quantity"))).drop("item").rename({"item_made": "item"})
    frames = {"make": made, "qualify": case.qualify}
    return {table: frame.filter(pl.col("technology_of") != pl.col("nation")) for table, frame in frames.items()}


def rights(case: Case, rows: pl.DataFrame) -> pl.DataFrame:
    """Return such rows once for each technology clearance that holds for them, whether or not the plan applies for it."""
    leave = clearances(case.programme).filter(pl.col("kind") == "technology")
    window = ("item", "consignee", "opens", "expires", "waits", "licence")
    leave = leave.select(*window, technology_of="origin", nation="destination", only="revision")
    both = rows.join(leave, on=("item", "technology_of", "nation"))
    party = pl.col("consignee").is_null() | (pl.col("consignee") == pl.col("party"))
    revision = pl.col("only").is_null() | pl.col("only").eq_missing(pl.col("revision"))
    return both.filter(party & revision & within(pl.col("opens"), pl.col("expires")))


def first_uses(case: Case) -> pl.DataFrame:
    """Return for each licence to apply for that is used: step and site of its first use, units, and value [EUR] of them."""
    taught = [_taught(case, frame, table) for table, frame in foreign(case).items()]
    uses = pl.concat([moves(case).select(taught[0].columns), *taught]).sort("licence", "step", "site")
    return uses.group_by("licence", maintain_order=True).agg(
        pl.col("step", "site").first(), units=pl.col("units").sum(), value=pl.col("worth").sum()
    )


def _taught(case: Case, rows: pl.DataFrame, table: str) -> pl.DataFrame:
    """Return what is done by leave for technology that only licences to apply for give. Beginning to qualify is no unit."""
    held = rights(case, rows).filter(pl.col("waits").all().over(*PAIR, "step"))
    held = held.join(case.apply.select("licence"), on="licence", how="semi").unique([*PAIR, "step", "licence"])
    held = held.join(case.programme["items"].select("item", "value"), on="item")
    units = pl.col("quantity") if table == "make" else pl.lit(0.0)
    return held.select("licence", "site", "step", units=units, worth=units * pl.col("value"))
