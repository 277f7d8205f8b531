"""What tracks look like to the sensor at the time of its scan, and how wide to search for them."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.kernel import FIRST, called, inlined, making
from outwork.watch.sensors import NEAREST, WIDTH
from outwork.watch.track.bank import Bank
from outwork.watch.track.look import BLUNT, PLACE, Eye, Plots, blunt, columns, look, plain, projected, sees
from outwork.watch.track.motion import moments


class Sights(NamedTuple):
    """What tracks look like to the sensor, their models merged.

    mean [n, 6], the state looked at; z [n, 6]; slope [n, c, 6]; more [n, c], what curvature adds to the noise; s [n, c, c],
    H P H' with that; half [n, c], half-widths of the box around the gate; seen [n], probability by which a miss is judged.
    """

    mean: Floats
    z: Floats
    slope: Floats
    more: Floats
    s: Floats
    half: Floats
    seen: Floats


@making
def unseen(n: int, c: int) -> Sights:
    """Return room for the sights of n tracks in c components."""
    return Sights(
        np.empty((n, WIDTH)), np.empty((n, WIDTH)), np.empty((n, c, WIDTH)), np.empty((n, c)), np.empty((n, c, c)),
        np.empty((n, c)), np.empty(n),
    )  # fmt: skip


@making
def sights(bank: Bank, rows: Ints, eye: Eye, plots: Plots, gate: float) -> Sights:
    """Return what the tracks `rows` [n] look like to the sensor."""
    kind, mount, scope, judges, parts, widest = eye.kind, eye.mount, eye.scope, eye.judges, plots.parts, plots.widest
    state, covariance, weight, wide, lag, short = (
        bank.state, bank.covariance, bank.weight, columns(plots), plots.lag, plain(plots),
    )  # fmt: skip
    models, count, made = weight.shape[1], len(parts), unseen(len(rows), len(parts))
    mean, z, slopes, more, s, half, seen = made.mean, made.z, made.slope, made.more, made.s, made.half, made.seen
    whole, slope, cross = np.empty((1, WIDTH, WIDTH)), np.zeros((WIDTH, WIDTH)), np.empty(WIDTH)
    for i in range(len(rows)):
        first, row = rows[i] * models, rows[i]
        if short:
            moments(state, covariance, first, weight, row, PLACE, mean, i, whole, FIRST)
            behold(mean, i, whole, FIRST, kind, mount, parts, PLACE, 0.0, PLACE, z, slopes, more, s, i, slope, cross)
        else:
            moments(state, covariance, first, weight, row, WIDTH, mean, i, whole, FIRST)
            behold(mean, i, whole, FIRST, kind, mount, parts, count, 0.0, wide, z, slopes, more, s, i, slope, cross)
        seen[i] = sees(judges, scope, z, i)
        for a in range(count):
            half[i, a] = gate * sqrt(s[i, a, a] + widest[parts[a]])
        if lag > 0.0:
            widen(mean, i, whole, slopes, lag, gate, half)
    return made


@inlined
def behold(
    state: Floats, at: int, covariance: Floats, k: int, kind: int, mount: Floats, parts: Ints, count: int,
    tau: float, wide: int, z: Floats, slopes: Floats, more: Floats, s: Floats, i: int, slope: Floats, cross: Floats,
) -> None:  # fmt: skip
    """Write what state[at] and covariance[k] look like tau [s] later as the i-th sight: z, slopes, more and s of `Sights`."""
    ground = look(kind, mount, state, at, tau, wide, z, i, slope)
    for a in range(count):
        more[i, a] = 0.0
        for j in range(wide):
            slopes[i, a, j] = slope[parts[a], j]
    projected(slopes, i, count, wide, covariance, k, s, i, cross)
    variance = max(covariance[k, 0, 0], covariance[k, 1, 1], covariance[k, 2, 2])
    if variance > BLUNT * BLUNT * ground * ground:
        for a in range(count):
            more[i, a] = blunt(kind, parts[a], max(z[i, 0], NEAREST), ground, variance)
            s[i, a, a] += more[i, a]


@called
def widen(mean: Floats, i: int, whole: Floats, slopes: Floats, lag: float, gate: float, half: Floats) -> None:
    """Widen the i-th box by how far its thing, of covariance whole[0], can move within the scan's own time."""
    pace = 0.0
    for j in range(PLACE, WIDTH):
        pace += (abs(mean[i, j]) + gate * sqrt(whole[0, j, j])) ** 2
    for a in range(half.shape[1]):
        steep = slopes[i, a, 0] ** 2 + slopes[i, a, 1] ** 2 + slopes[i, a, 2] ** 2
        half[i, a] += lag * sqrt(pace * steep)


@making
def shift(bank: Bank, row: int, eye: Eye, parts: Ints, tau: float, later: Sights) -> None:
    """Write what one track looks like tau [s] later as the first sight."""
    whole, slope, cross = np.empty((1, WIDTH, WIDTH)), np.zeros((WIDTH, WIDTH)), np.empty(WIDTH)
    first = row * bank.weight.shape[1]
    moments(bank.state, bank.covariance, first, bank.weight, row, WIDTH, later.mean, FIRST, whole, FIRST)
    behold(
        later.mean, FIRST, whole, FIRST, eye.kind, eye.mount, parts, len(parts), tau, WIDTH, later.z, later.slope, later.more,
        later.s, FIRST, slope, cross,
    )  # fmt: skip
