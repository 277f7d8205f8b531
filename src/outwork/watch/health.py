"""How each sensor does: what it detects of what it should, and whether its errors are what it says."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import polars as pl

from outwork.model.frames import from_columns
from outwork.model.tables import BY_NAME
from outwork.watch.files import HALF
from outwork.watch.frames import Frame
from outwork.watch.scan import Refused, Scan
from outwork.watch.score.scene import Scene
from outwork.watch.sensors import RADAR_2D, RADAR_3D, Sensors, in_view
from outwork.watch.tables import instants
from outwork.watch.track.picture import Joins

RADARS: Final = (RADAR_3D, RADAR_2D)
"""Sensors that are to detect everything in their view; others hear only what emits, or see where they are pointed at."""
ENOUGH: Final = 30.0
"""Detections, or chances to detect, from which on a sensor is judged [1]."""
TOO_SURE: Final = 2.0
"""Mean squared innovation by dimension above which a sensor claims more than it knows [1]; 1 is honest."""
TOO_BLIND: Final = 0.5
"""Share of its stated probability of detection below which a sensor sees too little [1]."""


@dataclass
class Record:
    """What one sensor did.

    since and until [s]; detections, refused and associated [1]; chances and hits [1]: confirmed tracks that it could see,
    summed over its scans, and how many of them it detected; squares and dimensions [1]: of innovations.
    """

    since: float = np.inf
    until: float = -np.inf
    detections: int = 0
    refused: int = 0
    associated: int = 0
    chances: float = 0.0
    squares: float = 0.0
    dimensions: int = 0


@dataclass
class Health:
    """The records of all sensors."""

    sensors: Sensors
    records: list[Record] = field(default_factory=list)
    faults: dict[str, int] = field(default_factory=dict)
    """Why detections were refused, and how often."""

    def __post_init__(self) -> None:
        """Begin a record for each sensor."""
        self.records = [Record() for _ in self.sensors.names]

    def hear(self, scan: Scan, scene: Scene) -> None:
        """Note a scan that was taken, and the confirmed tracks of the last picture that its sensor could see."""
        own = self.records[scan.sensor]
        if len(scan):
            seconds = scan.time + scan.offset
            own.since, own.until = min(own.since, float(seconds.min())), max(own.until, float(seconds.max()))
        own.detections += len(scan)
        if self.sensors.kind[scan.sensor] in RADARS and scan.swept is None and len(scene.ids):
            place = scene.state[:, :3] + (scan.time - scene.time) * scene.state[:, 3:]
            own.chances += int((in_view(self.sensors, scan.sensor, place) > 0).sum())

    def refuse(self, sensor: int, refused: Refused) -> None:
        """Note detections that could not be worked with."""
        self.records[sensor].detections += len(refused.why)
        self.records[sensor].refused += len(refused.why)
        for why in refused.why:
            self.faults[why] = self.faults.get(why, 0) + 1

    def drop(self, scan: Scan, why: str) -> None:
        """Note a scan that was not taken."""
        self.refuse(scan.sensor, Refused(scan.row, (why,) * len(scan)))

    def join(self, scan: Scan, joins: Joins, shown: Container[int]) -> None:
        """Note which detections of a scan were joined to tracks that were shown."""
        sure = joins.weight >= HALF
        known = np.array([track in shown for track in joins.track[sure].tolist()], dtype=bool)
        self.records[scan.sensor].associated += int(known.sum())

    def rows(self, frame: Frame) -> pl.DataFrame:
        """Return the records as rows of `sensors_health`, without biases."""
        judged = [self._judged(number) for number in range(len(self.records))]
        return from_columns(
            BY_NAME["sensors_health"],
            {
                "sensor": list(self.sensors.names),
                "since": _instants([each.since for each in self.records], frame),
                "until": _instants([each.until for each in self.records], frame),
                "detections": [each.detections for each in self.records],
                "refused": [each.refused for each in self.records],
                "associated": [each.associated for each in self.records],
                "detects": [self._share(number) for number in range(len(self.records))],
                "consistency": [each.squares / each.dimensions if each.dimensions else None for each in self.records],
                "state": [state for state, _ in judged],
                "why": [why for _, why in judged],
            },
        ).sort("sensor")

    def _share(self, number: int) -> float | None:
        own = self.records[number]
        return min(own.associated / own.chances, 1.0) if own.chances else None

    def _judged(self, number: int) -> tuple[str, str]:
        """Return the state of a sensor and why."""
        own, stated = self.records[number], float(self.sensors.detects[number])
        if not own.detections:
            return "silent", "it has said nothing"
        found = []
        if own.dimensions >= ENOUGH and own.squares > TOO_SURE * own.dimensions:
            found.append(f"its errors are about {np.sqrt(own.squares / own.dimensions):.1f} times as large as stated")
        share = self._share(number)
        if share is not None and own.chances >= ENOUGH and share < TOO_BLIND * stated:
            found.append(f"it detects {share:.0%} of what it should, and states {stated:.0%}")
        if own.refused > own.detections / 2:
            found.append(f"{own.refused:,} of its {own.detections:,} detections could not be used")
        return ("suspect", "; ".join(found)) if found else ("good", "")


def _instants(seconds: list[float], frame: Frame) -> pl.Series:
    """Return seconds of the frame as instants, blank where they are not finite."""
    finite = np.isfinite(seconds)
    moments = instants(frame.instant(np.where(finite, seconds, 0.0)))
    return pl.select(pl.when(pl.Series(finite)).then(moments)).to_series()
