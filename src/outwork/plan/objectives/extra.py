"""Edits of a programme that an objective asks for: demands beyond those that are written, and finer buckets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from typing import Final

import numpy as np
import polars as pl

from outwork.model.axis import Index, Mask
from outwork.model.errors import UnknownName, Unproven
from outwork.model.frames import from_columns
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.plan.build.aim import MARK
from outwork.plan.build.draft import Draft
from outwork.plan.network import Network
from outwork.plan.replay import check
from outwork.plan.result import Result

PLENTY: Final = 1000.0
"""Multiple of all that is wanted at which counting stops where neither hours nor suppliers limit an item."""


def weekly_until(programme: Programme, day: date) -> Programme:
    """Return the programme planned week by week at least until the step that holds the day is over."""
    settings, horizon = programme.settings, programme.horizon
    if settings.weekly_buckets is None:
        return programme
    ends = np.ceil((min(horizon.step(day), horizon.steps - 1) + 1) * horizon.weeks_per_step - 1e-9)
    weeks = min(max(settings.weekly_buckets, int(ends)), settings.weeks)
    column = pl.lit(weeks, pl.Int64).alias("weekly_buckets")
    return programme.replace(settings=programme["settings"].with_columns(column))


def with_extra(programme: Programme, item: str, quantity: float, earliest: date | None, due: date) -> Programme:
    """Return the programme with a further demand, free of any price, at every site that wants the item.

    Raises UnknownName where there is no such item, or nobody wants it.
    """
    sites = wanting(programme, item)
    extra = from_columns(
        BY_NAME["demands"],
        {
            "demand": [f"{MARK}{item} {site}" for site in sites],
            "item": [item] * len(sites),
            "site": sites,
            "quantity": [quantity] * len(sites),
            "due": [due] * len(sites),
            "earliest": pl.Series([earliest] * len(sites), dtype=pl.Date),
            "lateness": [0.0] * len(sites),
            "shortage": [0.0] * len(sites),
            "price": [0.0] * len(sites),
        },
    )
    return programme.replace(demands=pl.concat([programme["demands"], extra]))


def wanting(programme: Programme, item: str) -> list[str]:
    """Return the sites that want an item. Raises UnknownName where there are none."""
    known = programme["items"]["item"].to_list()
    if item not in known:
        near = "".join(f"; did you mean '{name}'?" for name in get_close_matches(item, known, 1))
        raise UnknownName(f"items: there is no item '{item}' to count{near}")
    sites = programme["demands"].filter(pl.col("item") == item)["site"].unique().sort().to_list()
    if not sites:
        raise UnknownName(f"demands: nobody wants item '{item}', so there is no site to count it at; add a demand for it")
    return sites


def ceiling(network: Network, item: int) -> float:
    """Return units of an item that stocks, makers and suppliers could bring at the very most within the horizon.

    Where nothing limits them, PLENTY times what all demands want.
    """
    making, offers, stores, decided = network.making, network.offers, network.stores, network.decided
    pairs = np.flatnonzero(making.item == item)
    made = making.rate(network.hours)[pairs] * making.yield_rate[pairs, None]
    bought = offers.most[offers.item == item] * network.horizon.steps
    total = made.sum() + bought.sum() + stores.on_hand[stores.item == item].sum() + decided.quantity.sum()
    wanted = max(float(network.wishes.quantity.sum()), 1.0)
    return float(total) if np.isfinite(total) and total > 0 else PLENTY * wanted


def handed(draft: Draft, item: int) -> list[tuple[str, Index, Index, Index]]:
    """Return what hands an item over: block, variables, and their first and last step of handing over."""
    wishes, ways = draft.network.wishes, draft.network.directs
    found = []
    own = draft.spans["deliver"]
    here = np.flatnonzero(wishes.item[own.member] == item)
    found.append(("deliver", here, own.first[here], own.last[here]))
    own = draft.spans["direct"]
    here = np.flatnonzero(wishes.item[ways.demand[own.member]] == item)
    lead = ways.lead[own.member[here]]
    found.append(("direct", here, own.first[here] + lead, own.last[here] + lead))
    return found


def extra_demands(draft: Draft) -> Mask:
    """Mark the demands that an objective added. [demand]."""
    return np.array([name.startswith(MARK) for name in draft.network.wishes.names.names], bool)


def settled(programme: Programme, edited: Programme, result: Result) -> Result:
    """Return the result with the added demands cut to what is handed over for them, replayed once more.

    `added` of the result are the demands that are left; with them in the programme the plan stands up to the checker.
    """
    made_by = replace(result.made_by, digest=programme.digest)
    if not result.tables:
        return replace(result, made_by=made_by)
    sums = result.tables["deliver"].group_by("demand").agg(done=pl.col("quantity").sum())
    extra = edited["demands"].filter(pl.col("demand").str.starts_with(MARK)).join(sums, on="demand", maintain_order="left")
    added = extra.with_columns(quantity="done").drop("done")
    kept = {name: frame for name, frame in result.tables.items() if name not in ("promises", "cash_events")}
    whole = edited.replace(demands=pl.concat([programme["demands"], added]))
    replay = check(whole, kept)
    if replay.breaches:
        raise Unproven(f"the plan does not stand with the demands that were added, and is not shown: {replay.breaches[0]}")
    tables = kept | {"promises": replay.promises, "cash_events": replay.cash_events}
    return replace(result, tables=tables, costs=replay.costs, made_by=made_by, added=added)
