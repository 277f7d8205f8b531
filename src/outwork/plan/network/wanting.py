"""What is offered, kept, wanted, agreed and already decided."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from outwork.model.axis import Array, Axis, Index, Mask, flags, leads, numbers, windows
from outwork.model.horizon import Horizon
from outwork.model.programme import Programme


@dataclass(frozen=True, eq=False)
class Offers:
    """Supplies. [offer]: item, site, party; price in EUR/unit; most and least in unit/step; lead, first, last step of order."""

    item: Index
    site: Index
    party: Index
    price: Array
    most: Array
    least: Array
    lead: Index
    first: Index
    last: Index


@dataclass(frozen=True, eq=False)
class Stores:
    """Stock rows. [store]: item, site; on_hand, safety, most in units, most inf where open; keeping them is always allowed."""

    item: Index
    site: Index
    on_hand: Array
    safety: Array
    most: Array


@dataclass(frozen=True, eq=False)
class Wishes:
    """Demands.

    [demand]: item, site; quantity; due (may be negative) and earliest step; late in EUR/unit/week and short in EUR/unit,
    priority included; price in EUR/unit; option and single mark options and single sources.
    """

    names: Axis
    item: Index
    site: Index
    quantity: Array
    due: Index
    earliest: Index
    late: Array
    short: Array
    price: Array
    option: Mask
    single: Mask


@dataclass(frozen=True, eq=False)
class Shares:
    """Shares of agreements. [share]: item; nation or party, the other -1; least and most [1]; first and last step."""

    item: Index
    nation: Index
    party: Index
    least: Array
    most: Array
    first: Index
    last: Index


@dataclass(frozen=True, eq=False)
class Decided:
    """Commitments to make, buy or ship.

    [commitment]: kind; operation, item, site, destination, party, mode, -1 where blank; step, negative for history; quantity.
    """

    kind: pl.Series
    operation: Index
    item: Index
    site: Index
    destination: Index
    party: Index
    mode: Index
    step: Index
    quantity: Array

    def of(self, kind: str) -> Index:
        """Positions of the commitments of a kind."""
        return np.flatnonzero((self.kind == kind).to_numpy())


def read_offers(programme: Programme, sites: Axis, items: Axis, parties: Axis, horizon: Horizon) -> Offers:
    """Read supplies, but for those of items that are only made."""
    made = programme["items"].filter(pl.col("sourcing") == "make").select("item")
    frame = programme["supplies"].join(made, on="item", how="anti", maintain_order="left")
    return Offers(
        items.at(frame["item"]), sites.at(frame["site"]), parties.at(frame["party"]), numbers(frame, "price"),
        numbers(frame, "per_week", np.inf) * horizon.weeks_per_step, numbers(frame, "minimum"), leads(horizon, frame),
        *windows(horizon, frame, "since", "until"),
    )  # fmt: skip


def read_stores(programme: Programme, sites: Axis, items: Axis) -> Stores:
    """Read stocks."""
    frame = programme["stocks"]
    return Stores(
        items.at(frame["item"]), sites.at(frame["site"]), numbers(frame, "on_hand"), numbers(frame, "safety"),
        numbers(frame, "most", np.inf),
    )  # fmt: skip


def read_wishes(programme: Programme, sites: Axis, items: Axis, horizon: Horizon) -> Wishes:
    """Read demands; blank prices follow the settings."""
    frame, settings = programme["demands"], programme.settings
    item = items.at(frame["item"])
    value = numbers(programme["items"], "value")[item]
    price = numbers(frame, "price")
    price = np.where(np.isnan(price), value, price)
    late, short, priority = numbers(frame, "lateness"), numbers(frame, "shortage"), numbers(frame, "priority")
    earliest = [0 if day is None else max(horizon.step(day), 0) for day in frame["earliest"].to_list()]
    return Wishes(
        Axis.of(frame, "demand"), item, sites.at(frame["site"]), numbers(frame, "quantity"),
        np.array([horizon.step(day) for day in frame["due"].to_list()], np.int64), np.array(earliest, np.int64),
        priority * np.where(np.isnan(late), settings.late_rate * price, late),
        priority * np.where(np.isnan(short), settings.short_rate * price, short),
        price, (frame["firm"] == "option").to_numpy(), flags(frame, "single_source"),
    )  # fmt: skip


def read_shares(programme: Programme, items: Axis, nations: Axis, parties: Axis, horizon: Horizon) -> Shares:
    """Read shares with the windows of their agreements."""
    frame = programme["shares"].join(
        programme["agreements"].select("agreement", "since", "until"), on="agreement", maintain_order="left"
    )
    return Shares(
        items.at(frame["item"]), nations.at(frame["nation"]), parties.at(frame["party"]), numbers(frame, "min_share"),
        numbers(frame, "max_share"), *windows(horizon, frame, "since", "until"),
    )  # fmt: skip


def read_decided(programme: Programme, axes: dict[str, Axis], horizon: Horizon) -> Decided:
    """Read commitments. Args: axes by name: operation, item, site, party, mode."""
    frame = programme["commitments"].filter(pl.col("kind") != "qualify")
    step = np.array([horizon.step(day) for day in frame["start"].to_list()], np.int64)
    return Decided(
        frame["kind"], axes["operation"].at(frame["operation"]), axes["item"].at(frame["item"]), axes["site"].at(frame["site"]),
        axes["site"].at(frame["destination"]), axes["party"].at(frame["party"]), axes["mode"].at(frame["mode"]), step,
        numbers(frame, "quantity", 0.0),
    )  # fmt: skip
