"""Shares: how much of the making of an item an agreement gives to a nation or a party."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from outwork.plan.replay.breach import Breach, Code, above, tell
from outwork.plan.replay.case import Case, within


def check(case: Case) -> Iterator[Breach]:
    """min_share x all <= units started at sites of the nation or party <= max_share x all, while the agreement holds."""
    agreements = case.programme["agreements"].select("agreement", "since", "until")
    shares = case.programme["shares"].rename({"nation": "of_nation", "party": "of_party"})
    shares = shares.join(agreements, on="agreement").rename({"item": "item_made"})
    started = case.make.join(shares, on="item_made").filter(within(pl.col("since"), pl.col("until")))
    theirs = (pl.col("nation") == pl.col("of_nation")) | (pl.col("party") == pl.col("of_party"))
    sums = started.group_by("share", "min_share", "max_share").agg(
        every=pl.col("quantity").sum(), theirs=pl.col("quantity").filter(theirs.fill_null(value=False)).sum()
    )
    sums = sums.with_columns(least=pl.col("min_share") * pl.col("every"), most=pl.col("max_share") * pl.col("every"))
    little = sums.filter(above(pl.col("least"), pl.col("theirs"))).with_columns(over=pl.col("least") - pl.col("theirs"))
    said = "share {share} gives at least {least} of {every} units, the plan {theirs}"
    yield from tell(Code.SHARE, little.sort("share"), "unit", said, "shares")
    much = sums.filter(above(pl.col("theirs"), pl.col("most"))).with_columns(over=pl.col("theirs") - pl.col("most"))
    said = "share {share} gives at most {most} of {every} units, the plan {theirs}"
    yield from tell(Code.SHARE, much.sort("share"), "unit", said, "shares")
