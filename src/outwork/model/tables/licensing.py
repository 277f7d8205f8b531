"""Papers that authorities grant, and what they have closed: both are written by clear and read by plan."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from outwork.model.table import Ge, Gt, Key, Le, Ref, Row, Rule, Unit


class Licence(Row):
    """A licence on which clearances rest, and whether it has still to be applied for.

    A licence without a row here has been granted; so has one that is `granted`. Then the dates of its clearances say all.
    One that is `applied` or `to apply` opens so many days after the application, whatever else its clearances allow.
    """

    table_name: ClassVar[str] = "licences"
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule("lead_p10 <= lead_days", "one licence in ten cannot take longer than half of them"),
        Rule("lead_days <= lead_p90", "half of the licences cannot take longer than nine in ten"),
        Rule("status <> 'applied' OR apply_from IS NOT NULL", "a licence that is applied for states the day of application"),
    )

    licence: Annotated[str, Key()]
    """Short name by which clearances call it."""
    authority: str = ""
    """Who grants it."""
    kind: str = "individual"
    """What it is, such as individual, global or transfer."""
    status: Literal["to apply", "applied", "granted"] = "to apply"
    """How far it has come; one to apply for costs its fee and holds only where the plan applies for it."""
    apply_from: date | None = None
    """Day of application, or the first on which it can be applied for. Blank: the start of the horizon."""
    lead_days: Annotated[float, Unit("day"), Ge(0), Le(3660)] = 0.0
    """From application to opening in calendar days; half of the licences take longer."""
    lead_p10: Annotated[float | None, Unit("day"), Ge(0), Le(3660)] = None
    """The same for a quick one: nine in ten take longer."""
    lead_p90: Annotated[float | None, Unit("day"), Ge(0), Le(3660)] = None
    """The same for a slow one: one in ten takes longer."""
    fee: Annotated[float, Unit("EUR"), Ge(0)] = 0.0
    """Cost of applying, whatever moves under it afterwards: fees, advice, the work on the file."""
    valid_days: Annotated[int | None, Unit("day"), Ge(0), Le(36600)] = None
    """From opening to expiry. Blank: it does not expire by itself."""
    quantity_cap: Annotated[float | None, Unit("unit"), Gt(0)] = None
    """Most units under it over its whole time."""
    value_cap: Annotated[float | None, Unit("EUR"), Gt(0)] = None
    """Most value under it over its whole time."""
    grade: Literal["stated", "observed", "assumed"] = "assumed"
    """How sure the lead times are: stated by the authority, observed, or assumed."""
    source: str = ""
    """Where they stand."""


class Closure(Row):
    """A movement for which there is no leave, and why: it opens nothing and closes nothing, it gives the reason.

    What is closed is closed because `clearances` has no row for it; plan quotes this one where it tells that.
    """

    table_name: ClassVar[str] = "closures"

    closure: Annotated[str, Key()]
    """Short name by which it is called."""
    item: Annotated[str, Ref("items")]
    """What may not move."""
    revision: str | None = None
    """Revision for which that holds. Blank: any."""
    origin: Annotated[str, Ref("nations")]
    """Nation that it would leave."""
    destination: Annotated[str, Ref("nations")]
    """Nation that it would enter."""
    consignee: Annotated[str | None, Ref("parties")] = None
    """Only party for which that holds. Blank: any there."""
    kind: Literal["goods", "technology", "software", "tooling"] = "goods"
    """What would move."""
    outcome: Literal["prohibited", "needs_expert"]
    """Whether the law forbids it, or a person has to decide."""
    basis: str
    """Provision that it stands on, or why none could be named."""
    question: str = ""
    """What would have to be known for it to open."""
