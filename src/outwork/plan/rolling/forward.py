"""A programme as it stands today: it begins with today's step, and what was done before is stock, history or served."""

from __future__ import annotations

from datetime import date
from itertools import count
from math import ceil, gcd

import polars as pl

from outwork.model.errors import Fault, InvalidProgramme
from outwork.model.frames import from_columns
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.plan.rolling.done import KEYS, Done

LEAST = 1e-6
"""Units below this are the solver's dust."""


def rolled(programme: Programme, past: Done, step: int, weekly: int) -> Programme:
    """Return the programme that begins with a step of its horizon. Args: weekly, weeks that are planned one by one at least.

    What an agreement shares out is counted from the new start on: what was made before does not count.
    """
    return programme.replace(
        settings=_settings(programme, step, weekly),
        stocks=_stocks(programme, past),
        demands=_demands(programme, past),
        licences=_licences(programme, past),
        clearances=_clearances(programme, past),
        commitments=_history(programme, past, programme.horizon.day(step)),
    )


def step_of(programme: Programme, today: date) -> int:
    """Return the step of the horizon that holds today. InvalidProgramme where none does."""
    horizon = programme.horizon
    step = horizon.step(today)
    if not 0 <= step < horizon.steps:
        said = f"today, {today}, lies outside the horizon from {horizon.start} on of {programme.settings.weeks} weeks"
        raise InvalidProgramme((Fault("settings", said),))
    return step


def committed(programme: Programme, rows: pl.DataFrame, kind: str, today: date) -> pl.DataFrame:
    """Return decisions as rows of `commitments`, with names that the programme does not use yet."""
    taken = set(programme["commitments"]["commitment"].to_list())
    names = (name for n in count(1) if (name := f"{today} {kind} {n}") not in taken)
    columns = rows.rename({"origin": "site"}) if kind == "ship" else rows
    columns = columns.drop("quantity") if kind == "qualify" else columns
    frame = {"commitment": [next(names) for _ in range(rows.height)], "kind": [kind] * rows.height}
    return from_columns(BY_NAME["commitments"], {**frame, **columns.to_dict()})


def without_direct(ships: pl.DataFrame, direct: pl.DataFrame) -> pl.DataFrame:
    """Return shipments less what went to single-source demands."""
    keys = list(KEYS["ship"])
    sums = direct.group_by(keys).agg(own=pl.col("quantity").sum())
    left = ships.join(sums, on=keys, how="left", maintain_order="left")
    left = left.with_columns(quantity=pl.col("quantity") - pl.col("own").fill_null(0.0)).drop("own")
    return left.filter(pl.col("quantity") > LEAST)


def _settings(programme: Programme, step: int, weekly: int) -> pl.DataFrame:
    """Begin later; let qualifications start on every date on which they could."""
    own, horizon = programme.settings, programme.horizon
    weeks = ceil((horizon.steps - step) * horizon.weeks_per_step - 1e-9)
    passed = step * horizon.weeks_per_step
    grid = gcd(own.qualification_weeks, int(passed)) if passed == int(passed) else 1
    fine = None if own.weekly_buckets is None else min(max(own.weekly_buckets, weekly), weeks)
    return programme["settings"].with_columns(
        start=pl.lit(horizon.day(step)), weeks=pl.lit(weeks, pl.Int64), weekly_buckets=pl.lit(fine, pl.Int64),
        qualification_weeks=pl.lit(grid, pl.Int64),
    )  # fmt: skip


def _stocks(programme: Programme, past: Done) -> pl.DataFrame:
    """What lies on hand today; rounded up to a millionth, so that what the last plan could take can be taken."""
    keys = ["item", "site"]
    on_hand = (pl.col("quantity").fill_null(0.0) / LEAST).ceil() * LEAST
    lying = past.stock.filter(pl.col("quantity") > LEAST)
    known = programme["stocks"].join(lying, on=keys, how="left", maintain_order="left").with_columns(on_hand=on_hand)
    new = lying.join(programme["stocks"], on=keys, how="anti", maintain_order="left").with_columns(on_hand=on_hand)
    added = from_columns(BY_NAME["stocks"], new.select(*keys, "on_hand").to_dict())
    return pl.concat([known.drop("quantity"), added])


def _demands(programme: Programme, past: Done) -> pl.DataFrame:
    """What is still wanted; an option that was served in part has become binding."""
    on_way = past.direct.select("demand", "quantity")
    served = pl.concat([past.rows["deliver"].select("demand", "quantity"), on_way])
    served = served.group_by("demand").agg(served=pl.col("quantity").sum())
    frame = programme["demands"].join(served, on="demand", how="left", maintain_order="left")
    left, some = pl.col("quantity") - pl.col("served").fill_null(0.0), pl.col("served").fill_null(0.0) > LEAST
    firm = pl.when(some).then(pl.lit("binding")).otherwise(pl.col("firm"))
    frame = frame.with_columns(quantity=left, firm=firm)
    return frame.filter(pl.col("quantity") > LEAST).drop("served")


def _clearances(programme: Programme, past: Done) -> pl.DataFrame:
    """Caps less what was sent under the licence since the old start; a licence without anything left is gone."""
    left = _left(programme["clearances"], _used(programme, past), HELD)
    papers = _left(programme["licences"], _used(programme, past), pl.col("licence"))
    gone = papers.filter("spent")["licence"].implode()
    kept = left.filter(~pl.col("spent") & ~pl.col("licence").is_in(gone).fill_null(value=False))
    return kept.select(programme["clearances"].columns)


HELD = pl.coalesce("licence", pl.concat_str(pl.lit("\0"), "clearance"))
"""What a clearance shares its caps with: its licence, or itself."""


def _used(programme: Programme, past: Done) -> pl.DataFrame:
    """Return units and value [EUR] sent under every licence, or clearance without one, since the old start."""
    moved = past.cleared.join(programme["items"].select("item", "value"), on="item")
    moved = moved.join(programme["clearances"].select("clearance", held=HELD), on="clearance")
    return moved.group_by("held").agg(units=pl.col("quantity").sum(), worth=(pl.col("quantity") * pl.col("value")).sum())


def _left(frame: pl.DataFrame, used: pl.DataFrame, held: pl.Expr) -> pl.DataFrame:
    """Return rows with their caps less what was used, and whether a cap is `spent`."""
    left = frame.with_columns(held=held).join(used, on="held", how="left", maintain_order="left")
    left = left.with_columns(
        quantity_cap=pl.col("quantity_cap") - pl.col("units").fill_null(0.0),
        value_cap=pl.col("value_cap") - pl.col("worth").fill_null(0.0),
    )
    spent = (pl.col("quantity_cap") <= LEAST).fill_null(value=False) | (pl.col("value_cap") <= LEAST).fill_null(value=False)
    return left.with_columns(spent=spent)


def _licences(programme: Programme, past: Done) -> pl.DataFrame:
    """What the last plan applied for before today is applied for; a licence that is used up is gone with its clearances."""
    frame = _left(programme["licences"], _used(programme, past), pl.col("licence")).filter(~pl.col("spent"))
    frame = frame.join(past.applied, on="licence", how="left", maintain_order="left")
    begun = pl.col("apply_on").is_not_null() & (pl.col("status") == "to apply")
    return frame.with_columns(
        status=pl.when(begun).then(pl.lit("applied")).otherwise(pl.col("status")),
        apply_from=pl.when(begun).then(pl.col("apply_on")).otherwise(pl.col("apply_from")),
    ).select(programme["licences"].columns)


def _history(programme: Programme, past: Done, start: date) -> pl.DataFrame:
    """Commitments of the future as they are, those before the old start too; in between, what was done."""
    own, old = programme["commitments"], programme.horizon.start
    kept = own.filter((pl.col("kind") == "qualify") | (pl.col("start") < old) | (pl.col("start") >= start))
    begun = past.rows["qualify"].join(own.filter(pl.col("kind") == "qualify"), on=["operation", "site"], how="anti")
    rows = {
        "make": past.rows["make"],
        "buy": past.rows["buy"],
        "ship": without_direct(past.rows["ship"].select(*KEYS["ship"], "quantity"), past.direct),
        "qualify": begun,
    }
    return pl.concat([kept, *(committed(programme, frame, kind, start) for kind, frame in rows.items())])
