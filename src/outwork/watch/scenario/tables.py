"""Detections and truth of a scenario as the model's tables, in the units of people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from outwork.model.frames import from_columns
from outwork.model.tables import BY_NAME
from outwork.watch.frames import Floats, Frame
from outwork.watch.scenario.observe import NO_CALL, Heard
from outwork.watch.scenario.truth import KINDS, Truth
from outwork.watch.scenario.watcher import Watcher
from outwork.watch.sensors import AZIMUTH, ELEVATION, RANGE, RATE, SELF_REPORT, WIDTH, Sensors


def detections_table(heard: Heard, truth: Truth, watchers: Sequence[Watcher], sensors: Sensors, frame: Frame) -> pl.DataFrame:
    """Return what was heard as rows of `detections`, in the order in which it arrived."""
    sizes = [len(scan) for scan in heard.scans]
    z = np.concatenate([np.empty((0, WIDTH)), *(scan.z for scan in heard.scans)])
    sensor = np.repeat(np.array([scan.sensor for scan in heard.scans], np.int64), sizes)
    time = np.repeat([scan.time for scan in heard.scans], sizes) + np.concatenate(
        [np.empty(0), *(scan.offset for scan in heard.scans)]
    )
    number = np.repeat(heard.number, sizes)
    names = np.array(sensors.names, dtype=object)[sensor]
    identity = [
        truth.name(source) if reports else ""
        for source, reports in zip(heard.source.tolist(), sensors.kind[sensor] == SELF_REPORT, strict=True)
    ]
    columns = {
        "detection": [f"{name}-{scan}-{row}" for name, scan, row in zip(names, number.tolist(), range(len(z)), strict=True)],
        "sensor": pl.Series(names, dtype=pl.String),
        "at": pl.Series(frame.instant(time)).cast(pl.Datetime("us", "UTC")),
        "scan": number,
        "identity": pl.Series(identity, dtype=pl.String),
        **_looked(z, sensors.kind[sensor] == SELF_REPORT),
        **_reported(z, sensors.kind[sensor] == SELF_REPORT, frame),
        **_likelihoods(heard, np.array([each.accuracy for each in watchers])[sensor]),
    }
    return from_columns(BY_NAME["detections"], columns)


def truth_table(truth: Truth, frame: Frame, times: Floats) -> pl.DataFrame:
    """Return where everything is at some times [time] in s, as rows of `truth_states`."""
    scenes = [truth.at(time) for time in times.tolist()]
    place = np.concatenate([np.empty((0, 3)), *(scene.state[:, :3] for scene in scenes)])
    latitude, longitude, altitude = frame.geodetic(place)
    instant = frame.instant(np.repeat(times, [len(scene.ids) for scene in scenes]))
    columns = {
        "thing": pl.Series([f"thing-{target}" for scene in scenes for target in scene.ids.tolist()], dtype=pl.String),
        "at": pl.Series(instant).cast(pl.Datetime("us", "UTC")),
        "latitude": latitude,
        "longitude": longitude,
        "altitude": altitude,
    }
    return from_columns(BY_NAME["truth_states"], columns)


def _looked(z: Floats, reports: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> dict[str, pl.Series]:
    """Return range, azimuth, elevation and range rate of those that look."""
    columns = {
        "slant_range": z[:, RANGE],
        "azimuth": np.mod(np.degrees(z[:, AZIMUTH]), 360.0),
        "elevation": np.degrees(z[:, ELEVATION]),
        "range_rate": z[:, RATE],
    }
    return {name: _blank(np.where(reports, np.nan, column)) for name, column in columns.items()}


def _reported(z: Floats, reports: np.ndarray[tuple[int], np.dtype[np.bool_]], frame: Frame) -> dict[str, pl.Series]:
    """Return place and velocity of those that report themselves; the velocity as east, north and up where they are."""
    latitude, longitude, altitude = frame.geodetic(np.where(reports[:, None], z[:, :3], 0.0))
    east, north, up = frame.local(np.where(reports[:, None], z[:, 3:], 0.0), latitude, longitude).T
    columns = {
        "latitude": latitude,
        "longitude": longitude,
        "altitude": altitude,
        "speed": np.hypot(east, north),
        "heading": np.mod(np.degrees(np.arctan2(east, north)), 360.0),
        "climb": up,
    }
    return {name: _blank(np.where(reports, column, np.nan)) for name, column in columns.items()}


def _likelihoods(heard: Heard, accuracy: Floats) -> dict[str, pl.Series]:
    """Return for each class how likely it makes the class that the sensor named: its accuracy, or a third of the rest."""
    columns: dict[str, pl.Series] = {}
    for place, kind in enumerate(KINDS):
        likely = np.where(heard.call == place, accuracy, (1 - accuracy) / (len(KINDS) - 1))
        columns[kind] = _blank(np.where(heard.call == NO_CALL, np.nan, likely))
    return columns


def _blank(column: Floats) -> pl.Series:
    """Return a column whose blanks were NaN."""
    return pl.Series(column, dtype=pl.Float64).fill_nan(None)
