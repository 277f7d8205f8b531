"""Handing over: what each demand gets, when, and, where it must come from one source, from which."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from outwork.plan.replay.breach import TOLERANCE, Breach, Code, above, apart, some, tell
from outwork.plan.replay.case import Case, wanted
from outwork.plan.replay.moving import sources


def check(case: Case) -> Iterator[Breach]:
    """Nobody gets more than is wanted or before it may be; options are whole; single sources are single."""
    handed = case.deliver.with_columns(late=weeks_late(case))
    soon = handed.filter((pl.col("step") < pl.col("first_step")) & some(pl.col("quantity"))).with_columns(over="quantity")
    said = "{quantity} units are handed over for {demand} on {start}, before they may be on {earliest}"
    yield from tell(Code.DELIVERY, soon, "unit", said, "deliver", "demands")
    wrong = handed.filter(apart(pl.col("weeks_late"), pl.col("late")))
    wrong = wrong.with_columns(over=(pl.col("weeks_late") - pl.col("late")).abs())
    said = "what is handed over for {demand} on {start} is {late} weeks late, not {weeks_late}"
    yield from tell(Code.DELIVERY, wrong, "week", said, "deliver")
    yield from _amounts(case)
    yield from _origins(case)
    yield from _homes(case)
    yield from _arrivals(case)


def weeks_late(case: Case) -> pl.Expr:
    """Weeks from the step in which a demand is due to the step of the delivery, 0 where that is not later."""
    late = (pl.col("step") - pl.col("due_step")) * case.horizon.weeks_per_step
    return pl.max_horizontal(pl.lit(0.0), late)


def promises(case: Case) -> pl.DataFrame:
    """Return what every demand comes to: the promises table with `due_step`, `firm` and the prices beside it."""
    handed = case.deliver.with_columns(weeks_late=weeks_late(case))
    real, late = some(pl.col("quantity")), pl.col("weeks_late") > 0
    sums = handed.group_by("demand").agg(
        on_time=pl.col("quantity").filter(~late).sum(),
        late=pl.col("quantity").filter(late).sum(),
        last=pl.col("start").filter(real).max(),
        weeks_late=pl.col("weeks_late").filter(real).max(),
    )
    own = wanted(case.programme).rename({"wanted": "quantity"})
    own = own.join(sums, on="demand", how="left", maintain_order="left")
    own = own.with_columns(pl.col("on_time", "late", "weeks_late").fill_null(0.0))
    rest = pl.col("quantity") - pl.col("on_time") - pl.col("late")
    whole = ~above(pl.col("quantity"), pl.col("on_time") + pl.col("late"))
    left = (pl.col("firm") == "option") & ~some(pl.col("on_time") + pl.col("late"))
    return own.with_columns(
        short=pl.when(whole).then(0.0).otherwise(rest), taken=~left, complete=pl.when(whole).then(pl.col("last"))
    )


def _amounts(case: Case) -> Iterator[Breach]:
    """What is handed over is at most what is wanted, and for an option all of it or nothing."""
    told = promises(case).with_columns(handed=pl.col("on_time") + pl.col("late"))
    much = told.filter(above(pl.col("handed"), pl.col("quantity")))
    much = much.with_columns(over=pl.col("handed") - pl.col("quantity"))
    said = "{handed} units are handed over for {demand}, which wants {quantity}"
    yield from tell(Code.DELIVERY, much, "unit", said, "demands")
    part = told.filter(
        (pl.col("firm") == "option") & (pl.col("handed") > TOLERANCE) & above(pl.col("quantity"), pl.col("handed"))
    )
    said = "{handed} of the {quantity} units of option {demand} are handed over; it is all or nothing"
    yield from tell(Code.OPTION, part.with_columns(over=pl.col("short")), "unit", said, "demands")


def _origins(case: Case) -> Iterator[Breach]:
    """A single-source demand names one origin; any other demand names none."""
    real = case.deliver.filter(some(pl.col("quantity"))).with_columns(over="quantity")
    named = real.filter(~pl.col("single_source") & (pl.col("origin") != ""))
    said = "what is handed over for {demand} on {start} names origin {origin}, but comes from the stock of {site}"
    yield from tell(Code.SOURCE, named, "unit", said, "deliver")
    bare = real.filter(pl.col("single_source") & (pl.col("origin") == ""))
    said = "what is handed over for {demand} on {start} names no origin, but must come from one source"
    yield from tell(Code.SOURCE, bare, "unit", said, "deliver", "demands")
    origins = (
        real.filter("single_source")
        .group_by("demand")
        .agg(several=pl.col("origin").unique().sort().str.join(", "), over=pl.col("origin").n_unique() - 1.0)
    )
    said = "{demand} is handed over from {several}, but must come from one source"
    yield from tell(Code.SOURCE, origins.filter(pl.col("over") > 0).sort("demand"), "1", said, "demands")


def _homes(case: Case) -> Iterator[Breach]:
    """What is handed over from the stock of the site itself begins there, for else it came from elsewhere."""
    own = case.deliver.filter(pl.col("single_source") & (pl.col("origin") == pl.col("site")) & some(pl.col("quantity")))
    sent = case.programme["commitments"].filter((pl.col("kind") == "ship") & (pl.col("start") < case.horizon.start))
    begins = pl.concat([sources(case), sent.select(site="destination", item="item")])
    wrong = own.join(begins, on=["site", "item"], how="anti").with_columns(over="quantity")
    said = "{quantity} units of {item} are handed over for {demand} from the stock of {site}, which only other sites could fill"
    yield from tell(Code.SOURCE, wrong, "unit", said, "deliver")


def _arrivals(case: Case) -> Iterator[Breach]:
    """What is handed over from another site arrived from there in the same step, once for all such demands together."""
    trip = ("item", "origin", "site", "step")
    apart_from_stock = case.deliver.filter(pl.col("single_source") & (pl.col("origin") != pl.col("site")))
    handed = apart_from_stock.group_by(*trip, "start").agg(pl.col("quantity").sum(), pl.col("demand").first())
    came = case.ship.with_columns(site="destination", step=pl.col("step") + pl.col("lead"))
    came = came.group_by(trip).agg(came=pl.col("quantity").sum())
    both = handed.join(came, on=trip, how="left").with_columns(pl.col("came").fill_null(0.0)).sort(trip)
    wrong = both.filter(above(pl.col("quantity"), pl.col("came"))).with_columns(over=pl.col("quantity") - pl.col("came"))
    said = "{quantity} units of {item} from {origin} are handed over at {site} on {start}, where {came} arrive from there then"
    yield from tell(Code.SOURCE, wrong, "unit", said, "demands")
