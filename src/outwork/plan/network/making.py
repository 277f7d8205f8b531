"""Who can make what: pairs of an operation and a site, what they take in, what they load, how they get qualified."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl

from outwork.model.axis import Array, Axis, Index, Mask, join, leads, numbers, windows
from outwork.model.horizon import Horizon
from outwork.model.programme import Programme
from outwork.model.spare import Hours
from outwork.plan.network.lanes import Leave
from outwork.plan.network.technology import Allowed, Shut, allowed


@dataclass(frozen=True, eq=False)
class Making:
    """Pairs of an operation and a site that could make it.

    [pair]: operation, site, item; lead in steps; yield_rate; unit_cost in EUR/unit; setup_hours, setup_cost, lot; possible
    marks those to be qualified first; fee in EUR; ready_lead in steps; ramp or -1; first, last step in which units may be
    started, and when not between them; row, position in `qualifications`.
    [use]: pair, item, quantity, choice (-1 none, else a number unique within the pair), first and last step.
    [load]: pair, pool, hours per unit. [start]: pair and step of every qualification that could be started.
    """

    operation: Index
    site: Index
    item: Index
    lead: Index
    yield_rate: Array
    unit_cost: Array
    setup_hours: Array
    setup_cost: Array
    setup_pool: Index
    lot: Array
    possible: Mask
    fee: Array
    ready_lead: Index
    ramp: Index
    first: Index
    last: Index
    shut: Shut
    row: Index
    use_pair: Index
    use_item: Index
    use_quantity: Array
    use_choice: Index
    use_first: Index
    use_last: Index
    load_pair: Index
    load_pool: Index
    load_hours: Array
    start_pair: Index
    start_step: Index
    share: Array
    """Share of the full rate by ramp and week after qualification. [ramp + 1, week]; the last row is 'at once'."""
    start_fixed: Index = field(default_factory=lambda: np.empty(0, np.int64))
    """Starts that a commitment has fixed."""

    def __len__(self) -> int:
        """Return the number of pairs."""
        return len(self.operation)

    def open(self, steps: int) -> Mask:
        """Mark the steps in which units may be started. [pair, step]."""
        return Allowed(self.first, self.last, self.shut).mask(steps)

    def rate(self, hours: Hours) -> Array:
        """Return the full rate: units that the hours of a site allow in a step. [pair, step]; inf where nothing is loaded."""
        most = hours.most()
        rate = np.full((len(self), most.shape[1]), np.inf)
        np.minimum.at(rate, self.load_pair, most[self.load_pool] / self.load_hours[:, None])
        return rate

    def shares(self, pair: Index, step: Index, horizon: Horizon) -> Array:
        """Share of the full rate in every step for qualifications of `pair` started in `step`. [start, step]."""
        ready = step + self.ready_lead[pair]
        week = np.floor((np.arange(horizon.steps) - ready[:, None]) * horizon.weeks_per_step + 1e-9).astype(np.int64)
        within = np.minimum(np.maximum(week, 0), self.share.shape[1] - 1)
        return np.where(week >= 0, self.share[self.ramp[pair][:, None], within], 0.0)


def read(
    programme: Programme, sites: Axis, items: Axis, horizon: Horizon, hours: Hours, leave: Leave, places: tuple[Index, Index]
) -> Making:
    """Read operations, components, loads, qualifications and ramps.

    Pairs that lack a process at their site, or whose item is only bought, are left out.
    """
    operations, frame = programme["operations"], programme["qualifications"]
    names = Axis.of(operations, "operation")
    operation, site = names.at(frame["operation"]), sites.at(frame["site"])
    load_pair, load_row = join(operation, names.at(programme["loads"]["operation"]))
    process = hours.processes.at(programme["loads"]["process"])[load_row]
    load_pool = hours.pool(site[load_pair], process)
    setup_pool = hours.pool(site, hours.processes.at(operations["process"])[operation])
    setup_hours = numbers(operations, "setup_hours")[operation]
    lacking = np.zeros(len(operation), bool)
    lacking[load_pair[load_pool < 0]] = True
    lacking |= (setup_hours > 0) & (setup_pool < 0)
    bought = (programme["items"]["sourcing"] == "buy").to_numpy()
    lacking |= bought[items.at(operations["item"])[operation]]
    kept = np.flatnonzero(~lacking)
    place = np.full(len(operation), -1)
    place[kept] = np.arange(len(kept))
    operation, site = operation[kept], site[kept]
    row = frame[kept]
    made = items.at(operations["item"])[operation]
    open_ = allowed(programme, (operation, site, made), horizon, leave, places)
    possible = (row["status"] == "possible").to_numpy()
    earliest = np.array(
        [0 if day is None else max(horizon.first_step_from(day), 0) for day in row["earliest"].to_list()], np.int64
    )
    ramps, share = _ramps(programme)
    ramp = ramps.at(row["ramp"])
    use_pair, use_row = join(operation, names.at(programme["components"]["operation"]))
    used = programme["components"]
    use_first, use_last = windows(horizon, used, "since", "until")
    choices = Axis(tuple(used["choice"].drop_nulls().unique().sort().to_list()))
    load_kept = ~lacking[load_pair]
    making = Making(
        operation, site, made, leads(horizon, operations)[operation], numbers(operations, "yield_rate")[operation],
        numbers(row, "unit_cost"), setup_hours[kept], numbers(operations, "setup_cost")[operation], setup_pool[kept],
        numbers(operations, "lot")[operation], possible, np.where(possible, numbers(row, "cost"), 0.0),
        leads(horizon, row), np.where(ramp < 0, len(ramps), ramp),
        np.maximum(open_.first, np.where(possible, 0, earliest)), open_.last, open_.shut, kept,
        use_pair, items.at(used["item"])[use_row], numbers(used, "quantity")[use_row], choices.at(used["choice"])[use_row],
        use_first[use_row], use_last[use_row], place[load_pair[load_kept]], load_pool[load_kept],
        numbers(programme["loads"], "hours")[load_row][load_kept],
        *_starts(programme, possible, earliest, open_, horizon), share,
    )  # fmt: skip
    return with_history(making, programme, names, sites, horizon)


def with_history(making: Making, programme: Programme, names: Axis, sites: Axis, horizon: Horizon) -> Making:
    """Let a commitment to qualify stand as the only start of its pair."""
    end = horizon.day(horizon.steps)
    frame = programme["commitments"].filter(pl.col("kind") == "qualify", pl.col("start") < end)
    if frame.is_empty():
        return making
    width = len(sites)
    pair, row = join(making.operation * width + making.site, names.at(frame["operation"]) * width + sites.at(frame["site"]))
    pair, row = pair[making.possible[pair]], row[making.possible[pair]]
    step = np.array([horizon.step(day) for day in frame["start"].to_list()], np.int64)[row]
    other = ~np.isin(making.start_pair, pair)
    joined_pair, joined_step = np.r_[making.start_pair[other], pair], np.r_[making.start_step[other], step]
    order = np.lexsort((joined_step, joined_pair))
    fixed = np.flatnonzero(order >= int(other.sum()))
    return replace(making, start_pair=joined_pair[order], start_step=joined_step[order], start_fixed=fixed)


def _ramps(programme: Programme) -> tuple[Axis, Array]:
    """Return the ramps and their shares by week. [ramp + 1, week]; the last row is 'at once'."""
    ramps, points = Axis.of(programme["ramps"], "ramp"), programme["ramp_shares"].sort("week")
    weeks = int(points["week"].max() or 0) + 1  # type: ignore[arg-type]
    share = np.zeros((len(ramps) + 1, weeks))
    share[-1] = 1.0
    for ramp, week, value in zip(ramps.at(points["ramp"]), points["week"], numbers(points, "share"), strict=True):
        share[ramp, week:] = value
    return ramps, share


def _starts(programme: Programme, possible: Mask, earliest: Index, open_: Allowed, horizon: Horizon) -> tuple[Index, Index]:
    """Return (pair, step) of every start of a qualification that the grid and the technology allow, ordered."""
    every = max(1, round(programme.settings.qualification_weeks / horizon.weeks_per_step))
    grid = np.arange(0, horizon.steps, every)
    pair, column = np.nonzero(possible[:, None] & (grid >= earliest[:, None]) & open_.mask(horizon.steps)[:, grid])
    return pair.astype(np.int64), grid[column].astype(np.int64)
