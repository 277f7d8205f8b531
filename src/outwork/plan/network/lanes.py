"""Lanes between sites, the rows of `lanes` and what the corridors between nations come to, and leave to use them."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import polars as pl

from outwork.model.axis import Array, Axis, Index, Mask, join, leads, numbers, windows
from outwork.model.horizon import Horizon
from outwork.model.programme import Programme

FREE = -1
"""No clearance: the goods may move without one."""


@dataclass(frozen=True, eq=False)
class Lanes:
    """Ways between two sites. All arrays [lane].

    lead in steps; cost in EUR/kg; fixed in EUR; first, last step of departure; item, the only one carried or -1;
    limit, position of the weight limit that it shares, or -1; source, row of `lanes`, or of `corridors` counted on
    after the rows of `lanes`. limits [limit] in kg/step.
    """

    origin: Index
    destination: Index
    mode: Axis
    mode_of: Index
    lead: Index
    cost: Array
    fixed: Array
    first: Index
    last: Index
    item: Index
    limit: Index
    source: Index
    limits: Array

    def __len__(self) -> int:
        """Return the number of lanes."""
        return len(self.origin)


@dataclass(frozen=True, eq=False)
class Leave:
    """Clearances. All arrays [clearance].

    origin, destination are nations; consignee a party or -1; technology marks those that are not for goods;
    first, last step of departure; cap, position of the caps that it shares, or -1. quantity, value [cap], inf where open.
    """

    item: Index
    origin: Index
    destination: Index
    consignee: Index
    kind: pl.Series
    revision: pl.Series
    first: Index
    last: Index
    cap: Index
    quantity: Array
    value: Array
    names: Axis


def read_lanes(programme: Programme, sites: Axis, items: Axis, horizon: Horizon) -> Lanes:
    """Read lanes, and expand corridors to pairs of distinct sites that have no lane of the same mode."""
    own = programme["lanes"].with_row_index("source")
    spread = _expanded(programme, offset=own.height)
    columns = [
        "origin",
        "destination",
        "mode",
        "lead_days",
        "cost",
        "fixed_cost",
        "per_week",
        "item",
        "since",
        "until",
        "source",
    ]
    frame = pl.concat([own.select(columns), spread.select(columns)], how="vertical_relaxed")
    first, last = windows(horizon, frame, "since", "until")
    limit = numbers(frame, "per_week", np.inf) * horizon.weeks_per_step
    source = frame["source"].to_numpy().astype(np.int64)
    limited, where = np.unique(source[np.isfinite(limit)], return_index=True)
    position = np.searchsorted(limited, source)
    inside = np.minimum(position, max(len(limited) - 1, 0))
    shared = np.where(np.isfinite(limit), inside, -1) if len(limited) else np.full(len(source), -1, np.int64)
    modes = Axis(tuple(frame["mode"].unique().sort().to_list()))
    return Lanes(
        sites.at(frame["origin"]), sites.at(frame["destination"]), modes, modes.at(frame["mode"]), leads(horizon, frame),
        numbers(frame, "cost"), numbers(frame, "fixed_cost"), first, last, items.at(frame["item"]),
        shared, source, limit[np.isfinite(limit)][where],
    )  # fmt: skip


def _expanded(programme: Programme, offset: int) -> pl.DataFrame:
    """Return corridors as lanes between sites; `source` counts on after the rows of lanes."""
    places = programme["sites"].select("site", "nation")
    corridors = (
        programme["corridors"].with_row_index("source", offset=offset).rename({"origin": "sender", "destination": "receiver"})
    )
    return (
        corridors.join(places.rename({"site": "origin"}), left_on="sender", right_on="nation")
        .join(places.rename({"site": "destination"}), left_on="receiver", right_on="nation")
        .filter(pl.col("origin") != pl.col("destination"))
        .join(programme["lanes"].select("origin", "destination", "mode"), on=["origin", "destination", "mode"], how="anti")
        .with_columns(item=pl.lit(None, pl.String))
        .sort("source", "origin", "destination")
    )


def read_leave(clearances: pl.DataFrame, items: Axis, nations: Axis, parties: Axis, horizon: Horizon) -> Leave:
    """Read clearances, dated as their licences are; those of one licence share the smallest caps that any of them states."""
    frame = clearances.with_columns(
        shared=pl.when(pl.col("licence").is_null())
        .then(pl.lit("clearance ") + pl.col("clearance"))
        .otherwise("licence " + pl.col("licence"))
    )
    caps = (
        frame.group_by("shared", maintain_order=True)
        .agg(pl.col("quantity_cap").min(), pl.col("value_cap").min())
        .filter(pl.col("quantity_cap").is_not_null() | pl.col("value_cap").is_not_null())
    )
    first, last = windows(horizon, frame, "opens", "expires")
    return Leave(
        items.at(frame["item"]), nations.at(frame["origin"]), nations.at(frame["destination"]), parties.at(frame["consignee"]),
        frame["kind"], frame["revision"], first, last, Axis.of(caps, "shared").at(frame["shared"]),
        numbers(caps, "quantity_cap", np.inf), numbers(caps, "value_cap", np.inf), Axis.of(frame, "clearance"),
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Legs:
    """What may move where: an item on a lane, free or under a clearance. All arrays [leg]; windows are those of both."""

    lane: Index
    item: Index
    clearance: Index
    first: Index
    last: Index

    def __len__(self) -> int:
        """Return the number of legs."""
        return len(self.lane)

    def keep(self, kept: Index) -> Legs:
        """Return some of the legs, by position or mark."""
        return Legs(self.lane[kept], self.item[kept], self.clearance[kept], self.first[kept], self.last[kept])


def legs(lanes: Lanes, lane: Index, item: Index, leave: Leave, places: tuple[Index, Index], controlled: Mask) -> Legs:
    """Return the legs of (lane, item) pairs: one where no clearance is needed, else one for every clearance that fits.

    Args: places, nation and party of every site; controlled [item].
    """
    nation, party = places
    sender, receiver = nation[lanes.origin[lane]], nation[lanes.destination[lane]]
    needs = controlled[item] & (sender != receiver)
    free = Legs(
        lane[~needs], item[~needs], np.full(int((~needs).sum()), FREE), lanes.first[lane[~needs]], lanes.last[lane[~needs]]
    )
    goods = np.flatnonzero((leave.kind == "goods").to_numpy())
    width = int(nation.max(initial=0)) + 1
    ask = (item[needs] * width + sender[needs]) * width + receiver[needs]
    offer = (leave.item[goods] * width + leave.origin[goods]) * width + leave.destination[goods]
    here, there = join(ask, offer)
    which, clearance = np.flatnonzero(needs)[here], goods[there]
    fits = (leave.consignee[clearance] < 0) | (leave.consignee[clearance] == party[lanes.destination[lane[which]]])
    which, clearance = which[fits], clearance[fits]
    first = np.maximum(lanes.first[lane[which]], leave.first[clearance])
    last = np.minimum(lanes.last[lane[which]], leave.last[clearance])
    cleared = Legs(lane[which], item[which], clearance, first, last)
    return Legs(*(np.concatenate([getattr(free, f.name), getattr(cleared, f.name)]) for f in fields(Legs)))
