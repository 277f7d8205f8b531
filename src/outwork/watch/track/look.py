"""What a sensor would measure of one track: prediction, slope and spread, as the kernels use them.

The array forms, and the formulas, stand in `outwork.watch.sensors`: `measured` and `jacobian` are the references of `look`.
Kernels that run for every track take whole arrays and the index of a row, since cutting out rows costs more than the sums.
"""

from __future__ import annotations

from math import atan2, floor, inf, log, pi, sqrt
from typing import Final, NamedTuple

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.kernel import called, inlined, making
from outwork.watch.sensors import (
    AZIMUTH,
    ELEVATION,
    FASTEST,
    NARROWEST,
    NEAREST,
    RANGE,
    RATE,
    SELF_REPORT,
    SURE,
    WIDTH,
    Sensors,
)  # fmt: skip

FULL_TURN: Final = 2.0 * pi
BLUNT: Final = 0.05
"""Spread across the line of sight, as a share of the distance, from which the second order of the angles matters [1]."""
PLACE: Final = 3
"""Components of a state below this are its place; those of a self-report too."""


class Eye(NamedTuple):
    """One sensor at one scan, as kernels take it.

    number, its index; kind; mount [12], its place [m], then the rows of its turn; scope [6], its view, with the sector that
    this scan swept; detects, its detection probability; judges, that by which a miss is judged: 0 where it does not scan.
    """

    number: int
    kind: int
    mount: Floats
    scope: Floats
    detects: float
    judges: float


class Plots(NamedTuple):
    """The detections of one scan, as kernels take them.

    z, variance [n, 6], NaN where not measured; offset [n] [s]; density [n], log of the density of false detections;
    identity [n]; parts [c], components that any of them has; widest [6], largest variance of each; lag, largest offset
    [s]; base, log of the density of false ones in what their kind must measure.
    """

    z: Floats
    variance: Floats
    offset: Floats
    density: Floats
    identity: Ints
    parts: Ints
    widest: Floats
    lag: float
    base: float


class Given(NamedTuple):
    """A scan's arrays as they came: see `Scan`; bias [6], known; base, log of the density of false detections."""

    z: Floats
    variance: Floats
    offset: Floats
    identity: Ints
    bias: Floats
    base: float


def eyes(sensors: Sensors) -> tuple[Eye, ...]:
    """Return the sensors as kernels take them."""
    return tuple(
        Eye(
            number=k,
            kind=int(sensors.kind[k]),
            mount=np.concatenate([sensors.place[k], sensors.turn[k].ravel()]),
            scope=sensors.view[k].copy(),
            detects=min(float(sensors.detects[k]), SURE),
            judges=0.0 if sensors.kind[k] == SELF_REPORT else min(float(sensors.detects[k]), SURE),
        )
        for k in range(len(sensors))
    )


def sweeping(eye: Eye, swept: tuple[float, float] | None) -> Eye:
    """Return the sensor with the sector [rad] that a scan swept as its view; all of it where that is None."""
    if swept is None:
        return eye
    scope = eye.scope.copy()
    scope[2:4] = swept
    return eye._replace(scope=scope)


@making
def read(given: Given) -> Plots:
    """Return a scan's detections, known bias taken off. Speeds thin the density of false ones, evenly up to FASTEST."""
    count = len(given.z)
    z, density, widest = np.empty((count, WIDTH)), np.empty(count), np.zeros(WIDTH)
    has, lag = np.zeros(WIDTH, np.int64), 0.0
    for j in range(count):
        density[j] = given.base
        lag = max(lag, abs(given.offset[j]))
        for part in range(WIDTH):
            z[j, part] = given.z[j, part] - given.bias[part]
            if not np.isnan(z[j, part]):
                has[part] = 1
                widest[part] = max(widest[part], given.variance[j, part])
                density[j] -= log(FASTEST) if part >= PLACE else 0.0
    parts, found = np.empty(WIDTH, np.int64), 0
    for part in range(WIDTH):
        if has[part] == 1:
            parts[found] = part
            found += 1
    return Plots(z, given.variance, given.offset, density, given.identity, parts[:found].copy(), widest, lag, given.base)


@inlined
def wrapped(angle: float) -> float:
    """Return an angle [rad] within -pi..pi."""
    return angle - FULL_TURN * floor(angle / FULL_TURN + 0.5)


@inlined
def look(kind: int, mount: Floats, state: Floats, k: int, tau: float, wide: int, z: Floats, i: int, slope: Floats) -> float:
    """Write what the sensor would measure of the k-th state tau [s] later into z[i] [6], its slope [6, 6] in the state now.

    Only the first `wide` columns of the slope are written: 3, and no range rate, where nothing says how fast things are.
    Returns the distance over ground [m], infinite where nothing is looked at from a place.
    """
    if kind == SELF_REPORT:
        for a in range(PLACE):
            z[i, a], z[i, PLACE + a] = state[k, a] + tau * state[k, PLACE + a], state[k, PLACE + a]
            for b in range(PLACE):
                slope[a, b] = slope[PLACE + a, PLACE + b] = 1.0 if a == b else 0.0
                slope[a, PLACE + b], slope[PLACE + a, b] = tau * slope[a, b], 0.0
        return inf
    de, dn, du = ahead(mount, state, k, tau, 0), ahead(mount, state, k, tau, 1), ahead(mount, state, k, tau, 2)
    ground = sqrt(de * de + dn * dn)
    true = sqrt(ground * ground + du * du)
    z[i, RANGE], z[i, AZIMUTH], z[i, ELEVATION] = true, atan2(de, dn), atan2(du, ground)
    flat, reach = max(ground, NEAREST), max(true, NEAREST)
    east, north, closer, up = de / flat, dn / flat, 1.0 / reach, du / reach
    level, across = flat * closer * closer, 1.0 / flat
    for a in range(PLACE):
        te, tn, tu = mount[3 + 3 * a], mount[4 + 3 * a], mount[5 + 3 * a]
        slope[RANGE, a] = (de * te + dn * tn + du * tu) * closer
        slope[AZIMUTH, a] = (north * te - east * tn) * across
        slope[ELEVATION, a] = level * tu - up * closer * (east * te + north * tn)
    if wide > PLACE:
        follow(mount, state, k, tau, z, i, slope, de, dn, du, reach)
    return flat


@called
def follow(
    mount: Floats, state: Floats, k: int, tau: float, z: Floats, i: int, slope: Floats, de: float, dn: float, du: float,
    reach: float,
) -> None:  # fmt: skip
    """Write the range rate into z[i], its slope, and the slopes of all in speed, for a thing seen at [de, dn, du] [m].

    The thing is carried to its own time along its velocity, p + tau v, so slope_v = tau slope_p, plus what rates add.
    """
    we, wn, wu = speed(mount, state, k, 0), speed(mount, state, k, 1), speed(mount, state, k, 2)
    z[i, RATE] = rate = (de * we + dn * wn + du * wu) / reach
    for a in range(PLACE):
        along = slope[RANGE, a]
        slope[RATE, a] = (we * mount[3 + 3 * a] + wn * mount[4 + 3 * a] + wu * mount[5 + 3 * a] - along * rate) / reach
        for c in range(RATE):
            slope[c, PLACE + a] = tau * slope[c, a]
        slope[RATE, PLACE + a] = tau * slope[RATE, a] + along


@inlined
def aim(mount: Floats, state: Floats, k: int, z: Floats, i: int) -> None:
    """Write range, azimuth and elevation of the k-th state into z[i]."""
    de, dn, du = ahead(mount, state, k, 0.0, 0), ahead(mount, state, k, 0.0, 1), ahead(mount, state, k, 0.0, 2)
    ground = sqrt(de * de + dn * dn)
    z[i, RANGE], z[i, AZIMUTH], z[i, ELEVATION] = sqrt(ground * ground + du * du), atan2(de, dn), atan2(du, ground)


@inlined
def ahead(mount: Floats, state: Floats, k: int, tau: float, axis: int) -> float:
    """Return how far [m] along an axis of the sensor's own (east, north, up) the k-th state is tau [s] later."""
    total = 0.0
    for i in range(PLACE):
        total += mount[3 + 3 * i + axis] * (state[k, i] + tau * state[k, PLACE + i] - mount[i])
    return total


@inlined
def speed(mount: Floats, state: Floats, k: int, axis: int) -> float:
    """Return how fast [m/s] the k-th state goes along an axis of the sensor's own."""
    total = 0.0
    for i in range(PLACE):
        total += mount[3 + 3 * i + axis] * state[k, PLACE + i]
    return total


@called
def blunt(kind: int, part: int, reach: float, ground: float, variance: float) -> float:
    """Return the variance that curvature adds to a component near the sensor and straight above it, 0 elsewhere.

    Second-order filter (Bar-Shalom 2001, section 10.3.2), half the trace of (Hessian x P) squared. With s2 the largest variance
    of the place, g the distance over ground and r the distance:  azimuth s2 s2 / g4;  elevation s2 s2 / (2 r2 g2);
    range s2 s2 / r2.
    """
    wide = variance / (ground * ground)
    if kind == SELF_REPORT or part == RATE or wide < BLUNT * BLUNT:
        return 0.0
    near = (ground / reach) ** 2
    return wide * wide * (1.0 if part == AZIMUTH else near / 2.0 if part == ELEVATION else near * ground * ground)


@inlined
def projected(
    slope: Floats, i: int, parts: int, wide: int, covariance: Floats, k: int, s: Floats, at: int, cross: Floats
) -> None:
    """Write H P H' into s[at] [c, c], of the first c = `parts` rows of slope[i] and the k-th covariance; cross [6] is room.

    Only the first `wide` columns of H count: 3 where place alone is measured, 6 with speeds or offsets in time.
    """
    for a in range(parts):
        for j in range(wide):
            total = slope[i, a, 0] * covariance[k, 0, j] + slope[i, a, 1] * covariance[k, 1, j]
            total += slope[i, a, 2] * covariance[k, 2, j]
            for m in range(PLACE, wide):
                total += slope[i, a, m] * covariance[k, m, j]
            cross[j] = total
        for b in range(a + 1):
            total = cross[0] * slope[i, b, 0] + cross[1] * slope[i, b, 1] + cross[2] * slope[i, b, 2]
            for j in range(PLACE, wide):
                total += cross[j] * slope[i, b, j]
            s[at, a, b] = s[at, b, a] = total


@inlined
def off(kind: int, z: Floats, j: int, part: int, expected: float) -> float:
    """Return how far detection j lies from what was expected in one component; NaN where it was not measured."""
    rest = z[j, part] - expected
    return wrapped(rest) if kind != SELF_REPORT and part == AZIMUTH else rest


@inlined
def sees(judges: float, scope: Floats, z: Floats, i: int) -> float:
    """Return the probability [1] that a miss is judged by, of a thing that would be measured as z[i]; 0 outside the view."""
    if judges == 0.0 or not (scope[0] <= z[i, RANGE] <= scope[1] and scope[4] <= z[i, ELEVATION] <= scope[5]):
        return 0.0
    sector = onward(scope[3] - scope[2])
    return judges if sector < NARROWEST or onward(z[i, AZIMUTH] - scope[2]) <= sector else 0.0


@inlined
def onward(angle: float) -> float:
    """Return an angle [rad] within 0..2 pi."""
    return angle - FULL_TURN * floor(angle / FULL_TURN)


@inlined
def plain(plots: Plots) -> bool:
    """Return whether the detections are places, all three numbers of them, at the scan's own time.

    Nearly all are; for these the number of terms in every sum is known when it is compiled.
    """
    return len(plots.parts) == PLACE and columns(plots) == PLACE


@called
def columns(plots: Plots) -> int:
    """Return how many columns of a slope matter: 3 where place alone is measured, 6 with speeds or offsets in time."""
    speeds = len(plots.parts) > 0 and plots.parts[-1] >= PLACE
    return WIDTH if plots.lag > 0.0 or speeds else PLACE
