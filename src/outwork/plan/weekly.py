"""From buckets back to steps: the plan that people read, and that the checker replays.

What has to be whole is kept as the bucketed plan decided it. Everything else is planned anew, step by step, by the
same model over steps, in which only what the bucketed plan does, in its bucket or the ones beside it, may be done.
"""

from __future__ import annotations

import numpy as np

from outwork.model.axis import Array, Index, Mask
from outwork.plan.answer.decisions import LEAST
from outwork.plan.build import Formulation, formulate
from outwork.plan.search.rounding import fixed
from outwork.solve.blocks import Problem

FLOWS = ("make", "take", "buy", "ship", "direct")
KEPT = ("started", "taken", "source")
ACTIVE = 1e-6
GATES = {
    "setup": (("setup",), ("make",)),
    "trips": (("ship trips", "direct trips"), ("ship", "direct")),
    "applied": (("covered", "taught make", "taught start"), ("ship", "direct", "make", "started")),
}
"""Rows that let something happen only where it is paid for, and the blocks of what happens there."""


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
    """Return the solution without set-ups in which nothing is made, trips on which nothing moves, unused licences."""
    problem, x = formulation.problem, x.copy()
    for name, (gates, carriers) in GATES.items():
        block = problem.variables[name]
        if not block.size:
            continue
        rows = np.concatenate([np.arange(len(problem.row_lower))[problem.rows[row].slice] for row in gates])
        own = problem.matrix[rows]
        busy = np.zeros(len(rows))
        for carrier in carriers:
            part = problem.variables[carrier].slice
            busy += own[:, part] @ np.where(x[part] > LEAST, x[part], 0.0)
        needed = np.asarray(abs(own[:, block.slice]).T @ (busy > LEAST).astype(np.float64)) > 0
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
