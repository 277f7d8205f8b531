"""The last plan as numbers of a model: what it makes, buys and starts, by the model's own variables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from outwork.model.axis import Array, Index
from outwork.plan.build.draft import Draft
from outwork.plan.network import Network

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, eq=False)
class Earlier:
    """What the last plan has of a timed block.

    variable: position in the block; quantity: units [row]. lost: member of what the model has no variable for; lost_quantity.
    """

    variable: Index
    quantity: Array
    lost: Index
    lost_quantity: Array

    def by_variable(self, size: int) -> Array:
        """Return the quantity of every variable of the block. [variable of the block]."""
        found = np.zeros(size)
        np.add.at(found, self.variable, self.quantity)
        return found


def earlier(draft: Draft, last: Tables, name: str) -> Earlier:
    """Return what the last plan has of the block make, buy, ship or deliver, by the buckets of the model."""
    network = draft.network
    frame = last[name] if name != "deliver" else last[name].filter(pl.col("origin") == "")
    member = members(network, frame, name)
    step = np.array([network.horizon.step(day) for day in frame["start"].to_list()], np.int64)
    quantity = frame["quantity"].to_numpy().astype(np.float64)
    known = (member >= 0) & (step >= 0) & (step < network.horizon.steps)
    member, step, quantity = member[known], step[known], quantity[known]
    position = draft.at(name, member, network.horizon.bucket_of[step])
    here = position >= 0
    variable, place = np.unique(position[here], return_inverse=True)
    total = np.zeros(len(variable))
    np.add.at(total, place, quantity[here])
    return Earlier(variable, total, member[~here], quantity[~here])


def begun(network: Network, last: Tables) -> Index:
    """Return the starts of qualifications that the last plan has, as positions among the starts."""
    making = network.making
    frame = last["qualify"]
    pair = members(network, frame, "make")
    step = [network.horizon.step(day) for day in frame["start"].to_list()]
    wanted = set(zip(pair.tolist(), step, strict=True))
    return np.array(
        [j for j, own in enumerate(zip(making.start_pair.tolist(), making.start_step.tolist(), strict=True)) if own in wanted],
        np.int64,
    )


def started(network: Network, last: Tables) -> Array:
    """Return 1 for every start by which the last plan has begun the qualification of its pair. [start]."""
    making = network.making
    first = np.full(len(making), np.inf)
    kept = np.r_[begun(network, last), making.start_fixed].astype(np.int64)
    np.minimum.at(first, making.start_pair[kept], making.start_step[kept])
    return np.asarray(making.start_step >= first[making.start_pair], np.float64)


def members(network: Network, frame: pl.DataFrame, name: str) -> Index:
    """Return the member of the block that every row speaks of, -1 where there is none."""
    mine: tuple[Index, ...]
    theirs: tuple[Index, ...]
    if name == "make":
        mine = (network.making.operation, network.making.site)
        theirs = (network.operations.at(frame["operation"]), network.sites.at(frame["site"]))
    elif name == "buy":
        mine = (network.offers.item, network.offers.site, network.offers.party)
        theirs = (network.items.at(frame["item"]), network.sites.at(frame["site"]), network.parties.at(frame["party"]))
    elif name == "ship":
        lanes, lane = network.lanes, network.legs.lane
        clearance = np.maximum(network.legs.clearance, -1)
        mine = (network.legs.item, lanes.origin[lane], lanes.destination[lane], lanes.mode_of[lane], clearance)
        theirs = (
            network.items.at(frame["item"]), network.sites.at(frame["origin"]), network.sites.at(frame["destination"]),
            lanes.mode.at(frame["mode"]), network.leave.names.at(frame["clearance"]),
        )  # fmt: skip
    else:
        mine, theirs = (np.arange(len(network.wishes.names)),), (network.wishes.names.at(frame["demand"]),)
    place = {key: k for k, key in enumerate(zip(*(column.tolist() for column in mine), strict=True))}
    return np.array([place.get(key, -1) for key in zip(*(column.tolist() for column in theirs), strict=True)], np.int64)
