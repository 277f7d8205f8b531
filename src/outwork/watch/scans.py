"""From rows of `detections` to scans: what one sensor measured in one turn, in the order of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from outwork.watch.frames import Floats, Frame, Ints
from outwork.watch.identify.profiles import CLASSES
from outwork.watch.measures import looked, looked_variance, reported, reported_variance, reported_velocity
from outwork.watch.roster import Roster
from outwork.watch.scan import Refused, Scan, sound
from outwork.watch.sensors import AZIMUTH, ELEVATION, NEAREST, RATE, SELF_REPORT, Sensors, measured

MICROSECONDS: Final = 1e6
PLACE: Final = ("latitude", "longitude", "altitude", "position_error", "altitude_error")
SHARE_OF_PERIOD: Final = 0.999
"""Detections without a scan number within this share of a sensor's period make one scan."""


@dataclass(frozen=True, eq=False)
class Columns:
    """Detections as arrays, in the order of the table.

    Args: sensor [n], its index; at [n] in microseconds since 1970; scan [n], -1 where blank; z and variance [n, 6] as in
    `sensors`; identity [n], numbers of the roster; words [n, class], likelihoods of what the sensor saw, NaN where blank.
    """

    sensor: Ints
    at: Ints
    scan: Ints
    z: Floats
    variance: Floats
    identity: Ints
    words: Floats
    first: int = 0
    """Number of the first row: rows of later detections are not to be taken for those of earlier ones."""


def columns(detections: pl.DataFrame, sensors: Sensors, frame: Frame, roster: Roster, first: int = 0) -> Columns:
    """Return the rows of the table `detections` as measurements. KeyError where a sensor is not among `sensors`."""
    at = detections["at"].dt.epoch("us").to_numpy()
    index = {name: number for number, name in enumerate(sensors.names)}
    sensor = np.array([index[name] for name in detections["sensor"]], dtype=np.int64)
    tells = sensors.kind[sensor] == SELF_REPORT
    z, variance = _measured(detections, tells, frame, sensors.variance[sensor])
    _convert(detections, np.flatnonzero(~tells & np.isnan(z[:, AZIMUTH])), frame, sensors, sensor, (z, variance))
    return Columns(
        sensor=sensor,
        at=at.astype(np.int64),
        scan=detections["scan"].fill_null(-1).to_numpy().astype(np.int64),
        z=z,
        variance=variance,
        identity=roster.numbers(detections["identity"]),
        words=np.stack([_cells(detections, name) for name in CLASSES], axis=1),
        first=first,
    )


def scans(told: Columns, sensors: Sensors, frame: Frame) -> Iterator[tuple[Scan, Refused]]:
    """Yield the scans in the order of their times, each with the detections that could not be used.

    Detections of one sensor with one scan number make a scan; without numbers, those within one period of its first do. Each
    self-report is a scan of its own: it says nothing of other things. The time of a scan is the middle of its detections.
    """
    order = np.lexsort((np.arange(len(told.at)), told.at, told.sensor))
    parts = np.split(order, np.flatnonzero(_starts(told, sensors, order)[1:]) + 1) if len(order) else []
    seconds = frame.seconds(told.at)
    middle = np.array([(seconds[part[0]] + seconds[part].max()) / 2 for part in parts])
    for number in np.lexsort((told.sensor[[part[0] for part in parts]] if parts else middle, middle)):
        part = parts[number]
        yield sound(
            sensors,
            int(told.sensor[part[0]]),
            float(middle[number]),
            told.z[part],
            variance=told.variance[part],
            offset=seconds[part] - middle[number],
            row=part + told.first,
            identity=told.identity[part],
        )


def _starts(told: Columns, sensors: Sensors, order: Ints) -> Ints:
    """Return for each detection in `order`, sorted by sensor and time, whether a scan begins with it [n], 0 or 1."""
    sensor, at, scan = told.sensor[order], told.at[order], told.scan[order]
    alone = sensors.kind[sensor] == SELF_REPORT
    other = np.ones(len(order), dtype=bool)
    other[1:] = (sensor[1:] != sensor[:-1]) | (scan[1:] != scan[:-1])
    begins = other | alone
    span = sensors.period[sensor] * SHARE_OF_PERIOD * MICROSECONDS
    first = 0
    for number in map(int, np.flatnonzero((scan < 0) & ~alone)):
        if begins[number] or at[number] - at[first] >= span[number]:
            begins[number] = True
            first = number
    return np.asarray(begins, dtype=np.int64)


def _measured(detections: pl.DataFrame, tells: Ints, frame: Frame, own: Floats) -> tuple[Floats, Floats]:
    """Return measurements and variances [n, 6]: of what a sensor saw, or of what a thing says of itself where `tells` [n].

    Args: own [n, 6], variances of the sensors, for what a detection says nothing of.
    """

    def cells(name: str) -> Floats:
        return _cells(detections, name)

    seen = looked(cells("slant_range"), cells("azimuth"), cells("elevation"), cells("range_rate"))
    errors = looked_variance(cells("range_error"), cells("azimuth_error"), cells("elevation_error"))
    latitude, longitude = cells("latitude"), cells("longitude")
    given = np.where(np.isnan(cells("altitude_error")), np.sqrt(own[:, 2]), cells("altitude_error"))
    altitude = np.where(np.isnan(given), np.nan, cells("altitude"))  # how sure it is nobody says, so it is not used
    place = reported(frame, latitude, longitude, altitude)
    velocity = reported_velocity(frame, latitude, longitude, cells("speed"), cells("heading"), cells("climb"))
    velocity[np.isnan(own[:, 3:])] = np.nan
    sure = reported_variance(cells("position_error"), given, altitude, np.full(len(given), np.nan))
    report = np.concatenate([place, velocity], axis=1)
    return np.where(tells[:, None], report, seen), np.where(tells[:, None], sure, errors)


def _cells(detections: pl.DataFrame, name: str) -> Floats:
    """Return a column [n], NaN where it is blank."""
    return detections[name].cast(pl.Float64).fill_null(np.nan).to_numpy().astype(np.float64)


def _convert(
    detections: pl.DataFrame, rows: Ints, frame: Frame, sensors: Sensors, sensor: Ints, into: tuple[Floats, Floats]
) -> None:
    """Write into z and variance [n, 6] what sensors that look but tell a place, not a direction, must have measured in `rows`.

    An error of the place is one of the range, and over the range one of azimuth and elevation; without it the sensor's hold.
    """
    z, variance = into
    cells = {name: _cells(detections, name)[rows] for name in PLACE}
    place = frame.enu(cells["latitude"], cells["longitude"], np.nan_to_num(cells["altitude"]))
    for number in np.unique(sensor[rows]):
        own = sensor[rows] == number
        at = rows[own]
        z[at] = measured(sensors, int(number), np.concatenate([place[own], np.zeros((len(at), 3))], axis=1))
        z[at, RATE] = _cells(detections, "range_rate")[at]
        z[at, ELEVATION] = np.where(np.isnan(cells["altitude"][own]), np.nan, z[at, ELEVATION])
        reach = np.maximum(np.linalg.norm(place[own] - sensors.place[number], axis=1), NEAREST)
        across = cells["position_error"][own] ** 2
        tall = np.where(np.isnan(cells["altitude_error"][own]), across, cells["altitude_error"][own] ** 2)
        variance[at, :RATE] = np.stack([across, across / reach**2, tall / reach**2], axis=1)
