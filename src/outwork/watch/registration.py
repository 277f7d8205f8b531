"""Registration: what is wrong with the aim, the range and the clock of each sensor, from things that several of them see.

A detection of sensor s of a thing at x, which moves with velocity v, is

    z = h_s(x) + b_s - (H v) c_s + noise                  H the gradient of h_s at x; noise ~ N(0, R)

with b_s the offsets of range, azimuth and elevation and c_s the time by which its clock is ahead: what it says of time t was
so at t - c_s. Where the tracks run is not known apart from these detections, so every meeting (one thing at about one time,
seen by several sensors) has an unknown place of its own, x = track + d, which is eliminated:

    minimise  sum over detections | z - h(track + d) - b + H v c |^2 / R   +   sum over sensors | (b, c) / prior |^2

by Gauss-Newton (R. Dela Cruz, A. Alouani, T. Rice, W. Blair: Sensor registration in multisensor systems, SPIE 1698, 1992),
each step with the Schur complement over d (B. Triggs, P. McLauchlan, R. Hartley, A. Fitzgibbon: Bundle adjustment, a modern
synthesis, 2000, section 6). The covariance is the inverse of the normal matrix. Self-reports are sensors without bias; where
there are any, offsets are absolute. Without them only differences are seen, and what moves all sensors alike stays as wide
as the prior.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.linalg import block_diag

from outwork.model.axis import Mask
from outwork.watch.frames import Floats, Ints
from outwork.watch.sensors import AZIMUTH, MEASURES, SELF_REPORT, WIDTH, Sensors, jacobian, measured

UNKNOWNS: Final = ("range", "azimuth", "elevation", "clock")
"""Of each sensor, in m, rad, rad and s."""
PARTS: Final = len(UNKNOWNS)
STEPS: Final = 4
"""Gauss-Newton steps; the offsets are small, and the second already changes little."""
OUTLIER: Final = 5.0
"""A measurement that lies farther off than so many sigmas in the end belongs to something else, and is left out."""


@dataclass(frozen=True)
class Options:
    """What is believed before."""

    prior: tuple[float, float, float, float] = (100.0, 0.05, 0.05, 1.0)
    """One sigma of the offsets of range [m], azimuth and elevation [rad], and of the clock [s]."""
    told: float = 0.3
    """An offset counts as known once its error is below this share of its prior [1]."""


@dataclass(frozen=True, eq=False)
class Meetings:
    """Detections of things that several sensors saw at about one time.

    sensor [n]; z and variance [n, 6] as in scans; state [n, 6] of the track at each detection's time; meeting [n], number of
    the thing and time to which it belongs, 0, 1, ...
    """

    sensor: Ints
    z: Floats
    variance: Floats
    state: Floats
    meeting: Ints


@dataclass(frozen=True, eq=False)
class Registration:
    """Offsets of every sensor, beside those that its table knows.

    bias [sensor, unknown] and error [sensor, unknown], one sigma, in the units of UNKNOWNS; covariance [all, all] of all of
    them, sensor by sensor; known [sensor, unknown], whether meetings told much more than the prior; detections [sensor] used;
    fit, mean squared residual in units of its error, over the degrees of freedom [1]: 1 is what noise alone gives.
    """

    bias: Floats
    error: Floats
    covariance: Floats
    known: Mask
    detections: Ints
    fit: float


def meetings(track: Ints, time: Floats, sensor: Ints, z: Floats, variance: Floats, state: Floats, span: float) -> Meetings:
    """Return detections [n] of tracks, at times [n] in s, grouped: one track within `span` seconds is one meeting.

    Meetings of one sensor alone tell nothing and are left out; of several detections of one sensor in a meeting all count.
    """
    slot = np.floor(time / span).astype(np.int64)
    _, group = np.unique(np.stack([track, slot]), axis=1, return_inverse=True)
    pairs = np.unique(np.stack([group, sensor]), axis=1)[0]
    keep = np.isin(group, np.flatnonzero(np.bincount(pairs, minlength=1) > 1))
    _, number = np.unique(group[keep], return_inverse=True)
    return Meetings(sensor[keep], z[keep], variance[keep], state[keep], number.astype(np.int64))


def register(sensors: Sensors, met: Meetings, options: Options) -> Registration:
    """Estimate the offsets of every sensor from meetings; a sensor that took part in none has its prior."""
    used = np.ones(len(met.sensor), dtype=bool)
    bias, state = np.zeros((len(sensors), PARTS)), met.state
    for _ in range(STEPS):
        bias, state, normal = _step(sensors, met, bias, state, used, options)
    off = _residual(sensors, met, bias, state)
    used = np.nan_to_num(np.abs(off) / np.sqrt(met.variance)).max(axis=1, initial=0.0) < OUTLIER
    bias, state, normal = _step(sensors, met, bias, state, used, options)
    scale = np.tile(options.prior, len(sensors))
    covariance = np.linalg.inv(normal) * scale[:, None] * scale
    error = np.sqrt(np.diag(covariance)).reshape(len(sensors), PARTS)
    return Registration(
        bias=bias,
        error=error,
        covariance=covariance,
        known=error < options.told * np.array(options.prior),
        detections=np.bincount(met.sensor[used], minlength=len(sensors)).astype(np.int64),
        fit=_fit(sensors, met, bias, state, used),
    )


def _step(
    sensors: Sensors, met: Meetings, bias: Floats, state: Floats, used: Mask, options: Options
) -> tuple[Floats, Floats, Floats]:
    """Return offsets, states and the normal matrix, in units of the prior, after one step of Gauss-Newton."""
    scale, count = np.array(options.prior), len(sensors)
    weight = _weight(sensors, met) * used[:, None]
    slope = _slope(sensors, met.sensor, state)
    effect = _effect(sensors, met.sensor, slope, state) * scale
    off = _residual(sensors, met, bias, state)
    groups, own = int(met.meeting.max(initial=-1)) + 1, slope[:, :, :3]
    place, pull = np.zeros((groups, 3, 3)), np.zeros((groups, 3))
    aside, normal, right = np.zeros((groups, count, 3, PARTS)), np.zeros((count, PARTS, PARTS)), np.zeros((count, PARTS))
    np.add.at(place, met.meeting, np.einsum("nmi,nm,nmj->nij", own, weight, own))
    np.add.at(pull, met.meeting, np.einsum("nmi,nm,nm->ni", own, weight, off))
    np.add.at(aside, (met.meeting, met.sensor), np.einsum("nmi,nm,nmj->nij", own, weight, effect))
    np.add.at(normal, met.sensor, np.einsum("nmi,nm,nmj->nij", effect, weight, effect))
    np.add.at(right, met.sensor, np.einsum("nmi,nm,nm->ni", effect, weight, off))
    flat = aside.transpose(0, 2, 1, 3).reshape(groups, 3, count * PARTS)
    inverse = np.linalg.pinv(place, rcond=1e-10, hermitian=True)
    matrix = block_diag(*normal) - np.einsum("gia,gij,gjb->ab", flat, inverse, flat) + np.eye(count * PARTS)
    vector = right.ravel() - np.einsum("gia,gij,gj->a", flat, inverse, pull) - (bias / scale).ravel()
    change = np.linalg.solve(matrix, vector)
    moved = np.einsum("gij,gj->gi", inverse, pull - flat @ change)
    after = state.copy()
    after[:, :3] += moved[met.meeting]
    return bias + change.reshape(count, PARTS) * scale, after, matrix


def _weight(sensors: Sensors, met: Meetings) -> Floats:
    """Return one over the variance of what counts [n, 6]: the components that the kind must have."""
    counts = np.zeros((len(met.sensor), WIDTH), dtype=bool)
    for kind, components in enumerate(MEASURES):
        counts[np.ix_(sensors.kind[met.sensor] == kind, components)] = True
    return np.where(counts & np.isfinite(met.z), 1 / np.where(met.variance > 0, met.variance, np.inf), 0.0)


def _slope(sensors: Sensors, sensor: Ints, state: Floats) -> Floats:
    """Return the gradients of detections [n, 6 measurements, 6 states]."""
    slope = np.zeros((len(sensor), WIDTH, WIDTH))
    for each in np.unique(sensor).tolist():
        slope[sensor == each] = jacobian(sensors, each, state[sensor == each])
    return slope


def _effect(sensors: Sensors, sensor: Ints, slope: Floats, state: Floats) -> Floats:
    """Return how the unknowns of its sensor move each detection [n, 6 measurements, unknown]; those of self-reports do not."""
    effect = np.zeros((len(sensor), WIDTH, PARTS))
    effect[:, (0, 1, 2), (0, 1, 2)] = 1.0
    effect[:, :, PARTS - 1] = -np.einsum("nmi,ni->nm", slope[:, :, :3], state[:, 3:])
    return np.where((sensors.kind[sensor] == SELF_REPORT)[:, None, None], 0.0, effect)


def _residual(sensors: Sensors, met: Meetings, bias: Floats, state: Floats) -> Floats:
    """Return measured less expected [n, 6], offsets included; 0 where nothing was measured."""
    off = np.zeros((len(met.sensor), WIDTH))
    for each in np.unique(met.sensor).tolist():
        mine = met.sensor == each
        off[mine] = met.z[mine] - sensors.bias[each] - measured(sensors, each, state[mine])
    effect = _effect(sensors, met.sensor, _slope(sensors, met.sensor, state), state)
    off -= np.einsum("nmi,ni->nm", effect, bias[met.sensor])
    looks = sensors.kind[met.sensor] != SELF_REPORT
    off[looks, AZIMUTH] = np.mod(off[looks, AZIMUTH] + np.pi, 2 * np.pi) - np.pi
    return np.nan_to_num(off)


def _fit(sensors: Sensors, met: Meetings, bias: Floats, state: Floats, used: Mask) -> float:
    """Return the mean squared residual in units of its error, over the degrees of freedom [1]; NaN where there are none."""
    weight = _weight(sensors, met)[used]
    off = _residual(sensors, met, bias, state)[used]
    freedom = int((weight > 0).sum()) - 3 * len(np.unique(met.meeting[used]))
    return float((weight * off**2).sum() / freedom) if freedom > 0 else np.nan
