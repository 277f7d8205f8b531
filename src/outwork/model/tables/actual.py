"""What really happened since a plan was made: read by `replan`, kept by nobody."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from outwork.model.table import Ge, Key, Ref, Row, Rule, Unit


class Actual(Row):
    """A quantity on hand today, or something that was really made, ordered, sent or handed over before today.

    What is said of a kind replaces all that the last plan had of that kind before today; stock only where it is stated.
    """

    table_name: ClassVar[str] = "actuals"
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule("kind <> 'make' OR operation IS NOT NULL", "what was made names its operation"),
        Rule("kind NOT IN ('stock', 'buy', 'ship') OR item IS NOT NULL", "stock and what was ordered or sent name an item"),
        Rule("kind = 'deliver' OR site IS NOT NULL", "all but what was handed over names a site"),
        Rule("kind <> 'buy' OR party IS NOT NULL", "what was ordered names the party that sells"),
        Rule("kind <> 'ship' OR destination IS NOT NULL", "what was sent names its destination"),
        Rule("kind <> 'deliver' OR demand IS NOT NULL", "what was handed over names its demand"),
        Rule("kind NOT IN ('make', 'buy', 'ship') OR start IS NOT NULL", "what was made, ordered or sent states the day"),
    )

    actual: Annotated[str, Key()]
    """Short name or number of the line."""
    kind: Literal["stock", "make", "buy", "ship", "deliver"]
    """Stock on hand today, or what was done before today."""
    quantity: Annotated[float, Unit("unit"), Ge(0)]
    """Units on hand, started, ordered, sent or handed over."""
    site: Annotated[str | None, Ref("sites")] = None
    """Where it lies, was made or delivered, or the origin of a shipment."""
    item: Annotated[str | None, Ref("items")] = None
    """What lies there, was bought or sent."""
    operation: Annotated[str | None, Ref("operations")] = None
    """What was made."""
    party: Annotated[str | None, Ref("parties")] = None
    """Who sold it."""
    destination: Annotated[str | None, Ref("sites")] = None
    """Where a shipment went."""
    mode: str = "road"
    """How it moved."""
    demand: Annotated[str | None, Ref("demands")] = None
    """What was served."""
    start: date | None = None
    """Day on which it was started, ordered or sent."""
