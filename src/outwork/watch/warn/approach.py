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
    ids, count = tracks.ids[near], len(near)
    probability, seconds, inside = np.zeros(count), np.full(count, np.nan), np.zeros(count)
    for k, track in enumerate(near.tolist()):
        drawn = zone.own(tracks.state[track] + draws() @ _root(tracks.covariance[track]).T)
        time = first_inside(zone, drawn)
        comes = time <= zone.warn
        probability[k], inside[k] = comes.mean(), (time <= 0).mean()
        seconds[k] = np.median(time[comes]) if comes.any() else np.nan
    return Approach(zone, ids, probability, seconds, inside)


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
    """Return L with L L' = P, for a P that may be singular; what is below zero by rounding counts as zero."""
    value, vector = np.linalg.eigh((covariance + covariance.T) / 2)
    return np.asarray(vector * np.sqrt(np.maximum(value, 0.0)))


def first_inside(zone: Volume, own: Floats) -> Floats:
    """Return when states [n, 6] in the zone's own axes are first inside [n] in s: 0 where they are now, infinite if never.

    The way is cut at every time at which it can change sides; it is inside from the beginning of the first piece whose
    middle is.
    """
    crossings = _circle(zone, own) if zone.radius else _edges(zone, own)
    cuts = np.concatenate([crossings, _levels(zone, own), np.zeros((len(own), 1))], axis=1)
    cuts = np.sort(np.where(np.isfinite(cuts) & (cuts >= 0), cuts, np.inf), axis=1)
    last = np.where(np.isfinite(cuts), cuts, 0.0).max(axis=1, keepdims=True)
    ends = np.concatenate([cuts[:, 1:], np.full((len(own), 1), np.inf)], axis=1)
    middle = np.where(np.isfinite(ends), (cuts + ends) / 2, last + 1.0)
    place = own[:, None, :3] + np.where(np.isfinite(cuts), middle, 0.0)[..., None] * own[:, None, 3:]
    inside = zone.holds(place) & np.isfinite(cuts)
    return np.asarray(np.where(inside, cuts, np.inf).min(axis=1))


def _levels(zone: Volume, own: Floats) -> Floats:
    """Return when states pass the floor and the ceiling [n, 2]; not finite where they never do."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((np.array([zone.floor, zone.ceiling]) - own[:, 2:3]) / own[:, 5:6])


def _circle(zone: Volume, own: Floats) -> Floats:
    """Return when states cross the circle [n, 2]: the roots of |x + v t|^2 = r^2; not a number where they never do."""
    x, v = own[:, :2], own[:, 3:5]
    a, b, c = (v * v).sum(axis=1), (x * v).sum(axis=1), (x * x).sum(axis=1) - zone.radius**2
    with np.errstate(divide="ignore", invalid="ignore"):
        root = np.sqrt(b * b - a * c)
        return np.stack([(-b - root) / a, (-b + root) / a], axis=1)


def _edges(zone: Volume, own: Floats) -> Floats:
    """Return when states cross each edge of the polygon [n, edge]; not finite where they do not.

    x + v t = A + s (B - A) with 0 <= s <= 1:   t = (A - x) x (B - A) / (v x (B - A)),   s = (A - x) x v / (v x (B - A)).
    """
    start = zone.corners
    edge = np.roll(start, -1, axis=0) - start
    apart, v = start - own[:, None, :2], own[:, None, 3:5]
    with np.errstate(divide="ignore", invalid="ignore"):
        across = _cross(v, edge)
        time, share = _cross(apart, edge) / across, _cross(apart, v) / across
    return np.asarray(np.where((share >= 0) & (share <= 1), time, np.inf))


def _cross(one: Floats, two: Floats) -> Floats:
    """Return the cross product of vectors over ground [..., 2]."""
    return np.asarray(one[..., 0] * two[..., 1] - one[..., 1] * two[..., 0])
