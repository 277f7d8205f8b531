"""What a scenario changes, and what that does to the plan: figures side by side, and the demands that move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from outwork.web.seen import Listing, View, listed, picked

LEAST: Final = 1e-3
"""Units below which nothing has moved."""
FIGURES: Final = ("on_time", "late", "short", "left", "weeks_late", "units_short", "qualifications", "applications", "spent")
"""Figures of a plan, in the order in which they are shown."""
BETTER: Final = {"on_time": 1, "late": -1, "short": -1, "weeks_late": -1, "units_short": -1, "spent": -1}
"""Whether more of a figure is better (1) or worse (-1); of the others that cannot be said."""


@dataclass(frozen=True)
class Figure:
    """A figure of two plans, None where a plan is not there or the asker may not see what it is made of."""

    name: str
    before: float | None
    after: float | None

    @property
    def change(self) -> float | None:
        """Return by how much it differs."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def good(self) -> bool | None:
        """Return whether the difference is for the better, None where there is none or nobody can say."""
        sign = BETTER.get(self.name)
        return None if sign is None or not self.change or abs(self.change) < LEAST else self.change * sign > 0


@dataclass(frozen=True)
class Compared:
    """Two plans: their figures, and the demands of which the promise differs."""

    figures: tuple[Figure, ...]
    moved: Listing


def compared(before: View, after: View) -> Compared:
    """Return what differs between two plans, each as the asker sees it."""
    old, new = _figures(before), _figures(after)
    figures = tuple(Figure(name, old[name], new[name]) for name in FIGURES if old[name] is not None or new[name] is not None)
    return Compared(figures, listed(_moved(before, after), per=200))


def _figures(view: View) -> Mapping[str, float | None]:
    """Return the figures of a plan; money only where all of it may be seen."""
    promises = picked(view, "promises")
    if promises.is_empty():
        return dict.fromkeys(FIGURES)
    taken = promises.filter("taken")
    late, short = pl.col("late") > 0, pl.col("short") > 0
    money = picked(view, "cash_events", "kind", "amount").filter(pl.col("kind") != "revenue")
    return {
        "on_time": float(taken.filter(~late & ~short).height),
        "late": float(taken.filter(late & ~short).height),
        "short": float(taken.filter(short).height),
        "left": float(promises.height - taken.height),
        "weeks_late": float(taken["weeks_late"].sum()),
        "units_short": float(taken["short"].sum()),
        "qualifications": float(view["qualify"].height) if view.sees("qualify") else None,
        "applications": float(view["applications"].height) if view.sees("applications") else None,
        "spent": float(money["amount"].sum()) if view.sees("cash_events", "amount") else None,
    }


def _moved(before: View, after: View) -> pl.DataFrame:
    """Return the demands that come earlier or later, or get more or less; one that only one plan knows has blanks."""
    columns = ("demand", "item", "site", "due", "complete", "short", "weeks_late", "taken")
    old, new = picked(before, "promises", *columns), picked(after, "promises", *columns)
    both = new.join(old, on="demand", how="full", coalesce=True, suffix=" before").sort("due", "demand")
    differs = (
        pl.col("complete").ne_missing(pl.col("complete before"))
        | ((pl.col("short").fill_null(0) - pl.col("short before").fill_null(0)).abs() > LEAST)
        | pl.col("taken").ne_missing(pl.col("taken before"))
    )
    days = (pl.col("complete") - pl.col("complete before")).dt.total_days()
    return both.filter(differs).with_columns(
        days=days, item=pl.coalesce("item", "item before"), site=pl.coalesce("site", "site before")
    )


def facts(row: Mapping[str, Any]) -> str:
    """Return the word for how a demand moved: sooner, later, more, fewer, taken, left, new or gone."""
    if row["taken before"] is None:
        return "new"
    if row["taken"] is None:
        return "gone"
    if row["taken"] != row["taken before"]:
        return "taken" if row["taken"] else "left"
    units = row["short before"] - row["short"]
    if abs(units) > LEAST:
        return "more" if units > 0 else "fewer"
    return "sooner" if (row["days"] or 0) < 0 else "later"
