"""What somebody asks to be promised, and what is offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from outwork.model.errors import UnknownName
from outwork.model.frames import from_columns
from outwork.model.nearest import nearest
from outwork.model.outcome import Outcome
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.plan.build.aim import MARK

NAME: Final = f"{MARK}ask"
"""The demand that stands for what is asked."""
DUST: Final = 1e-4
"""Units below which nothing is missing."""
Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Ask:
    """What somebody wants to be promised: units of an item at a site, if possible by a day."""

    item: str
    quantity: float
    site: str
    by: date


@dataclass(frozen=True)
class Offer:
    """What can be promised: so many units, the last of them in the step that begins on `ready`, for `cost` [EUR] more.

    `against` are sentences that each name a share of an agreement which this would break.
    """

    quantity: float
    ready: date
    cost: float
    against: tuple[str, ...] = ()

    @property
    def each(self) -> float:
        """Cost of one of them [EUR/unit]."""
        return self.cost / self.quantity


@dataclass(frozen=True, eq=False)
class Promised:
    """The answer to an ask.

    Args: by_day, as many as there can be by the day, None where that is none; soonest, all of them as early as can be;
    cheapest, all of them whenever in the horizon they cost least; both None where the horizon is too short for all of them.
    not_before, first day of the step before which not all of them can be there, whatever is rounded.
    """

    ask: Ask
    outcome: Outcome
    by_day: Offer | None
    soonest: Offer | None
    cheapest: Offer | None
    not_before: date | None


def plain(promised: Promised) -> dict[str, dict[str, Any] | None]:
    """Return the offers of an answer as plain values, by name."""
    found = {name: getattr(promised, name) for name in ("by_day", "soonest", "cheapest")}
    return {
        name: None if offer is None else asdict(offer) | {"ready": offer.ready.isoformat()} for name, offer in found.items()
    }


def edited(programme: Programme, ask: Ask) -> Programme:
    """Return the programme with a demand for what is asked, free of any price, at any time of the horizon."""
    horizon = programme.horizon
    extra = from_columns(
        BY_NAME["demands"],
        {
            "demand": [NAME], "item": [ask.item], "site": [ask.site], "quantity": [ask.quantity],
            "due": [horizon.day(horizon.steps) - timedelta(days=1)], "lateness": [0.0], "shortage": [0.0], "price": [0.0],
        },
    )  # fmt: skip
    return programme.replace(demands=pl.concat([programme["demands"], extra]))


def decided(last: Tables) -> dict[str, pl.DataFrame]:
    """Return the decisions of a plan, from which the checker counts its cost."""
    return {name: last[name] for name in ("make", "use", "buy", "ship", "deliver", "qualify", "applications", "work")}


def refuse(programme: Programme, last: Tables, ask: Ask) -> None:
    """Raise UnknownName where the item or the site is not there, ValueError where there is no plan or nothing is asked."""
    for table, value in (("items", ask.item), ("sites", ask.site)):
        known = programme[table][BY_NAME[table].key[0]]
        if value not in known:
            near = nearest(value, known)
            raise UnknownName(f"{table}: there is no '{value}'" + (f"; did you mean '{near}'?" if near else ""))
    if not ask.quantity > 0:
        raise ValueError(f"the quantity asked for is {ask.quantity}; ask for more than 0 units")
    if last["promises"].is_empty():
        raise ValueError("there is no plan beside which anything could be promised; make one first")


def sentence(ask: Ask, by_day: Offer | None, soonest: Offer | None, bounds: str) -> str:
    """Return an answer in a sentence. Args: bounds, what was left as it is."""
    asked = f"{ask.quantity:,.10g} {ask.item} at {ask.site}"
    if by_day is not None and by_day.quantity >= ask.quantity - DUST:
        told = f"{asked} can be there by {ask.by}, for {by_day.cost:,.0f} EUR more than the plan costs."
        return " ".join((told, *(f"That is against an agreement: {each}." for each in by_day.against)))
    some = "none" if by_day is None else f"{by_day.quantity:,.10g} for {by_day.cost:,.0f} EUR"
    if soonest is None:
        return f"Of {asked}, {some} by {ask.by}; not all of them within the horizon {bounds}."
    return f"Of {asked}, {some} by {ask.by}; all of them in the week of {soonest.ready}, for {soonest.cost:,.0f} EUR."
