"""Hours used, added and open: the one account that the decisions alone do not settle, where resources share a process."""

from __future__ import annotations

import numpy as np
import polars as pl

from outwork.model.axis import Array
from outwork.model.frames import from_columns
from outwork.model.tables import BY_NAME
from outwork.plan.answer.decisions import LEAST, days
from outwork.plan.build import Formulation


def needed(formulation: Formulation, x: Array) -> Array:
    """Return the hours that every grant gives, without those that nobody works. [variable of `work`].

    Where hours cost nothing a solution is free to give more than are worked. Args: x [variable].
    """
    problem, hours = formulation.problem, formulation.network.hours
    rows, grants = problem.rows["pool"], problem.variables["work"]
    idle = np.zeros((len(hours.pool_site), formulation.network.horizon.buckets))
    idle[rows.keys["pool"], rows.keys["bucket"]] = np.maximum(-(problem.matrix @ x)[rows.slice], 0.0)
    given = np.maximum(x[grants.slice], 0.0)
    where = (hours.grant_pool[grants.keys["grant"]], grants.keys["bucket"])
    total = np.zeros_like(idle)
    np.add.at(total, where, given)
    worked: Array = given * (1 - idle[where] / np.maximum(total[where], LEAST))
    return np.maximum(worked, 0.0)


def work(formulation: Formulation, x: Array) -> pl.DataFrame:
    """Return the table `work` of every resource that some operation could load. Args: formulation over steps; x [variable]."""
    network, hours = formulation.network, formulation.network.hours
    problem = formulation.problem
    used = np.zeros_like(hours.hours)
    given = formulation.spans["work"]
    np.add.at(used, (hours.grant_resource[given.member], given.first), needed(formulation, x))
    added = np.zeros_like(hours.hours)
    extra = formulation.spans["overtime"]
    added[extra.member, extra.first] = np.maximum(x[problem.variables["overtime"].slice], 0.0)
    resource = np.unique(hours.grant_resource[given.member])
    row, step = (axis.ravel() for axis in np.meshgrid(resource, np.arange(network.horizon.steps), indexing="ij"))
    overtime = np.where(used > hours.hours + LEAST, np.minimum(added, used), 0.0)
    columns = {
        "resource": [hours.resources.names[r] for r in row],
        "start": days(network, step),
        "used": np.maximum(used[row, step], 0.0),
        "overtime": overtime[row, step],
        "open_hours": hours.hours[row, step],
        "cost": (used * hours.cost[:, None] + overtime * (hours.overtime_cost - hours.cost)[:, None])[row, step],
    }
    return from_columns(BY_NAME["work"], columns).sort(BY_NAME["work"].key)
