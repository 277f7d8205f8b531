"""What changed in the tables since the last plan, in words that a planner would use for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import polars as pl

from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME

READ: Final = (
    "sites", "resources", "calendar", "capabilities", "items", "operations", "components", "loads", "ramps", "ramp_shares",
    "qualifications", "supplies", "lanes", "corridors", "stocks", "licences", "clearances", "demands", "agreements", "shares",
)  # fmt: skip
"""Tables in which a change can move a plan."""


def causes(
    before: Programme | None, after: Programme, surprise: pl.DataFrame, cut: pl.DataFrame, start: date
) -> tuple[str, ...]:
    """Return what is otherwise than when the last plan was made, most telling first.

    Args: before, the programme of the last plan, None where nobody has kept it; surprise, stock on hand (item, site,
    planned, quantity); cut, commitments of the last plan that cannot be kept, with what is `left`; start, today's step.
    """
    found = [] if before is None else [*_closed(before, after, start), *_changed(before, after)]
    return (*found, *_surprises(surprise), *_cut(cut))


def _closed(before: Programme, after: Programme, start: date) -> Iterator[str]:
    """Tell which sites stand still by new calendar entries: all of their resources without hours."""
    new = after["calendar"].join(before["calendar"], on=list(after["calendar"].columns), how="anti", nulls_equal=True)
    stopped = new.filter((pl.col("hours") == 0) & (pl.col("until") >= start)).join(
        after["resources"].select("resource", "site"), on="resource"
    )
    every = after["resources"].group_by("site").agg(all=pl.len())
    together = stopped.group_by("site", "since", "until").agg(pl.col("resource").sort(), count=pl.len()).join(every, on="site")
    for row in together.sort("since", "site").iter_rows(named=True):
        who = f"site {row['site']}" if row["count"] == row["all"] else f"{', '.join(row['resource'])} at site {row['site']}"
        yield f"{who} down in {weeks(row['since'], row['until'])}"


def weeks(since: date, until: date) -> str:
    """Return the calendar weeks of a span, such as: week 12 of 2026."""
    (year, first, _), (last_year, last, _) = since.isocalendar(), until.isocalendar()
    if (year, first) == (last_year, last):
        return f"week {first} of {year}"
    return f"weeks {first} of {year} to {last} of {last_year}" if year != last_year else f"weeks {first} to {last} of {year}"


def _changed(before: Programme, after: Programme) -> Iterator[str]:
    """Tell every row that is new, gone or otherwise, but for calendar entries that close."""
    for name in READ:
        old, new, key = before[name], after[name], list(BY_NAME[name].key)
        gone = old.join(new, on=key, how="anti").sort(key)
        come = new.join(old, on=key, how="anti").sort(key)
        come = come.filter(pl.col("hours") > 0) if name == "calendar" else come
        yield from (f"{name}: {_key(row, key)} is gone" for row in gone.iter_rows(named=True))
        yield from (f"{name}: {_key(row, key)} is new" for row in come.iter_rows(named=True))
        columns = [column for column in old.columns if column not in key]
        both = old.join(new, on=key, suffix=" now").sort(key)
        for row in both.iter_rows(named=True):
            otherwise = [column for column in columns if row[column] != row[f"{column} now"]]
            if name == "calendar" and row["hours now"] == 0 and otherwise:
                continue
            for column in otherwise:
                yield f"{name}: {column} of {_key(row, key)} is {_cell(row[f'{column} now'])}, it was {_cell(row[column])}"


def _surprises(surprise: pl.DataFrame) -> Iterator[str]:
    for row in surprise.iter_rows(named=True):
        yield f"{_cell(row['quantity'])} {row['item']} lie at {row['site']}, planned were {_cell(row['planned'])}"


def _cut(cut: pl.DataFrame) -> Iterator[str]:
    for row in cut.sort("start", "commitment").iter_rows(named=True):
        what = row["operation"] or row["item"]
        yield (
            f"frozen, but it cannot be kept: {row['kind']} {what} at {row['site']} on {row['start']}, "
            f"{_cell(row['left'])} of {_cell(row['quantity'])}"
        )


def _key(row: dict[str, object], key: list[str]) -> str:
    return " ".join(_cell(row[column]) for column in key)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 1 else f"{value:,.2f}".rstrip("0").rstrip(".")
    return "blank" if value is None else str(value)
