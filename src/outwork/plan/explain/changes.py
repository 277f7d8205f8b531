"""Which edits of the tables could loosen a limit. What they bring is for `remedies` to compute; here nothing is promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from outwork.model.outcome import Pointer
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.plan.explain.edits import Edit
from outwork.plan.explain.leave import waiting
from outwork.plan.explain.words import plural
from outwork.plan.solved import Solved

SHIFTS = (2.0, 1.25)
"""Hours that are tried, as a multiple of what is there: a second shift, and a quarter more."""
MORE = (2.0, 1.5)
"""Units a week that are tried, as a multiple of an offer's: a second supplier on the same terms, and half as many again."""
SOONER = (28, 7)
"""Days that are tried for a date or a lead time: four weeks and one week."""


def hours(solved: Solved, resource: int, first: int, last: int) -> tuple[Edit, ...]:
    """Return more hours a week at a resource from step `first` to step `last`."""
    horizon, own = solved.network.horizon, solved.network.hours
    name = own.resources.names[resource]
    since, until = horizon.day(first), horizon.day(last + 1) - timedelta(days=1)
    usual = float(own.hours[resource, first : last + 1].max() / horizon.weeks_per_step)
    usual = usual or float(solved.programme["resources"]["hours"][resource]) or 40.0
    whys = ("a second shift", "a quarter more hours")
    return tuple(
        Edit("calendar", (("resource", name), ("since", since)), (("until", until), ("hours", usual * shift)), why)
        for shift, why in zip(SHIFTS, whys, strict=True)
    )


def supply(solved: Solved, offer: int) -> tuple[Edit, ...]:
    """Return more units a week from an offer."""
    key, row = _offer(solved, offer)
    whys = ("a second supplier on the same terms", "half as many again")
    return tuple(
        Edit("supplies", key, (("per_week", row["per_week"] * more),), why) for more, why in zip(MORE, whys, strict=True)
    )


def sooner(solved: Solved, offer: int) -> tuple[Edit, ...]:
    """Return a shorter lead time of an offer, or an earlier beginning."""
    key, row = _offer(solved, offer)
    start = solved.network.horizon.start
    earlier = [Edit("supplies", key, (("since", start),), "orders from the start")] if row["since"] else []
    return (*earlier, *lead(solved, "supplies", key))


def minimum(solved: Solved, offer: int) -> tuple[Edit, ...]:
    """Return an offer without its minimum."""
    key, _ = _offer(solved, offer)
    return (Edit("supplies", key, (("minimum", 0.0),), "orders of any size"),)


def lead(solved: Solved, table: str, key: tuple[tuple[str, Any], ...]) -> tuple[Edit, ...]:
    """Return shorter lead times of a row."""
    return _less(solved.programme, table, key, "{} less")


def _less(programme: Programme, table: str, key: tuple[tuple[str, Any], ...], why: str) -> tuple[Edit, ...]:
    """Return shorter lead times of a row. Args: why, with a place for the days."""
    frame = programme[table].filter(*(pl.col(column) == value for column, value in key))
    days = float(frame["lead_days"][0])
    return tuple(
        Edit(table, key, (("lead_days", max(days - less, 0.0)),), why.format(plural(min(less, days), "day")))
        for less in SOONER
        if days > 0 and (less <= days or less == SOONER[-1])
    )


def faster(solved: Solved, row: Pointer) -> tuple[Edit, ...]:
    """Return shorter lead times of the row of an operation, an offer or a lane."""
    return lead(solved, row.table, tuple(zip(BY_NAME[row.table].key, row.key, strict=True)))


def opens(solved: Solved, clearance: str) -> tuple[Edit, ...]:
    """Return earlier openings of a clearance, and of the licence that it waits for."""
    key = (("clearance", clearance),)
    own = _earlier(solved, "clearances", key, "opens", "applied for sooner")
    return (*applied(solved.programme, clearance), *own)


def applied(programme: Programme, clearance: str) -> tuple[Edit, ...]:
    """Return earlier applications for the licence that a clearance waits for, not before the horizon, and quicker grants."""
    paper = waiting(programme, clearance)
    if paper is None:
        return ()
    key, start = (("licence", paper["licence"]),), programme.horizon.start
    stated = paper["apply_from"] if paper["status"] == "to apply" else None
    days = [] if stated is None else sorted({max(stated - timedelta(days=less), start) for less in SOONER} - {stated})
    sooner = [Edit("licences", key, (("apply_from", day),), f"apply for it by {day}") for day in days if day < stated]
    return (*sooner, *_less(programme, "licences", key, "granted {} sooner"))


def application(programme: Programme, licence: str, apply_on: date, days: int) -> Edit | None:
    """Return an application so many days later, below 0 sooner; where it cannot be sooner, a grant that takes less long.

    None where neither can be. Args: apply_on, the day on which the plan applies.
    """
    key, moved = (("licence", licence),), apply_on + timedelta(days=days)
    if moved >= programme.horizon.start:
        return Edit("licences", key, (("apply_from", moved),), "applied for on another day")
    lead = programme["licences"].row(by_predicate=pl.col("licence") == licence, named=True)["lead_days"]
    return Edit("licences", key, (("lead_days", lead + days),), "granted sooner") if lead + days >= 0 else None


def caps(solved: Solved, clearances: list[str], column: str) -> tuple[Edit, ...]:
    """Return half as much again under a licence, where a single row states its cap."""
    stating = [name for name in clearances if _row(solved, "clearances", (("clearance", name),))[column] is not None]
    if len(stating) != 1:
        return ()
    key = (("clearance", stating[0]),)
    cap = _row(solved, "clearances", key)[column]
    return tuple(Edit("clearances", key, ((column, cap * more),), "a larger licence") for more in MORE)


def qualification(solved: Solved, pair: int) -> tuple[Edit, ...]:
    """Return a qualification that may start sooner or takes less long; its start is then decided anew."""
    network, making = solved.network, solved.network.making
    name, site = network.operations.names[making.operation[pair]], network.sites.names[making.site[pair]]
    key, frees = (("operation", name), ("site", site)), ((name, site),)
    faster = lead(solved, "qualifications", key) if making.possible[pair] else ()
    whole = Edit(
        "qualifications", key, (("status", "qualified"), ("earliest", None)), "a site that is qualified from the start"
    )
    found = [*_earlier(solved, "qualifications", key, "earliest", "begun sooner"), *faster]
    found += [whole] if making.possible[pair] else []
    return tuple(replace(each, frees=frees) for each in found)


def weight(solved: Solved, row: Pointer) -> tuple[Edit, ...]:
    """Return more kilograms a week on a lane."""
    key = _lane_key(row)
    most = _row(solved, row.table, key)["per_week"]
    return tuple(Edit(row.table, key, (("per_week", most * more),), "more room on the way") for more in MORE)


def lane(solved: Solved, row: Pointer) -> tuple[Edit, ...]:
    """Return a lane that opens sooner or is faster."""
    key = _lane_key(row)
    return (*_earlier(solved, row.table, key, "since", "opened sooner"), *lead(solved, row.table, key))


def trip(solved: Solved, row: Pointer) -> tuple[Edit, ...]:
    """Return a lane without a fixed cost."""
    key = _lane_key(row)
    priced = _row(solved, row.table, key)["fixed_cost"] > 0
    return (Edit(row.table, key, (("fixed_cost", 0.0),), "shared trips"),) if priced else ()


def batches(solved: Solved, pair: int, step: int) -> tuple[Edit, ...]:
    """Return smaller lots, and more hours of every process that the pair loads."""
    network, making = solved.network, solved.network.making
    name = network.operations.names[making.operation[pair]]
    lot, found = float(making.lot[pair]), []
    if lot > 0:
        found.append(Edit("operations", (("operation", name),), (("lot", lot / 2),), "half lots"))
    for pool in making.load_pool[making.load_pair == pair]:
        for resource in network.hours.grant_resource[network.hours.grant_pool == pool]:
            found += hours(solved, int(resource), max(step, 0), max(step, 0))[:1]
    return tuple(found)


def share(row: dict[str, Any], bound: str) -> tuple[Edit, ...]:
    """Return an agreement's share a tenth looser."""
    key = (("share", row["share"]),)
    loosened = (
        ("min_share", max(row["min_share"] - 0.1, 0.0)) if bound == "least" else ("max_share", min(row["max_share"] + 0.1, 1))
    )
    return (Edit("shares", key, (loosened,), "an agreement that leaves more room"),)


def stock(solved: Solved, offer: int, more: float) -> Edit:
    """Return more units on hand of what an offer delivers; they cost its price."""
    item, site = int(solved.network.offers.item[offer]), int(solved.network.offers.site[offer])
    units = float(np.ceil(more - 1e-6))
    names = (("item", solved.network.items.names[item]), ("site", solved.network.sites.names[site]))
    frame = solved.programme["stocks"].filter(*(pl.col(column) == value for column, value in names))
    held = float(frame["on_hand"][0]) if frame.height else 0.0
    cost = units * float(solved.network.offers.price[offer])
    return Edit("stocks", names, (("on_hand", held + units),), "found elsewhere at the same price", cost=cost)


def _earlier(solved: Solved, table: str, key: tuple[tuple[str, Any], ...], column: str, why: str) -> tuple[Edit, ...]:
    """Return the dates of a row moved forward, not before the horizon."""
    stated: date | None = _row(solved, table, key)[column]
    start = solved.network.horizon.start
    if stated is None or stated <= start:
        return ()
    days = sorted({max(stated - timedelta(days=less), start) for less in SOONER})
    return tuple(Edit(table, key, ((column, each),), why) for each in days)


def _offer(solved: Solved, offer: int) -> tuple[tuple[tuple[str, Any], ...], dict[str, Any]]:
    network, offers = solved.network, solved.network.offers
    key = (
        ("item", network.items.names[offers.item[offer]]),
        ("site", network.sites.names[offers.site[offer]]),
        ("party", network.parties.names[offers.party[offer]]),
    )
    return key, _row(solved, "supplies", key)


def _lane_key(row: Pointer) -> tuple[tuple[str, Any], ...]:
    return (("origin", row.key[0]), ("destination", row.key[1]), ("mode", row.key[2]))


def _row(solved: Solved, table: str, key: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    """Return the row with a key."""
    return solved.programme[table].filter(*(pl.col(column) == value for column, value in key)).row(0, named=True)
