"""Joint association probabilities by loopy belief propagation.

Williams and Lau (2014), Approximate evaluation of marginal association probabilities with belief propagation, IEEE
Transactions on Aerospace and Electronic Systems 50: messages between tracks i and detections j, with
psi_ij = detects N(v_ij; 0, S_ij) / (density (1 - detects)),
    mu_ij = psi_ij / (1 + sum_{j' != j} psi_ij' nu_ij'),      nu_ij = 1 / (1 + sum_{i' != i} mu_i'j),
repeated until they stand still; then p_ij = psi_ij nu_ij / (1 + sum_j' psi_ij' nu_ij'). They prove that it converges.
"""

from __future__ import annotations

from itertools import product
from math import exp, log, prod
from typing import Final

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.kernel import called, making
from outwork.watch.track.associate.clusters import Clusters
from outwork.watch.track.associate.shares import Shares
from outwork.watch.track.gate import Edges

STILL: Final = 1e-6
"""Change of a message [1] below which a cluster stands still."""
ROUNDS: Final = 200
"""Rounds after which a cluster is taken as it stands."""
STEEPEST: Final = 300.0
"""Log-likelihood ratio [1] beyond which likely is likely enough."""


@called
def messages(edges: Edges, groups: Clusters, psi: Floats, nu: Floats, mu: Floats, column: Floats) -> None:
    """Repeat the messages of each cluster until they stand still; nu, mu [e], column [plots] are written."""
    for k in range(len(groups.start) - 1):
        members = groups.order[groups.start[k] : groups.start[k + 1]]
        for _ in range(ROUNDS):
            if exchange(edges.start, edges.plot, members, psi, nu, mu, column) < STILL:
                break


@called
def exchange(start: Ints, plot: Ints, members: Ints, psi: Floats, nu: Floats, mu: Floats, column: Floats) -> float:
    """Send the messages of one cluster once each way, and return the largest change."""
    for i in members:
        for e in range(start[i], start[i + 1]):
            column[plot[e]] = 0.0
    for i in members:
        row = 1.0
        for e in range(start[i], start[i + 1]):
            row += psi[e] * nu[e]
        for e in range(start[i], start[i + 1]):
            mu[e] = psi[e] / max(row - psi[e] * nu[e], 1.0)
            column[plot[e]] += mu[e]
    change = 0.0
    for i in members:
        for e in range(start[i], start[i + 1]):
            after = 1.0 / max(1.0 + column[plot[e]] - mu[e], 1.0)
            change = max(change, abs(after - nu[e]))
            nu[e] = after
    return change


@making
def joint(edges: Edges, groups: Clusters, plots: int) -> Shares:
    """Return the joint probabilities as shares; a track's gain is ln((1 - detects) (1 + sum_j psi_ij nu_ij)).

    The gain is what all detections together add to the ratio (Musicki and Evans 2004, Joint integrated probabilistic data
    association), each lessened by what competes for it.
    """
    tracks, count = len(edges.start) - 1, edges.start[-1]
    psi, nu, mu, column = np.empty(count), np.ones(count), np.zeros(count), np.zeros(plots)
    for i in range(tracks):
        for e in range(edges.start[i], edges.start[i + 1]):
            psi[e] = exp(min(edges.score[e], STEEPEST)) / (1.0 - edges.seen[i])
    messages(edges, groups, psi, nu, mu, column)
    shares = Shares(np.zeros(count), np.empty(tracks), np.zeros(tracks), np.zeros(plots))
    for i in range(tracks):
        row = 1.0
        for e in range(edges.start[i], edges.start[i + 1]):
            row += psi[e] * nu[e]
        for e in range(edges.start[i], edges.start[i + 1]):
            shares.weight[e] = psi[e] * nu[e] / row
            shares.hit[i] += shares.weight[e]
            shares.taken[edges.plot[e]] += shares.weight[e]
        shares.gain[i] = log((1.0 - edges.seen[i]) * row)
    return shares


def joint_reference(edges: Edges) -> Floats:
    """Return the exact marginal probabilities [e], by going through every joint event; for small cases only."""
    tracks = len(edges.start) - 1
    options = [[-1, *range(edges.start[i], edges.start[i + 1])] for i in range(tracks)]
    share, total = np.zeros(edges.start[-1]), 0.0
    for event in product(*options):
        used = [edges.plot[e] for e in event if e >= 0]
        if len(set(used)) < len(used):
            continue
        chance = prod(exp(edges.score[e]) / (1.0 - edges.seen[i]) for i, e in enumerate(event) if e >= 0)
        total += chance
        share[[e for e in event if e >= 0]] += chance
    return share / total
