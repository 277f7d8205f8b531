"""What was done before today: by the last plan, or as the actuals say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from outwork.model.errors import Fault, InvalidProgramme
from outwork.model.frames import empty
from outwork.model.tables import BY_NAME

Tables = Mapping[str, pl.DataFrame]
KEYS: Final = {
    "make": ("operation", "site", "start"),
    "buy": ("item", "site", "party", "start"),
    "ship": ("item", "origin", "destination", "mode", "start"),
    "deliver": ("demand",),
    "qualify": ("operation", "site", "start"),
}
"""What a decision of each kind is known by."""
LEAST: Final = 1e-4
"""Units below which stock on hand is as planned."""


@dataclass(frozen=True, eq=False)
class Done:
    """Decisions before today.

    `rows` by kind with the columns of KEYS and quantity; `stock` item, site, quantity on hand; `surprise` where that is not
    as planned, with `planned` beside quantity; `direct` what is on its way to single-source demands: item, origin,
    destination, mode, start, demand, quantity; `cleared` what the last plan sent under clearances before today: item,
    clearance, quantity; `applied` the licences that it applied for before today: licence, apply_on.
    """

    rows: Tables
    stock: pl.DataFrame
    surprise: pl.DataFrame
    direct: pl.DataFrame
    cleared: pl.DataFrame
    applied: pl.DataFrame


def done(last: Tables, actuals: pl.DataFrame | None, start: date, planned: pl.DataFrame) -> Done:
    """Return what was done before `start`, the first day of today's step; `planned` is what should lie on hand then.

    InvalidProgramme where the actuals say what was done but nothing of what lies on hand for it.
    """
    rows = {kind: _past(last, kind, start) for kind in KEYS}
    lying = planned
    direct = on_the_way(last, start)
    if actuals is not None and actuals.height:
        stated = actuals.filter(pl.col("kind") == "stock").select("item", "site", "quantity")
        if stated.is_empty():
            said = "actuals say what was done, not what lies on hand today for it; add rows of kind stock"
            raise InvalidProgramme((Fault("actuals", said),))
        lying = pl.concat([lying.join(stated, on=["item", "site"], how="anti"), stated])
        rows |= {str(kind): _stated(actuals, str(kind), start) for kind in actuals["kind"].unique() if kind != "stock"}
    sent = _table(last, "ship").filter((pl.col("start") < start) & (pl.col("clearance") != ""))
    both = planned.rename({"quantity": "planned"}).join(lying, on=["item", "site"], how="full", coalesce=True)
    surprise = both.with_columns(pl.col("planned", "quantity").fill_null(0.0))
    surprise = surprise.filter((pl.col("planned") - pl.col("quantity")).abs() > LEAST).sort("item", "site")
    applied = _table(last, "applications").filter(pl.col("apply_on") < start).select("licence", "apply_on")
    return Done(rows, lying, surprise, direct, sent.select("item", "clearance", "quantity"), applied)


def on_hand(last: Tables, opening: pl.DataFrame, before: date | None) -> pl.DataFrame:
    """Return item, site and quantity that should lie on hand at the end of the step that begins on `before`.

    Without such a step it is the opening stock.
    """
    if before is None:
        return opening.select("item", "site", quantity="on_hand")
    return _table(last, "stock").filter(pl.col("start") == before).select("item", "site", "quantity")


def remaining(last: Tables, start: date) -> dict[str, pl.DataFrame]:
    """Return the decisions of the last plan from `start` on."""
    kinds = (*KEYS, "use", "work")
    return {kind: _table(last, kind).filter(pl.col("start") >= start) for kind in kinds}


def on_the_way(last: Tables, start: date) -> pl.DataFrame:
    """Return what left before `start` for a single-source demand and is handed over from `start` on."""
    handed = _table(last, "deliver").filter((pl.col("origin") != "") & (pl.col("start") >= start))
    asked = handed.join(_table(last, "promises").select("demand", "item", destination="site"), on="demand")
    asked = asked.filter(pl.col("origin") != pl.col("destination")).rename({"start": "ready"})
    left = _table(last, "ship").filter(pl.col("start") < start)
    keys = ["item", "origin", "destination", "ready"]
    moves = left.group_by(*keys, "mode", "start", maintain_order=True).agg(pl.col("quantity").sum().alias("moved"))
    found = asked.join(moves, on=keys).filter(pl.col("moved") >= pl.col("quantity") * (1 - 1e-6))
    found = found.unique(["demand", "ready"], keep="first", maintain_order=True)
    return found.select("item", "origin", "destination", "mode", "start", "demand", "quantity")


def direct_moves(last: Tables) -> pl.DataFrame:
    """Return all that moves to single-source demands: item, origin, destination, ready, quantity."""
    handed = _table(last, "deliver").filter(pl.col("origin") != "").rename({"start": "ready"})
    asked = handed.join(_table(last, "promises").select("demand", "item", destination="site"), on="demand")
    return asked.select("item", "origin", "destination", "ready", "quantity")


def _past(last: Tables, kind: str, start: date) -> pl.DataFrame:
    frame = _table(last, kind)
    frame = frame.filter(pl.col("start") < start)
    quantity = pl.lit(1.0) if kind == "qualify" else pl.col("quantity")
    return frame.with_columns(quantity=quantity).group_by(KEYS[kind], maintain_order=True).agg(pl.col("quantity").sum())


def _stated(actuals: pl.DataFrame, kind: str, start: date) -> pl.DataFrame:
    frame = actuals.filter((pl.col("kind") == kind) & (pl.col("start").is_null() | (pl.col("start") < start)))
    frame = frame.rename({"site": "origin"}) if kind == "ship" else frame
    return frame.group_by(KEYS[kind], maintain_order=True).agg(pl.col("quantity").sum())


def _table(last: Tables, name: str) -> pl.DataFrame:
    return last.get(name, empty(BY_NAME[name]))
