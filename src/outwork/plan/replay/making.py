"""Making: what an operation takes in, lots, set-ups, and what a row says that it comes to."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from outwork.plan.replay.breach import Breach, Code, apart, some, tell
from outwork.plan.replay.case import Case, within
from outwork.plan.replay.columns import early, misstated

RUN = ("operation", "site", "start")
"""What names a row of `make`."""


def check(case: Case) -> Iterator[Breach]:
    """Every operation takes in what it needs, runs whole lots, and says truly what comes of it."""
    yield from _components(case)
    yield from _choices(case)
    yield from _lots(case)
    yield from _sourcing(case)
    yield from _columns(case)


def set_ups() -> pl.Expr:
    """Set-ups of a row of make: one where anything is started."""
    return some(pl.col("quantity")).cast(pl.Int64)


def _recipe(case: Case) -> pl.DataFrame:
    """Return, for each run, the components whose window holds its step, with `each`, units for one started."""
    components = case.programme["components"].rename({"quantity": "each"})
    runs = case.make.select(*RUN, "step", made="quantity")
    return runs.join(components, on="operation").filter(within(pl.col("since"), pl.col("until"))).drop("since", "until")


def _components(case: Case) -> Iterator[Breach]:
    """Every component without a choice: taken = each x made; nothing that is no component is taken."""
    taken = case.use.select(*RUN, "item", "step", "quantity")
    recipe = _recipe(case).drop("step")
    both = taken.join(recipe, on=(*RUN, "item"), how="left")
    none = both.filter(pl.col("each").is_null() & some(pl.col("quantity"))).with_columns(over="quantity")
    said = "{operation} takes in {quantity} units of {item} at {site} on {start}, which it does not use there then"
    yield from tell(Code.COMPONENT, none, "unit", said, "use")
    fixed = _recipe(case).filter(pl.col("choice").is_null()).join(taken.drop("step"), on=(*RUN, "item"), how="left")
    fixed = fixed.with_columns(pl.col("quantity").fill_null(0.0), need=pl.col("each") * pl.col("made"))
    wrong = fixed.filter(apart(pl.col("quantity"), pl.col("need")))
    wrong = wrong.with_columns(over=(pl.col("quantity") - pl.col("need")).abs())
    said = "{made} units of {operation} at {site} on {start} take {need} units of {item}, not {quantity}"
    yield from tell(Code.COMPONENT, wrong, "unit", said, "make", "components")


def _choices(case: Case) -> Iterator[Breach]:
    """Every choice: the sum over its components in their windows of taken / each equals made."""
    taken = case.use.select(*RUN, "item", "quantity")
    chosen = _recipe(case).filter(pl.col("choice").is_not_null()).join(taken, on=(*RUN, "item"))
    covered = chosen.group_by(*RUN, "choice").agg(covered=(pl.col("quantity") / pl.col("each")).sum())
    choices = case.programme["components"].filter(pl.col("choice").is_not_null()).select("operation", "choice").unique()
    runs = case.make.select(*RUN, "step", made="quantity").join(choices, on="operation")
    runs = runs.join(covered, on=(*RUN, "choice"), how="left").with_columns(pl.col("covered").fill_null(0.0))
    wrong = runs.filter(apart(pl.col("covered"), pl.col("made")))
    wrong = wrong.with_columns(over=(pl.col("covered") - pl.col("made")).abs()).sort(*RUN, "choice")
    said = "{made} units of {operation} at {site} on {start} take alternatives of {choice} for {covered} units"
    yield from tell(Code.CHOICE, wrong, "unit", said, "make")


def _lots(case: Case) -> Iterator[Breach]:
    """Units started = lot x a whole number."""
    lots = case.make.filter(pl.col("lot") > 0)
    lots = lots.with_columns(over=(pl.col("quantity") - (pl.col("quantity") / pl.col("lot")).round() * pl.col("lot")).abs())
    wrong = lots.filter(apart(pl.col("quantity"), (pl.col("quantity") / pl.col("lot")).round() * pl.col("lot")))
    said = "{operation} at {site} starts {quantity} units on {start}, which is not a whole number of lots of {lot}"
    yield from tell(Code.LOT, wrong, "unit", said, "make", "operations")


def _sourcing(case: Case) -> Iterator[Breach]:
    """An item to buy is not made, and an item to make is not bought."""
    made = case.make.filter((pl.col("sourcing") == "buy") & some(pl.col("quantity"))).with_columns(over="quantity")
    said = "{operation} at {site} makes {item_made} on {start}, which is only bought"
    yield from tell(Code.SOURCING, made, "unit", said, "make")
    bought = case.buy.filter((pl.col("sourcing") == "make") & some(pl.col("quantity"))).with_columns(over="quantity")
    said = "{quantity} units of {item} are bought from {party} on {start}, which is only made"
    yield from tell(Code.SOURCING, bought, "unit", said, "buy", "items")


def _columns(case: Case) -> Iterator[Breach]:
    """The further columns of make: item, good, ready, set-ups and cost."""
    made = case.make.with_columns(
        true_good=pl.col("quantity") * pl.col("yield_rate"),
        true_ready=case.day(pl.col("step") + pl.col("lead")),
        true_setups=set_ups(),
        true_cost=pl.col("quantity") * pl.col("unit_cost") + set_ups() * pl.col("setup_cost"),
    )
    other = made.filter(pl.col("item") != pl.col("item_made")).with_columns(over="quantity")
    yield from tell(Code.UNKNOWN, other, "unit", "{operation} makes {item_made}, not {item}", "make", "operations")
    yield from misstated(made, "make", "good", Code.GOOD, "unit")
    yield from misstated(made, "make", "cost", Code.COST, "EUR")
    yield from early(made, "make")
    matters = (pl.col("setup_hours") > 0) | (pl.col("setup_cost") > 0) | (pl.col("setups") > 1)
    wrong = made.filter(matters & (pl.col("setups") != pl.col("true_setups")))
    wrong = wrong.with_columns(over=(pl.col("setups") - pl.col("true_setups")).abs().cast(pl.Float64))
    said = "{operation} at {site} on {start} has {setups} set-ups where it takes {true_setups}"
    yield from tell(Code.SETUP, wrong, "1", said, "make")
