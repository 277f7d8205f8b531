"""Where a detection is, by itself: a state that one detection gives, at rest but for what it says of its speed.

Converted measurements (Bar-Shalom 2001, section 10.4.3): p = place + turn (r cos e sin a, r cos e cos a, r sin e), with
covariance J R J'. A radar without elevation takes the middle of where it looks up to, and is as unsure as that is wide.
"""

from __future__ import annotations

from math import cos, log, sin
from typing import Final, NamedTuple

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.kernel import FIRST, called, inlined, making
from outwork.watch.sensors import AZIMUTH, ELEVATION, NEAREST, RADAR_2D, RANGE, SELF_REPORT, WIDTH
from outwork.watch.track.look import PLACE, Eye, Plots, look, off
from outwork.watch.track.update import absorb

LOWEST: Final = 0.0
HIGHEST: Final = 0.35
"""Elevations [rad] between which a radar that does not measure it, and whose view says no better, is taken to see things."""


class Points(NamedTuple):
    """What single detections tell.

    state [n, 6] and covariance [n, 6, 6]; density [n], log of false detections per m3; which [n], their numbers among the
    scan's detections; identity [n].
    """

    state: Floats
    covariance: Floats
    density: Floats
    which: Ints
    identity: Ints


@called
def begins(eye: Eye) -> bool:
    """Return whether one detection of this sensor says where a thing is."""
    return eye.kind <= RADAR_2D or eye.kind == SELF_REPORT


@making
def points(eye: Eye, plots: Plots, which: Ints, speed: float) -> Points:
    """Return where the detections `which` [n] are; `speed` [m/s], one sigma in each direction, is what is not measured."""
    count = len(which)
    made = Points(np.zeros((count, WIDTH)), np.zeros((count, WIDTH, WIDTH)), np.empty(count), which, np.empty(count, np.int64))

    z, slope, cross, own = np.zeros((1, WIDTH)), np.zeros((1, WIDTH, WIDTH)), np.zeros(WIDTH), np.empty((PLACE, PLACE))
    for k in range(count):
        j = which[k]
        made.density[k], made.identity[k] = plots.base, plots.identity[j]
        if eye.kind == SELF_REPORT:
            for i in range(PLACE):
                made.state[k, i], made.covariance[k, i, i] = plots.z[j, i], plots.variance[j, i]
        else:
            made.density[k] += turned(eye, plots, j, made.state, made.covariance, k, own)
        for i in range(PLACE, WIDTH):
            made.covariance[k, i, i] = speed * speed
        refine(eye, plots, j, 0.0, made.state, made.covariance, k, z, slope, cross)
    return made


@called
def turned(eye: Eye, plots: Plots, j: int, state: Floats, covariance: Floats, k: int, own: Floats) -> float:
    """Write place and covariance of a radar's detection; return the log of measured volume per m3, 1 / (r2 cos e)."""
    r, a, e = plots.z[j, RANGE], plots.z[j, AZIMUTH], plots.z[j, ELEVATION]
    noise_r, noise_a, noise_e = plots.variance[j, RANGE], plots.variance[j, AZIMUTH], plots.variance[j, ELEVATION]
    tall = 1.0
    if eye.kind == RADAR_2D:
        low, high = max(eye.scope[4], LOWEST), min(eye.scope[5], HIGHEST)
        if low >= high:
            low, high = eye.scope[4], eye.scope[5]
        tall = high - low
        e, noise_e = (low + high) / 2.0, tall * tall / 12.0
    level, rising, across, along = cos(e), sin(e), sin(a), cos(a)
    ground, up = max(r * level, NEAREST), r * rising
    own[0, 0], own[0, 1], own[0, 2] = level * across, ground * along, -up * across
    own[1, 0], own[1, 1], own[1, 2] = level * along, -ground * across, -up * along
    own[2, 0], own[2, 1], own[2, 2] = rising, 0.0, ground
    for i in range(PLACE):
        one, two, three = toward(eye.mount, own, i, 0), toward(eye.mount, own, i, 1), toward(eye.mount, own, i, 2)
        state[k, i] = eye.mount[i] + r * one
        one, two, three = noise_r * one, noise_a * two, noise_e * three
        for n in range(i + 1):
            spread = one * toward(eye.mount, own, n, 0) + two * toward(eye.mount, own, n, 1)
            covariance[k, i, n] = covariance[k, n, i] = spread + three * toward(eye.mount, own, n, 2)
    return -log(max(r, NEAREST) * ground * tall)


@inlined
def toward(mount: Floats, own: Floats, i: int, c: int) -> float:
    """Return the slope of the i-th coordinate of a place in the c-th component of a measurement:  (turn own)[i, c]."""
    total = 0.0
    for a in range(PLACE):
        total += mount[3 + 3 * i + a] * own[a, c]
    return total


@called
def refine(
    eye: Eye,
    plots: Plots,
    j: int,
    tau: float,
    state: Floats,
    covariance: Floats,
    k: int,
    z: Floats,
    slope: Floats,
    cross: Floats,
) -> None:
    """Correct the k-th state, whose place is in already, by what the detection tau [s] later says of its speed."""
    for part in plots.parts:
        if part >= PLACE and not np.isnan(plots.z[j, part]):
            look(eye.kind, eye.mount, state, k, tau, WIDTH, z, FIRST, slope[0])
            v = off(eye.kind, plots.z, j, part, z[0, part])
            absorb(state, covariance, k, slope, FIRST, part, len(cross), v, plots.variance[j, part], cross)
