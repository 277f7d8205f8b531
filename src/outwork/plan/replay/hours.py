"""Hours: what each resource has in each step, and what the work of a plan needs of each process at each site.

Arrays are [resource, step] in hours; resources in the order of their table.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from outwork.model.programme import Programme
from outwork.plan.replay.breach import some
from outwork.plan.replay.case import Case

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Capacity:
    """What the resources can give: `ordinary` and `overtime` hours [resource, step], and who serves what.

    `resources` is their table with `row`, the position in the arrays, and the price of overtime filled in; `serves` has
    row, site and process.
    """

    resources: pl.DataFrame
    serves: pl.DataFrame
    ordinary: Array
    overtime: Array

    def of_processes(self) -> pl.DataFrame:
        """Return the hours, overtime included, of all resources that serve a process: site, process, step, hours."""
        steps = self.ordinary.shape[1]
        own = pl.DataFrame(
            {
                "row": np.repeat(np.arange(self.resources.height), steps),
                "step": np.tile(np.arange(steps), self.resources.height),
                "hours": (self.ordinary + self.overtime).ravel(),
            }
        )
        return self.serves.join(own, on="row").group_by("site", "process", "step").agg(pl.col("hours").sum())


def capacity(programme: Programme) -> Capacity:
    """Return what the resources of a programme can give."""
    resources = (
        programme["resources"]
        .with_row_index("row")
        .with_columns(pl.col("row").cast(pl.Int64), pl.coalesce("overtime_cost", 1.5 * pl.col("cost")).alias("overtime_cost"))
    )
    further = programme["capabilities"].select("resource", "process")
    serves = pl.concat([resources.select("resource", "process"), further]).unique()
    serves = serves.join(resources.select("resource", "row", "site"), on="resource").select("row", "site", "process")
    ordinary = _ordinary(programme, resources)
    weekly = resources["overtime_hours"].to_numpy()[:, None] * programme.horizon.weeks_per_step
    return Capacity(resources, serves.sort("row", "process"), ordinary, np.where(ordinary > 0, weekly, 0.0))


def needed(case: Case) -> pl.DataFrame:
    """Return the hours that the plan needs: site, process, step, hours.

    Each unit started takes the operation's loads; each run takes the set-up hours of the operation's own process.
    """
    loads = case.programme["loads"].join(case.make.select("operation", "site", "step", "quantity"), on="operation")
    units = loads.select("site", "process", "step", hours=pl.col("hours") * pl.col("quantity"))
    runs = case.make.filter(some(pl.col("quantity")) & (pl.col("setup_hours") > 0))
    set_ups = runs.select("site", "process", "step", hours="setup_hours")
    need = pl.concat([units, set_ups]).group_by("site", "process", "step").agg(pl.col("hours").sum())
    return need.sort("site", "step", "process")


def _ordinary(programme: Programme, resources: pl.DataFrame) -> Array:
    """Return the hours of each day, the calendar entry that began last in force, summed by step and divided by 7."""
    horizon = programme.horizon
    weekly = resources["hours"].to_numpy()
    hours = np.repeat(weekly[:, None], horizon.steps, axis=1) * horizon.weeks_per_step
    entries = (
        programme["calendar"].sort("since").join(resources.select("resource", "row"), on="resource", maintain_order="left")
    )
    for (row,), own in entries.group_by("row", maintain_order=True):
        days = np.full(horizon.steps * horizon.step_days, weekly[row])
        for since, until, rate in own.select("since", "until", "hours").iter_rows():
            first, last = (since - horizon.start).days, (until - horizon.start).days
            days[max(first, 0) : max(last + 1, 0)] = rate
        hours[row] = days.reshape(horizon.steps, horizon.step_days).sum(axis=1) / 7
    return hours
