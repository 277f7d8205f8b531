"""A workshop in Lund that makes radios for Turku, and a plan for it that was worked out by hand.

Steps are weeks from Monday 5 January 2026, six of them. A radio takes 2 boards and a casing, which is 1 of wood or 3 of
steel; it takes 1 h at the bench and 0.5 h of test; half of those started come out good. Lots of 2; a set-up takes 2 h and
costs 10 EUR. The plan:

    week 0  order 10 boards; start 4 radios of 8 boards, 1 wood and 9 steel      bench 4 x 1 + 2 = 6 h, test 2 h
    week 1  2 good radios and 10 boards are there; start 4 of 8 boards and 4 wood
    week 2  2 more good radios; 4 leave for Turku (8 kg)
    week 3  4 are handed over in Turku, due in week 3
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any

import polars as pl

from outwork.model.frames import from_columns, from_rows
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.model.tables.capacity import Capability, Resource
from outwork.model.tables.design import Component, Item, Load, Operation
from outwork.model.tables.moving import Clearance, Lane, Stock
from outwork.model.tables.planned import Buy, Delivery, Make, Ship, Use
from outwork.model.tables.sourcing import Qualification, Supply
from outwork.model.tables.wanting import Demand
from tests.plan.ground import ground
from tests.plan.ground import monday as day

Plan = dict[str, pl.DataFrame]


@cache
def workshop() -> Programme:
    return ground(
        [
            Resource(resource="bench-1", site="lund", process="bench", hours=5, cost=10, overtime_hours=2),
            Resource(resource="crew", site="lund", process="bench", hours=3, cost=20, overtime_hours=1, overtime_cost=25),
        ],
        Capability(resource="crew", process="test"),
        [
            Item(item="radio", name="Radio", value=100, mass=2, holding_rate=0.52, controlled=True),
            Item(item="board", name="Board", value=10, mass=1, holding_rate=0.52),
            Item(item="wood", name="Wooden casing"),
            Item(item="steel", name="Steel sheet"),
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
            Component(operation="assemble", item="wood", quantity=1, choice="casing"),
            Component(operation="assemble", item="steel", quantity=3, choice="casing"),
        ],
        [Load(operation="assemble", process="bench", hours=1), Load(operation="assemble", process="test", hours=0.5)],
        Qualification(operation="assemble", site="lund", unit_cost=3),
        Supply(item="board", site="lund", party="parts", price=9, per_week=20, minimum=5, lead_days=7),
        Lane(origin="lund", destination="turku", lead_days=5, cost=1.5, fixed_cost=40, per_week=10),
        [
            Stock(item="board", site="lund", on_hand=8, most=10),
            Stock(item="wood", site="lund", on_hand=5),
            Stock(item="steel", site="lund", on_hand=9),
        ],
        Clearance(
            clearance="c1",
            item="radio",
            origin="SE",
            destination="FI",
            opens=day(0),
            expires=day(4),
            quantity_cap=4,
            licence="L",
        ),
        Demand(demand="d1", item="radio", site="turku", quantity=4, due=day(3) + timedelta(days=4), priority=2),
        weeks=6,
        frame={"qualification_weeks": 4},
    )


def workshop_plan() -> Plan:
    return decisions(
        [
            made(0, 4),
            made(1, 4),
            *used(0, board=8, wood=1, steel=9),
            *used(1, board=8, wood=4),
            Buy(item="board", site="lund", party="parts", start=day(0), quantity=10, ready=day(1), cost=90),
            sent(2, 4),
            Delivery(demand="d1", start=day(3), quantity=4, weeks_late=0),
        ]
    )


def made(week: int, quantity: float) -> Make:
    return Make(
        operation="assemble", site="lund", start=day(week), item="radio", quantity=quantity, good=quantity / 2,
        ready=day(week + 1), setups=1, cost=3 * quantity + 10,
    )  # fmt: skip


def used(week: int, **quantities: float) -> list[Use]:
    return [Use(operation="assemble", site="lund", start=day(week), item=item, quantity=q) for item, q in quantities.items()]


def sent(week: int, quantity: float, clearance: str = "c1") -> Ship:
    return Ship(
        item="radio", origin="lund", destination="turku", mode="road", start=day(week), clearance=clearance, quantity=quantity,
        ready=day(week + 1), cost=3 * quantity,
    )  # fmt: skip


def decisions(rows: list[Any]) -> Plan:
    """Return rows of any decisions as the tables of a plan."""
    tables: dict[str, list[Any]] = {}
    for row in rows:
        tables.setdefault(row.table_name, []).append(row)
    return {name: from_rows(BY_NAME[name], held) for name, held in tables.items()}


def changed(frame: pl.DataFrame, where: Mapping[str, Any] | None = None, **columns: Any) -> pl.DataFrame:
    """Return a table with other values in the columns of the rows that have the values of `where` (all without it)."""
    hit = pl.all_horizontal(pl.lit(value=True), *(pl.col(name) == pl.lit(value) for name, value in (where or {}).items()))
    assert frame.filter(hit).height > 0
    return frame.with_columns(
        pl.when(hit).then(pl.lit(value, frame.schema[name])).otherwise(pl.col(name)).alias(name)
        for name, value in columns.items()
    )


def more(frame: pl.DataFrame, table: str, **columns: Any) -> pl.DataFrame:
    """Return a table with one more row, its other columns at their defaults."""
    return pl.concat([frame, from_columns(BY_NAME[table], {name: [value] for name, value in columns.items()})])


def without(frame: pl.DataFrame, **where: Any) -> pl.DataFrame:
    """Return a table without the rows that have these values."""
    kept = frame.filter(~pl.all_horizontal(pl.col(name) == pl.lit(value) for name, value in where.items()))
    assert kept.height < frame.height
    return kept
