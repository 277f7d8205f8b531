"""Everything that one more unit of a limit changes in the model: an hour, a unit of supply, a kilogram, a unit under a licence.

Hours sit in three places: in the limit of the resource, in the ramps of the pairs that its hours hold back (their full
rate), and in how much one set-up lets through.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from outwork.model.axis import Array, Index, join
from outwork.plan.build import Formulation
from outwork.plan.build.qualification import most_ever
from outwork.plan.network import Network
from outwork.solve.price import Effect, matrix_slope, slope

TIED = 1e-9
"""Relative difference [1] below which two processes hold a pair back alike; then one more hour of one frees nothing."""


@dataclass(frozen=True, eq=False)
class Terms:
    """Coefficients in which the hours of resources sit. Arrays [term]: resource, step, row, variable, rise per hour."""

    resource: Index
    step: Index
    row: Index
    variable: Index
    rise: Array


def hour_terms(formulation: Formulation) -> Terms:
    """Return where hours sit in coefficients: full rates of ramps, and what a set-up lets through. Over steps."""
    parts = [_ramp_terms(formulation), _setup_terms(formulation)]
    return Terms(*(np.concatenate([part[k] for part in parts]) for k in range(5)))


def hours(formulation: Formulation, terms: Terms, resource: int, steps: Index) -> Effect:
    """Return the effect of one more ordinary hour of a resource in each of the steps."""
    block = formulation.problem.rows["capacity"]
    rows = np.flatnonzero((block.keys["resource"] == resource) & np.isin(block.keys["bucket"], steps))
    mine = (terms.resource == resource) & np.isin(terms.step, steps)
    name = f"hours of {formulation.network.hours.resources.names[resource]}"
    matrix = matrix_slope(terms.row[mine], terms.variable[mine], terms.rise[mine])
    return Effect(name, "h", row_upper=slope(block.first + rows), matrix=matrix)


def supply(formulation: Formulation, offer: int, steps: Index) -> Effect:
    """Return the effect of one more unit that can be ordered from an offer in each of the steps."""
    block = formulation.problem.variables["buy"]
    mine = np.flatnonzero((block.keys["offer"] == offer) & np.isin(block.keys["bucket"], steps))
    rows = formulation.problem.rows["ordering"]
    gates = np.flatnonzero((rows.keys["offer"] == offer) & np.isin(rows.keys["bucket"], steps))
    ordered = formulation.problem.variables["ordered"].first + gates
    matrix = matrix_slope(rows.first + gates, ordered, np.full(len(gates), -1.0))
    return Effect(f"offer {offer}", "unit", upper=slope(block.first + mine), matrix=matrix)


def row_limit(formulation: Formulation, name: str, axis: str, member: int, steps: Index, unit: str) -> Effect:
    """Return the effect of one more unit of the upper limit of the rows of a member in each of the steps."""
    block = formulation.problem.rows[name]
    held = block.keys[axis] == member
    if "bucket" in block.keys:
        held &= np.isin(block.keys["bucket"], steps)
    return Effect(f"{name} {member}", unit, row_upper=slope(block.first + np.flatnonzero(held)))


def _limiting(rate: Array, load_pair: Index, pairs: int) -> tuple[Array, Array]:
    """Return the least rate of every pair and the load it comes from, -1 where several tie. Both [pair, step].

    Args: rate [load, step], load_pair [load].
    """
    steps = rate.shape[1]
    least = np.full((pairs, steps), np.inf)
    np.minimum.at(least, load_pair, rate)
    tied = np.zeros((pairs, steps), np.int64)
    which = np.full((pairs, steps), -1)
    for load, pair in enumerate(load_pair):
        at = rate[load] <= least[pair] * (1 + TIED) + TIED
        tied[pair] += at
        which[pair] = np.where(at, load, which[pair])
    return least, np.where(tied == 1, which, -1)


def _spread(network: Network, which: Array, pair: Index, step: Index) -> tuple[Index, Index, Array]:
    """Return (position, resource, units per hour) of the resources that give to the limiting process of (pair, step)."""
    making, hours_ = network.making, network.hours
    load = which[pair, step]
    held = np.flatnonzero(load >= 0)
    here, grant = join(making.load_pool[load[held]], hours_.grant_pool)
    return held[here], hours_.grant_resource[grant], 1 / making.load_hours[load[held[here]]]


def _ramp_terms(formulation: Formulation) -> tuple[Index, Index, Index, Index, Array]:
    network, making = formulation.network, formulation.network.making
    block = formulation.problem.rows["ramp"]
    started = formulation.problem.variables["started"]
    _, which = _limiting(network.hours.most()[making.load_pool] / making.load_hours[:, None], making.load_pair, len(making))
    share = making.shares(making.start_pair, making.start_step, network.horizon)
    follows = np.r_[making.start_pair[1:] == making.start_pair[:-1], False] if len(making.start_pair) else np.empty(0, bool)
    step_up = share - np.where(follows[:, None], np.r_[share[1:], np.zeros((1, share.shape[1]))], 0.0)
    row, start = join(block.keys["pair"], making.start_pair)
    step = block.keys["bucket"][row]
    kept = np.flatnonzero(np.abs(step_up[start, step]) > 0)
    row, start, step = row[kept], start[kept], step[kept]
    at, resource, per_hour = _spread(network, which, block.keys["pair"][row], step)
    rise = -per_hour * step_up[start[at], step[at]]
    return resource, step[at], block.first + row[at], started.first + start[at], rise


def _setup_terms(formulation: Formulation) -> tuple[Index, Index, Index, Index, Array]:
    network, making = formulation.network, formulation.network.making
    block, runs = formulation.problem.rows["setup"], formulation.problem.variables["setup"]
    most = network.hours.most()[making.load_pool]
    own = making.load_pool == making.setup_pool[making.load_pair]
    left = np.maximum(most - np.where(own, making.setup_hours[making.load_pair], 0.0)[:, None], 0.0)
    least, which = _limiting(left / making.load_hours[:, None], making.load_pair, len(making))
    which = np.where(least < most_ever(network)[:, None], which, -1)
    row = np.arange(block.size)
    at, resource, per_hour = _spread(network, which, block.keys["pair"], block.keys["bucket"])
    return resource, block.keys["bucket"][at], block.first + row[at], runs.first + row[at], -per_hour
