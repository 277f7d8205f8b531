"""Where the next sensor helps most.

The probability of detection, averaged over the cells, grows with every sensor, and each one adds the less the more there
are: it is a monotone submodular function of the set of sensors. So the greedy choice, each time the place that adds most,
reaches at least 1 - 1/e = 63 % of what the best choice of as many places could add (G. Nemhauser, L. Wolsey, M. Fisher: An
analysis of approximations for maximizing submodular set functions, Mathematical Programming 14, 1978); usually far more. What a
place would have added earlier bounds what it can add now, so most places need not be looked at again (M. Minoux: Accelerated
greedy algorithms for maximizing submodular set functions, 1978); the answer is the same.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl

from outwork.model.frames import from_rows
from outwork.model.tables import BY_NAME
from outwork.model.tables.watched import Placement
from outwork.watch.coverage.detection import Options, coverage, log_missed
from outwork.watch.coverage.grid import Grid
from outwork.watch.frames import Floats, Frame, Ints
from outwork.watch.sensors import Sensors

GUARANTEE: Final = 1 - 1 / float(np.e)
"""Share of the best possible gain that the greedy choice reaches at least [1]."""


@dataclass(frozen=True, eq=False)
class Places:
    """Where a sensor could stand: latitude and longitude [place] in degrees, altitude [place] in m above the ellipsoid."""

    latitude: Floats
    longitude: Floats
    altitude: Floats


@dataclass(frozen=True, eq=False)
class Chosen:
    """Places chosen one after the other [choice]: positions in Places, and what each adds to the mean probability [1].

    `looks` counts how often a place's gain was worked out; without the bounds it would be places times choices.
    """

    place: Ints
    gain: Floats
    looks: int


def choose(sensors: Sensors, like: int, places: Places, area: Grid, options: Options, number: int) -> Chosen:
    """Choose up to `number` places for sensors like the one at index `like`, beside those that stand already.

    A place that adds nothing is not chosen. Of equal gains the place that comes first is.
    """
    missed = 1 - coverage(sensors, area, options).probability.ravel()
    each = [
        np.exp(log_missed(_moved(sensors, like, places, k, area.frame), 0, area, options)) for k in range(len(places.latitude))
    ]
    return _greedy(missed, each, number)


def _greedy(missed: Floats, each: list[Floats], number: int) -> Chosen:
    """Choose lazily: missed [cell], probability that all sensors so far miss; each [place][cell], that one there does."""
    heap = [(-_gain(missed, each[k]), k, 0) for k in range(len(each))]
    heapq.heapify(heap)
    looks = len(each)
    chosen: list[int] = []
    gains: list[float] = []
    while heap and len(chosen) < number:
        bound, k, age = heapq.heappop(heap)
        if bound >= 0:
            break
        if age < len(chosen):
            heapq.heappush(heap, (-_gain(missed, each[k]), k, len(chosen)))
            looks += 1
            continue
        chosen.append(k)
        gains.append(-bound)
        missed = missed * each[k]
    return Chosen(np.array(chosen, np.int64), np.array(gains, np.float64), looks)


def _gain(missed: Floats, one: Floats) -> float:
    return float((missed * (1 - one)).mean())


def _moved(sensors: Sensors, like: int, places: Places, k: int, frame: Frame) -> Sensors:
    """Return one sensor like another, at a place."""
    here = places.latitude[k : k + 1], places.longitude[k : k + 1]
    one = slice(like, like + 1)
    return replace(
        sensors,
        names=sensors.names[one],
        kind=sensors.kind[one],
        place=frame.enu(*here, places.altitude[k : k + 1]),
        turn=frame.turn(*here),
        variance=sensors.variance[one],
        detects=sensors.detects[one],
        clutter=sensors.clutter[one],
        view=sensors.view[one],
        period=sensors.period[one],
        bias=sensors.bias[one],
        skew=sensors.skew[one],
    )


def placements(chosen: Chosen, places: Places, like: str) -> pl.DataFrame:
    """Return chosen places as rows of `placements`; `like` names the sensor that each of them is like."""
    rows = [
        Placement(
            placement=f"{like}-{number}",
            place=number,
            sensor=like,
            latitude=float(places.latitude[k]),
            longitude=float(places.longitude[k]),
            gain=gain,
        )
        for number, (k, gain) in enumerate(zip(chosen.place.tolist(), chosen.gain.tolist(), strict=True), 1)
    ]
    return from_rows(BY_NAME["placements"], rows)
