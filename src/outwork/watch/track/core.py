"""One scan after another, in order of time: the tracker without lateness."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.scan import Scan
from outwork.watch.sensors import CLUTTER_LEAST, Sensors
from outwork.watch.track.associate.clusters import clusters
from outwork.watch.track.associate.joint import joint
from outwork.watch.track.associate.nearest import by_distance, by_likelihood, nearest
from outwork.watch.track.associate.shares import Shares
from outwork.watch.track.bank import Bank, by_row, copied, empty, grown, removed
from outwork.watch.track.gate import Edges, cells, gate, sights
from outwork.watch.track.life import HALF, ceiling, confirm, ended, floor, note, opening, patience
from outwork.watch.track.look import Eye, Plots, columns, eye, plots
from outwork.watch.track.motion import advance
from outwork.watch.track.near import near
from outwork.watch.track.options import Options
from outwork.watch.track.picture import Joins
from outwork.watch.track.points import Points, begins, points
from outwork.watch.track.starts import joined, meet, pairs
from outwork.watch.track.update import update

CAPACITY: Final = 64
"""Rows [1] that a bank begins with."""


@dataclass(frozen=True)
class Snapshot:
    """All that the core knows after a scan: a copy that nothing changes."""

    bank: Bank
    starts: Bank
    following: int
    time: float


@dataclass(frozen=True)
class Work:
    """What one step works on: the scan, its sensor and detections as kernels take them, and the log of clutter's density."""

    scan: Scan
    eye: Eye
    plots: Plots
    time: float
    density: float
    opening: float
    drop: float
    patience: float


class Core:
    """Tracks, and first detections that wait for a second."""

    def __init__(self, sensors: Sensors, options: Options) -> None:
        """Begin with nothing in the air."""
        self.sensors, self.options = sensors, options
        self.models = options.table
        self._restless = self.models[[int(np.argmax(self.models[:, 0]))]] * np.array([1.0, 1.0, 0.0, 1.0])
        self._prior = self.models[:, 3] / self.models[:, 3].sum()
        self.bank, self.count = empty(CAPACITY, len(self.models)), 0
        self.starts, self.waiting = empty(CAPACITY, 1), 0
        self.following, self.time = 1, -np.inf

    def snapshot(self) -> Snapshot:
        """Return a copy of all that is known."""
        return Snapshot(
            copied(self.bank, self.count, self.count),
            copied(self.starts, self.waiting, self.waiting),
            self.following,
            self.time,
        )

    def restore(self, known: Snapshot) -> None:
        """Go back to what was known."""
        self.count, self.waiting = len(known.bank.time), len(known.starts.time)
        for mine, kept in ((self.bank, known.bank), (self.starts, known.starts)):
            for column, old in zip(by_row(mine), by_row(kept), strict=True):
                column[: len(old)] = old
        self.following, self.time = known.following, known.time

    def step(self, scan: Scan, time: float) -> Joins:
        """Take a scan whose true time is `time` [s], no earlier than the one before; return what went where."""
        work = self._work(scan, time)
        rows = near(self.bank, self.count, work.eye, work.plots, time)
        advance(self.bank, rows, time, self.models)
        edges = self._gate(work, rows)
        shares = self._associate(edges, len(scan))
        update(self.bank, rows, work.eye, work.plots, edges, shares)
        self._note(self.bank, rows, work, edges, shares)
        joins = _joins(self.bank.ids[rows], edges, shares, scan)
        born = self._begin(work, shares) if begins(work.eye) else _NONE
        confirm(self.bank, self.count, self.options.life)
        self.count = removed(self.bank, self.count, ended(self.bank, self.count, time, self.options.life))
        self.waiting = removed(self.starts, self.waiting, ended(self.starts, self.waiting, time, self.options.life))
        self.time = time
        return _together(joins, born)

    def _work(self, scan: Scan, time: float) -> Work:
        k, life = scan.sensor, self.options.life
        density = float(np.log(self.sensors.density[k]))
        start = opening(life, max(float(self.sensors.clutter[k]), CLUTTER_LEAST))
        silence = patience(float(self.sensors.period[k]), self.options.silence)
        return Work(
            scan, eye(self.sensors, scan), plots(self.sensors, scan, density), time, density, start, floor(life), silence
        )

    def _gate(self, work: Work, rows: Ints) -> Edges:
        grid, widest = cells(work.eye.kind, work.plots.z), self.options.gate
        seen = sights(self.bank, rows, work.eye, work.plots, columns(work.plots), widest)
        return _all(lambda room: gate(self.bank, rows, work.eye, work.plots, grid, seen, widest, room), len(rows))

    def _associate(self, edges: Edges, count: int) -> Shares:
        if self.options.associate == "joint":
            return joint(edges, clusters(edges, count), count)
        cost = by_likelihood(edges) if self.options.cost == "likelihood" else by_distance(edges, self.options.gate)
        return nearest(edges, cost, count)

    def _note(self, bank: Bank, rows: Ints, work: Work, edges: Edges, shares: Shares) -> None:
        most = ceiling(self.options.life)
        note(bank, rows, work.time, work.eye, work.plots, edges, shares, most, work.patience)

    def _begin(self, work: Work, shares: Shares) -> Joins:
        """Begin tracks with what no track wanted; return the detections that went into new ones."""
        left = np.flatnonzero(shares.taken <= HALF)
        found = points(work.eye, work.plots, left, self.options.speed, work.density)
        if self.options.begin == "one":
            self.bank = grown(self.bank, self.count, self.count + len(left))
            first = self._born(found.state, found.covariance, work, found)
            return Joins(self.bank.ids[first], work.scan.row[left[: len(first)]], np.ones(len(first)))
        return self._pair(work, found)

    def _pair(self, work: Work, found: Points) -> Joins:
        order = pairs(found)
        edges = _all(
            lambda room: meet(
                self.starts,
                self.waiting,
                work.time,
                self._restless,
                work.eye,
                work.plots,
                found,
                order,
                self.options.gate,
                room,
            ),
            self.waiting,
        )
        shares = nearest(edges, by_likelihood(edges), len(found.state))
        rows = np.arange(self.waiting)
        self._note(self.starts, rows, work, edges, shares)
        chosen = np.flatnonzero(shares.weight > HALF)
        pick = np.searchsorted(edges.start, chosen, side="right") - 1
        take = edges.plot[chosen]
        state, covariance = joined(self.starts, pick, work.time, self._restless, work.eye, work.plots, found, take)
        self.bank = grown(self.bank, self.count, self.count + len(pick))
        grew = self._born(state, covariance, work, Points(state, covariance, found.density[take], found.which[take]))
        kept = pick[: len(grew)]
        self.bank.ratio[grew] = self.starts.ratio[kept]
        self.bank.hits[grew] = self.starts.hits[kept]
        self.bank.began[grew] = self.starts.began[kept]
        gone = np.zeros(self.waiting, dtype=np.bool_)
        gone[pick] = True
        self.waiting = removed(self.starts, self.waiting, gone)
        self._wait(work, found, shares)
        return Joins(self.bank.ids[grew], work.scan.row[found.which[take[: len(grew)]]], np.ones(len(grew)))

    def _wait(self, work: Work, found: Points, shares: Shares) -> None:
        """Let the points that fitted no start wait for a second detection."""
        new = np.flatnonzero(shares.taken <= HALF)[: max(self.options.most - self.waiting, 0)]
        self.starts = grown(self.starts, self.waiting, self.waiting + len(new))
        to = slice(self.waiting, self.waiting + len(new))
        self.starts.state[to], self.starts.covariance[to] = found.state[new], found.covariance[new]
        self.starts.weight[to] = 1.0
        _open(self.starts, to, work, found.which[new])
        self.starts.time[to] = work.time + work.plots.offset[found.which[new]]
        self.waiting += len(new)

    def _born(self, state: Floats, covariance: Floats, work: Work, found: Points) -> Ints:
        """Put new tracks with these states into the bank, as far as there may be more; return their rows."""
        count = min(len(state), max(self.options.most - self.count, 0))
        to = slice(self.count, self.count + count)
        by_row(self.bank)[0][to] = state[:count, None]
        by_row(self.bank)[1][to] = covariance[:count, None]
        self.bank.weight[to] = self._prior
        _open(self.bank, to, work, found.which[:count])
        self.bank.ids[to] = np.arange(self.following, self.following + count)
        self.count += count
        self.following += count
        return np.arange(to.start, to.stop)


def _open(bank: Bank, to: slice, work: Work, which: Ints) -> None:
    """Write what rows begin with, all but state and number."""
    bank.time[to] = bank.began[to] = bank.updated[to] = work.time
    bank.ratio[to], bank.least[to], bank.patience[to] = work.opening, work.opening + work.drop, work.patience
    bank.hits[to], bank.misses[to], bank.confirmed[to] = 1, 0, 0
    bank.sensor[to], bank.identity[to] = work.eye.number, work.plots.identity[which]


def _all(find: Callable[[int], Edges], tracks: int) -> Edges:
    """Return all edges: ask with room for a few per track, and once more if there are more."""
    room = 4 * tracks + CAPACITY
    edges = find(room)
    return edges if edges.start[-1] <= room else find(int(edges.start[-1]))


def _joins(ids: Ints, edges: Edges, shares: Shares, scan: Scan) -> Joins:
    used = np.flatnonzero(shares.weight > 0.0)
    track = np.searchsorted(edges.start, used, side="right") - 1
    return Joins(ids[track], scan.row[edges.plot[used]], shares.weight[used])


def _together(*parts: Joins) -> Joins:
    return Joins(
        np.concatenate([each.track for each in parts]),
        np.concatenate([each.row for each in parts]),
        np.concatenate([each.weight for each in parts]),
    )


_NONE: Final = Joins(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
