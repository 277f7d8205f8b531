"""From buckets back to steps: the plan that people read, and that the checker replays.

What has to be whole is kept as the bucketed plan decided it. Everything else is planned anew, step by step, by the
same model over steps, in which only what the bucketed plan does, in its bucket or the ones beside it, may be done.
"""

from __future__ import annotations

import numpy as np

from outwork.plan.answer.decisions import LEAST
from outwork.plan.build import Formulation, formulate
from outwork.plan.network.axis import Array, Index, Mask
from outwork.plan.search.rounding import fixed
from outwork.solve.blocks import Problem

FLOWS = ("make", "take", "buy", "ship", "direct")
KEPT = ("started", "taken", "source")
ACTIVE = 1e-6
GATES = {"setup": ("setup",), "trips": ("ship trips", "direct trips")}
"""Rows that let something happen only where it is paid for."""


def in_steps(formulation: Formulation) -> bool:
    """Whether every bucket is one step already."""
    return bool((formulation.network.horizon.lengths == 1).all())


def unfolded(bucketed: Formulation, x: Array) -> tuple[Formulation, Problem]:
    """Return the model over steps, and its problem cut down to what the bucketed plan does."""
    network = bucketed.network
    fine = formulate(network.bucketed(network.horizon.fine()), bucketed.aim)
    kept = fixed(fine.problem, {name: np.round(x[bucketed.problem.variables[name].slice]) for name in KEPT})
    upper = kept.upper.copy()
    decided = _decided(fine)
    for name in FLOWS:
        block = fine.problem.variables[name]
        idle = ~_active(bucketed, x, name)[_member(fine, name), network.horizon.bucket_of[block.keys["bucket"]]]
        idle &= ~decided[block.slice]
        upper[block.slice] = np.where(idle, 0.0, upper[block.slice])
    return fine, kept.bounded(kept.lower, upper)


def open_integers(problem: Problem) -> bool:
    """Whether anything is left to be made whole."""
    return bool((problem.integer & (problem.upper > problem.lower)).any())


def tidied(formulation: Formulation, x: Array) -> Array:
    """Return the solution without set-ups in which nothing is made and trips on which nothing moves."""
    problem, x = formulation.problem, x.copy()
    for name, carriers in (("setup", ("make",)), ("trips", ("ship", "direct"))):
        block = problem.variables[name]
        busy = np.zeros(problem.matrix.shape[0], bool)
        for carrier in carriers:
            own = problem.variables[carrier].slice
            busy |= np.asarray(abs(problem.matrix[:, own]) @ (x[own] > LEAST)) > 0
        rows = np.r_[tuple(range(*problem.rows[row].slice.indices(len(busy))) for row in GATES[name])].astype(np.int64)
        needed = np.asarray(abs(problem.matrix[rows][:, block.slice]).T @ busy[rows].astype(float)) > 0
        x[block.slice] = np.where(needed, x[block.slice], 0.0)
    return x


def _member(formulation: Formulation, name: str) -> Index:
    return formulation.spans[name].member


def _active(bucketed: Formulation, x: Array, name: str) -> Mask:
    """Whether a member does anything in a bucket or in one beside it. [member, bucket]."""
    own, horizon = bucketed.spans[name], bucketed.network.horizon
    counts = {"make": len(bucketed.network.making), "take": len(bucketed.network.making.use_pair),
              "buy": len(bucketed.network.offers.item), "ship": len(bucketed.network.legs),
              "direct": len(bucketed.network.directs.demand)}  # fmt: skip
    active = np.zeros((counts[name], horizon.buckets + 2), bool)
    there = x[bucketed.problem.variables[name].slice] > ACTIVE
    for shift in (0, 1, 2):
        active[own.member[there], own.bucket[there] + shift] = True
    return active[:, 1:-1]


def _decided(fine: Formulation) -> Mask:
    """Variables that a commitment speaks of; they stay open. [variable]."""
    rows = fine.problem.rows["decided"].slice
    return np.asarray(np.diff(fine.problem.matrix[rows].tocsc().indptr) > 0)
