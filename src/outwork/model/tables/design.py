"""Designs: items, their revisions, how they are made and of what."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from outwork.model.table import Ge, Gt, Key, Le, Link, Ref, Row, Rule, Unit


class Item(Row):
    """A thing that is bought, made or delivered."""

    table_name: ClassVar[str] = "items"

    item: Annotated[str, Key()]
    """Short name by which other tables call it."""
    name: str
    """Full name."""
    unit: str = "piece"
    """What one of it is."""
    value: Annotated[float, Unit("EUR/unit"), Ge(0)] = 0.0
    """What one is worth; holding, lateness and shortage are priced by it."""
    mass: Annotated[float, Unit("kg/unit"), Ge(0)] = 0.0
    """Mass with packing; lanes are priced by it."""
    holding_rate: Annotated[float, Unit("1/year"), Ge(0)] = 0.0
    """Cost of keeping one for a year, as a share of its value."""
    sourcing: Literal["make", "buy", "either"] = "either"
    """Whether it may be made, bought or both."""
    controlled: bool = False
    """True: it crosses a border only under a clearance in force."""
    technology_of: Annotated[str | None, Ref("nations")] = None
    """Nation whose technology is needed to make it; a site elsewhere needs a technology clearance. Blank: none."""


class Revision(Row):
    """A numbered state of a design."""

    table_name: ClassVar[str] = "revisions"
    links: ClassVar[tuple[Link, ...]] = (Link("revisions", ("item", "supersedes"), ("item", "revision")),)

    item: Annotated[str, Key(), Ref("items")]
    """The design."""
    revision: Annotated[str, Key()]
    """Its mark, such as B or 2.1."""
    status: Literal["draft", "released", "withdrawn"] = "draft"
    """How far it has come."""
    released: date | None = None
    """Day of release."""
    supersedes: str | None = None
    """Revision of the same item that it replaces."""
    interchange: Literal["none", "forward", "both"] = "none"
    """Whether old and new can stand in for each other."""


class Operation(Row):
    """A way to make an item; what it needs beyond components and hours is asked by match."""

    table_name: ClassVar[str] = "operations"

    operation: Annotated[str, Key()]
    """Short name by which other tables call it."""
    item: Annotated[str, Ref("items")]
    """What it makes."""
    revision: str | None = None
    """Revision of the item that it makes. Blank: any."""
    process: str
    """The process that it mainly is; a set-up occupies this process."""
    lead_days: Annotated[float, Unit("day"), Ge(0), Le(3660)] = 0.0
    """From the start of a unit to its being ready."""
    yield_rate: Annotated[float, Unit("1"), Gt(0), Le(1)] = 1.0
    """Good units out of one started."""
    setup_hours: Annotated[float, Unit("h"), Ge(0)] = 0.0
    """Hours of the process lost in every step in which a site runs the operation."""
    setup_cost: Annotated[float, Unit("EUR"), Ge(0)] = 0.0
    """Cost in every step in which a site runs the operation."""
    lot: Annotated[float, Unit("unit"), Ge(0)] = 0.0
    """Units are started in whole multiples of this. 0: any quantity."""
    material: str | None = None
    """Material that the process must work."""
    envelope_x: Annotated[float | None, Unit("mm"), Gt(0)] = None
    """Length of the part."""
    envelope_y: Annotated[float | None, Unit("mm"), Gt(0)] = None
    """Width of the part."""
    envelope_z: Annotated[float | None, Unit("mm"), Gt(0)] = None
    """Height of the part."""
    tolerance: Annotated[float | None, Unit("mm"), Gt(0)] = None
    """Closest tolerance on the drawing."""
    quality_class: str | None = None
    """Class of workmanship asked for."""
    certificates: str | None = None
    """Certificate schemes that the site must hold, separated by semicolons; a scope in brackets, as EN 9100 [composites]."""
    mass: Annotated[float | None, Unit("kg"), Gt(0)] = None
    """Heaviest piece that has to be held, the work with its fixture."""
    batch: Annotated[float | None, Unit("unit"), Gt(0)] = None
    """Units that are ordered of it at a time."""


class Component(Row):
    """What an operation takes in."""

    table_name: ClassVar[str] = "components"
    rules: ClassVar[tuple[Rule, ...]] = (Rule("since <= until", "a component cannot go out of use before it comes in"),)

    operation: Annotated[str, Key(), Ref("operations")]
    """The operation."""
    item: Annotated[str, Key(), Ref("items")]
    """What it takes in."""
    quantity: Annotated[float, Unit("unit/unit"), Gt(0)]
    """How much for one unit started, also where it is one of several alternatives."""
    choice: str | None = None
    """Components of an operation with the same choice are alternatives of each other. Blank: needed in any case."""
    since: date | None = None
    """First day on which it is used."""
    until: date | None = None
    """Last day on which it is used."""


class Load(Row):
    """Hours of a process that one unit takes."""

    table_name: ClassVar[str] = "loads"

    operation: Annotated[str, Key(), Ref("operations")]
    """The operation."""
    process: Annotated[str, Key()]
    """The process, at the same site."""
    hours: Annotated[float, Unit("h/unit"), Gt(0)]
    """Hours for one unit started."""


class Fact(Row):
    """Something known about an item that a control or airworthiness rule asks about."""

    table_name: ClassVar[str] = "facts"

    item: Annotated[str, Key(), Ref("items")]
    """The item."""
    revision: Annotated[str, Key()] = "all"
    """Revision for which it holds."""
    fact: Annotated[str, Key()]
    """What is known, such as endurance."""
    value: str
    """The value as written."""
    unit: str = ""
    """Its unit."""
    source: str = ""
    """Where it stands."""
