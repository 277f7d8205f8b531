"""What a sensor measures of a state, how well, and where it looks: one structure of arrays for all sensors.

A measurement is a row of six numbers, NaN where nothing was measured. Sensors that look give
[range m, azimuth rad, elevation rad, range rate m/s, -, -] (azimuth clockwise from north, elevation above the horizon, both
of the sensor's own east, north and up); those that report themselves give [x, y, z m, vx, vy, vz m/s] of the frame.

Sources: Bar-Shalom, Li and Kirubarajan (2001), Estimation with Applications to Tracking and Navigation, sections 10.3 and
10.4; Blackman and Popoli (1999), Design and Analysis of Modern Tracking Systems, chapter 6, for densities.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl

from outwork.model.errors import OutworkError
from outwork.watch.frames import Floats, Frame, Ints

KINDS: Final = ("radar_3d", "radar_2d", "bearing", "direction", "self_report")
RADAR_3D, RADAR_2D, BEARING, DIRECTION, SELF_REPORT = range(len(KINDS))
RANGE, AZIMUTH, ELEVATION, RATE = range(4)
WIDTH: Final = 6
"""Numbers of a measurement."""
MEASURES: Final = ((0, 1, 2), (0, 1), (1,), (1, 2), (0, 1, 2))
"""What a detection of each kind must have; range rate and velocity may come on top."""
MAY_MEASURE: Final = ((0, 1, 2, 3), (0, 1, 3), (1,), (1, 2), (0, 1, 2, 3, 4, 5))
"""What a detection of each kind can have."""

FARTHEST: Final = 100_000.0
"""Reach [m] of a sensor whose own is blank."""
TALLEST: Final = 20_000.0
"""Height [m] of the air over which false self-reports are spread."""
FASTEST: Final = 400.0
"""Span [m/s] of range rates, or of each component of velocity, over which false ones are spread."""
CLUTTER_LEAST: Final = 1e-3
"""False detections per scan [1] of a sensor that claims none: keeps the likelihood ratio finite."""
DETECTS: Final = 0.9
"""Detection probability [1] where it is blank."""
NARROWEST: Final = 1e-9
"""Sector [rad] below which all around is meant."""
SURE: Final = 0.995
"""Highest detection probability [1] that is believed, so that one miss never proves that nothing is there."""


class InvalidSensor(OutworkError):
    """A sensor's own numbers cannot be worked with."""


@dataclass(frozen=True)
class Sensors:
    """All sensors, each an index into these arrays.

    Args: names; kind [s], an index into KINDS; place [s, 3] in the frame [m]; turn [s, 3, 3], from the sensor's own east,
    north and up into the frame's; variance [s, 6] of its measurements (m2, rad2, (m/s)2; NaN: each detection brings its own);
    detects [s], detection probability; clutter [s], false detections per scan; view [s, 6], least and most range [m],
    azimuth since and until [rad], least and most elevation [rad]; period [s] between scans [s]; bias [s, 6], known, in the
    units of a measurement (measured minus true); skew [s], its clock minus true time [s].
    """

    names: tuple[str, ...]
    kind: Ints
    place: Floats
    turn: Floats
    variance: Floats
    detects: Floats
    clutter: Floats
    view: Floats
    period: Floats
    bias: Floats
    skew: Floats

    def __post_init__(self) -> None:
        """Refuse shapes, kinds and numbers that mean nothing, naming the sensor."""
        count = len(self.names)
        shapes = {
            "kind": (count,), "place": (count, 3), "turn": (count, 3, 3), "variance": (count, WIDTH), "detects": (count,),
            "clutter": (count,), "view": (count, 6), "period": (count,), "bias": (count, WIDTH), "skew": (count,),
        }  # fmt: skip
        for name, shape in shapes.items():
            given = np.asarray(getattr(self, name)).shape
            if given != shape:
                raise InvalidSensor(f"sensors: {name} has shape {given}; give {shape} for {count} sensors")
        for index, name in enumerate(self.names):
            _refuse(name, self, index)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.names)

    @staticmethod
    def of(table: pl.DataFrame, frame: Frame) -> Sensors:
        """Return the sensors of the table `sensors`, placed in `frame`. A blank means unlimited or unknown."""
        return _of(table, frame)

    @property
    def density(self) -> Floats:
        """False detections per unit of measurement and scan [s], of the components that the kind must have.

        The sensor's false detections per scan are taken as spread evenly over its view, in its own coordinates: a radar's
        over range x azimuth x elevation [m rad rad], a self-report's over its reach squared x TALLEST [m3].
        """
        low, high, since, until, least, most = self.view.T
        span, sector, tall = high - low, _sector(since, until), most - least
        per_kind = (span * sector * tall, span * sector, sector, sector * tall, np.pi * high**2 * TALLEST)
        return np.asarray(np.maximum(self.clutter, CLUTTER_LEAST) / np.choose(self.kind, per_kind))

    def corrected(self, bias: Floats, skew: Floats) -> Sensors:
        """Return these sensors with other biases [s, 6] and clock skews [s]."""
        return replace(self, bias=bias, skew=skew)


def _sector(since: Floats, until: Floats) -> Floats:
    """Return the width [rad] of sectors; the same bearing twice is all around."""
    width = np.mod(until - since, 2 * np.pi)
    return np.asarray(np.where(width < NARROWEST, 2 * np.pi, width))


def _refuse(name: str, sensors: Sensors, index: int) -> None:
    kind = int(sensors.kind[index])
    if not 0 <= kind < len(KINDS):
        raise InvalidSensor(
            f"sensor '{name}': kind {kind} is unknown; give one of 0 to {len(KINDS) - 1} for {', '.join(KINDS)}"
        )
    if not (np.isfinite(sensors.place[index]).all() and np.isfinite(sensors.turn[index]).all()):
        raise InvalidSensor(f"sensor '{name}': its place is not a number; give latitude, longitude and altitude")
    variance = sensors.variance[index, list(MAY_MEASURE[kind])]
    if ((variance <= 0) | np.isinf(variance)).any():
        raise InvalidSensor(f"sensor '{name}': an error of measurement is 0 or not finite; give one above 0, or leave it blank")
    if not 0 < sensors.detects[index] <= 1 or not 0 <= sensors.clutter[index] < np.inf:
        raise InvalidSensor(
            f"sensor '{name}': detects {sensors.detects[index]}, clutter {sensors.clutter[index]}; "
            "give a probability above 0 and at most 1, and false detections per scan of 0 or more"
        )
    low, high, since, until, least, most = sensors.view[index]
    if not (0 <= low < high < np.inf and least < most and np.isfinite(since + until)):
        raise InvalidSensor(f"sensor '{name}': its view is empty: ranges {low}..{high} m, elevations {least}..{most} rad")
    if not np.isfinite(sensors.bias[index]).all() or not np.isfinite(sensors.skew[index]) or not sensors.period[index] >= 0:
        raise InvalidSensor(f"sensor '{name}': bias, clock skew or period is not a number; leave blank what is unknown")


def _column(table: pl.DataFrame, name: str, blank: float) -> Floats:
    """Return a column as numbers, `blank` where it is blank or absent."""
    if name not in table.columns:
        return np.full(table.height, blank)
    return table[name].cast(pl.Float64).fill_null(np.nan).fill_nan(blank).to_numpy().astype(np.float64)


def _of(table: pl.DataFrame, frame: Frame) -> Sensors:
    def at(name: str, blank: float) -> Floats:
        return _column(table, name, blank)

    kinds = table["kind"].to_list()
    strange = [kind for kind in kinds if kind not in KINDS]
    if strange:
        raise InvalidSensor(f"sensors: kind '{strange[0]}' is unknown; give one of {', '.join(KINDS)}")
    kind = np.array([KINDS.index(each) for each in kinds], dtype=np.int64)
    latitude, longitude, altitude = at("latitude", np.nan), at("longitude", np.nan), at("altitude", 0.0)
    blank = np.full(table.height, np.nan)
    looks = [at("range_error", np.nan), *(np.radians(at(f"{each}_error", np.nan)) for each in ("azimuth", "elevation"))]
    looks += [at("rate_error", np.nan), blank, blank]
    speed = at("rate_error", np.nan)
    reports = [at("position_error", np.nan)] * 2 + [at("altitude_error", np.nan), speed, speed, speed]
    errors = np.where((kind == SELF_REPORT)[:, None], np.stack(reports, axis=1), np.stack(looks, axis=1))
    zero = np.zeros(table.height)
    return Sensors(
        names=tuple(table["sensor"].cast(pl.String).to_list()),
        kind=kind,
        place=frame.enu(latitude, longitude, altitude),
        turn=frame.turn(latitude, longitude),
        variance=errors**2,
        detects=at("detects", DETECTS),
        clutter=at("clutter", 1.0),
        view=np.stack(
            [
                at("range_least", 0.0),
                at("range_most", FARTHEST),
                np.radians(at("azimuth_since", 0.0)),
                np.radians(at("azimuth_since", 0.0) + at("azimuth_width", 360.0)),
                np.radians(at("elevation_least", -90.0)),
                np.radians(at("elevation_most", 90.0)),
            ],
            axis=1,
        ),
        period=at("period", 0.0),
        bias=np.stack(
            [
                at("range_bias", 0.0),
                np.radians(at("azimuth_bias", 0.0)),
                np.radians(at("elevation_bias", 0.0)),
                zero,
                zero,
                zero,
            ],
            axis=1,
        ),
        skew=at("clock_skew", 0.0),
    )


def measured(sensors: Sensors, sensor: int, state: Floats) -> Floats:
    """Return what `sensor` would measure without noise or bias [n, 6] of states [n, 6].

    With d = turn' (p - place), w = turn' v:  range = |d|;  azimuth = atan2(d_east, d_north);
    elevation = atan2(d_up, hypot(d_east, d_north));  range rate = d.w / |d|.
    """
    kind = int(sensors.kind[sensor])
    if kind == SELF_REPORT:
        return np.array(state, dtype=float)
    seen = np.full((len(state), WIDTH), np.nan)
    d = (state[:, :3] - sensors.place[sensor]) @ sensors.turn[sensor]
    w = state[:, 3:] @ sensors.turn[sensor]
    reach = np.linalg.norm(d, axis=1)
    every = np.stack(
        [
            reach,
            np.arctan2(d[:, 0], d[:, 1]),
            np.arctan2(d[:, 2], np.hypot(d[:, 0], d[:, 1])),
            (d * w).sum(axis=1) / np.maximum(reach, NEAREST),
        ],
        axis=1,
    )
    can = list(MAY_MEASURE[kind])
    seen[:, can] = every[:, can]
    return seen


NEAREST: Final = 1.0
"""Distance [m] below which directions are not differentiated any further: straight above, azimuth means nothing."""


def jacobian(sensors: Sensors, sensor: int, state: Floats) -> Floats:
    """Return the derivatives [n, 6 measurements, 6 states] of `measured` at states [n, 6]; 0 for what is not measured."""
    kind = int(sensors.kind[sensor])
    slope = np.zeros((len(state), WIDTH, WIDTH))
    if kind == SELF_REPORT:
        slope[:, range(WIDTH), range(WIDTH)] = 1.0
        return slope
    d = (state[:, :3] - sensors.place[sensor]) @ sensors.turn[sensor]
    w = state[:, 3:] @ sensors.turn[sensor]
    flat = np.maximum(np.hypot(d[:, 0], d[:, 1]), NEAREST)
    reach = np.maximum(np.linalg.norm(d, axis=1), NEAREST)
    zero = np.zeros(len(state))
    unit = d / reach[:, None]
    own = np.zeros((len(state), 4, WIDTH))
    own[:, RANGE, :3] = unit
    own[:, AZIMUTH, :3] = np.stack([d[:, 1], -d[:, 0], zero], axis=1) / (flat**2)[:, None]
    own[:, ELEVATION, :3] = np.stack([-d[:, 0] * d[:, 2] / flat, -d[:, 1] * d[:, 2] / flat, flat], axis=1) / (reach**2)[:, None]
    own[:, RATE, :3] = (w - unit * (unit * w).sum(axis=1)[:, None]) / reach[:, None]
    own[:, RATE, 3:] = unit
    turned = np.concatenate([own[:, :, :3] @ sensors.turn[sensor].T, own[:, :, 3:] @ sensors.turn[sensor].T], axis=2)
    can = list(MAY_MEASURE[kind])
    slope[:, can] = turned[:, can]
    return slope


def in_view(sensors: Sensors, sensor: int, place: Floats) -> Floats:
    """Return the detection probability [n] of things at places [n, 3]: the sensor's own inside its view, 0 outside."""
    d = (place - sensors.place[sensor]) @ sensors.turn[sensor]
    reach, flat = np.linalg.norm(d, axis=1), np.hypot(d[:, 0], d[:, 1])
    elevation = np.arctan2(d[:, 2], flat)
    low, high, since, until, least, most = sensors.view[sensor]
    past = np.mod(np.arctan2(d[:, 0], d[:, 1]) - since, 2 * np.pi)
    inside = (reach >= low) & (reach <= high) & (elevation >= least) & (elevation <= most)
    inside &= past <= _sector(np.asarray(since), np.asarray(until))
    return np.asarray(inside * min(float(sensors.detects[sensor]), SURE))
