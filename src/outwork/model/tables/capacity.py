"""What stands at a site and how many hours of it are spare."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from outwork.model.table import Ge, Gt, Key, Ref, Row, Rule, Unit


class Resource(Row):
    """A machine, line, bench or crew at one site with spare hours."""

    table_name: ClassVar[str] = "resources"

    resource: Annotated[str, Key()]
    """Short name by which other tables call it."""
    site: Annotated[str, Ref("sites")]
    """Where it stands."""
    process: str
    """What it is mainly used for; operations load processes, not machines. More in capabilities."""
    hours: Annotated[float, Unit("h/week"), Ge(0)]
    """Spare hours of an ordinary week."""
    cost: Annotated[float, Unit("EUR/h"), Ge(0)] = 0.0
    """Cost of one ordinary hour."""
    overtime_hours: Annotated[float, Unit("h/week"), Ge(0)] = 0.0
    """Hours that can be added in a week."""
    overtime_cost: Annotated[float | None, Unit("EUR/h"), Ge(0)] = None
    """Cost of one added hour. Blank: one and a half times the ordinary hour."""


class CalendarEntry(Row):
    """An exception to a resource's ordinary week: a holiday, a repair, a second shift.

    Where two entries of a resource overlap, the one that begins later holds.
    """

    table_name: ClassVar[str] = "calendar"
    rules: ClassVar[tuple[Rule, ...]] = (Rule("since <= until", "an exception cannot end before it begins"),)

    resource: Annotated[str, Key(), Ref("resources")]
    """Whose hours change."""
    since: Annotated[date, Key()]
    """First day of the exception."""
    until: date
    """Last day of the exception."""
    hours: Annotated[float, Unit("h/week"), Ge(0)]
    """Spare hours of a week while it lasts; overtime is offered only in weeks with spare hours."""


class Capability(Row):
    """What a resource can do beyond its main process. A blank cell means that nobody has said."""

    table_name: ClassVar[str] = "capabilities"
    rules: ClassVar[tuple[Rule, ...]] = (Rule("batch_least <= batch_most", "the smallest order cannot exceed the largest"),)

    resource: Annotated[str, Key(), Ref("resources")]
    """The machine, line, bench or crew."""
    process: Annotated[str, Key()]
    """A process that it can run, its main one or a further one."""
    materials: str | None = None
    """Materials that it can work, separated by semicolons."""
    envelope_x: Annotated[float | None, Unit("mm"), Gt(0)] = None
    """Largest length of a part."""
    envelope_y: Annotated[float | None, Unit("mm"), Gt(0)] = None
    """Largest width of a part."""
    envelope_z: Annotated[float | None, Unit("mm"), Gt(0)] = None
    """Largest height of a part."""
    tolerance: Annotated[float | None, Unit("mm"), Gt(0)] = None
    """Closest tolerance that it holds."""
    mass: Annotated[float | None, Unit("kg"), Gt(0)] = None
    """Heaviest part."""
    quality_class: str | None = None
    """Class of workmanship, such as IPC-A-610 class 3."""
    batch_least: Annotated[float | None, Unit("unit"), Ge(0)] = None
    """Smallest order that is taken."""
    batch_most: Annotated[float | None, Unit("unit"), Gt(0)] = None
    """Largest order that is taken."""
    source: str = ""
    """Who says so, or where it stands."""
    seen: date | None = None
    """Day on which it was said or read."""
