"""What a sensor would measure of one track: prediction, slope and spread, as the kernels use them.

The array forms, and the formulas, stand in `outwork.watch.sensors`: `measured` and `jacobian` are the references of `look`.
Kernels that run for every track take whole arrays and the index of a row, since cutting out rows costs more than the sums.
"""

from __future__ import annotations

from math import atan2, cos, floor, pi, sqrt
from typing import Final, NamedTuple

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.kernel import compiled
from outwork.watch.scan import Scan
from outwork.watch.sensors import (
    AZIMUTH, ELEVATION, FASTEST, MEASURES, NARROWEST, NEAREST, RANGE, RATE, SELF_REPORT, SURE, WIDTH, Sensors,
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
    identity [n]; parts [c], components that any of them has; widest [6], largest variance of each; lag, largest offset [s].
    """

    z: Floats
    variance: Floats
    offset: Floats
    density: Floats
    identity: Ints
    parts: Ints
    widest: Floats
    lag: float


def eye(sensors: Sensors, scan: Scan) -> Eye:
    """Return the sensor of `scan` as kernels take it."""
    k = scan.sensor
    scope = sensors.view[k].copy()
    if scan.swept is not None:
        scope[2:4] = scan.swept
    kind = int(sensors.kind[k])
    detects = min(float(sensors.detects[k]), SURE)
    mount = np.concatenate([sensors.place[k], sensors.turn[k].ravel()])
    return Eye(k, kind, mount, scope, detects, 0.0 if kind == SELF_REPORT else detects)


def plots(sensors: Sensors, scan: Scan, log_density: float) -> Plots:
    """Return the detections of `scan`, known bias taken off, as kernels take them."""
    k = scan.sensor
    given = ~np.isnan(scan.z)
    extra = given.sum(axis=1) - len(MEASURES[int(sensors.kind[k])])
    return Plots(
        scan.z - sensors.bias[k],
        np.ascontiguousarray(scan.variance),
        scan.offset,
        log_density - extra * np.log(FASTEST),
        scan.identity,
        np.flatnonzero(given.any(axis=0)),
        np.where(given, scan.variance, 0.0).max(axis=0, initial=0.0),
        float(np.abs(scan.offset).max(initial=0.0)),
    )


@compiled
def wrapped(angle: float) -> float:
    """Return an angle [rad] within -pi..pi."""
    return angle - FULL_TURN * floor(angle / FULL_TURN + 0.5)


@compiled
def look(kind: int, mount: Floats, state: Floats, k: int, tau: float, z: Floats, slope: Floats) -> None:
    """Write what the sensor would measure, z [6], of the k-th state tau [s] later, and its slope [6, 6] in the state now.

    The thing is carried to its own time along its velocity, p + tau v, so slope_v = tau slope_p, plus what rates add.
    """
    if kind == SELF_REPORT:
        for i in range(PLACE):
            z[i], z[PLACE + i] = state[k, i] + tau * state[k, PLACE + i], state[k, PLACE + i]
            for j in range(PLACE):
                slope[i, j] = slope[PLACE + i, PLACE + j] = 1.0 if i == j else 0.0
                slope[i, PLACE + j], slope[PLACE + i, j] = tau * slope[i, j], 0.0
        return
    de, dn, du = ahead(mount, state, k, tau, 0), ahead(mount, state, k, tau, 1), ahead(mount, state, k, tau, 2)
    we, wn, wu = speed(mount, state, k, 0), speed(mount, state, k, 1), speed(mount, state, k, 2)
    ground = sqrt(de * de + dn * dn)
    true = sqrt(ground * ground + du * du)
    flat, reach = max(ground, NEAREST), max(true, NEAREST)
    rate = (de * we + dn * wn + du * wu) / reach
    z[RANGE], z[AZIMUTH], z[ELEVATION], z[RATE] = true, atan2(de, dn), atan2(du, ground), rate
    east, north = de / flat, dn / flat
    for i in range(PLACE):
        te, tn, tu = mount[3 + 3 * i], mount[4 + 3 * i], mount[5 + 3 * i]
        along = (de * te + dn * tn + du * tu) / reach
        slope[RANGE, i] = along
        slope[AZIMUTH, i] = (north * te - east * tn) / flat
        slope[ELEVATION, i] = (flat * tu - du * (east * te + north * tn)) / (reach * reach)
        slope[RATE, i] = (we * te + wn * tn + wu * tu - along * rate) / reach
        for c in range(RATE):
            slope[c, PLACE + i] = tau * slope[c, i]
        slope[RATE, PLACE + i] = tau * slope[RATE, i] + along


@compiled
def ahead(mount: Floats, state: Floats, k: int, tau: float, axis: int) -> float:
    """Return how far [m] along an axis of the sensor's own (east, north, up) the k-th state is tau [s] later."""
    total = 0.0
    for i in range(PLACE):
        total += mount[3 + 3 * i + axis] * (state[k, i] + tau * state[k, PLACE + i] - mount[i])
    return total


@compiled
def speed(mount: Floats, state: Floats, k: int, axis: int) -> float:
    """Return how fast [m/s] the k-th state goes along an axis of the sensor's own."""
    return mount[3 + axis] * state[k, 3] + mount[6 + axis] * state[k, 4] + mount[9 + axis] * state[k, 5]


@compiled
def blunt(kind: int, part: int, z: Floats, covariance: Floats, k: int) -> float:
    """Return the variance that curvature adds to a component near the sensor and straight above it, 0 elsewhere.

    Second-order filter (Bar-Shalom 2001, section 10.3.2), half the trace of (Hessian x P) squared. With s2 the largest variance
    of the place, g the distance over ground and r the distance:  azimuth s2 s2 / g4;  elevation s2 s2 / (2 r2 g2);
    range s2 s2 / r2.
    """
    if kind == SELF_REPORT or part == RATE:
        return 0.0
    wide = max(covariance[k, 0, 0], covariance[k, 1, 1], covariance[k, 2, 2])
    reach = max(z[RANGE], NEAREST)
    ground = max(reach * cos(z[ELEVATION]), NEAREST)
    if wide < BLUNT * BLUNT * ground * ground:
        return 0.0
    if part == AZIMUTH:
        return (wide / (ground * ground)) ** 2
    return wide * wide / (reach * reach) if part == RANGE else (wide / (reach * ground)) ** 2 / 2.0


@compiled
def spread(slope: Floats, covariance: Floats, k: int, parts: Ints, wide: int, s: Floats, i: int) -> None:
    """Write H P H' of the k-th covariance into s[i] [c, c] for the components `parts` [c].

    Only the first `wide` columns of H count: 3 where place alone is measured, 6 with speeds or offsets in time.
    """
    for a in range(len(parts)):
        for b in range(a, len(parts)):
            total = 0.0
            for m in range(wide):
                part = 0.0
                for n in range(wide):
                    part += covariance[k, m, n] * slope[parts[b], n]
                total += slope[parts[a], m] * part
            s[i, a, b] = s[i, b, a] = total


@compiled
def off(kind: int, z: Floats, j: int, part: int, expected: float) -> float:
    """Return how far detection j lies from what was expected in one component; NaN where it was not measured."""
    rest = z[j, part] - expected
    return wrapped(rest) if kind != SELF_REPORT and part == AZIMUTH else rest


@compiled
def sees(judges: float, scope: Floats, z: Floats) -> float:
    """Return the probability [1] that a miss is judged by, of a thing that would be measured as z [6]; 0 outside the view."""
    if judges == 0.0 or not (scope[0] <= z[RANGE] <= scope[1] and scope[4] <= z[ELEVATION] <= scope[5]):
        return 0.0
    sector = (scope[3] - scope[2]) % FULL_TURN
    return judges if sector < NARROWEST or (z[AZIMUTH] - scope[2]) % FULL_TURN <= sector else 0.0


def columns(plots: Plots) -> int:
    """Return how many columns of a slope matter: 3 where place alone is measured, 6 with speeds or offsets in time."""
    return WIDTH if plots.lag > 0 or (plots.parts >= PLACE).any() else PLACE
