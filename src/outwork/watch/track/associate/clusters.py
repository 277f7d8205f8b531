"""Tracks that compete for detections, in groups that have nothing to do with each other (union-find)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from outwork.watch.frames import Ints
from outwork.watch.kernel import called, making
from outwork.watch.track.gate import Edges


class Clusters(NamedTuple):
    """Tracks by cluster: those of the k-th are order[start[k]] to order[start[k + 1]], in rising order."""

    start: Ints
    order: Ints


@called
def root(parent: Ints, node: int) -> int:
    """Return the root of a node, halving the path to it on the way (Tarjan and van Leeuwen 1984)."""
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


@making
def clusters(edges: Edges, plots: int) -> Clusters:
    """Return the clusters of the tracks of `edges`; two tracks that share a detection are in one."""
    tracks = len(edges.start) - 1
    parent = np.arange(tracks)
    owner = np.full(plots, -1)
    for i in range(tracks):
        for e in range(edges.start[i], edges.start[i + 1]):
            j = edges.plot[e]
            if owner[j] < 0:
                owner[j] = i
            else:
                a, b = root(parent, i), root(parent, owner[j])
                parent[max(a, b)] = min(a, b)
    number, count = np.full(tracks, -1), 0
    for i in range(tracks):
        at = root(parent, i)
        if number[at] < 0:
            number[at] = count
            count += 1
        number[i] = number[at]
    start, order = np.zeros(count + 1, np.int64), np.empty(tracks, np.int64)
    for i in range(tracks):
        start[number[i] + 1] += 1
    for k in range(count):
        start[k + 1] += start[k]
    place = start.copy()
    for i in range(tracks):
        order[place[number[i]]] = i
        place[number[i]] += 1
    return Clusters(start, order)
