"""What every application of a plan is worth: a week sooner, four weeks later, found by planning again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from outwork.model.axis import Index, windows
from outwork.model.outcome import Pointer, Reason
from outwork.plan.explain import changes
from outwork.plan.explain.edits import Edit
from outwork.plan.explain.remedies import DUST, Fate, Turn, fate, replanned
from outwork.plan.explain.words import day, money, number, plural
from outwork.plan.network import Network
from outwork.plan.network.licences import dated
from outwork.plan.solved import Solved
from outwork.solve.blocks import Problem

MONTH = 28
"""Days that are told as a month."""
CENT = 0.01
"""EUR below which a change is worth nothing."""
Ending = tuple[float, list[Fate]]
"""Cost of a plan [EUR], and what every demand comes to."""
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
    base = _again(solved, lambda problem: problem, until)
    rows = list(applications.iter_rows(named=True))
    later = [_again(solved, _later(solved, row), until) for row in rows]
    return tuple(_worth(solved, row, (base, end), until) for row, end in zip(rows, later, strict=True))


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
    fee = f" for {money(row['fee'])}" if row["fee"] else ""
    text = f"Licence {row['licence']}{_ground(solved, row['licence'])} is to be applied for by {_week(row['apply_by'])}"
    text += f" for its first use on {row['first_use']}; {_delay(solved, found)}."
    text += f" The plan applies{at} on {row['apply_on']}{fee}, so that it opens on {row['opens']}."
    rows = (Pointer("licences", (row["licence"],)), *(_demand(solved, moved[0]) for moved in found.moved))
    return Reason("licence", text, rows, _change(found), None if found.sooner is None else round(found.sooner, 2), "EUR/day")


def _again(solved: Solved, edit: Edit | Turn, until: float | None) -> Ending | None:
    """Return cost [EUR] and what every demand comes to where the changed programme is planned again; None without time."""
    if until is not None and time.monotonic() > until:
        return None
    again = replanned(solved, edit, until, GAP)
    if again is None:
        return None
    changed, x = again
    demands = range(len(solved.network.wishes.names))
    return float(changed.money @ x), [fate(changed, x, demand) for demand in demands]


def _later(solved: Solved, row: dict[str, Any]) -> Edit | Turn:
    """Return an application a month later: as an edit or, faster, as what it closes in the plan's model where that is the same.

    It is where nothing is made under the licence and it does not expire later within the horizon.
    """
    network = solved.network
    edit = changes.application(solved.programme, row["licence"], row["apply_on"], MONTH)
    assert edit is not None  # noqa: S101 - later is always possible
    leave, licence = network.leave, network.licences.names.position[row["licence"]]
    mine = network.licences.own == licence
    first, last = windows(network.horizon, dated(edit.apply(solved.programme)), "opens", "expires")
    if (leave.kind.to_numpy()[mine] != "goods").any() or (last[mine] != leave.last[mine]).any():
        return edit

    def closed(problem: Problem) -> Problem:
        upper = problem.upper.copy()
        for name in ("ship", "direct"):
            block = problem.variables[name]
            member = block.keys["leg" if name == "ship" else "direct"]
            clearance = _clearances(network, member if name == "ship" else network.directs.leg[member])
            early = (clearance >= 0) & (block.keys["bucket"] < np.r_[first, 0][clearance]) & np.r_[mine, False][clearance]
            upper[block.slice] = np.where(early, 0.0, upper[block.slice])
        return problem.bounded(problem.lower, upper)

    return closed


def _clearances(network: Network, leg: Index) -> Index:
    """Return the clearance of every leg, -1 where there is no leg or none is needed."""
    return np.where(leg >= 0, np.r_[network.legs.clearance, -1][leg], -1)


def _worth(solved: Solved, row: dict[str, Any], ends: tuple[Ending | None, Ending | None], until: float | None) -> Worth:
    """Return what an application is worth. Args: ends, as planned, and with it a month later."""
    base, later = ends
    if base is None:
        return Worth(row, None, None)
    week = max(7, solved.network.horizon.step_days)
    edit = changes.application(solved.programme, row["licence"], row["apply_on"], -week)
    sooner = None if edit is None else _again(solved, edit, until)
    gain = None if sooner is None else _saved(sooner[0], base[0]) / week
    if later is None:
        return Worth(row, gain, None)
    return Worth(row, gain, _saved(base[0], later[0]), tuple(_moved(base[1], later[1])))


def _saved(less: float, more: float) -> float:
    """Return a difference of costs [EUR] that can only be above 0, but for the gap within which plans count as solved."""
    return more - less if more - less >= CENT else 0.0


def _moved(before: list[Fate], after: list[Fate]) -> Iterator[tuple[int, Fate, Fate]]:
    """Yield the demands that come later, or lack more."""
    for demand, (was, now) in enumerate(zip(before, after, strict=True)):
        if now.short > was.short + DUST or (now.short <= DUST and now.last > was.last):
            yield demand, was, now


def _delay(solved: Solved, found: Worth) -> str:
    """Return what applying a month later than planned does."""
    if found.later is None:
        return "what a delay costs was not found in time, give a longer limit"
    if found.later == 0:
        return "four weeks later than planned costs nothing more"
    moved = ", and ".join(_late(solved, *each) for each in found.moved)
    return f"four weeks later than planned costs {money(found.later)}" + (f": {moved}" if moved else "")


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
    return (
        f"apply for licence {found.row['licence']} sooner than {found.row['apply_on']}: each day is worth {money(found.sooner)}"
    )


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
