"""One scan from beginning to end, in one kernel: the tracker's table of contents.

Calls between the interpreter and compiled code cost more than a scan of a hundred tracks; so there is one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.kernel import FIRST, called, compiled, making
from outwork.watch.sensors import SELF_REPORT
from outwork.watch.track.associate.clusters import clusters
from outwork.watch.track.associate.joint import joint
from outwork.watch.track.associate.nearest import by_distance, by_likelihood, nearest
from outwork.watch.track.associate.shares import Shares
from outwork.watch.track.bank import Bank, move
from outwork.watch.track.cells import cells
from outwork.watch.track.gate import Edges, gate
from outwork.watch.track.life import HALF, judge, note
from outwork.watch.track.look import Eye, Given, Plots, read
from outwork.watch.track.motion import advance, copy
from outwork.watch.track.near import near
from outwork.watch.track.points import Points, begins, points
from outwork.watch.track.rule import Now, Rule
from outwork.watch.track.sight import Sights, sights
from outwork.watch.track.starts import joined, meet
from outwork.watch.track.update import update


class Done(NamedTuple):
    """What a step came to: tracks, waiting starts, the next number; which tracks got which detections with what weight [e]."""

    tracks: int
    waiting: int
    following: int
    track: Ints
    plot: Ints
    weight: Floats


@compiled
def step(bank: Bank, count: int, starts: Bank, waiting: int, eye: Eye, given: Given, rule: Rule, now: Now) -> Done:
    """Take one scan: both banks must have room for as many more rows as there are detections."""
    plots = read(given)
    rows = near(bank, count, eye, plots, now.time)
    advance(bank, rows, now.time, rule.models)
    seen = sights(bank, rows, eye, plots, rule.gate)
    edges = gated(bank, rows, eye, plots, seen, rule.gate)
    shares = associated(edges, rule, len(plots.z))
    update(bank, rows, eye, plots, seen, edges, shares)
    note(bank, rows, eye, plots.identity, edges, shares, rule, now)
    left = count
    if begins(eye):
        left, waiting = begun(bank, count, starts, waiting, eye, plots, shares, rule, now)
    track, plot, weight = joins(bank, rows, edges, shares, count, left, now.following)
    following = now.following + left - count
    count = judge(bank, left, rule, now)
    waiting = judge(starts, waiting, rule, now)
    return Done(count, waiting, following, track, plot, weight)


@making
def gated(bank: Bank, rows: Ints, eye: Eye, plots: Plots, seen: Sights, widest: float) -> Edges:
    """Return the edges between tracks and detections: with room for a few each, and once more if there are more."""
    grid = cells(eye.kind, plots.z)
    room = 4 * len(rows) + len(plots.z)
    edges = gate(bank, rows, eye, plots, grid, seen, widest, room)
    if edges.start[-1] > room:
        edges = gate(bank, rows, eye, plots, grid, seen, widest, edges.start[-1])
    return edges


@making
def associated(edges: Edges, rule: Rule, count: int) -> Shares:
    """Return what belongs to what, as the rule has it."""
    if rule.joint == 1:
        return joint(edges, clusters(edges, count), count)
    cost = by_distance(edges, rule.gate) if rule.by_distance == 1 else by_likelihood(edges)
    return nearest(edges, cost, count)


@making
def begun(
    bank: Bank, count: int, starts: Bank, waiting: int, eye: Eye, plots: Plots, shares: Shares, rule: Rule, now: Now
) -> tuple[int, int]:
    """Begin tracks with the detections that no track wanted; return the numbers of tracks and of starts."""
    found = points(eye, plots, free(shares.taken, len(plots.z)), rule.speed)
    if rule.one == 1:
        for n in range(min(len(found.which), rule.most - count)):
            count = born(bank, count, found.state, found.covariance, n, eye, found.identity[n], rule, now)
            bank.plot[count - 1] = found.which[n]
        return count, waiting
    grid = cells(SELF_REPORT, found.state)
    room = 4 * waiting + len(found.which)
    edges = meet(starts, waiting, eye, plots, found, grid, rule, now.time, room)
    if edges.start[-1] > room:
        edges = meet(starts, waiting, eye, plots, found, grid, rule, now.time, edges.start[-1])
    second = nearest(edges, by_likelihood(edges), len(found.which))
    note(starts, np.arange(waiting), eye, found.identity, edges, second, rule, now)
    count, waiting = grown_up(bank, count, starts, waiting, eye, plots, found, edges, second, rule, now)
    return count, wait(starts, waiting, eye, plots, found, free(second.taken, len(found.which)), rule, now)


@making
def free(taken: Floats, count: int) -> Ints:
    """Return which of so many detections are not taken by half."""
    which, found = np.empty(count, np.int64), 0
    for j in range(count):
        if taken[j] <= HALF:
            which[found] = j
            found += 1
    return which[:found].copy()


@making
def grown_up(
    bank: Bank, count: int, starts: Bank, waiting: int, eye: Eye, plots: Plots, found: Points, edges: Edges, second: Shares,
    rule: Rule, now: Now,
) -> tuple[int, int]:  # fmt: skip
    """Turn starts that found a second detection into tracks; return the numbers of tracks and of starts."""
    state, covariance = np.empty((1, 6)), np.empty((1, 6, 6))
    for k in range(waiting - 1, -1, -1):
        for e in range(edges.start[k], edges.start[k + 1]):
            if second.weight[e] <= HALF:
                continue
            if count < rule.most:
                n = edges.plot[e]
                joined(starts, k, now.time, rule.restless, eye, plots, found, n, state, covariance)
                count = born(bank, count, state, covariance, FIRST, eye, starts.identity[k], rule, now)
                bank.ratio[count - 1], bank.least[count - 1] = starts.ratio[k], starts.least[k]
                bank.hits[count - 1], bank.began[count - 1] = starts.hits[k], starts.began[k]
                bank.plot[count - 1] = found.which[n]
            waiting -= 1
            move(starts, waiting, k)
    return count, waiting


@called
def born(bank: Bank, count: int, state: Floats, covariance: Floats, k: int, eye: Eye, name: int, rule: Rule, now: Now) -> int:
    """Put a new track with the k-th state into the bank; return the number of tracks."""
    models = len(rule.models)
    for m in range(models):
        bank.weight[count, m] = rule.prior[m]
        copy(state, covariance, k, bank.state, bank.covariance, count * models + m)
    opened(bank, count, eye, name, now)
    return count + 1


@called
def opened(bank: Bank, row: int, eye: Eye, name: int, now: Now) -> None:
    """Write what a row begins with, all but its state."""
    bank.time[row] = bank.began[row] = bank.updated[row] = now.time
    bank.ratio[row], bank.least[row], bank.patience[row] = now.opening, now.least, now.patience
    bank.ids[row], bank.hits[row], bank.misses[row], bank.confirmed[row] = -1, 1, 0, 0
    bank.sensor[row], bank.identity[row] = eye.number, name


@called
def wait(starts: Bank, waiting: int, eye: Eye, plots: Plots, found: Points, which: Ints, rule: Rule, now: Now) -> int:
    """Let the points `which` wait for a second detection; return the number of starts."""
    for n in which[: max(rule.most - waiting, 0)]:
        copy(found.state, found.covariance, n, starts.state, starts.covariance, waiting)
        starts.weight[waiting, 0] = 1.0
        opened(starts, waiting, eye, found.identity[n], now)
        starts.time[waiting] = now.time + plots.offset[found.which[n]]
        waiting += 1
    return waiting


@making
def joins(
    bank: Bank, rows: Ints, edges: Edges, shares: Shares, count: int, left: int, following: int
) -> tuple[Ints, Ints, Floats]:
    """Number the new tracks, count to left, and return which tracks got which detections with what weight [e]."""
    used = left - count
    for e in range(edges.start[-1]):
        used += 1 if shares.weight[e] > 0.0 else 0
    track, plot, weight, at = np.empty(used, np.int64), np.empty(used, np.int64), np.empty(used), 0
    for i in range(len(rows)):
        for e in range(edges.start[i], edges.start[i + 1]):
            if shares.weight[e] > 0.0:
                track[at], plot[at], weight[at] = bank.ids[rows[i]], edges.plot[e], shares.weight[e]
                at += 1
    for row in range(count, left):
        bank.ids[row] = following + row - count
        track[at], plot[at], weight[at] = bank.ids[row], bank.plot[row], 1.0
        at += 1
    return track, plot, weight
