"""Resources and the hours they give to the processes of their sites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import polars as pl

from outwork.model.axis import Array, Axis, Index, group, numbers
from outwork.model.horizon import Horizon
from outwork.model.programme import Programme


class Tables(Protocol):
    """Tables by name: a programme, or some tables of one."""

    def __getitem__(self, name: str, /) -> pl.DataFrame:
        """Return a table as columns."""


@dataclass(frozen=True, eq=False)
class Hours:
    """Hours by resource and step, and which pool of a process at a site they can go to.

    resource: hours, overtime [resource, step] in h; cost, overtime_cost [resource] in EUR/h; site [resource].
    grant: a resource may give hours to a pool. pool: a process at a site.
    """

    resources: Axis
    site: Index
    hours: Array
    overtime: Array
    cost: Array
    overtime_cost: Array
    grant_resource: Index
    grant_pool: Index
    pool_site: Index
    pool_process: Index
    processes: Axis

    def most(self) -> Array:
        """Most hours that every pool can be given in every step. [pool, step] in h."""
        total = np.zeros((len(self.pool_site), self.hours.shape[1]))
        np.add.at(total, self.grant_pool, (self.hours + self.overtime)[self.grant_resource])
        return total

    def pool(self, site: Index, process: Index) -> Index:
        """Positions of pools, -1 where the site has no resource for the process."""
        width = len(self.processes) + 1
        known = {int(key): k for k, key in enumerate(self.pool_site * width + self.pool_process)}
        return np.array([known.get(int(key), -1) for key in site * width + process], np.int64)


def read(programme: Programme, sites: Axis, horizon: Horizon) -> Hours:
    """Read resources, calendar and capabilities."""
    frame, more = programme["resources"], programme["capabilities"]
    resources = Axis.of(frame, "resource")
    named = pl.concat([frame["process"], more["process"], programme["loads"]["process"], programme["operations"]["process"]])
    processes = Axis(tuple(named.unique().sort().to_list()))
    site = sites.at(frame["site"])
    grants = np.unique(
        np.stack(
            [
                np.r_[np.arange(len(resources)), resources.at(more["resource"])],
                np.r_[processes.at(frame["process"]), processes.at(more["process"])],
            ]
        ),
        axis=1,
    )
    pool, (pool_site, pool_process) = group(site[grants[0]], grants[1])
    hours, overtime = open_hours(programme, resources, horizon)
    cost = numbers(frame, "cost")
    extra = numbers(frame, "overtime_cost")
    return Hours(
        resources, site, hours, overtime, cost, np.where(np.isnan(extra), 1.5 * cost, extra),
        grants[0], pool, pool_site, pool_process, processes,
    )  # fmt: skip


def open_hours(tables: Tables, resources: Axis, horizon: Horizon) -> tuple[Array, Array]:
    """Return ordinary hours and overtime [resource, step] in h; overtime is offered only in steps with ordinary hours."""
    hours = _ordinary(tables, resources, horizon)
    return hours, numbers(tables["resources"], "overtime_hours")[:, None] * horizon.weeks_per_step * (hours > 0)


def _ordinary(tables: Tables, resources: Axis, horizon: Horizon) -> Array:
    """Ordinary hours [resource, step]: each day the calendar entry in force, else the resource's own, summed over the step.

    Only resources with an entry are laid out day by day; all days of 60,000 machines would not fit into memory.
    """
    weekly = numbers(tables["resources"], "hours")
    by_step: Array = np.repeat((weekly * horizon.step_days / 7)[:, None], horizon.steps, axis=1)
    entries = tables["calendar"].sort("since")
    changed, row = np.unique(resources.at(entries["resource"]), return_inverse=True)
    daily = np.repeat(weekly[changed, None], horizon.steps * horizon.step_days, axis=1)
    first = np.array([(day - horizon.start).days for day in entries["since"].to_list()], np.int64)
    last = np.array([(day - horizon.start).days for day in entries["until"].to_list()], np.int64)
    for resource, since, until, hours in zip(row, np.maximum(first, 0), last, numbers(entries, "hours"), strict=True):
        if until >= 0:
            daily[resource, since : until + 1] = hours
    by_step[changed] = daily.reshape(len(changed), horizon.steps, horizon.step_days).sum(axis=2) / 7
    return by_step
