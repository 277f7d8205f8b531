"""GOSPA: one distance between the set of what flies and the set of what the picture shows.

For sets X (truth) and Y (tracks), a cut-off c [m], an exponent p >= 1 and alpha = 2:

    GOSPA(X, Y)^p = min over assignments g of   sum over (i, j) in g of d(x_i, y_j)^p
                                              + c^p / 2 * (|X| - |g|)          missed
                                              + c^p / 2 * (|Y| - |g|)          false

A pair at c or farther costs as much as one missed and one false, so no such pair is ever made. The assignment therefore
falls apart into the connected pieces of the graph of pairs nearer than c, and each piece is solved by itself: exact, and
nearly linear in the number of targets where they are spread out.

A. S. Rahmathullah, A. F. Garcia-Fernandez, L. Svensson: Generalized optimal sub-pattern assignment metric, FUSION 2017,
proposition 1. Equal to Stone Soup 1.9.1's GOSPAMetric with its switching penalty left at 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.optimize import linear_sum_assignment
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from outwork.watch.frames import Floats, Ints

ALPHA = 2.0
"""Only with 2 does GOSPA part into localisation, missed and false [1]."""


@dataclass(frozen=True)
class Cut:
    """What GOSPA is asked with: from `c` [m] on, a track is not the target's; distances count to the power of `p` [1]."""

    c: float = 60.0
    p: float = 2.0

    def __post_init__(self) -> None:
        """ValueError where it is no metric."""
        if not (self.c > 0 and np.isfinite(self.c) and self.p >= 1 and np.isfinite(self.p)):
            raise ValueError(f"GOSPA needs a cut-off above 0 m and an exponent of at least 1, not c = {self.c}, p = {self.p}")

    @property
    def penalty(self) -> float:
        """Cost of one missed target or one false track, c^p / 2 [m^p]."""
        return float(self.c**self.p / ALPHA)


@dataclass(frozen=True, eq=False)
class Gospa:
    """The distance between a truth and a picture, and of what it consists.

    distance [m] is (localisation + missed + false)^(1/p), these three in m^p. `truth` and `track` [pair] are the positions of
    those that belong together, ordered by truth; missed_targets and false_tracks count the others.
    """

    distance: float
    localisation: float
    missed: float
    false: float
    truth: Ints
    track: Ints
    missed_targets: int
    false_tracks: int


def gospa(truth: Floats, tracks: Floats, cut: Cut) -> Gospa:
    """Return GOSPA between positions [target, axis] and [track, axis] in m. ValueError where one is not finite."""
    for name, held in (("truth", truth), ("tracks", tracks)):
        if not np.isfinite(held).all():
            raise ValueError(f"a position of {name} is not a number; leave out what has no position")
    own, their, apart = _assign(truth, tracks, cut)
    localisation = float((apart**cut.p).sum())
    missed_targets, false_tracks = len(truth) - len(own), len(tracks) - len(their)
    missed, false = cut.penalty * missed_targets, cut.penalty * false_tracks
    distance = (localisation + missed + false) ** (1 / cut.p)
    return Gospa(distance, localisation, missed, false, own, their, missed_targets, false_tracks)


def _assign(truth: Floats, tracks: Floats, cut: Cut) -> tuple[Ints, Ints, Floats]:
    """Return the pairs of the best assignment, ordered by truth, and how far apart each is [m]."""
    own, their, pieces = _pieces(truth, tracks, cut.c)
    left, right = [own], [their]
    for rows, columns in pieces:
        apart = np.linalg.norm(truth[rows][:, None, :] - tracks[columns][None, :, :], axis=2)
        row, column = linear_sum_assignment(np.minimum(apart, cut.c) ** cut.p)
        near = apart[row, column] < cut.c
        left.append(rows[row[near]])
        right.append(columns[column[near]])
    own, their = np.concatenate(left), np.concatenate(right)
    order = np.argsort(own)
    own, their = own[order], their[order]
    return own, their, np.linalg.norm(truth[own] - tracks[their], axis=1)


def _pieces(truth: Floats, tracks: Floats, c: float) -> tuple[Ints, Ints, list[tuple[Ints, Ints]]]:
    """Return the connected pieces of the graph of pairs nearer than c [m]: pairs that are alone, and all others as sets.

    Most pieces are one target and its track, and need no assignment.
    """
    nothing = np.empty(0, np.int64)
    if not len(truth) or not len(tracks):
        return nothing, nothing, []
    near = KDTree(truth).sparse_distance_matrix(KDTree(tracks), np.nextafter(c, 0), output_type="ndarray")
    if not len(near):
        return nothing, nothing, []
    i, j = near["i"].astype(np.int64), near["j"].astype(np.int64)
    alone = (np.bincount(i)[i] == 1) & (np.bincount(j)[j] == 1)
    size, crowd = len(truth) + len(tracks), np.flatnonzero(~alone)
    graph = sp.coo_array((np.ones(len(crowd), np.int8), (i[crowd], j[crowd] + len(truth))), shape=(size, size))
    _, label = connected_components(graph, directed=False)
    held = np.unique(np.concatenate([i[crowd], j[crowd] + len(truth)]))
    order = held[np.argsort(label[held], kind="stable")]
    cuts = np.flatnonzero(np.diff(label[order])) + 1
    pieces = [(piece[piece < len(truth)], piece[piece >= len(truth)] - len(truth)) for piece in np.split(order, cuts)]
    return i[alone], j[alone], pieces if len(crowd) else []
