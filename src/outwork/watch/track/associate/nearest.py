"""The best whole assignment (global nearest neighbour): each detection to at most one track, each track at most one.

Costs are relative to missing the track, so an edge that costs more than 0 is never worth taking. Tracks enter one after
another, each by a shortest augmenting path over the sparse edges with dual prices (Jonker and Volgenant 1987, A shortest
augmenting path algorithm for dense and sparse linear assignment problems, Computing 38); every track may also stay missed.
A search never leaves its track's own cluster, and most end at once at a free detection.
"""

from __future__ import annotations

from math import log, sqrt
from typing import Final, NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from outwork.watch.frames import Floats, Ints
from outwork.watch.kernel import called, inlined, making
from outwork.watch.track.associate.shares import Shares
from outwork.watch.track.gate import Edges

NEVER: Final = 1e30
REACHED: Final = 1
DONE: Final = 2


class Path(NamedTuple):
    """What the searches keep.

    of_track, of_plot, dual prices; owner [plots], the track that has a detection, choice [tracks], the edge that a track takes,
    -1 for none. Of the search under way: distance [plots] from its track; before, source [plots], edge and track by which each
    was reached; state [plots], 0 not reached, 1 reached, 2 done; reached, those that are.
    """

    of_track: Floats
    of_plot: Floats
    owner: Ints
    choice: Ints
    distance: Floats
    before: Ints
    source: Ints
    state: Ints
    reached: Ints


@making
def assigned(start: Ints, plot: Ints, cost: Floats, plots: int) -> Ints:
    """Return the edge [track] that each track takes, -1 for none, so that the sum of `cost` [e] is least."""
    tracks = len(start) - 1
    path = Path(
        np.zeros(tracks), np.zeros(plots), np.full(plots, -1), np.full(tracks, -1), np.full(plots, NEVER),
        np.full(plots, -1), np.full(plots, -1), np.zeros(plots, np.int64), np.empty(plots, np.int64),
    )  # fmt: skip
    for track in range(tracks):
        enter(start, plot, cost, track, path)
    return path.choice


@inlined
def enter(start: Ints, plot: Ints, cost: Floats, track: int, path: Path) -> None:
    """Let one more track in: nearly always the detection that it likes best is free."""
    least, edge = 0.0, -1
    for e in range(start[track], start[track + 1]):
        worth = cost[e] - path.of_plot[plot[e]]
        if worth < least:
            least, edge = worth, e
    if edge < 0:
        return
    path.of_track[track] = least
    if path.owner[plot[edge]] < 0:
        path.owner[plot[edge]], path.choice[track] = track, edge
    else:
        search(start, plot, cost, track, path)


@called
def search(start: Ints, plot: Ints, cost: Floats, track: int, path: Path) -> None:
    """Let a track in along the shortest path to a free detection, or to a track that had better be missed."""
    row, base, count, end, missed, best = track, 0.0, 0, -1, track, -path.of_track[track]
    while True:
        count = relax(start, plot, cost, row, base, count, path)
        nearest = -1
        for at in range(count):
            j = path.reached[at]
            if path.state[j] == REACHED and (nearest < 0 or path.distance[j] < path.distance[nearest]):
                nearest = j
        if nearest < 0 or path.distance[nearest] >= best:
            break
        base = path.distance[nearest]
        path.state[nearest] = DONE
        row = path.owner[nearest]
        if row < 0:
            end, best = nearest, base
            break
        if base - path.of_track[row] < best:
            missed, best = row, base - path.of_track[row]
    settle(plot, track, end, missed, best, count, path)


@called
def relax(start: Ints, plot: Ints, cost: Floats, row: int, base: float, count: int, path: Path) -> int:
    """Shorten the distances of the detections of one track; return how many detections are reached."""
    for e in range(start[row], start[row + 1]):
        j = plot[e]
        if cost[e] >= 0.0 or path.state[j] == DONE:
            continue
        through = base + cost[e] - path.of_track[row] - path.of_plot[j]
        if path.state[j] == 0:
            path.state[j] = REACHED
            path.reached[count] = j
            count += 1
        if through < path.distance[j]:
            path.distance[j], path.before[j], path.source[j] = through, e, row
    return count


@called
def settle(plot: Ints, track: int, end: int, missed: int, best: float, count: int, path: Path) -> None:
    """Move the duals by the path's length and the partners along it; clear what was reached."""
    path.of_track[track] += best
    for at in range(count):
        j = path.reached[at]
        if path.state[j] == DONE and path.distance[j] < best:
            path.of_plot[j] += path.distance[j] - best
            path.of_track[path.owner[j]] += best - path.distance[j]
    j = end
    if end < 0 and missed != track:
        j = plot[path.choice[missed]]
        path.choice[missed] = -1
    while j >= 0:
        edge, row = path.before[j], path.source[j]
        after = path.choice[row]
        path.owner[j], path.choice[row] = row, edge
        j = plot[after] if row != track else -1
    for at in range(count):
        j = path.reached[at]
        path.distance[j], path.before[j], path.state[j] = NEVER, -1, 0


@making
def by_likelihood(edges: Edges) -> Floats:
    """Return the cost [e] of each edge, relative to a miss:  ln(1 - detects) - ln(detects N / density)."""
    cost = np.empty(len(edges.plot))
    for i in range(len(edges.start) - 1):
        for e in range(edges.start[i], edges.start[i + 1]):
            cost[e] = log(1.0 - edges.seen[i]) - edges.score[e]
    return cost


@making
def by_distance(edges: Edges, gate: float) -> Floats:
    """Return the cost [e] of each edge, relative to a miss: its Mahalanobis distance less that of the gate."""
    cost = np.empty(len(edges.plot))
    for e in range(edges.start[-1]):
        cost[e] = sqrt(edges.distance2[e]) - gate
    return cost


@making
def nearest(edges: Edges, cost: Floats, plots: int) -> Shares:
    """Return the best whole assignment as shares of 1 or 0; a track's gain is its edge's score, or ln(1 - detects)."""
    tracks = len(edges.start) - 1
    chosen = assigned(edges.start, edges.plot, cost, plots)
    shares = Shares(np.zeros(edges.start[-1]), np.empty(tracks), np.zeros(tracks), np.zeros(plots))
    for i in range(tracks):
        edge = chosen[i]
        shares.gain[i] = log(1.0 - edges.seen[i])
        if edge >= 0:
            shares.gain[i] = edges.score[edge]
            shares.weight[edge] = shares.hit[i] = shares.taken[edges.plot[edge]] = 1.0
    return shares


def assigned_reference(start: Ints, plot: Ints, cost: Floats, plots: int) -> float:
    """Return the least sum of costs that `assigned` can reach, by SciPy's dense assignment with a miss for every track."""
    tracks = len(start) - 1
    dense = np.zeros((tracks, plots + tracks))
    dense[:, :plots] = NEVER
    for track in range(tracks):
        for e in range(start[track], start[track + 1]):
            dense[track, plot[e]] = min(dense[track, plot[e]], cost[e])
    rows, columns = linear_sum_assignment(dense)
    return float(dense[rows, columns].sum())
