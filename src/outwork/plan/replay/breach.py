"""What the replay refuses: a rule that a plan breaks, in the planner's words, with the rows, the step and by how much.

Two numbers agree where they differ by at most 1e-6 of the larger limit, or by 1e-6 units where that is more. A stock may
be off by 1e-6 for each step that has passed and by 1e-6 of all that moved until then, because errors of a solver add up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

import polars as pl

from outwork.model.outcome import Pointer
from outwork.model.tables import BY_NAME

TOLERANCE: Final = 1e-6
"""By how much a plan may miss a limit: absolute [unit of the limit] below 1, relative [1] above."""


class Code(StrEnum):
    """Which rule is broken."""

    UNKNOWN = "unknown"
    """A row names an operation at a site, an offer, a way, a demand or a resource that the tables do not have."""
    HORIZON = "horizon"
    """A row does not start on the first day of a step of the horizon."""
    QUANTITY = "quantity"
    """A quantity is negative or not a number."""
    KEY = "key"
    """Two rows have the same key."""
    READY = "ready"
    """The day on which a row says that it is ready is not its start and lead time."""
    GOOD = "good"
    """Good units are not the yield of those started."""
    COST = "cost"
    """The cost of a row is not what the tables make of it."""
    SETUP = "set-up"
    """The set-ups of a row are not one where it runs and none where it does not."""
    COMPONENT = "component"
    """An operation takes in too little, too much, or something that it does not take."""
    CHOICE = "choice"
    """Alternatives together do not make up the units started."""
    LOT = "lot"
    """Units started are not whole lots."""
    SOURCING = "sourcing"
    """An item that is only made is bought, or one that is only bought is made."""
    UNQUALIFIED = "unqualified"
    """A site makes before it is qualified or without ever being so."""
    GRID = "grid"
    """A qualification starts between the steps in which qualifications may start, or before its earliest day."""
    STARTS = "starts"
    """More qualifications start at a site in a step than may."""
    TWICE = "twice"
    """A pair that is qualified, or being qualified, is qualified again."""
    RAMP = "ramp"
    """A site makes more than its ramp allows so soon after its qualification."""
    TECHNOLOGY = "technology"
    """A site makes, or is qualified for, what it has no technology clearance for."""
    HOURS = "hours"
    """Work needs hours that no resource has or gives."""
    OVERTIME = "overtime"
    """A resource works more overtime than there is."""
    WORK = "work"
    """The work table does not tell what the tables and the plan come to."""
    OFFER = "offer"
    """An order lies outside its offer's window."""
    OFFER_LIMIT = "offer limit"
    """More is ordered in a step than is offered."""
    OFFER_MINIMUM = "offer minimum"
    """Less is ordered than the least that can be."""
    LANE = "lane"
    """A shipment leaves on a way outside its window, or one that does not carry the item."""
    LANE_LIMIT = "lane limit"
    """Goods weigh more than a way can carry in a step."""
    TRANSIT = "transit"
    """A site without transit sends or receives what it has no part in."""
    CLEARANCE = "clearance"
    """A shipment moves without a clearance, or under one that does not hold for it."""
    APPLICATION = "application"
    """Something rests on a licence that the plan does not apply for, or an application does not say what it comes to."""
    CAP = "cap"
    """More moves under a licence than its caps allow."""
    STOCK = "stock"
    """More leaves a stock than there is: the plan makes something from nothing."""
    STORE = "store"
    """More is kept than the store takes."""
    KEPT = "kept"
    """The stock table does not tell what the decisions come to."""
    DELIVERY = "delivery"
    """More is handed over than is wanted, or before it may be, or the row says another lateness."""
    OPTION = "option"
    """An option is delivered in part."""
    SOURCE = "source"
    """A single-source demand is not served from one origin, or not by what comes from there."""
    PROMISE = "promise"
    """The promises table does not tell what the deliveries come to."""
    SHARE = "share"
    """An agreement's share of the making is missed."""
    COMMITMENT = "commitment"
    """A decision that was already taken is not kept."""
    CASH = "cash"
    """The cash events are not what the plan pays."""


@dataclass(frozen=True)
class Breach:
    """One place in which a plan breaks a rule; it does so by `amount` of `unit`.

    `step` and `day` are None where the rule is about the whole horizon.
    """

    code: Code
    sentence: str
    rows: tuple[Pointer, ...]
    step: int | None
    day: date | None
    amount: float
    unit: str

    def __str__(self) -> str:
        """Return for example: stock: there are 3 units of radio too few at lund on 2026-03-02 (stocks radio lund)."""
        rows = "; ".join(map(str, self.rows))
        return f"{self.code}: {self.sentence}" + (f" ({rows})" if rows else "")


def above(amount: pl.Expr, limit: pl.Expr) -> pl.Expr:
    """Return whether the amount is above the limit by more than the tolerance; a limit of null is none."""
    return amount - limit > TOLERANCE * pl.max_horizontal(pl.lit(1.0), limit.abs())


def apart(first: pl.Expr, second: pl.Expr) -> pl.Expr:
    """Return whether two numbers differ by more than the tolerance."""
    return (first - second).abs() > TOLERANCE * pl.max_horizontal(pl.lit(1.0), first.abs(), second.abs())


def some(quantity: pl.Expr) -> pl.Expr:
    """Return whether a quantity is more than nothing."""
    return quantity > TOLERANCE


def tell(code: Code, wrong: pl.DataFrame, unit: str, sentence: str, *tables: str) -> tuple[Breach, ...]:
    """Return a breach for every row of `wrong`.

    The sentence is a template over the columns of the row, of which `over` is by how much [unit], `step` and `start`
    when (both may be missing). Each of `tables` is pointed to by its key, whose columns the row must have.
    """
    return tuple(
        Breach(
            code,
            sentence.format(**{name: _text(value) for name, value in row.items()}),
            tuple(_pointer(table, row) for table in tables),
            row.get("step"),
            row.get("start"),
            float(row["over"]),
            unit,
        )
        for row in wrong.iter_rows(named=True)
    )


def _pointer(table: str, row: Mapping[str, Any]) -> Pointer:
    return Pointer(table, tuple(_text(row[column]) for column in BY_NAME[table].key))


def _text(value: Any) -> str:
    """Return a number with thousands separators and at most six decimals; a blank as nothing."""
    if isinstance(value, float):
        return f"{value:,.6f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)
