"""A foundry at east that casts masts for a port at west: 40 hours a week, 10 hours a mast, a week to cast and one to move.

Hours cost 10 EUR, a mast otherwise 5. A second foundry, south, can be qualified for 1,000 EUR in 3 weeks; it has 60 hours a
week. So east starts 4 masts a week and south 6.
"""

from __future__ import annotations

from typing import Any

from outwork.model.programme import Programme
from outwork.model.table import Row
from outwork.model.tables.capacity import Resource
from outwork.model.tables.design import Item, Load, Operation
from outwork.model.tables.frame import Nation, Settings
from outwork.model.tables.moving import Lane
from outwork.model.tables.places import Party, Site
from outwork.model.tables.sourcing import Qualification
from outwork.model.tables.wanting import Demand
from tests.plan.ground import START, monday


def foundry(*more: Row, hours: float = 40, weeks: int = 12, quantity: float = 4, due: int = 4, **settings: Any) -> Programme:
    return Programme.of(
        Settings(name="foundry", start=START, weeks=weeks, **settings),
        Nation(nation="XA", name="Aland"),
        [
            Party(party="works", name="Works", nation="XA", role="manufacturer"),
            Party(party="port", name="Port", nation="XA", role="ministry"),
        ],
        [
            Site(site="east", party="works", nation="XA", name="East"),
            Site(site="south", party="works", nation="XA", name="South"),
            Site(site="west", party="port", nation="XA", name="West"),
        ],
        [
            Resource(resource="east-oven", site="east", process="casting", hours=hours, cost=10),
            Resource(resource="south-oven", site="south", process="casting", hours=60, cost=10),
        ],
        Item(item="mast", name="Mast", value=1000, mass=1, holding_rate=0.1),
        Operation(operation="cast", item="mast", process="casting", lead_days=7),
        Load(operation="cast", process="casting", hours=10),
        [
            Qualification(operation="cast", site="east", unit_cost=5),
            Qualification(operation="cast", site="south", status="possible", unit_cost=5, lead_days=21, cost=1000),
        ],
        [Lane(origin=origin, destination="west", lead_days=7) for origin in ("east", "south")],
        Demand(demand="first", item="mast", site="west", quantity=quantity, due=monday(due)),
        more,
    )
