"""Small programmes with every feature of the tables, drawn by a seed; firms and places do not exist."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from outwork.model.programme import Programme
from outwork.model.table import Row
from outwork.model.tables.capacity import CalendarEntry, Capability, Resource
from outwork.model.tables.design import Component, Item, Load, Operation
from outwork.model.tables.frame import Nation, Settings
from outwork.model.tables.moving import Clearance, Corridor, Lane, Stock
from outwork.model.tables.places import Party, Site
from outwork.model.tables.sourcing import Qualification, Ramp, RampShare, Supply
from outwork.model.tables.wanting import Agreement, Commitment, Demand, Share
from tests.plan.ground import START, monday


def programme(seed: int, weeks: int = 24, weekly: int | None = 8) -> Programme:
    """A radar of boards, housings and an antenna of either of two kinds, made in three nations; the seed draws the numbers."""
    dice = np.random.default_rng(seed)
    return Programme.of(_frame(weeks, weekly), _places(), _design(), _hours(dice), _who(dice), _ways(dice), _wants(dice))


def _frame(weeks: int, weekly: int | None) -> list[Row]:
    return [
        Settings(name="rich", start=START, weeks=weeks, weekly_buckets=weekly, qualification_weeks=2, discount_rate=0.03),
        *(Nation(nation=code, name=f"Country {code}") for code in ("XA", "XB", "XC")),
    ]


def _places() -> list[Row]:
    parties = [
        Party(party=f"firm-{code}", name=f"Firm {code}", nation=f"X{code[0].upper()}", role="manufacturer")
        for code in ("a", "b", "c")
    ]
    sites = {"a1": "a", "a2": "a", "b1": "b", "c1": "c", "depot": "c"}
    return [
        *parties,
        *(
            Site(
                site=name,
                party=f"firm-{code}",
                nation=f"X{code.upper()}",
                name=name,
                transit=name != "b1",
                qualification_starts=1 if name == "c1" else None,
            )
            for name, code in sites.items()
        ),
    ]


def _design() -> list[Row]:
    return [
        Item(item="radar", name="Radar", value=9000, mass=40, holding_rate=0.2, sourcing="make", controlled=True),
        Item(item="board", name="Board", value=900, mass=1, holding_rate=0.2, technology_of="XA"),
        Item(item="housing", name="Housing", value=300, mass=12, holding_rate=0.1),
        Item(item="flat", name="Flat antenna", value=500, mass=5, holding_rate=0.2, sourcing="buy"),
        Item(item="dish", name="Dish antenna", value=450, mass=9, holding_rate=0.2, sourcing="buy"),
        Operation(
            operation="assemble", item="radar", process="assembly", lead_days=10, yield_rate=0.97, setup_hours=4, setup_cost=300
        ),
        Operation(operation="populate", item="board", process="smt", lead_days=7, yield_rate=0.9, lot=10),
        Operation(operation="mill", item="housing", process="milling", lead_days=3),
        Operation(operation="cast", item="housing", process="casting", lead_days=17, setup_cost=150),
        Component(operation="assemble", item="board", quantity=2),
        Component(operation="assemble", item="housing", quantity=1, since=monday(2)),
        Component(operation="assemble", item="flat", quantity=1, choice="antenna"),
        Component(operation="assemble", item="dish", quantity=1.5, choice="antenna", since=monday(3)),
        Load(operation="assemble", process="assembly", hours=6),
        Load(operation="assemble", process="test", hours=2),
        Load(operation="populate", process="smt", hours=0.8),
        Load(operation="mill", process="milling", hours=3),
        Load(operation="cast", process="casting", hours=1),
        Ramp(ramp="slow"),
        *(RampShare(ramp="slow", week=week, share=share) for week, share in ((0, 0.2), (2, 0.6), (5, 1.0))),
    ]


def _hours(dice: np.random.Generator) -> list[Row]:
    places = {
        "a1": ("assembly", "test", "smt"),
        "a2": ("milling", "casting"),
        "b1": ("assembly", "test"),
        "c1": ("smt", "milling"),
    }
    resources = [
        Resource(
            resource=f"{site}-{process}",
            site=site,
            process=process,
            hours=float(dice.uniform(20, 60)),
            cost=float(dice.uniform(20, 60)),
            overtime_hours=8,
        )
        for site, processes in places.items()
        for process in processes
    ]
    return [
        *resources,
        Capability(resource="a1-assembly", process="test"),
        CalendarEntry(resource="a1-smt", since=monday(4), until=monday(6) - timedelta(days=3), hours=0),
    ]


def _who(dice: np.random.Generator) -> list[Row]:
    def cost() -> float:
        return float(dice.uniform(5, 50))

    return [
        Qualification(operation="assemble", site="a1", unit_cost=cost()),
        Qualification(
            operation="assemble",
            site="b1",
            status="possible",
            unit_cost=cost(),
            lead_days=20,
            cost=float(dice.uniform(500, 9000)),
            ramp="slow",
        ),
        Qualification(operation="populate", site="a1", unit_cost=cost()),
        Qualification(
            operation="populate", site="c1", status="possible", unit_cost=cost(), lead_days=14, cost=1500, ramp="slow"
        ),
        Qualification(operation="mill", site="a2", unit_cost=cost()),
        Qualification(operation="mill", site="c1", status="possible", unit_cost=cost(), lead_days=7, cost=800),
        Qualification(operation="cast", site="a2", unit_cost=cost(), earliest=monday(3)),
        Supply(item="flat", site="a1", party="firm-a", price=520, per_week=4, lead_days=14),
        Supply(item="dish", site="b1", party="firm-b", price=300, per_week=30, minimum=6, lead_days=8),
        Supply(item="board", site="c1", party="firm-c", price=1500, lead_days=30, since=monday(1)),
    ]


def _ways(dice: np.random.Generator) -> list[Row]:
    nations = ("XA", "XB", "XC")
    corridors = [
        Corridor(origin=o, destination=d, lead_days=0 if o == d else 6, cost=float(dice.uniform(0.1, 2)), per_week=900)
        for o in nations
        for d in nations
    ]
    return [
        *corridors,
        Lane(origin="a1", destination="depot", mode="air", lead_days=1, cost=9, fixed_cost=120, per_week=500),
        Lane(origin="a2", destination="b1", mode="road", lead_days=9, cost=0.5, item="housing", since=monday(1)),
        Stock(item="housing", site="a1", on_hand=float(dice.integers(0, 40)), most=50),
        Stock(item="radar", site="depot", on_hand=2, safety=3),
        Stock(item="dish", site="a1", on_hand=float(dice.integers(0, 30))),
        Clearance(
            clearance="radar-ac", item="radar", origin="XA", destination="XC", opens=START, licence="L1", quantity_cap=25
        ),
        Clearance(
            clearance="radar-bc",
            item="radar",
            origin="XB",
            destination="XC",
            opens=monday(2),
            expires=monday(22),
            licence="L1",
            value_cap=3e5,
        ),
        Clearance(clearance="radar-more", item="radar", origin="XA", destination="XC", consignee="firm-c", opens=monday(6)),
        Clearance(clearance="board-c", item="board", origin="XA", destination="XC", kind="technology", opens=monday(2)),
    ]


def _wants(dice: np.random.Generator) -> list[Row]:
    def draw(low: int, high: int) -> int:
        return int(dice.integers(low, high))

    return [
        *(
            Demand(
                demand=f"d{k}",
                item="radar",
                site="depot",
                quantity=draw(2, 14),
                due=monday(draw(3, 20)),
                priority=float(draw(1, 4)),
                price=12000,
            )
            for k in range(4)
        ),
        Demand(demand="spare", item="board", site="depot", quantity=draw(5, 20), due=monday(9), earliest=monday(4)),
        Demand(demand="late", item="housing", site="c1", quantity=6, due=START - timedelta(days=9), priority=2),
        Demand(demand="maybe", item="radar", site="depot", quantity=draw(2, 6), due=monday(14), firm="option", price=15000),
        Demand(demand="one", item="radar", site="depot", quantity=3, due=monday(draw(8, 14)), single_source=True),
        Agreement(agreement="venture", name="Venture", kind="joint venture", since=monday(3)),
        Share(share="a-boards", agreement="venture", item="board", nation="XA", min_share=0.5),
        Share(share="c-housings", agreement="venture", item="housing", party="firm-a", max_share=0.9),
        Commitment(
            commitment="sent",
            kind="ship",
            item="board",
            site="a1",
            destination="depot",
            start=START - timedelta(days=4),
            mode="air",
            quantity=2,
        ),
        Commitment(commitment="begun", kind="make", operation="mill", site="a2", start=monday(1), quantity=3),
        Commitment(commitment="signed", kind="qualify", operation="mill", site="c1", start=monday(0)),
    ]
