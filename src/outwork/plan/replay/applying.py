"""Applying: whatever rests on a licence that has to be applied for is applied for, and the applications say truly what for."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from outwork.plan.replay.breach import Breach, Code, apart, tell
from outwork.plan.replay.case import Case
from outwork.plan.replay.papers import first_uses, moves, papers


def check(case: Case) -> Iterator[Breach]:
    """Goods move under a licence to apply for only where the plan does; what it applies for it uses.

    Leave for technology is looked at where making and qualifying are.
    """
    bare = moves(case).join(case.apply.select("licence"), on="licence", how="anti").with_columns(over="units")
    said = "{units} units of {item} leave {site} on {start} under licence {licence}, for which the plan does not apply"
    yield from tell(Code.APPLICATION, bare.sort("licence", "item", "site", "start"), "unit", said, "licences")
    stated = case.apply.with_columns(over=pl.lit(1.0))
    twice = stated.filter(pl.col("licence").is_duplicated())
    yield from tell(Code.KEY, twice, "row", "applications has a row for {licence} more than once", "applications")
    known = stated.join(papers(case.programme).filter("waits").select("licence"), on="licence", how="semi")
    needless = stated.join(known, on="licence", how="anti")
    said = "applications has a row for {licence}, which is no licence to apply for"
    yield from tell(Code.UNKNOWN, needless, "row", said, "applications")
    idle = known.join(first_uses(case), on="licence", how="anti")
    said = "licence {licence} is applied for, and nothing moves, is made or is qualified under it"
    yield from tell(Code.APPLICATION, idle, "row", said, "applications")
    yield from _misstated(case, known)


def _misstated(case: Case, known: pl.DataFrame) -> Iterator[Breach]:
    """An application says when, where and how much as the replay does."""
    first = first_uses(case).select(
        "licence", true_first_use=case.day(pl.col("step")), true_site="site", true_units="units", true_value="value"
    )
    own = papers(case.programme).select("licence", "days", true_apply_on="applied_on", true_opens="granted_on", true_fee="fee")
    both = known.join(own, on="licence").join(first, on="licence")
    both = both.with_columns(true_apply_by=pl.col("true_first_use") - pl.duration(days="days"))
    said = "applications says {column} {{{column}}} for {{licence}}, which is {{true_{column}}}"
    for column, unit in (("fee", "EUR"), ("units", "unit"), ("value", "EUR")):
        stated, true = pl.col(column), pl.col(f"true_{column}")
        wrong = both.filter(apart(stated, true) | ~stated.is_finite()).with_columns(over=(stated - true).abs())
        yield from tell(Code.APPLICATION, wrong, unit, said.format(column=column), "applications")
    for column in ("apply_on", "opens", "apply_by", "first_use", "site"):
        wrong = both.filter(pl.col(column).ne_missing(pl.col(f"true_{column}")))
        yield from tell(Code.APPLICATION, wrong, "row", said.format(column=column), "applications")
