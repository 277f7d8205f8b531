"""Who may make what from when on: qualifications, the grid on which they start, and technology clearances."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from outwork.plan.replay.breach import Breach, Code, some, tell
from outwork.plan.replay.case import Case, pairs, within
from outwork.plan.replay.columns import early, misstated
from outwork.plan.replay.history import committed
from outwork.plan.replay.papers import foreign, rights

PAIR = ("operation", "site")


def check(case: Case) -> Iterator[Breach]:
    """A pair makes only once it is qualified and has the technology; a qualification starts where and when it may."""
    yield from _makes(case)
    yield from _grid(case)
    yield from _starts(case)
    yield from _twice(case)
    yield from _technology(case)
    starts = case.qualify.with_columns(
        true_ready=case.day(pl.col("step") + pl.col("qualification_lead")), true_cost=pl.col("qualification_cost")
    )
    yield from misstated(starts, "qualify", "cost", Code.COST, "EUR")
    yield from early(starts, "qualify")


def ready(case: Case) -> pl.DataFrame:
    """Return for each pair that is being qualified `ready_step`, in which it is ready, counting starts before the horizon."""
    past = committed(case.programme, "qualify").filter(pl.col("step") < 0).join(pairs(case.programme), on=PAIR)
    starts = pl.concat([frame.select(*PAIR, "step", "qualification_lead") for frame in (past, case.qualify)])
    return starts.group_by(PAIR).agg(ready_step=(pl.col("step") + pl.col("qualification_lead")).min())


def _makes(case: Case) -> Iterator[Breach]:
    """A qualified pair makes from `earliest` on; a possible one from the end of its qualification on."""
    runs = case.make.filter(some(pl.col("quantity"))).join(ready(case), on=PAIR, how="left").with_columns(over="quantity")
    held = pl.col("status") == "qualified"
    soon = runs.filter(held & ~within(pl.col("earliest"), pl.lit(None)))
    said = "{operation} at {site} makes {quantity} units on {start}, before it may on {earliest}"
    yield from tell(Code.UNQUALIFIED, soon, "unit", said, "make", "qualifications")
    never = runs.filter(~held & pl.col("ready_step").is_null())
    said = "{operation} at {site} makes {quantity} units on {start} and is never qualified"
    yield from tell(Code.UNQUALIFIED, never, "unit", said, "make", "qualifications")
    soon = runs.filter(~held & (pl.col("step") < pl.col("ready_step"))).with_columns(day=case.day(pl.col("ready_step")))
    said = "{operation} at {site} makes {quantity} units on {start}; its qualification is over on {day}"
    yield from tell(Code.UNQUALIFIED, soon, "unit", said, "make", "qualify")


def _grid(case: Case) -> Iterator[Breach]:
    """A start lies in a step that holds the first day of every so many weeks, unless committed, and not before earliest."""
    weeks = case.programme.settings.qualification_weeks
    long, first = 7 * weeks, pl.col("step") * case.horizon.step_days
    on_grid = (first + case.horizon.step_days - 1).floordiv(long) > (first - 1).floordiv(long)
    fixed = committed(case.programme, "qualify").select(*PAIR, "step")
    free = case.qualify.join(fixed, on=(*PAIR, "step"), how="anti").with_columns(over=pl.lit(1.0))
    said = f"the qualification of {{operation}} at {{site}} starts on {{start}}, between the starts every {weeks} weeks"
    yield from tell(Code.GRID, free.filter(~on_grid), "1", said, "qualify")
    soon = case.qualify.filter(~within(pl.col("earliest"), pl.lit(None)))
    soon = soon.with_columns(over=(pl.col("earliest") - pl.col("start")).dt.total_days().cast(pl.Float64))
    said = "the qualification of {operation} at {site} starts on {start}, before it may on {earliest}"
    yield from tell(Code.GRID, soon, "day", said, "qualify", "qualifications")


def _starts(case: Case) -> Iterator[Breach]:
    """At most so many qualifications start at one site in one step."""
    starts = case.qualify.group_by("site", "start", "step").agg(
        begun=pl.len().cast(pl.Float64), most=pl.col("qualification_starts").first()
    )
    wrong = starts.filter(pl.col("begun") > pl.col("most")).with_columns(over=pl.col("begun") - pl.col("most"))
    said = "{begun} qualifications start at {site} on {start}, where {most} may"
    yield from tell(Code.STARTS, wrong.sort("site", "step"), "1", said, "sites")


def _twice(case: Case) -> Iterator[Breach]:
    """A qualification starts only for a possible pair, and once, starts before the horizon included."""
    past = committed(case.programme, "qualify").filter(pl.col("step") < 0).select(PAIR).unique()
    begun = case.qualify.join(past.with_columns(past=pl.lit(value=True)), on=PAIR, how="left")
    again = begun.filter((pl.col("status") == "qualified") | pl.col("past") | pl.struct(PAIR).is_duplicated())
    said = "{operation} at {site} is qualified again on {start}"
    yield from tell(Code.TWICE, again.with_columns(over=pl.lit(1.0)), "1", said, "qualify", "qualifications")


def _technology(case: Case) -> Iterator[Breach]:
    """Who makes, or starts to qualify for, an item of another nation's technology does so under a clearance in force."""
    for table, bound in foreign(case).items():
        lacking = bound.join(_cleared(case, bound), on=(*PAIR, "start"), how="anti").with_columns(over=pl.lit(1.0))
        said = (
            "{site} works on {operation} on {start} without a technology clearance for {item} from {technology_of} to {nation}"
        )
        yield from tell(Code.TECHNOLOGY, lacking, "1", said, table, "items")


def _cleared(case: Case, bound: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of `bound` that a technology clearance holds for in their step, its licence applied for if need be."""
    held = rights(case, bound)
    return held.filter(~pl.col("waits") | pl.col("licence").is_in(case.apply["licence"].implode()))
