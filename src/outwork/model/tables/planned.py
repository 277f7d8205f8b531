"""What `plan` answers: decisions by step, and what they come to. `start` is the first day of the step."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from outwork.model.table import Ge, Key, Ref, Row, Unit


class Make(Row):
    """Units of an operation started at a site in a step."""

    table_name: ClassVar[str] = "make"

    operation: Annotated[str, Key(), Ref("operations")]
    """The operation."""
    site: Annotated[str, Key(), Ref("sites")]
    """The site."""
    start: Annotated[date, Key()]
    """First day of the step in which they are started."""
    item: Annotated[str, Ref("items")]
    """What is made."""
    quantity: Annotated[float, Unit("unit"), Ge(0)]
    """Units started."""
    good: Annotated[float, Unit("unit"), Ge(0)]
    """Good units that come out."""
    ready: date
    """First day of the step in which they can be used."""
    setups: Annotated[int, Unit("1"), Ge(0)] = 0
    """Set-ups in the step."""
    cost: Annotated[float, Unit("EUR"), Ge(0)] = 0.0
    """Cost per unit and of set-ups; hours are in work."""


class Use(Row):
    """Components taken in by an operation at a site in a step."""

    table_name: ClassVar[str] = "use"

    operation: Annotated[str, Key(), Ref("operations")]
    """The operation."""
    site: Annotated[str, Key(), Ref("sites")]
    """The site."""
    start: Annotated[date, Key()]
    """First day of the step."""
    item: Annotated[str, Key(), Ref("items")]
    """The component."""
    quantity: Annotated[float, Unit("unit"), Ge(0)]
    """Units taken in."""


class Buy(Row):
    """Units ordered from a supplier in a step."""

    table_name: ClassVar[str] = "buy"

    item: Annotated[str, Key(), Ref("items")]
    """What is bought."""
    site: Annotated[str, Key(), Ref("sites")]
    """Where it is delivered."""
    party: Annotated[str, Key(), Ref("parties")]
    """Who sells it."""
    start: Annotated[date, Key()]
    """First day of the step in which it is ordered."""
    quantity: Annotated[float, Unit("unit"), Ge(0)]
    """Units ordered."""
    ready: date
    """First day of the step in which they can be used."""
    cost: Annotated[float, Unit("EUR"), Ge(0)]
    """Price of all of them."""


class Ship(Row):
    """Units of an item that leave on a lane in a step."""

    table_name: ClassVar[str] = "ship"

    item: Annotated[str, Key(), Ref("items")]
    """What moves."""
    origin: Annotated[str, Key(), Ref("sites")]
    """Site that sends."""
    destination: Annotated[str, Key(), Ref("sites")]
    """Site that receives."""
    mode: Annotated[str, Key()]
    """How it moves."""
    start: Annotated[date, Key()]
    """First day of the step in which it leaves."""
    clearance: Annotated[str, Key()] = ""
    """Clearance under which it moves. Blank: none is needed."""
    quantity: Annotated[float, Unit("unit"), Ge(0)]
    """Units."""
    ready: date
    """First day of the step in which they can be used."""
    cost: Annotated[float, Unit("EUR"), Ge(0)]
    """Cost by mass; the fixed cost of a lane is in cash_events."""


class Kept(Row):
    """Units that lie at a site at the end of a step."""

    table_name: ClassVar[str] = "stock"

    item: Annotated[str, Key(), Ref("items")]
    """What is kept."""
    site: Annotated[str, Key(), Ref("sites")]
    """Where."""
    start: Annotated[date, Key()]
    """First day of the step."""
    quantity: Annotated[float, Unit("unit"), Ge(0)]
    """Units at the end of the step."""
    below: Annotated[float, Unit("unit"), Ge(0)] = 0.0
    """Units missing to the safety stock."""


class Delivery(Row):
    """Units handed over for a demand in a step."""

    table_name: ClassVar[str] = "deliver"

    demand: Annotated[str, Key(), Ref("demands")]
    """The demand."""
    start: Annotated[date, Key()]
    """First day of the step."""
    origin: Annotated[str, Key()] = ""
    """For a single-source demand, the site that they come from."""
    quantity: Annotated[float, Unit("unit"), Ge(0)]
    """Units."""
    weeks_late: Annotated[float, Unit("week"), Ge(0)]
    """Weeks after the step in which the demand is due."""


class Promise(Row):
    """What a demand comes to in the plan."""

    table_name: ClassVar[str] = "promises"

    demand: Annotated[str, Key(), Ref("demands")]
    """The demand."""
    item: Annotated[str, Ref("items")]
    """What is wanted."""
    site: Annotated[str, Ref("sites")]
    """Where it is wanted."""
    due: date
    """When it is due."""
    quantity: Annotated[float, Unit("unit"), Ge(0)]
    """How much is wanted."""
    taken: bool = True
    """False: an option that is left."""
    on_time: Annotated[float, Unit("unit"), Ge(0)]
    """Units delivered on time."""
    late: Annotated[float, Unit("unit"), Ge(0)]
    """Units delivered late."""
    short: Annotated[float, Unit("unit"), Ge(0)]
    """Units not delivered within the horizon."""
    complete: date | None = None
    """First day of the step in which the last unit is delivered. Blank: never."""
    weeks_late: Annotated[float, Unit("week"), Ge(0)]
    """Weeks by which the last unit is late."""


class Qualify(Row):
    """A qualification that the plan starts."""

    table_name: ClassVar[str] = "qualify"

    operation: Annotated[str, Key(), Ref("operations")]
    """The operation."""
    site: Annotated[str, Key(), Ref("sites")]
    """The site."""
    start: date
    """Day on which it starts."""
    ready: date
    """First day of the step in which it is over and making can begin."""
    cost: Annotated[float, Unit("EUR"), Ge(0)]
    """Cost, due at the start."""


class Application(Row):
    """A licence that the plan applies for."""

    table_name: ClassVar[str] = "applications"

    licence: Annotated[str, Key(), Ref("licences")]
    """The licence."""
    apply_on: date
    """Day on which the plan applies: the first on which it can be applied for."""
    opens: date
    """Day on which it opens, applied for on that day."""
    apply_by: date
    """Latest day of application that still serves its first use in this plan."""
    first_use: date
    """First day of the step in which something first moves, is made or is qualified under it."""
    site: Annotated[str, Ref("sites")]
    """Site that uses it first; its party pays the fee."""
    fee: Annotated[float, Unit("EUR"), Ge(0)] = 0.0
    """Cost of applying, due on that day."""
    units: Annotated[float, Unit("unit"), Ge(0)] = 0.0
    """Units that move or are started under it."""
    value: Annotated[float, Unit("EUR"), Ge(0)] = 0.0
    """Value of these units."""
    value_of_a_day: Annotated[float | None, Unit("EUR/day")] = None
    """What opening a week sooner takes off the cost of the plan, by the day. Blank: not computed."""
    month_later: Annotated[float | None, Unit("EUR")] = None
    """What applying four weeks later adds to the cost of the plan. Blank: not computed."""


class Work(Row):
    """Hours of a resource in a step."""

    table_name: ClassVar[str] = "work"

    resource: Annotated[str, Key(), Ref("resources")]
    """The resource."""
    start: Annotated[date, Key()]
    """First day of the step."""
    used: Annotated[float, Unit("h"), Ge(0)]
    """Hours used, overtime included."""
    overtime: Annotated[float, Unit("h"), Ge(0)]
    """Hours of overtime among them."""
    open_hours: Annotated[float, Unit("h"), Ge(0)]
    """Ordinary hours that were there."""
    cost: Annotated[float, Unit("EUR"), Ge(0)]
    """Cost of the hours used."""
    worth: Annotated[float, Unit("EUR/h"), Ge(0)] = 0.0
    """Value of one more hour in this step."""


class Pegging(Row):
    """Which make, purchase or stock serves which demand, and through which consumer."""

    table_name: ClassVar[str] = "pegging"

    demand: Annotated[str, Key(), Ref("demands")]
    """The demand that is served."""
    source: Annotated[str, Key()]
    """What serves it: make, buy, ship, on hand or commitment."""
    name: Annotated[str, Key()]
    """The operation, seller or lane."""
    item: Annotated[str, Key(), Ref("items")]
    """The item."""
    site: Annotated[str, Key(), Ref("sites")]
    """Where it is made, delivered or sent from."""
    start: Annotated[date, Key()]
    """First day of the step in which it starts, is ordered or leaves."""
    quantity: Annotated[float, Unit("unit"), Ge(0)]
    """Units of the item for this demand."""


class CashEvent(Row):
    """Money that the plan moves on a day."""

    table_name: ClassVar[str] = "cash_events"

    day: Annotated[date, Key()]
    """First day of the step."""
    kind: Annotated[
        Literal["making", "hours", "set-up", "buying", "moving", "holding", "qualifying", "licensing", "revenue"], Key()
    ]
    """What it is for."""
    payer: Annotated[str, Key(), Ref("parties")]
    """Who pays; for revenue, the party whose site receives the goods."""
    site: Annotated[str, Key(), Ref("sites")]
    """Site where it arises."""
    amount: Annotated[float, Unit("EUR"), Ge(0)]
    """Amount, not discounted, rounded to the cent."""
