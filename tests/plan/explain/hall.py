"""A hall in Lund whose bench makes masts of one plate each, for Turku, which is a week away by road.

Steps are weeks from Monday 5 January 2026, twelve of them. A mast takes 1 h at the bench and nothing to get ready; the bench
has 10 h a week. Plates come from Stahl at 5 EUR, as many as wanted, at once. Late masts cost 50 EUR a week each, as the tests
say otherwise. Every test makes one thing scarce.
"""

from __future__ import annotations

from typing import Any

from outwork.model.programme import Programme
from outwork.model.table import Row
from outwork.model.tables.capacity import Resource
from outwork.model.tables.design import Component, Item, Load, Operation
from outwork.model.tables.moving import Lane
from outwork.model.tables.places import Party
from outwork.model.tables.sourcing import Qualification, Supply
from outwork.model.tables.wanting import Demand
from tests.plan.ground import ground
from tests.plan.ground import monday as day


def hall(*rows: Row, weeks: int = 12, quantity: float = 20, due: int = 2, **changed: dict[str, Any]) -> Programme:
    """The hall with further rows; `changed` gives other values to its resource, item, operation, supply and so on."""

    def of(row: str, /, **usual: Any) -> dict[str, Any]:
        return {**usual, **changed.get(row, {})}

    return ground(
        Party(party="stahl", name="Stahl", nation="SE", role="supplier"),
        Resource(**of("resource", resource="bench", site="lund", process="bench", hours=10)),
        [Item(**of("item", item="mast", name="Mast", value=1000, mass=2)), Item(item="plate", name="Plate", value=5)],
        Operation(**of("operation", operation="build", item="mast", process="bench")),
        Component(operation="build", item="plate", quantity=1),
        Load(operation="build", process="bench", hours=1),
        Qualification(**of("qualification", operation="build", site="lund")),
        Supply(**of("supply", item="plate", site="lund", party="stahl", price=5)),
        Lane(**of("lane", origin="lund", destination="turku", lead_days=7)),
        Demand(**of("demand", demand="d1", item="mast", site="turku", quantity=quantity, due=day(due), lateness=50)),
        rows,
        weeks=weeks,
        frame={"qualification_weeks": 4},
    )
