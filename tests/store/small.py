"""A small sound programme for tests that change one thing in it."""

from __future__ import annotations

from datetime import date

from outwork.model.frames import from_rows
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.model.tables.design import Component, Item, Operation
from outwork.model.tables.frame import Nation, Settings
from outwork.model.tables.moving import Lane
from outwork.model.tables.places import Party, Site
from outwork.model.tables.planned import Make
from outwork.model.tables.sourcing import Qualification, Supply
from outwork.model.tables.wanting import Demand
from tests.programmes import Frames


def programme(quantity: float = 4) -> Programme:
    """Masts are put together of poles at Delft and wanted at Bonn."""
    return Programme.of(
        Settings(name="Trial", start=date(2026, 1, 5), weeks=26),
        [Nation(nation="NL", name="Netherlands"), Nation(nation="DE", name="Germany")],
        Party(party="mast-works", name="Mast Works", nation="NL", role="manufacturer"),
        [Site(site=site, party="mast-works", nation=nation, name=site) for site, nation in (("delft", "NL"), ("bonn", "DE"))],
        [Item(item="mast", name="Acoustic mast", value=900), Item(item="pole", name="Pole", value=40)],
        Operation(operation="assemble-mast", item="mast", process="assembly"),
        Component(operation="assemble-mast", item="pole", quantity=1),
        Qualification(operation="assemble-mast", site="delft"),
        Supply(item="pole", site="delft", party="mast-works", price=40),
        Lane(origin="delft", destination="bonn"),
        Demand(demand="D-01", item="mast", site="bonn", quantity=quantity, due=date(2026, 5, 29)),
    )


def results() -> Frames:
    """The masts are made in the third week."""
    day = date(2026, 1, 19)
    made = Make(operation="assemble-mast", site="delft", start=day, item="mast", quantity=4, good=4, ready=day)
    return {"make": from_rows(BY_NAME["make"], [made])}
