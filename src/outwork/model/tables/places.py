"""Who takes part and where they stand."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from outwork.model.table import Ge, Key, Le, Ref, Row, Rule, Unit


class Party(Row):
    """A firm, ministry or unit."""

    table_name: ClassVar[str] = "parties"

    party: Annotated[str, Key()]
    """Short name by which other tables call it."""
    name: str
    """Full name."""
    nation: Annotated[str, Ref("nations")]
    """Country in which it is registered."""
    role: Literal["ministry", "innovator", "manufacturer", "supplier", "financier", "unit"]
    """What it does in the programme."""
    registrations: str = ""
    """Register numbers, such as VAT or LEI, separated by semicolons."""


class Site(Row):
    """A place where things are made, kept or received."""

    table_name: ClassVar[str] = "sites"

    site: Annotated[str, Key()]
    """Short name by which other tables call it."""
    party: Annotated[str, Ref("parties")]
    """Who runs it."""
    nation: Annotated[str, Ref("nations")]
    """Country in which it stands."""
    name: str
    """Full name."""
    latitude: Annotated[float | None, Unit("degree"), Ge(-90), Le(90)] = None
    """WGS 84 latitude, north positive."""
    longitude: Annotated[float | None, Unit("degree"), Ge(-180), Le(180)] = None
    """WGS 84 longitude, east positive."""
    transit: bool = False
    """True: goods of all kinds may pass through, as at a hub or warehouse. False: it sends on only what it makes, buys or
    keeps in stock, and takes in only what it uses or wants."""
    qualification_starts: Annotated[int | None, Unit("1"), Ge(0)] = None
    """Most qualifications that may start here on one date. Blank: no limit."""
    record: Literal["part", "complete"] = "part"
    """Part: what no row says of the site is not known. Complete: a process or certificate that no row gives it, it lacks."""
    recorded_on: date | None = None
    """Day on which its record was last looked through."""


class Certificate(Row):
    """A certificate that a site holds, and who looked at it."""

    table_name: ClassVar[str] = "certificates"
    rules: ClassVar[tuple[Rule, ...]] = (Rule("since <= until", "a certificate cannot end before it begins"),)

    site: Annotated[str, Key(), Ref("sites")]
    """Where it holds."""
    scheme: Annotated[str, Key()]
    """The standard, such as ISO 9001 or EN 9100."""
    scope: Annotated[str, Key()] = "all"
    """What it covers."""
    since: date | None = None
    """First day of validity."""
    until: date | None = None
    """Last day of validity."""
    verified_by: str = ""
    """Person who checked it; blank: nobody has."""
    verified_on: date | None = None
    """Day on which it was checked."""
