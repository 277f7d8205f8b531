"""Four tiny made-up programmes that between them have every feature, and rows for tests of a single one.

They stand on the common ground (see `ground`). Most things are wanted in Turku; nothing costs anything unless a row says so,
so that the cost of a plan can be told by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from outwork.model.programme import Programme
from outwork.model.table import Row
from outwork.model.tables.capacity import CalendarEntry, Capability, Resource
from outwork.model.tables.design import Component, Item, Load, Operation
from outwork.model.tables.licensing import Licence
from outwork.model.tables.moving import Clearance, Corridor, Lane, Stock
from outwork.model.tables.sourcing import Qualification, Ramp, RampShare, Supply
from outwork.model.tables.wanting import Agreement, Commitment, Demand, Share
from outwork.plan import Options, Result, run
from tests.plan.ground import START, ground, monday

EXACT = Options(gap=1e-6, limit=None, threads=1, explain=False)


def wanted(quantity: float, week: int, site: str = "lund", **more: Any) -> Demand:
    """Return a demand for radios; a week late costs 1 EUR a radio and never 1,000 EUR, unless told otherwise."""
    prices = {"lateness": 1.0, "shortage": 1000.0, "price": 0.0}
    return Demand(**{"demand": "d", "item": "radio", "site": site, "quantity": quantity, "due": monday(week), **prices, **more})


def bench(hours: float, site: str = "lund", **more: Any) -> Resource:
    """Return a bench at a site. Args: hours a week."""
    return Resource(**{"resource": f"bench-{site}", "site": site, "process": "bench", "hours": hours, **more})


def radio(unit_cost: float = 1.0, **operation: Any) -> list[Row]:
    """Return a radio that Lund assembles in an hour at the bench. Args: unit_cost in EUR; operation, more columns of it."""
    return [
        Item(item="radio", name="Radio", mass=2),
        Operation(**{"operation": "assemble", "item": "radio", "process": "bench", **operation}),
        Load(operation="assemble", process="bench", hours=1),
        Qualification(operation="assemble", site="lund", unit_cost=unit_cost),
    ]


def solved(*rows: Row | Iterable[Row], weeks: int = 12, frame: Mapping[str, Any] | None = None) -> Result:
    """Return the best plan for the rows of a test on the common ground."""
    return run(ground(*rows, weeks=weeks, frame=frame), EXACT)


def by_week(result: Result, table: str, **where: Any) -> dict[int, float]:
    """Return what a table of a plan tells by week, rounded so that the solver's dust does not show."""
    frame = result.tables[table].filter(**where) if where else result.tables[table]
    column = next(name for name in ("quantity", "used") if name in frame.columns)
    found: dict[int, float] = {}
    for day, quantity in frame.select("start", column).iter_rows():
        week = (day - START).days // 7
        found[week] = found.get(week, 0.0) + quantity
    return {week: round(quantity, 4) for week, quantity in sorted(found.items()) if quantity > 1e-4}


def plain(result: Result, kind: str) -> float:
    """Return a cost of a plan by its kind, undiscounted [EUR], to a hundredth of a cent."""
    return round(result.costs[kind].plain, 4)


def workshop(weeks: int = 4, weekly: int | None = None) -> Programme:
    """Return making and buying: yields, alternatives with dates, calendar, overtime, set-ups, lots, minimums, safety."""
    return ground(
        [
            Item(item="radio", name="Radio", value=100, mass=2, holding_rate=0.52),
            Item(item="board", name="Board", value=10, mass=1, holding_rate=0.52, sourcing="buy"),
            Item(item="wood", name="Wooden casing", value=4),
            Item(item="steel", name="Steel sheet", value=1),
        ],
        Operation(
            operation="assemble",
            item="radio",
            process="bench",
            lead_days=7,
            yield_rate=0.5,
            setup_hours=2,
            setup_cost=10,
            lot=2,
        ),
        [
            Component(operation="assemble", item="board", quantity=2),
            Component(operation="assemble", item="wood", quantity=1, choice="casing", until=monday(1)),
            Component(operation="assemble", item="steel", quantity=3, choice="casing", since=monday(1)),
        ],
        [Load(operation="assemble", process="bench", hours=1), Load(operation="assemble", process="test", hours=0.5)],
        bench(8, cost=10, overtime_hours=4),
        Resource(resource="crew", site="lund", process="test", hours=3, cost=20),
        Capability(resource="crew", process="bench"),
        CalendarEntry(resource="bench-lund", since=monday(2), until=monday(3) - timedelta(days=1), hours=0),
        Qualification(operation="assemble", site="lund", unit_cost=3),
        Supply(item="board", site="lund", party="parts", price=9, per_week=20, minimum=5, lead_days=7),
        [
            Stock(item="board", site="lund", on_hand=8, safety=2, most=30),
            Stock(item="wood", site="lund", on_hand=5),
            Stock(item="steel", site="lund", on_hand=60),
        ],
        [wanted(4, 2), wanted(1, 3, demand="maybe", firm="option", price=200)],
        Commitment(commitment="sent", kind="buy", item="board", site="lund", party="parts", start=monday(-1), quantity=6),
        weeks=weeks,
        frame={"weekly_buckets": weekly},
    )


def crossing(weeks: int = 4, weekly: int | None = None) -> Programme:
    """Return moving: lanes with limits and fixed costs, a corridor, clearances, a licence's caps, a single source."""
    return ground(
        Item(item="radio", name="Radio", value=100, mass=2, holding_rate=0.52, controlled=True),
        Operation(operation="assemble", item="radio", process="bench"),
        Load(operation="assemble", process="bench", hours=1),
        [bench(6), bench(5, "ystad")],
        [Qualification(operation="assemble", site=site, unit_cost=cost) for site, cost in (("lund", 1), ("ystad", 2))],
        Lane(origin="lund", destination="turku", lead_days=5, cost=1.5, fixed_cost=40, per_week=10),
        Corridor(origin="SE", destination="FI", mode="sea", lead_days=14, cost=0.5, per_week=30),
        Corridor(origin="FI", destination="SE", mode="sea", lead_days=14, cost=0.5),
        [
            Clearance(
                clearance="early", item="radio", origin="SE", destination="FI", opens=monday(0), licence="L", quantity_cap=7
            ),
            Clearance(
                clearance="late", item="radio", origin="SE", destination="FI", opens=monday(1), licence="L", value_cap=600
            ),
        ],
        [wanted(3, 2, "turku"), wanted(2, 2, "turku", demand="one", single_source=True)],
        weeks=weeks,
        frame={"weekly_buckets": weekly},
    )


def licensed(weeks: int = 6, weekly: int | None = None, **frame: Any) -> Programme:
    """Return applying: a licence with a fee for what moves, one of two for technology, a single source, a way without leave."""
    return ground(
        Item(item="radio", name="Radio", value=100, mass=2, controlled=True, technology_of="FI"),
        Item(item="mast", name="Mast", value=40, mass=5, technology_of="SE"),
        [Operation(operation=f"build-{item}", item=item, process="bench") for item in ("radio", "mast")],
        [Load(operation=f"build-{item}", process="bench", hours=1) for item in ("radio", "mast")],
        [bench(6), bench(5, "ystad"), bench(4, "turku")],
        Qualification(operation="build-radio", site="lund", unit_cost=1),
        Qualification(operation="build-mast", site="turku", status="possible", cost=30, lead_days=7),
        [Lane(origin=origin, destination="turku", lead_days=5, cost=1.5) for origin in ("lund", "ystad")],
        Lane(origin="lund", destination="ystad", cost=0.5),
        [
            Licence(licence="move", lead_days=10, fee=250, valid_days=14, quantity_cap=9),
            Licence(licence="teach", lead_days=4, fee=70),
            Licence(licence="learn", apply_from=monday(1), lead_days=0.5, fee=90),
            Licence(licence="free", lead_days=20),
        ],
        [
            Clearance(clearance="goods", item="radio", origin="SE", destination="FI", licence="move"),
            Clearance(clearance="later", item="radio", origin="SE", destination="FI", opens=monday(4), licence="free"),
            Clearance(clearance="plans", item="radio", origin="FI", destination="SE", kind="technology", licence="teach"),
            Clearance(clearance="course", item="mast", origin="SE", destination="FI", kind="technology", licence="learn"),
            Clearance(
                clearance="visit",
                item="mast",
                origin="SE",
                destination="FI",
                kind="technology",
                licence="teach",
                opens=monday(3),
            ),
        ],
        [wanted(3, 3, "turku"), wanted(2, 4, "turku", demand="one", single_source=True)],
        wanted(2, 4, "turku", demand="up", item="mast"),
        weeks=weeks,
        frame={"weekly_buckets": weekly, **frame},
    )


def venture(weeks: int = 4, weekly: int | None = None) -> Programme:
    """Return sharing: possible qualifications with a ramp and a limit of starts, technology, shares, commitments."""
    return ground(
        [
            Item(item="radio", name="Radio", value=100, mass=2, technology_of="SE"),
            Item(item="case", name="Case", value=20, mass=1),
        ],
        [
            Operation(operation="assemble", item="radio", process="bench"),
            Operation(operation="bend", item="case", process="press"),
        ],
        Component(operation="assemble", item="case", quantity=1),
        [Load(operation="assemble", process="bench", hours=1), Load(operation="bend", process="press", hours=0.5)],
        [bench(4), bench(10, "turku")],
        [
            Resource(resource="press", site="lund", process="press", hours=5),
            Resource(resource="brake", site="turku", process="press", hours=8),
        ],
        [Ramp(ramp="slow"), *(RampShare(ramp="slow", week=week, share=share) for week, share in ((0, 0.5), (2, 1.0)))],
        [
            Qualification(operation="assemble", site="lund"),
            Qualification(operation="assemble", site="turku", status="possible", lead_days=7, cost=50, ramp="slow"),
            Qualification(operation="bend", site="lund"),
            Qualification(operation="bend", site="turku", status="possible", cost=20),
        ],
        Lane(origin="lund", destination="turku"),
        Lane(origin="turku", destination="lund"),
        Clearance(clearance="know-how", item="radio", origin="SE", destination="FI", kind="technology", opens=monday(0)),
        Agreement(agreement="shared", name="Shared", kind="joint venture", since=monday(1)),
        Share(share="finland", agreement="shared", item="radio", nation="FI", min_share=0.25),
        Share(share="acme", agreement="shared", item="case", party="acme", max_share=0.9),
        [wanted(6, 2), wanted(6, 3, "turku", demand="far")],
        [
            Commitment(commitment="begun", kind="make", operation="bend", site="lund", start=monday(-1), quantity=2),
            Commitment(commitment="fixed", kind="make", operation="assemble", site="lund", start=monday(1), quantity=3),
            Commitment(
                commitment="moved", kind="ship", item="case", site="lund", destination="turku", start=monday(1), quantity=1
            ),
        ],
        weeks=weeks,
        frame={"weekly_buckets": weekly},
    )


WORLDS = {world.__name__: world for world in (workshop, crossing, venture)}
