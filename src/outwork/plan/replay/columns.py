"""Columns of a decision that follow from the others: what a row says against what the tables make of it."""

from __future__ import annotations

import polars as pl

from outwork.plan.replay.breach import Breach, Code, apart, tell


def misstated(frame: pl.DataFrame, table: str, column: str, code: Code, unit: str) -> tuple[Breach, ...]:
    """Return the rows whose `column` is not `true_<column>`."""
    stated, true = pl.col(column), pl.col(f"true_{column}")
    wrong = frame.filter(apart(stated, true) | ~stated.is_finite()).with_columns(over=(stated - true).abs())
    said = f"{table} on {{start}} says {column} {{{column}}} {unit}, which is {{true_{column}}} {unit}"
    return tell(code, wrong, unit, said, table)


def early(frame: pl.DataFrame, table: str) -> tuple[Breach, ...]:
    """Return the rows that say to be ready on another day than `true_ready`."""
    days = (pl.col("ready") - pl.col("true_ready")).dt.total_days().abs().cast(pl.Float64)
    wrong = frame.filter(pl.col("ready").ne_missing(pl.col("true_ready"))).with_columns(over=days)
    said = f"{table} of {{start}} says ready on {{ready}}; its lead time makes that {{true_ready}}"
    return tell(Code.READY, wrong, "day", said, table)
