"""Ramps: after its qualification a pair makes at most a share of its full rate, which grows by the week."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from outwork.plan.replay.breach import Breach, Code, above, some, tell
from outwork.plan.replay.case import Case
from outwork.plan.replay.hours import Capacity
from outwork.plan.replay.qualifying import PAIR, ready

RUN = (*PAIR, "step")


def check(case: Case, capacity: Capacity) -> Iterator[Breach]:
    """Every pair that was not qualified from the start: made <= share x full rate, once it is ready."""
    runs = case.make.filter((pl.col("status") == "possible") & some(pl.col("quantity")))
    runs = runs.join(ready(case), on=PAIR).filter(pl.col("step") >= pl.col("ready_step"))
    week = ((pl.col("step") - pl.col("ready_step")) * case.horizon.step_days).floordiv(7)
    runs = _with_share(case, runs.with_columns(week=week))
    runs = runs.join(_full_rate(case, capacity, runs), on=RUN, how="left")
    # A pair that loads nothing has no full rate: its limit is none, but for a share of 0.
    limit = pl.when(pl.col("share") > 0).then(pl.col("share") * pl.col("full_rate")).otherwise(0.0)
    runs = runs.with_columns(most=limit)
    wrong = runs.filter(above(pl.col("quantity"), pl.col("most"))).with_columns(over=pl.col("quantity") - pl.col("most"))
    said = (
        "{operation} at {site} makes {quantity} units on {start}; its ramp allows {most} in week {week} after its qualification"
    )
    yield from tell(Code.RAMP, wrong, "unit", said, "make", "qualifications")


def _with_share(case: Case, runs: pl.DataFrame) -> pl.DataFrame:
    """Return the runs with the share of the last point at or before their week: 0 before the first, 1 without a ramp."""
    points = case.programme["ramp_shares"].rename({"week": "since_week"})
    reached = runs.select(*RUN, "ramp", "week").join(points, on="ramp").filter(pl.col("since_week") <= pl.col("week"))
    last = reached.sort("since_week").group_by(RUN).agg(pl.col("share").last())
    share = pl.when(pl.col("ramp").is_null()).then(1.0).otherwise(pl.col("share").fill_null(0.0))
    return runs.join(last, on=RUN, how="left").with_columns(share=share)


def _full_rate(case: Case, capacity: Capacity, runs: pl.DataFrame) -> pl.DataFrame:
    """Return the smallest, over the processes loaded, of all hours of those who serve it / hours for one unit."""
    loads = runs.select(RUN).join(case.programme["loads"].rename({"hours": "each"}), on="operation")
    there = loads.join(capacity.of_processes(), on=("site", "process", "step"), how="left")
    return there.group_by(RUN).agg(full_rate=(pl.col("hours").fill_null(0.0) / pl.col("each")).min())
