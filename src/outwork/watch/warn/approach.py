"""When a track will be in a zone, if it goes on straight ahead.

A track at x with velocity v, both uncertain with covariance P, is at x + v t after t seconds. Its way is straight, so the first
time at which it is inside follows in closed form: within a circle from a quadratic equation, within a polygon from the
crossings of its edges, between floor and ceiling from two linear ones. What is uncertain is the state: SAMPLES states
are drawn from N([x v], P), and

    probability = share of them that are inside at some time up to the zone's warning, 0 <= t <= warn
    seconds     = median of the first times of those

The draws are the first points of a Halton sequence (J. Halton: On the efficiency of certain quasi-random sequences of points,
Numerische Mathematik 2, 1960), each with its opposite, stretched to the exact covariance. They are the same for every track
and every run, so nothing jumps from one scan to the next by chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from scipy.special import ndtri
from scipy.stats import qmc

from outwork.watch.frames import Floats, Ints
from outwork.watch.score.scene import Scene
from outwork.watch.warn.zones import Volume

SAMPLES: Final = 256
"""States drawn for each track that may come into a zone."""
BATCH: Final = 32
"""Tracks whose draws are worked on at once."""
STILL: Final = 1e-9
"""What is slower stands still [m/s]: it moves a micrometre in a quarter of an hour."""
SIGMAS: Final = 4.0
"""Beyond so many standard deviations a track is not looked for."""


@dataclass(frozen=True, eq=False)
class Approach:
    """How tracks stand to one zone.

    ids [n] of tracks that may be in it within its time of warning; probability [n] that they are; seconds [n], median of the
    first time if they are (NaN where they cannot be); inside [n], probability that they are in it now.
    """

    zone: Volume
    ids: Ints
    probability: Floats
    seconds: Floats
    inside: Floats


def approach(zone: Volume, tracks: Scene) -> Approach:
    """Return how the tracks of a scene stand to a zone, those left out that cannot come into it in its time of warning."""
    near = _near(zone, tracks)
    time = np.empty((len(near), SAMPLES))
    for first in range(0, len(near), BATCH):
        part = near[first : first + BATCH]
        drawn = tracks.state[part, None] + draws() @ _root(tracks.covariance[part]).transpose(0, 2, 1)
        time[first : first + BATCH] = first_inside(zone, zone.own(drawn.reshape(-1, 6))).reshape(-1, SAMPLES)
    comes = time <= zone.warn
    seconds = [np.median(each[is_in]) if is_in.any() else np.nan for each, is_in in zip(time, comes, strict=True)]
    return Approach(zone, tracks.ids[near], comes.mean(axis=1), np.array(seconds, np.float64), (time <= 0).mean(axis=1))


def _near(zone: Volume, tracks: Scene) -> Ints:
    """Return the tracks whose fastest likely way reaches the circle around the zone in its time of warning."""
    own = zone.own(tracks.state)
    ground, speed = np.linalg.norm(own[:, :2], axis=1), np.linalg.norm(own[:, 3:5], axis=1)
    variance = (
        np.trace(tracks.covariance[:, :3, :3], axis1=1, axis2=2),
        np.trace(tracks.covariance[:, 3:, 3:], axis1=1, axis2=2),
    )
    blur, haste = (SIGMAS * np.sqrt(np.maximum(each, 0.0)) for each in variance)
    return np.flatnonzero(ground - zone.reach <= blur + (speed + haste) * zone.warn)


@cache
def draws() -> Floats:
    """Return SAMPLES states of a standard normal in six dimensions [sample, 6], whose mean and covariance are exact."""
    half = qmc.Halton(6, scramble=False).random(SAMPLES // 2 + 1)[1:]
    normal = ndtri(half)
    whitened = np.linalg.solve(np.linalg.cholesky(normal.T @ normal / len(normal)), normal.T).T
    return np.concatenate([whitened, -whitened])


def _root(covariance: Floats) -> Floats:
    """Return L [n, 6, 6] with L L' = P, for P that may be singular; what is below zero by rounding counts as zero."""
    value, vector = np.linalg.eigh((covariance + covariance.transpose(0, 2, 1)) / 2)
    return np.asarray(vector * np.sqrt(np.maximum(value, 0.0))[:, None, :])


def first_inside(zone: Volume, own: Floats) -> Floats:
    """Return when states [n, 6] in the zone's own axes are first inside [n] in s: 0 where they are now, infinite if never."""
    level, around = _levels(zone, own), _disc(own, zone.reach)
    begin = np.maximum(np.maximum(level[0], around[0]), 0.0)
    end = np.minimum(level[1], around[1])
    time = np.where(begin <= end, begin, np.inf)
    if not zone.radius:
        comes = np.flatnonzero(np.isfinite(time))
        time[comes] = _first_covered(zone, own[comes], begin[comes], end[comes])
    return np.asarray(time)


def _levels(zone: Volume, own: Floats) -> tuple[Floats, Floats]:
    """Return from when to when states are between floor and ceiling, each [n]; from infinite on where they never are."""
    z, climb = own[:, 2], own[:, 5]
    level = (z >= zone.floor) & (z < zone.ceiling)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        floor, ceiling = (zone.floor - z) / climb, (zone.ceiling - z) / climb
    still, moves = np.where(level, -np.inf, np.inf), np.abs(climb) > STILL
    return np.where(moves, np.minimum(floor, ceiling), still), np.where(moves, np.maximum(floor, ceiling), -still)


def _disc(own: Floats, radius: float) -> tuple[Floats, Floats]:
    """Return from when to when states are within a circle, each [n]: the roots of |x + v t|^2 = r^2."""
    x, v = own[:, :2], own[:, 3:5]
    a, b, c = (v * v).sum(axis=1), (x * v).sum(axis=1), (x * x).sum(axis=1) - radius**2
    still = np.where(c <= 0, -np.inf, np.inf)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        root = np.sqrt(b * b - a * c)
        since, until = (-b - root) / a, (-b + root) / a
    moves, meets = a > STILL**2, b * b >= a * c
    return (
        np.where(moves, np.where(meets, since, np.inf), still),
        np.where(moves, np.where(meets, until, -np.inf), -still),
    )


def _first_covered(zone: Volume, own: Floats, begin: Floats, end: Floats) -> Floats:
    """Return when states are first over the polygon [n], between two times; infinite if they never are.

    The way is cut where it crosses an edge; it is inside from the beginning of the first piece whose middle is.
    """
    cuts = _edges(zone, own)
    cuts = np.where((cuts > begin[:, None]) & (cuts < end[:, None]), cuts, np.inf)
    cuts = np.sort(np.concatenate([begin[:, None], cuts], axis=1), axis=1)
    ends = np.minimum(np.concatenate([cuts[:, 1:], np.full((len(own), 1), np.inf)], axis=1), end[:, None])
    piece = np.isfinite(cuts)
    middle = np.where(np.isfinite(ends), (cuts + ends) / 2, cuts + 1.0)
    covered = np.zeros(piece.shape, dtype=bool)
    covered[piece] = zone.covers((own[:, None, :2] + np.where(piece, middle, 0.0)[..., None] * own[:, None, 3:5])[piece])
    return np.asarray(np.where(covered, cuts, np.inf).min(axis=1))


def _edges(zone: Volume, own: Floats) -> Floats:
    """Return when states cross each edge of the polygon [n, edge]; not finite where they do not.

    x + v t = A + s (B - A) with 0 <= s <= 1:   t = (A - x) x (B - A) / (v x (B - A)),   s = (A - x) x v / (v x (B - A)).
    """
    start = zone.corners
    edge = np.roll(start, -1, axis=0) - start
    apart, v = start - own[:, None, :2], own[:, None, 3:5]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        across = _cross(v, edge)
        time, share = _cross(apart, edge) / across, _cross(apart, v) / across
    moves = (v * v).sum(axis=2) > STILL**2
    return np.asarray(np.where(moves & (share >= 0) & (share <= 1), time, np.inf))


def _cross(one: Floats, two: Floats) -> Floats:
    """Return the cross product of vectors over ground [..., 2]."""
    return np.asarray(one[..., 0] * two[..., 1] - one[..., 1] * two[..., 0])
