"""Published instances as programmes in the public tables.

Each function reads one published format, whatever the file, and answers with a programme whose cheapest plan is the published
optimum. None of them knows an answer.

- Facility location: a warehouse is a site that may be qualified at its fixed cost for the one operation there is, a customer
  a site with one demand; everything happens in one week without lead times.
- Lot sizing: a period is a week; a demand may be handed over no earlier than it is due, for else holding would cost nothing.

Shortage and lateness, which the published problems forbid, are priced so that they never pay; each function says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from outwork.model.frames import from_columns
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME

Array = NDArray[np.float64]
START: Final = date(2026, 1, 5)
WEEKS_OF_A_YEAR: Final = 52
STANDARD_DEMAND: Final = 58_268
"""Demand of all customers together in OR-Library's cap41 to cap134 (Akinc and Khumawala's customers)."""


class DamagedFile(ValueError):
    """The text is not what its format says: numbers are missing, or changed on the way."""


@dataclass(frozen=True)
class Facilities:
    """A capacitated facility location problem.

    Args: capacity, fixed [site]; demand [customer]; cost [site, customer] of serving all that the customer wants.
    """

    capacity: Array
    fixed: Array
    demand: Array
    cost: Array


def orlib_facilities(text: str, capacity: float | None = None, total_demand: float | None = None) -> Facilities:
    """Read OR-Library's format (J. E. Beasley, cap41 to cap134, capa, capb, capc).

    Sites m and customers n; capacity and fixed cost of each site; for each customer its demand, then its cost from each
    site. Lines break anywhere. Where a file has the word `capacity` in place of the number, `capacity` stands for it.
    DamagedFile where the count of numbers is wrong or the demands do not add up to `total_demand`.
    """
    if "capacity" in text and capacity is None:
        raise DamagedFile("the file leaves the capacity open: name one of those that its problem set lists")
    sites, customers, numbers = _numbers(text.replace("capacity", str(capacity)))
    _counted(numbers, 2 * sites + customers * (1 + sites))
    site = numbers[: 2 * sites].reshape(sites, 2)
    customer = numbers[2 * sites :].reshape(customers, 1 + sites)
    if total_demand is not None and not np.isclose(customer[:, 0].sum(), total_demand):
        raise DamagedFile(
            f"the customers want {customer[:, 0].sum():,.0f} in all, not {total_demand:,.0f}: a demand is cut off"
        )
    return Facilities(site[:, 0], site[:, 1], customer[:, 0], customer[:, 1:].T)


def holmberg_facilities(text: str) -> Facilities:
    """Read the format of Holmberg, Ronnqvist and Yuan's single-source problems (1999), p1 to p71.

    Sites m and customers n; capacity and fixed cost of each site; the demands; for each site its cost to each customer;
    in some mirrors the optimum comes last, and is left. DamagedFile where the count of numbers is wrong.
    """
    sites, customers, numbers = _numbers(text)
    due = 2 * sites + customers + sites * customers
    _counted(numbers, due, due + 1)
    site, demand, cost = np.split(numbers[:due], [2 * sites, 2 * sites + customers])
    return Facilities(site[::2], site[1::2], demand, cost.reshape(sites, customers))


def several_sources(problem: Facilities, name: str) -> Programme:
    """Return the programme in which a customer may be served from several sites.

    Shortage: while a unit is short, either an open site has room for it or a closed one could be opened, so a price above the
    dearest fixed cost and the dearest way of one unit is never paid (whole capacities and demands make whole shortages).
    """
    worst = problem.fixed.max() + (problem.cost / problem.demand).max()
    return _located(problem, name, single_source=False, shortage=2 * worst)


def one_source(problem: Facilities, name: str) -> Programme:
    """Return the programme in which each customer is served from one site.

    Shortage: one unit costs more than every site opened and every customer served in the dearest way.
    """
    return _located(problem, name, single_source=True, shortage=problem.fixed.sum() + problem.cost.max(axis=0).sum())


def _located(problem: Facilities, name: str, *, single_source: bool, shortage: float) -> Programme:
    if problem.demand.min() <= 0:
        raise DamagedFile("a customer wants nothing")
    if problem.capacity.sum() < problem.demand.sum():
        raise DamagedFile("all sites together cannot serve all customers")
    site, customer = _names("site", len(problem.fixed)), _names("customer", len(problem.demand))
    return _programme(
        settings={"name": [name], "start": [START], "weeks": [1], "qualification_weeks": [1]},
        sites=_sites([*site, *customer]),
        resources={"resource": site, "site": site, "process": ["serving"] * len(site), "hours": problem.capacity},
        items={"item": ["goods"], "name": ["Goods"], "mass": [1.0]},
        operations={"operation": ["serve"], "item": ["goods"], "process": ["serving"]},
        loads={"operation": ["serve"], "process": ["serving"], "hours": [1.0]},
        qualifications={
            "operation": ["serve"] * len(site),
            "site": site,
            "status": np.where(problem.fixed > 0, "possible", "qualified"),
            "cost": problem.fixed,
        },
        lanes={
            "origin": np.repeat(site, len(customer)),
            "destination": np.tile(customer, len(site)),
            "cost": (problem.cost / problem.demand).ravel(),
        },
        demands={
            "demand": customer,
            "item": ["goods"] * len(customer),
            "site": customer,
            "quantity": problem.demand,
            "due": [START] * len(customer),
            "lateness": [0.0] * len(customer),
            "shortage": [shortage] * len(customer),
            "single_source": [single_source] * len(customer),
        },
    )


def ordered_in_lots(demand: Sequence[float], order_cost: Sequence[float], holding: float) -> Programme:
    """Return Wagner and Whitin's dynamic lot size problem (1958), the cost of an order changing by the period.

    An order is a shipment from a maker without limit; each week has a lane of its own, open in that week alone, whose fixed
    cost is the cost of an order. Holding in EUR/unit/period. Shortage and lateness of one unit cost more than any order and
    its holding to the end.
    """
    weeks = len(demand)
    monday = _mondays(weeks)
    return _programme(
        settings={"name": ["dynamic lot size"], "start": [START], "weeks": [weeks]},
        sites=_sites(["maker", "store"]),
        items=_kept(["goods"], np.array([holding])),
        supplies={"item": ["goods"], "site": ["maker"], "party": ["firm"], "price": [0.0]},
        lanes={
            "origin": ["maker"] * weeks,
            "destination": ["store"] * weeks,
            "mode": _names("week", weeks),
            "fixed_cost": np.array(order_cost, float),
            "since": monday,
            "until": monday,
        },
        demands=_wanted(np.array(demand, float)[:, None], ["goods"], "store", max(order_cost) + weeks * holding),
    )


@dataclass(frozen=True)
class Lots:
    """Capacitated lot sizing with set-ups on one machine.

    Args: capacity [h/period]; hours, holding, setup_hours, setup_cost [item], the holding in EUR/unit/period; demand
    [period, item].
    """

    capacity: float
    hours: Array
    holding: Array
    setup_hours: Array
    setup_cost: Array
    demand: Array


def trigeiro_lots(text: str) -> Lots:
    """Read the format of Trigeiro, Thomas and McClain (1989), F, G and other sets.

    Items n and periods T; one number that is 1; the capacity; for each item hours of a unit, holding, hours and cost of a
    set-up; for each period the demands of the first fifteen items; then likewise of the others. What follows is a legend.
    DamagedFile where a line is too short.
    """
    lines = [line.split() for line in text.splitlines() if line.strip()]
    (items, periods), capacity = map(int, lines[0]), float(lines[2][0])
    at = 3 + items
    blocks = []
    for first in range(0, items, 15):
        width = min(15, items - first)
        blocks.append(_table(lines[at : at + periods], periods, width))
        at += periods
    hours, holding, setup_hours, setup_cost = _table(lines[3 : 3 + items], items, 4).T
    return Lots(capacity, hours, holding, setup_hours, setup_cost, np.hstack(blocks))


def made_in_lots(problem: Lots, name: str) -> Programme:
    """Return the programme of one machine that makes every item, with set-ups.

    A unit that is a week late, or short, costs as much as a set-up of every item, and holding of every item to the end.
    """
    periods, count = problem.demand.shape
    item = _names("item", count)
    operation = _names("make", count)
    limit = problem.setup_cost.sum() + periods * problem.holding.sum()
    return _programme(
        settings={"name": [name], "start": [START], "weeks": [periods]},
        sites=_sites(["plant"]),
        resources={"resource": ["machine"], "site": ["plant"], "process": ["making"], "hours": [problem.capacity]},
        items=_kept(item, problem.holding),
        operations={
            "operation": operation,
            "item": item,
            "process": ["making"] * count,
            "setup_hours": problem.setup_hours,
            "setup_cost": problem.setup_cost,
        },
        loads={"operation": operation, "process": ["making"] * count, "hours": problem.hours},
        qualifications={"operation": operation, "site": ["plant"] * count},
        demands=_wanted(problem.demand, item, "plant", limit),
    )


def _numbers(text: str) -> tuple[int, int, Array]:
    """Return the two whole numbers that a file begins with, and all numbers after them. Mirrors pad files with NUL."""
    try:
        numbers = np.array(text.replace("\0", " ").split(), float)
    except ValueError as fault:
        raise DamagedFile(f"there is something other than numbers: {fault}") from None
    if len(numbers) < 2:
        raise DamagedFile("the file does not begin with two numbers, of sites and of customers")
    return int(numbers[0]), int(numbers[1]), numbers[2:]


def _counted(numbers: Array, *due: int) -> None:
    """DamagedFile where there are not as many numbers as are due."""
    if len(numbers) not in due:
        raise DamagedFile(f"after the first two, {due[0]} numbers are due, and there are {len(numbers)}")


def _table(lines: list[list[str]], height: int, width: int) -> Array:
    """Return the first `width` numbers of `height` lines. [line, column]."""
    if len(lines) != height or any(len(line) < width for line in lines):
        raise DamagedFile(f"there are fewer than {height} lines of {width} numbers")
    return np.array([line[:width] for line in lines], float)


def _kept(item: Sequence[str], holding: Array) -> dict[str, Any]:
    """Return items whose holding for a week costs `holding` [item]."""
    return {"item": item, "name": item, "value": WEEKS_OF_A_YEAR * holding, "holding_rate": np.ones(len(item))}


def _wanted(demand: Array, item: Sequence[str], site: str, limit: float) -> dict[str, Any]:
    """Return demands that are met in their own week, or cost `limit` for each unit; demand [period, item]."""
    period, own = (each.tolist() for each in np.nonzero(demand))
    monday = _mondays(len(demand))
    day = [monday[each] for each in period]
    return {
        "demand": [f"{item[i]}-week-{t + 1}" for t, i in zip(period, own, strict=True)],
        "item": [item[i] for i in own],
        "site": [site] * len(own),
        "quantity": demand[period, own],
        "due": day,
        "earliest": day,
        "lateness": [limit] * len(own),
        "shortage": [limit] * len(own),
    }


def _sites(site: Sequence[str]) -> dict[str, Any]:
    count = len(site)
    return {"site": site, "party": ["firm"] * count, "nation": ["XA"] * count, "name": site}


def _programme(**columns: dict[str, Any]) -> Programme:
    columns["nations"] = {"nation": ["XA"], "name": ["Country"]}
    columns["parties"] = {"party": ["firm"], "name": ["Firm"], "nation": ["XA"], "role": ["manufacturer"]}
    return Programme({table: from_columns(BY_NAME[table], each) for table, each in columns.items()})


def _mondays(weeks: int) -> list[date]:
    return [START + timedelta(weeks=week) for week in range(weeks)]


def _names(noun: str, count: int) -> list[str]:
    """Return noun-1, noun-2, ..."""
    return [f"{noun}-{position + 1}" for position in range(count)]
