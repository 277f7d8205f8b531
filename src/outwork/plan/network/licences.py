"""Licences that are still to be granted: when they open, what applying costs, and which making rests on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import ceil

import numpy as np
import polars as pl

from outwork.model.axis import Array, Axis, Index, Mask, numbers
from outwork.model.horizon import Horizon
from outwork.model.programme import Programme
from outwork.plan.network.lanes import Leave
from outwork.plan.network.making import Making
from outwork.plan.network.technology import rights

OPEN = ("applied", "to apply")
"""States in which a licence has still to be granted."""


@dataclass(frozen=True, eq=False)
class Licences:
    """The rows of `licences`.

    [licence]: pending marks those to apply for; fee [EUR], 0 but for these; day of application; lead [day], from there to the
    opening; step that holds the day, the last one where it lies after the horizon. own [clearance]: the licence that it
    rests on, -1 where the table has none. [right]: pair and technology clearance that fits it, where any licence is pending.
    """

    names: Axis
    pending: Mask
    fee: Array
    day: tuple[date, ...]
    lead: Index
    step: Index
    own: Index
    right_pair: Index
    right_clearance: Index

    @cached_property
    def priced(self) -> Mask:
        """Licences of which applying is a decision with a price. [licence]."""
        return self.pending & (self.fee > 0)

    def of(self, clearance: Index, among: Mask) -> Index:
        """Return the licence of clearances if it is one of `among` [licence], else -1. Args: clearance, -1 for none."""
        if not len(self.names) or not len(self.own):
            return np.full(len(clearance), -1, np.int64)
        licence = np.where(clearance >= 0, self.own[clearance], -1)
        return np.where((licence >= 0) & among[licence], licence, -1)


def dated(programme: Programme) -> pl.DataFrame:
    """Return clearances with the windows and caps that their licences leave them; the rows and their order as they were."""
    start = pl.lit(programme.horizon.start)
    stated = pl.coalesce("apply_from", start)
    first = pl.when(pl.col("status") == "to apply").then(pl.max_horizontal(stated, start)).otherwise(stated)
    opens = first + pl.duration(days=pl.col("lead_days").ceil().cast(pl.Int64))
    papers = programme["licences"].select(
        "licence",
        licence_opens=pl.when(pl.col("status").is_in(OPEN)).then(opens),
        licence_expires=pl.when(pl.col("status").is_in(OPEN)).then(opens + pl.duration(days="valid_days")),
        licence_units="quantity_cap",
        licence_value="value_cap",
    )
    frame = programme["clearances"]
    both = frame.join(papers, on="licence", how="left", maintain_order="left")
    return both.with_columns(
        opens=pl.max_horizontal("opens", "licence_opens"),
        expires=pl.min_horizontal("expires", "licence_expires"),
        quantity_cap=pl.min_horizontal("quantity_cap", "licence_units"),
        value_cap=pl.min_horizontal("value_cap", "licence_value"),
    ).select(frame.columns)


def read(programme: Programme, leave: Leave, making: Making, places: tuple[Index, Index]) -> Licences:
    """Read licences. Args: places, nation and party of every site."""
    frame, horizon = programme["licences"], programme.horizon
    names = Axis.of(frame, "licence")
    pending = (frame["status"] == "to apply").to_numpy()
    days = tuple(_day(row, horizon) for row in frame.select("status", "apply_from").iter_rows())
    fits: tuple[Index, ...] = (np.empty(0, np.int64), np.empty(0, np.int64))
    if pending.any():
        fits = rights(programme, (making.operation, making.site, making.item), leave, places)[1:]
    return Licences(
        names, pending, np.where(pending, numbers(frame, "fee"), 0.0), days,
        np.array([ceil(lead) for lead in frame["lead_days"].to_list()], np.int64),
        np.array([min(max(horizon.step(each), 0), horizon.steps - 1) for each in days], np.int64),
        names.at(programme["clearances"]["licence"]), *fits,
    )  # fmt: skip


def _day(row: tuple[str, date | None], horizon: Horizon) -> date:
    """Return the day of application."""
    status, stated = row
    if stated is None:
        return horizon.start
    return max(stated, horizon.start) if status == "to apply" else stated


def opening(licences: Licences, licence: int) -> date:
    """Return the day on which a licence opens."""
    return licences.day[licence] + timedelta(days=int(licences.lead[licence]))


def cover(licences: Licences, leave: Leave, pair: int, among: Mask, steps: int) -> tuple[Mask, dict[int, Mask]]:
    """Return in which steps a pair has leave that rests on none of `among`, and for each of these in which steps it gives any.

    Args: among [licence]. Returns masks [step].
    """
    step = np.arange(steps)
    free, held = np.zeros(steps, bool), dict[int, Mask]()
    clearances = licences.right_clearance[licences.right_pair == pair]
    for clearance, licence in zip(clearances, licences.of(clearances, among), strict=True):
        holds = (step >= leave.first[clearance]) & (step <= leave.last[clearance])
        if licence < 0:
            free |= holds
        else:
            held[int(licence)] = held.get(int(licence), np.zeros(steps, bool)) | holds
    return free, held


def gated(licences: Licences, among: Mask) -> Index:
    """Return the pairs to which some licence of `among` gives leave for technology. [pair]."""
    return np.unique(licences.right_pair[licences.of(licences.right_clearance, among) >= 0])
