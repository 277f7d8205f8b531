"""The derived tables that came with a plan, against what the replay makes of its decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from outwork.model.tables import BY_NAME
from outwork.plan.replay.breach import TOLERANCE, Breach, Code, apart, tell
from outwork.plan.replay.case import Case

CENT = 0.01
"""Cash events are rounded to the cent, and may be so in parts [EUR]."""


def check(case: Case, own: Mapping[str, pl.DataFrame], lying: pl.DataFrame) -> Iterator[Breach]:
    """Every stated table says what the replay does; rows of zeros may be left out of it."""
    slack = lying.select("item", "site", "start", "slack")
    yield from _stock(case, own["stock"], slack)
    yield from _promises(case, own["promises"])
    yield from _cash(case, own["cash_events"])


def _beside(case: Case, table: str, own: pl.DataFrame) -> pl.DataFrame:
    """Return rows of either table by key, the replay's columns called `true_...`, a row lacking in one being zeros."""
    key = BY_NAME[table].key
    true = own.select(*key, *(pl.col(name).alias(f"true_{name}") for name in own.columns if name not in key))
    both = case.stated[table].join(true, on=key, how="full", coalesce=True)
    return both.with_columns(pl.selectors.float().fill_null(0.0))


def _stock(case: Case, own: pl.DataFrame, slack: pl.DataFrame) -> Iterator[Breach]:
    if "stock" in case.stated:
        both = _beside(case, "stock", own).join(slack, on=("item", "site", "start"), how="left")
        for column in ("quantity", "below"):
            gap = (pl.col(column) - pl.col(f"true_{column}")).abs()
            wrong = both.filter(~(gap <= pl.max_horizontal("slack", pl.lit(TOLERANCE)))).with_columns(over=gap)
            said = f"stock says {column} {{{column}}} for {{item}} at {{site}} on {{start}}, which is {{true_{column}}}"
            yield from tell(Code.KEPT, wrong.sort("item", "site", "start"), "unit", said, "stock")


def _promises(case: Case, own: pl.DataFrame) -> Iterator[Breach]:
    if "promises" not in case.stated:
        return
    both = _beside(case, "promises", own).sort("demand").with_columns(over=pl.lit(1.0))
    lacking = both.filter(pl.col("item").is_null() | pl.col("true_item").is_null())
    yield from tell(Code.PROMISE, lacking, "row", "demand {demand} has no row in promises, or no demand its row", "promises")
    both = both.filter(pl.col("item").is_not_null() & pl.col("true_item").is_not_null())
    said = "promises says {column} {{{column}}} for {{demand}}, which is {{true_{column}}}"
    for column in ("item", "site", "due", "taken", "complete"):
        wrong = both.filter(pl.col(column).ne_missing(pl.col(f"true_{column}")))
        yield from tell(Code.PROMISE, wrong, "row", said.format(column=column), "promises")
    for column, unit in (
        ("quantity", "unit"),
        ("on_time", "unit"),
        ("late", "unit"),
        ("short", "unit"),
        ("weeks_late", "week"),
    ):
        gap = pl.col(column) - pl.col(f"true_{column}")
        # What is short is a difference of large numbers, so the tolerance is that of the quantity wanted.
        allowed = TOLERANCE * pl.max_horizontal(pl.lit(1.0), "true_quantity")
        wrong = both.filter(~(gap.abs() <= allowed)).with_columns(over=gap.abs())
        yield from tell(Code.PROMISE, wrong, unit, said.format(column=column), "promises")


def _cash(case: Case, own: pl.DataFrame) -> Iterator[Breach]:
    if "cash_events" in case.stated:
        both = _beside(case, "cash_events", own)
        gap = (pl.col("amount") - pl.col("true_amount")).abs()
        wrong = both.filter((gap > CENT * 1.01) & apart(pl.col("amount"), pl.col("true_amount")))
        wrong = wrong.with_columns(over=gap, start="day").sort(BY_NAME["cash_events"].key)
        said = "cash events say {amount} EUR for {kind} at {site} on {day}, paid by {payer}, which is {true_amount} EUR"
        yield from tell(Code.CASH, wrong, "EUR", said, "cash_events")
