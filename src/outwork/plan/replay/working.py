"""Working: the hours that a plan needs fit into the hours that its resources give.

Where the plan has a work table, it says how many hours each resource gives; they must be there and suffice. Where it has
none, the cheapest hours that serve the need are taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import polars as pl

from outwork.plan.replay.breach import TOLERANCE, Breach, Code, above, tell
from outwork.plan.replay.case import Case, placed
from outwork.plan.replay.columns import misstated
from outwork.plan.replay.hours import Array, Capacity, needed
from outwork.plan.replay.serving import Tier, serve


class Given(NamedTuple):
    """Hours that resources give, overtime included, and the overtime among them, both [resource, step]."""

    used: Array
    overtime: Array


def work(case: Case, capacity: Capacity) -> tuple[pl.DataFrame, tuple[Breach, ...]]:
    """Return the work table, with `site` and `step` beside its columns, and the breaches of hours."""
    need = needed(case)
    if "work" in case.stated:
        rows, found = _stated(case, capacity)
        given = Given(_dense(rows, "used", capacity), _dense(rows, "overtime", capacity))
        _, lacking = serve(need, capacity, [Tier(row, 0.0, hours) for row, hours in enumerate(given.used)])
    else:
        given, lacking = _cheapest(capacity, need)
        found = ()
    table = _table(case, capacity, given)
    return table, (*found, *_lacking(case, lacking), *_columns(case, table))


def _cheapest(capacity: Capacity, need: pl.DataFrame) -> tuple[Given, pl.DataFrame]:
    """Return the cheapest hours that serve the need, and what they lack."""
    prices = list(capacity.resources.select("row", "cost", "overtime_cost").iter_rows())
    tiers = [Tier(row, cost, capacity.ordinary[row]) for row, cost, _ in prices]
    tiers += [Tier(row, cost, capacity.overtime[row]) for row, _, cost in prices]
    order = sorted(range(len(tiers)), key=lambda tier: (tiers[tier].price, tier))
    shares, lacking = serve(need, capacity, [tiers[tier] for tier in order])
    given = np.empty_like(shares)
    given[order] = shares
    ordinary, overtime = np.split(given, 2)
    return Given(ordinary + overtime, overtime), lacking


def _stated(case: Case, capacity: Capacity) -> tuple[pl.DataFrame, tuple[Breach, ...]]:
    """Return the rows of the stated work table that can be replayed, and the breaches of the hours that they give."""
    rows = placed(case.stated["work"], case.horizon).with_columns(over=pl.lit(1.0))
    rows = rows.join(capacity.resources.select("resource", "row"), on="resource", how="left")
    sound = pl.col("row").is_not_null() & pl.col("inside") & pl.struct("resource", "start").is_unique()
    sound &= pl.all_horizontal(pl.col("used", "overtime").is_finite(), pl.col("used", "overtime") >= 0)
    said = "work has a row for {resource} on {start} that is unknown, double, outside the horizon or not a number"
    found = tell(Code.WORK, rows.filter(~sound.fill_null(value=False)), "row", said, "work")
    rows = rows.filter(sound)
    where = (rows["row"].to_numpy(), rows["step"].to_numpy())
    rows = rows.with_columns(
        ordinary=pl.col("used") - pl.col("overtime"),
        most=pl.Series(capacity.ordinary[where]),
        most_overtime=pl.Series(capacity.overtime[where]),
    )
    limits = (("ordinary", "most", Code.HOURS), ("overtime", "most_overtime", Code.OVERTIME), ("overtime", "used", Code.WORK))
    for hours, most, code in limits:
        much = rows.filter(above(pl.col(hours), pl.col(most))).with_columns(over=pl.col(hours) - pl.col(most))
        said = f"{{resource}} gives {{{hours}}} hours ({hours}) on {{start}}, of which there are {{{most}}}"
        found += tell(code, much, "h", said, "work", "resources")
    return rows, found


def _dense(rows: pl.DataFrame, column: str, capacity: Capacity) -> Array:
    hours = np.zeros_like(capacity.ordinary)
    hours[rows["row"].to_numpy(), rows["step"].to_numpy()] = rows[column].to_numpy()
    return hours


def _lacking(case: Case, lacking: pl.DataFrame) -> tuple[Breach, ...]:
    wrong = lacking.filter(pl.col("over") > TOLERANCE * pl.max_horizontal(pl.lit(1.0), "need"))
    wrong = wrong.with_columns(start=case.day(pl.col("step")))
    said = "work at {site} on {start} needs {need} h of {process}, of which its resources give {over} h too few"
    return tell(Code.HOURS, wrong, "h", said, "sites")


def _table(case: Case, capacity: Capacity, given: Given) -> pl.DataFrame:
    """Return the work table of given hours: every resource and step in which any is open or used."""
    where = np.nonzero((given.used > 0) | (capacity.ordinary > 0))
    row, step = where
    table = pl.DataFrame(
        {
            "row": row,
            "step": step,
            "used": given.used[where],
            "overtime": given.overtime[where],
            "open_hours": capacity.ordinary[where],
        }
    ).join(capacity.resources, on="row", maintain_order="left")
    ordinary = (pl.col("used") - pl.col("overtime")) * pl.col("cost")
    cost = ordinary + pl.col("overtime") * pl.col("overtime_cost")
    return table.select("resource", "used", "overtime", "open_hours", "site", "step", start=case.day(pl.col("step")), cost=cost)


def _columns(case: Case, table: pl.DataFrame) -> Iterator[Breach]:
    """The stated work table says truly how many hours were open and what the used ones cost."""
    if "work" in case.stated:
        true = table.select("resource", "start", true_open_hours="open_hours", true_cost="cost")
        both = placed(case.stated["work"], case.horizon).join(true, on=("resource", "start"), how="left")
        both = both.with_columns(pl.col("true_open_hours", "true_cost").fill_null(0.0))
        yield from misstated(both, "work", "open_hours", Code.WORK, "h")
        yield from misstated(both, "work", "cost", Code.WORK, "EUR")
