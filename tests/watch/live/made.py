"""Sensors and detections made for the tests of the live edge."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from outwork.model.tables.watching import Detection, Sensor
from outwork.watch.live.heard import Heard

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
RADAR = Sensor(sensor="radar", kind="radar_2d", latitude=51.9, longitude=4.4, range_error=10.0, azimuth_error=0.5)
REMOTE = Sensor(sensor="remote", kind="self_report", latitude=51.9, longitude=4.4, position_error=10.0)


def after(seconds: float) -> datetime:
    return AT + timedelta(seconds=seconds)


def seen(number: int, seconds: float, slant_range: float = 5_000.0) -> Detection:
    return Detection(detection=f"r{number}", sensor="radar", at=after(seconds), slant_range=slant_range, azimuth=10.0)


def said(number: int, seconds: float, latitude: float = 51.9, identity: str = "drone 1") -> Detection:
    place = {"latitude": latitude, "longitude": 4.4}
    return Detection(detection=f"s{number}", sensor="remote", at=after(seconds), identity=identity, drone=1.0, **place)


def heard(seconds: float, *rows: Detection, faults: tuple[str, ...] = ()) -> Heard:
    return Heard(after(seconds), rows, faults)
