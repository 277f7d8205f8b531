"""What sensors make of a truth: detections with noise, bias and delay, some missed, and false ones among them.

In a scan at time t a sensor detects each thing in its view with its detection probability, measures it with its errors, all
normal and independent, and makes a number of false detections that is Poisson, evenly spread over its view in its own
coordinates. That is the model on which trackers rest (Bar-Shalom and Li 1995, Multitarget-Multisensor Tracking), so that a
tracker which is not honest here has nothing to excuse it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.scan import Scan, scan
from outwork.watch.scenario.truth import KINDS, REPORTS, Truth
from outwork.watch.scenario.watcher import Watcher
from outwork.watch.sensors import AZIMUTH, ELEVATION, FASTEST, RANGE, SELF_REPORT, TALLEST, WIDTH, Sensors, in_view, measured

CLUTTER = -1
"""Source of a false detection."""
NO_CALL = -1
"""Class that a sensor names where it names none."""


@dataclass(frozen=True, eq=False)
class Heard:
    """All scans in the order in which they arrive.

    arrival [scan] in s; number [scan], which scan of its sensor it is; source [detection], target or CLUTTER; call
    [detection], class that the sensor names, a position in KINDS, or NO_CALL. Detections are numbered through all scans,
    as each scan's `row` says.
    """

    scans: tuple[Scan, ...]
    arrival: Floats
    number: Ints
    source: Ints
    call: Ints


@dataclass(frozen=True, eq=False)
class _Look:
    """One scan before it has found its place among the others."""

    sensor: int
    number: int
    time: float
    arrival: float
    z: Floats
    offset: Floats
    source: Ints
    call: Ints


def observe(truth: Truth, watchers: Sequence[Watcher], sensors: Sensors, seconds: float, seed: int) -> Heard:
    """Return what watchers, the n-th of them the n-th of `sensors`, hear of a truth until `seconds`.

    Every sensor draws from a stream of its own, so that one more sensor changes nothing for the others.
    """
    looks = [
        look
        for index, watcher in enumerate(watchers)
        for look in _looks(truth, watcher, sensors, index, seconds, np.random.default_rng([seed, index]))
    ]
    looks.sort(key=lambda look: (look.arrival, look.time, look.sensor))
    rows = np.cumsum([0, *(len(look.z) for look in looks)])
    return Heard(
        scans=tuple(_scan(look, sensors, first) for look, first in zip(looks, rows[:-1].tolist(), strict=True)),
        arrival=np.array([look.arrival for look in looks]),
        number=np.array([look.number for look in looks], np.int64),
        source=np.concatenate([np.empty(0, np.int64), *(look.source for look in looks)]),
        call=np.concatenate([np.empty(0, np.int64), *(look.call for look in looks)]),
    )


def _scan(look: _Look, sensors: Sensors, first: int) -> Scan:
    named = (look.source + 1) * (sensors.kind[look.sensor] == SELF_REPORT)
    row = np.arange(first, first + len(look.z))
    return scan(sensors, look.sensor, look.time, look.z, offset=look.offset, row=row, identity=named)


def _looks(
    truth: Truth, watcher: Watcher, sensors: Sensors, index: int, seconds: float, random: np.random.Generator
) -> list[_Look]:
    """Return all scans of one sensor."""
    flaw, period = watcher.flaw, float(sensors.period[index])
    found = []
    for number, time in enumerate(np.arange(watcher.first, seconds, period).tolist()):
        source, offset, states = _seen(truth, watcher, sensors, index, time, random)
        false = _false(sensors, index, random)
        error = random.normal(size=states.shape) * np.sqrt(sensors.variance[index]) + sensors.bias[index] + flaw.bias
        z = _wrapped(sensors, index, np.concatenate([measured(sensors, index, states) + error, false]))
        offset = np.concatenate([offset, random.uniform(0, watcher.sweep, len(false))])
        source = np.concatenate([source, np.full(len(false), CLUTTER)])
        order = random.permutation(len(z))
        call = _calls(truth, watcher, source[order], random)
        skewed = time + sensors.skew[index] + flaw.skew
        arrival = time + watcher.sweep + random.uniform(*flaw.delay)
        found.append(_Look(index, number, skewed, arrival, z[order], offset[order], source[order], call))
    return found


def _seen(
    truth: Truth, watcher: Watcher, sensors: Sensors, index: int, time: float, random: np.random.Generator
) -> tuple[Ints, Floats, Floats]:
    """Return which targets a scan detects, how long after its beginning, and their states then [n, 6]."""
    there = truth.alive(time)
    there = there[np.isin(truth.kind[there], [KINDS.index(kind) for kind in watcher.sees])]
    if watcher.reports:
        there = there[truth.reports[there] == REPORTS.index(watcher.reports)]
    begun = truth.states(there, np.full(len(there), time))
    offset = watcher.sweep * _swept(sensors, index, begun)
    states = truth.states(there, time + offset)
    visible = in_view(sensors, index, states[:, :3]) > 0
    caught = visible & (random.random(len(there)) < sensors.detects[index])
    return there[caught], offset[caught], states[caught]


def _swept(sensors: Sensors, index: int, states: Floats) -> Floats:
    """Return what share of its sector a sensor has swept when it comes to each of the states [n], 0 to 1."""
    if sensors.kind[index] == SELF_REPORT:
        return np.zeros(len(states))
    since, until = sensors.view[index, 2:4]
    width = np.mod(until - since - 1e-9, 2 * np.pi) + 1e-9
    past = np.mod(measured(sensors, index, states)[:, AZIMUTH] - since, 2 * np.pi)
    return np.asarray(np.clip(past / width, 0.0, 1.0))


def _false(sensors: Sensors, index: int, random: np.random.Generator) -> Floats:
    """Draw the false detections of one scan, [n, 6]."""
    number = random.poisson(sensors.clutter[index])
    low, high, since, until, least, most = sensors.view[index]
    z = random.uniform(-FASTEST / 2, FASTEST / 2, (number, WIDTH))
    if sensors.kind[index] == SELF_REPORT:
        away, course = high * np.sqrt(random.random(number)), random.uniform(0, 2 * np.pi, number)
        z[:, :3] = np.column_stack([away * np.sin(course), away * np.cos(course), random.uniform(0, TALLEST, number)])
        z[:, :3] += sensors.place[index] * [1, 1, 0]
    else:
        width = np.mod(until - since - 1e-9, 2 * np.pi) + 1e-9
        z[:, RANGE] = random.uniform(low, high, number)
        z[:, AZIMUTH] = since + random.uniform(0, width, number)
        z[:, ELEVATION] = random.uniform(least, most, number)
    return np.where(np.isnan(sensors.variance[index]), np.nan, z)


def _wrapped(sensors: Sensors, index: int, z: Floats) -> Floats:
    """Return measurements as an instrument gives them: no range below zero, directions within their circles."""
    if sensors.kind[index] == SELF_REPORT:
        return z
    found = z.copy()
    found[:, RANGE] = np.abs(z[:, RANGE])
    found[:, AZIMUTH] = np.mod(z[:, AZIMUTH] + np.pi, 2 * np.pi) - np.pi
    found[:, ELEVATION] = np.clip(z[:, ELEVATION], -np.pi / 2, np.pi / 2)
    return found


def _calls(truth: Truth, watcher: Watcher, source: Ints, random: np.random.Generator) -> Ints:
    """Draw the class that a sensor names for each detection: the right one, or, evenly, one of the others; clutter any."""
    if not watcher.accuracy:
        return np.full(len(source), NO_CALL)
    real = np.where(source == CLUTTER, random.integers(0, len(KINDS), len(source)), truth.kind[source])
    wrong = random.random(len(source)) >= watcher.accuracy
    return np.asarray((real + wrong * random.integers(1, len(KINDS), len(source))) % len(KINDS), np.int64)
