"""Buying: within the offer's window, at most what is offered, at least the least that can be ordered."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from outwork.plan.replay.breach import Breach, Code, above, some, tell
from outwork.plan.replay.case import Case, within
from outwork.plan.replay.columns import early, misstated


def check(case: Case) -> Iterator[Breach]:
    """Every order keeps to its offer, and says truly what it costs and when it arrives."""
    orders = case.buy.with_columns(
        most=pl.col("per_week") * case.horizon.weeks_per_step,
        true_ready=case.day(pl.col("step") + pl.col("lead")),
        true_cost=pl.col("quantity") * pl.col("price"),
    )
    real = orders.filter(some(pl.col("quantity")))
    closed = real.filter(~within(pl.col("since"), pl.col("until"))).with_columns(over="quantity")
    said = "{quantity} units of {item} are ordered from {party} on {start}; the offer holds from {since} to {until}"
    yield from tell(Code.OFFER, closed, "unit", said, "buy", "supplies")
    much = real.filter(above(pl.col("quantity"), pl.col("most"))).with_columns(over=pl.col("quantity") - pl.col("most"))
    said = "{quantity} units of {item} are ordered from {party} on {start}, who offers {most} in a step"
    yield from tell(Code.OFFER_LIMIT, much, "unit", said, "buy", "supplies")
    little = real.filter(above(pl.col("minimum"), pl.col("quantity")))
    little = little.with_columns(over=pl.col("minimum") - pl.col("quantity"))
    said = "{quantity} units of {item} are ordered from {party} on {start}, who takes orders from {minimum} on"
    yield from tell(Code.OFFER_MINIMUM, little, "unit", said, "buy", "supplies")
    yield from misstated(orders, "buy", "cost", Code.COST, "EUR")
    yield from early(orders, "buy")
