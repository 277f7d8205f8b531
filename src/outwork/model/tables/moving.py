"""Moving, keeping, and leave to move."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from outwork.model.table import Ge, Gt, Key, Le, Ref, Row, Rule, Unit


class Lane(Row):
    """A way to move goods from one site to another."""

    table_name: ClassVar[str] = "lanes"
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule("origin <> destination", "a lane must lead somewhere else"),
        Rule("since <= until", "a lane cannot close before it opens"),
    )

    origin: Annotated[str, Key(), Ref("sites")]
    """Site that sends."""
    destination: Annotated[str, Key(), Ref("sites")]
    """Site that receives."""
    mode: Annotated[str, Key()] = "road"
    """How it moves, such as road, rail or air."""
    lead_days: Annotated[float, Unit("day"), Ge(0), Le(3660)] = 0.0
    """From departure to arrival."""
    cost: Annotated[float, Unit("EUR/kg"), Ge(0)] = 0.0
    """Cost of one kilogram."""
    fixed_cost: Annotated[float, Unit("EUR"), Ge(0)] = 0.0
    """Cost of each step in which anything moves."""
    per_week: Annotated[float | None, Unit("kg/week"), Ge(0)] = None
    """Most that moves in a week. Blank: no limit."""
    item: Annotated[str | None, Ref("items")] = None
    """The only item that it carries. Blank: any."""
    since: date | None = None
    """First day of departure."""
    until: date | None = None
    """Last day of departure."""


class Corridor(Row):
    """A way to move goods from any site of one nation to any site of another, or within a nation.

    A lane between two sites takes the place of a corridor of the same mode.
    """

    table_name: ClassVar[str] = "corridors"
    rules: ClassVar[tuple[Rule, ...]] = (Rule("since <= until", "a corridor cannot close before it opens"),)

    origin: Annotated[str, Key(), Ref("nations")]
    """Nation that sends."""
    destination: Annotated[str, Key(), Ref("nations")]
    """Nation that receives; may be the same."""
    mode: Annotated[str, Key()] = "road"
    """How it moves, such as road, rail or air."""
    lead_days: Annotated[float, Unit("day"), Ge(0), Le(3660)] = 0.0
    """From departure to arrival."""
    cost: Annotated[float, Unit("EUR/kg"), Ge(0)] = 0.0
    """Cost of one kilogram."""
    fixed_cost: Annotated[float, Unit("EUR"), Ge(0)] = 0.0
    """Cost of each step in which anything moves between two sites."""
    per_week: Annotated[float | None, Unit("kg/week"), Ge(0)] = None
    """Most that moves in a week between all sites of the two nations together. Blank: no limit."""
    since: date | None = None
    """First day of departure."""
    until: date | None = None
    """Last day of departure."""


class Stock(Row):
    """What lies at a site at the start, and how much should or may lie there."""

    table_name: ClassVar[str] = "stocks"
    rules: ClassVar[tuple[Rule, ...]] = (Rule("safety <= most", "the safety stock is larger than the store"),)

    item: Annotated[str, Key(), Ref("items")]
    """What is kept."""
    site: Annotated[str, Key(), Ref("sites")]
    """Where."""
    on_hand: Annotated[float, Unit("unit"), Ge(0)] = 0.0
    """Quantity at the start."""
    safety: Annotated[float, Unit("unit"), Ge(0)] = 0.0
    """Quantity that should always be left; falling below is priced like shortage, spread over a year."""
    most: Annotated[float | None, Unit("unit"), Ge(0)] = None
    """Most that can be kept from one step to the next, beyond what lay there at the start. Blank: no limit."""


class Clearance(Row):
    """Leave to move goods or technology from one nation to another: written by clear, read by plan.

    Rows with the same licence share one quantity cap and one value cap, the smallest that any of them states.
    """

    table_name: ClassVar[str] = "clearances"
    rules: ClassVar[tuple[Rule, ...]] = (Rule("opens <= expires", "a clearance cannot expire before it opens"),)

    clearance: Annotated[str, Key()]
    """Short name by which it is called."""
    item: Annotated[str, Ref("items")]
    """What may move, or what the technology makes."""
    revision: str | None = None
    """Revision for which it holds. Blank: any."""
    origin: Annotated[str, Ref("nations")]
    """Nation that it leaves."""
    destination: Annotated[str, Ref("nations")]
    """Nation that it enters."""
    consignee: Annotated[str | None, Ref("parties")] = None
    """Only party that may receive it. Blank: any there."""
    kind: Literal["goods", "technology", "software", "tooling"] = "goods"
    """What moves."""
    opens: date | None = None
    """First day of departure; for technology, on which a site may be qualified or make. Blank: as its licence says."""
    expires: date | None = None
    """Last such day. Blank: as its licence says; without one it does not expire."""
    quantity_cap: Annotated[float | None, Unit("unit"), Gt(0)] = None
    """Most units under the licence over its whole time."""
    value_cap: Annotated[float | None, Unit("EUR"), Gt(0)] = None
    """Most value under the licence over its whole time."""
    licence: str | None = None
    """Licence that it rests on; one that has still to be granted has a row in `licences`. Blank: none is needed."""
    basis: str = ""
    """Provision that it stands on."""
