"""Who may make what, how fast they get up to speed, and what can be bought."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from outwork.model.table import Ge, Key, Le, Ref, Row, Rule, Unit


class Ramp(Row):
    """A curve by which a newly qualified site gets up to speed."""

    table_name: ClassVar[str] = "ramps"

    ramp: Annotated[str, Key()]
    """Short name by which qualifications call it."""
    note: str = ""
    """Where the curve comes from."""


class RampShare(Row):
    """A point of a ramp: from this week after the end of qualification on, until the next point."""

    table_name: ClassVar[str] = "ramp_shares"

    ramp: Annotated[str, Key(), Ref("ramps")]
    """The ramp."""
    week: Annotated[int, Key(), Unit("week"), Ge(0), Le(520)]
    """Weeks after the end of qualification; before the first point nothing is made."""
    share: Annotated[float, Unit("1"), Ge(0), Le(1)]
    """Share of the rate that the site's hours would allow."""


class Qualification(Row):
    """That a site makes an operation, or could after being qualified for it."""

    table_name: ClassVar[str] = "qualifications"

    operation: Annotated[str, Key(), Ref("operations")]
    """The operation."""
    site: Annotated[str, Key(), Ref("sites")]
    """The site."""
    status: Literal["qualified", "possible"] = "qualified"
    """Qualified: makes it today. Possible: the plan may decide to qualify it."""
    unit_cost: Annotated[float, Unit("EUR/unit"), Ge(0)] = 0.0
    """Cost of making one unit here beyond the hours and components."""
    lead_days: Annotated[float, Unit("day"), Ge(0), Le(3660)] = 0.0
    """From the start of a qualification to its end."""
    cost: Annotated[float, Unit("EUR"), Ge(0)] = 0.0
    """Cost of the qualification, due at its start."""
    ramp: Annotated[str | None, Ref("ramps")] = None
    """How the site gets up to speed after it. Blank: at once."""
    earliest: date | None = None
    """First day on which the qualification may start, or a qualified site may make."""


class Supply(Row):
    """An offer of a supplier to deliver an item to a site."""

    table_name: ClassVar[str] = "supplies"
    rules: ClassVar[tuple[Rule, ...]] = (Rule("since <= until", "an offer cannot end before it begins"),)

    item: Annotated[str, Key(), Ref("items")]
    """What is bought."""
    site: Annotated[str, Key(), Ref("sites")]
    """Where it is delivered; lanes take it on from there."""
    party: Annotated[str, Key(), Ref("parties")]
    """Who sells it."""
    price: Annotated[float, Unit("EUR/unit"), Ge(0)]
    """Price of one."""
    per_week: Annotated[float | None, Unit("unit/week"), Ge(0)] = None
    """Most that can be ordered in a week. Blank: no limit."""
    minimum: Annotated[float, Unit("unit"), Ge(0)] = 0.0
    """Least that can be ordered in a step, if anything is."""
    lead_days: Annotated[float, Unit("day"), Ge(0), Le(3660)] = 0.0
    """From order to delivery."""
    since: date | None = None
    """First day on which it can be ordered."""
    until: date | None = None
    """Last day on which it can be ordered."""
