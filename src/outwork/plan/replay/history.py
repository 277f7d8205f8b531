"""Commitments: what was decided before the horizon and still arrives, and what the plan must keep to."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from outwork.model.programme import Programme
from outwork.plan.replay.breach import Breach, Code, apart, tell
from outwork.plan.replay.case import Case, offers, pairs, step_of, with_way

KEYS = {
    "make": ("operation", "site"),
    "buy": ("item", "site", "party"),
    "ship": ("item", "origin", "destination", "mode"),
    "qualify": ("operation", "site"),
}
"""What a commitment of each kind fixes in a step; several for the same thing add up."""


def committed(programme: Programme, kind: str) -> pl.DataFrame:
    """Return the commitments of a kind with their step, the site of a shipment being its origin."""
    frame = programme["commitments"].filter(pl.col("kind") == kind)
    frame = frame.with_columns(step=step_of(pl.col("start"), programme.horizon))
    if kind == "ship":
        frame = frame.rename({"site": "origin"})
    return frame.select("commitment", *KEYS[kind], "step", "quantity")


def arriving(programme: Programme) -> pl.DataFrame:
    """Return what commitments before the horizon bring into it: item, site, step of arrival, units.

    What would have arrived before the horizon lies in the stock on hand already.
    """
    made = committed(programme, "make").join(pairs(programme), on=KEYS["make"])
    made = made.with_columns(quantity=pl.col("quantity") * pl.col("yield_rate"))
    bought = committed(programme, "buy").join(offers(programme), on=KEYS["buy"])
    sent = with_way(programme, committed(programme, "ship")).filter(pl.col("known"))
    sent = sent.rename({"destination": "site"})
    columns = ("item", "site", "step", "quantity")
    past = [
        frame.filter(pl.col("step") < 0).with_columns(step=pl.col("step") + pl.col("lead")).select(columns)
        for frame in (made, bought, sent)
    ]
    return pl.concat(past).filter(pl.col("step").is_between(0, programme.horizon.steps - 1))


def check(case: Case) -> Iterator[Breach]:
    """A commitment in the horizon fixes the quantity of its make, buy or ship, or the start of its qualification."""
    decisions = {"make": case.make, "buy": case.buy, "ship": case.ship}
    for kind, frame in decisions.items():
        fixed = _inside(case, kind).group_by(*KEYS[kind], "step").agg(pl.col("quantity").sum(), pl.col("commitment").first())
        planned = frame.group_by(*KEYS[kind], "step").agg(planned=pl.col("quantity").sum())
        both = fixed.join(planned, on=(*KEYS[kind], "step"), how="left").with_columns(pl.col("planned").fill_null(0.0))
        wrong = both.filter(apart(pl.col("quantity"), pl.col("planned")))
        wrong = wrong.with_columns(over=(pl.col("quantity") - pl.col("planned")).abs(), start=case.day(pl.col("step")))
        said = f"the commitment is to {kind} {{quantity}} units on {{start}}, the plan has {{planned}}"
        yield from tell(Code.COMMITMENT, wrong.sort("commitment"), "unit", said, "commitments")
    fixed = _inside(case, "qualify")
    lacking = fixed.join(case.qualify, on=(*KEYS["qualify"], "step"), how="anti")
    lacking = lacking.with_columns(over=pl.lit(1.0), start=case.day(pl.col("step")))
    said = "the commitment is to begin the qualification of {operation} at {site} on {start}, the plan does not"
    yield from tell(Code.COMMITMENT, lacking, "1", said, "commitments")


def _inside(case: Case, kind: str) -> pl.DataFrame:
    return committed(case.programme, kind).filter(pl.col("step").is_between(0, case.horizon.steps - 1))
