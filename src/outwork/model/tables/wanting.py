"""What is wanted, what was agreed, and what is already decided."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from outwork.model.table import Ge, Gt, Key, Le, Ref, Row, Rule, Unit


class Demand(Row):
    """A quantity of an item that somebody wants at a site by a date."""

    table_name: ClassVar[str] = "demands"
    rules: ClassVar[tuple[Rule, ...]] = (Rule("earliest <= due", "a demand cannot be due before it may be delivered"),)

    demand: Annotated[str, Key()]
    """Short name by which it is called."""
    item: Annotated[str, Ref("items")]
    """What is wanted."""
    site: Annotated[str, Ref("sites")]
    """Where it is wanted."""
    quantity: Annotated[float, Unit("unit"), Gt(0)]
    """How much."""
    due: date
    """Last day on which it is on time."""
    earliest: date | None = None
    """First day on which it may be delivered. Blank: any."""
    priority: Annotated[float, Unit("1"), Gt(0), Le(1000)] = 1.0
    """Weight of its lateness and shortage against other demands; higher counts more."""
    firm: Literal["binding", "option"] = "binding"
    """Binding: shortage is priced. Option: taken whole where its price pays, or left."""
    lateness: Annotated[float | None, Unit("EUR/unit/week"), Ge(0)] = None
    """Price of one unit being one week late, before the priority. Blank: the settings' share of its value."""
    shortage: Annotated[float | None, Unit("EUR/unit"), Ge(0)] = None
    """Price of one unit never delivered, before the priority. Blank: the settings' multiple of its value."""
    price: Annotated[float | None, Unit("EUR/unit"), Ge(0)] = None
    """What the customer pays for one. Blank: the item's value."""
    single_source: bool = False
    """True: all of it comes from one site."""


class Agreement(Row):
    """A joint venture, offtake or framework between parties."""

    table_name: ClassVar[str] = "agreements"
    rules: ClassVar[tuple[Rule, ...]] = (Rule("since <= until", "an agreement cannot end before it begins"),)

    agreement: Annotated[str, Key()]
    """Short name by which it is called."""
    name: str
    """Full name."""
    kind: Literal["joint venture", "offtake", "framework"]
    """What it is."""
    since: date | None = None
    """First day."""
    until: date | None = None
    """Last day."""


class Signatory(Row):
    """A party to an agreement."""

    table_name: ClassVar[str] = "signatories"

    agreement: Annotated[str, Key(), Ref("agreements")]
    """The agreement."""
    party: Annotated[str, Key(), Ref("parties")]
    """Who signed it."""


class Share(Row):
    """Least and most of an item's making that an agreement gives to a nation or a party.

    Counted over the units of the item that are started while the agreement holds.
    """

    table_name: ClassVar[str] = "shares"
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule("(nation IS NULL) <> (party IS NULL)", "a share belongs to a nation or to a party, not both"),
        Rule("min_share <= max_share", "the least share is larger than the most"),
    )

    share: Annotated[str, Key()]
    """Short name by which it is called."""
    agreement: Annotated[str, Ref("agreements")]
    """The agreement that says so."""
    item: Annotated[str, Ref("items")]
    """Whose making is shared out."""
    nation: Annotated[str | None, Ref("nations")] = None
    """Nation whose sites are meant."""
    party: Annotated[str | None, Ref("parties")] = None
    """Party whose sites are meant."""
    min_share: Annotated[float, Unit("1"), Ge(0), Le(1)] = 0.0
    """Least share of the units."""
    max_share: Annotated[float, Unit("1"), Ge(0), Le(1)] = 1.0
    """Most share of the units."""


class Commitment(Row):
    """A decision that is already taken: the plan keeps it to the unit and the step.

    Steps before the horizon are taken as history: only what still arrives counts. A commitment to make, buy or move
    allows exactly this quantity in its step; a commitment to qualify fixes the start.
    """

    table_name: ClassVar[str] = "commitments"
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule("kind NOT IN ('make', 'qualify') OR operation IS NOT NULL", "a commitment to make or qualify names an operation"),
        Rule("kind NOT IN ('buy', 'ship') OR item IS NOT NULL", "a commitment to buy or ship names an item"),
        Rule("kind <> 'buy' OR party IS NOT NULL", "a commitment to buy names the party that sells"),
        Rule("kind <> 'ship' OR destination IS NOT NULL", "a commitment to ship names a destination"),
        Rule("kind = 'qualify' OR quantity IS NOT NULL", "a commitment to make, buy or ship states a quantity"),
    )

    commitment: Annotated[str, Key()]
    """Short name by which it is called."""
    kind: Literal["make", "buy", "ship", "qualify"]
    """What was decided."""
    site: Annotated[str, Ref("sites")]
    """Where it is made, qualified or delivered, or the origin of a shipment."""
    start: date
    """Day on which it starts, is ordered or departs."""
    operation: Annotated[str | None, Ref("operations")] = None
    """What is made or qualified."""
    item: Annotated[str | None, Ref("items")] = None
    """What is bought or shipped."""
    party: Annotated[str | None, Ref("parties")] = None
    """Who sells it."""
    destination: Annotated[str | None, Ref("sites")] = None
    """Where a shipment goes."""
    mode: str = "road"
    """How a shipment moves."""
    quantity: Annotated[float | None, Unit("unit"), Ge(0)] = None
    """Units started, ordered or sent."""
