"""What every application of a plan is worth: a week sooner, four weeks later, found by planning again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from outwork.model.outcome import Pointer, Reason
from outwork.plan.explain import changes
from outwork.plan.explain.edits import Edit
from outwork.plan.explain.remedies import DUST, Fate, fate, replanned
from outwork.plan.explain.words import day, money, number, plural
from outwork.plan.solved import Solved

MONTH = 28
"""Days that are told as a month."""
CENT = 0.01
"""EUR below which a change is worth nothing."""
GAP = 1e-5
"""Relative distance [1] to the best cost at which whole decisions count as solved: differences of costs are told."""


@dataclass(frozen=True)
class Worth:
    """What an application is worth.

    Args: row of `applications`; sooner [EUR/day], taken off the cost by opening a week sooner; later [EUR], added to it by
    applying a month later; moved, demands whose last units then come so many steps later, or that lack so many more units.
    None where it was not computed.
    """

    row: dict[str, Any]
    sooner: float | None
    later: float | None
    moved: tuple[tuple[int, Fate, Fate], ...] = ()


def worths(solved: Solved, applications: pl.DataFrame, seconds: float | None = None) -> tuple[Worth, ...]:
    """Return what each application is worth. Args: seconds that this may take, None for no limit."""
    if applications.is_empty():
        return ()
    until = None if seconds is None else time.monotonic() + seconds
    base = _again(solved, None, until)
    return tuple(_worth(solved, row, base, until) for row in applications.iter_rows(named=True))


def with_worth(applications: pl.DataFrame, found: tuple[Worth, ...]) -> pl.DataFrame:
    """Return the table `applications` with what was found."""
    return applications.with_columns(
        value_of_a_day=pl.Series([each.sooner for each in found], dtype=pl.Float64),
        month_later=pl.Series([each.later for each in found], dtype=pl.Float64),
    )


def reason(solved: Solved, found: Worth) -> Reason:
    """Return an application in words: by when to apply, what a month later costs and whom it delays."""
    row = found.row
    paper = solved.programme["licences"].row(by_predicate=pl.col("licence") == row["licence"], named=True)
    at = f" at {paper['authority']}" if paper["authority"] else ""
    ground = _ground(solved, row["licence"])
    fee = f" for {money(row['fee'])}" if row["fee"] else ""
    text = f"Licence {row['licence']}{ground} is applied for{at} from {row['apply_on']} on{fee} and opens on {row['opens']}"
    text += f"; applied for after {_week(row['apply_by'])}, it comes too late for its first use on {row['first_use']}."
    text += "".join(_told(solved, found))
    rows = (Pointer("licences", (row["licence"],)), *(_demand(solved, moved[0]) for moved in found.moved))
    return Reason("licence", text, rows, _change(found), None if found.sooner is None else round(found.sooner, 2), "EUR/day")


def _again(solved: Solved, edit: Edit | None, until: float | None) -> tuple[float, list[Fate]] | None:
    """Return cost [EUR] and what every demand comes to where the edited programme is planned again; None without time."""
    if until is not None and time.monotonic() > until:
        return None
    again = replanned(solved, edit, until, GAP)
    if again is None:
        return None
    changed, x = again
    demands = range(len(solved.network.wishes.names))
    return float(changed.money @ x), [fate(changed, x, demand) for demand in demands]


def _worth(solved: Solved, row: dict[str, Any], base: tuple[float, list[Fate]] | None, until: float | None) -> Worth:
    week = max(7, solved.network.horizon.step_days)
    edits = [changes.application(solved.programme, row["licence"], row["apply_on"], days) for days in (-week, MONTH)]
    ends = [None if base is None or edit is None else _again(solved, edit, until) for edit in edits]
    cost = [None if base is None or end is None else _rounded(end[0] - base[0]) for end in ends]
    moved = () if base is None or ends[1] is None else tuple(_moved(base[1], ends[1][1]))
    return Worth(row, None if cost[0] is None else -cost[0] / week, cost[1], moved)


def _rounded(amount: float) -> float:
    return 0.0 if abs(amount) < CENT else amount


def _moved(before: list[Fate], after: list[Fate]) -> Iterator[tuple[int, Fate, Fate]]:
    """Yield the demands that come later, or lack more."""
    for demand, (was, now) in enumerate(zip(before, after, strict=True)):
        if now.short > was.short + DUST or (now.short <= DUST and now.last > was.last):
            yield demand, was, now


def _told(solved: Solved, found: Worth) -> Iterator[str]:
    """Yield what a month's delay does, and a week's gain."""
    if found.later is None:
        yield " What a delay costs was not found in time; give a longer limit."
        return
    if found.later == 0:
        yield " Four weeks later it costs nothing more."
        return
    yield f" Four weeks later it costs {money(found.later)} more"
    yield "".join(f"; {_late(solved, *moved)}" for moved in found.moved) + "."


def _late(solved: Solved, demand: int, was: Fate, now: Fate) -> str:
    network, name = solved.network, solved.network.wishes.names.names[demand]
    if now.short > was.short + DUST:
        return f"{name} gets {number(now.short - was.short)} fewer"
    later = plural((now.last - was.last) * network.horizon.step_days, "day")
    return f"{name} is complete {later} later, on {day(network, now.last)}"


def _change(found: Worth) -> str:
    """Return what applying sooner brings."""
    if not found.sooner:
        return ""
    by = f"apply for licence {found.row['licence']} by {_week(found.row['apply_by'])}"
    return f"{by}; each day sooner is worth {money(found.sooner)}"


def _ground(solved: Solved, licence: str) -> str:
    """Return the provisions that the clearances of a licence stand on."""
    basis = solved.programme["clearances"].filter(pl.col("licence") == licence)["basis"].unique().sort().to_list()
    told = "; ".join(each for each in basis if each)
    return f" ({told})" if told else ""


def _week(when: date) -> str:
    """Return a day with its calendar week. Example: 2027-03-05 (week 9 of 2027)."""
    year, week, _ = when.isocalendar()
    return f"{when.isoformat()} (week {week} of {year})"


def _demand(solved: Solved, demand: int) -> Pointer:
    return Pointer("demands", (solved.network.wishes.names.names[demand],))
