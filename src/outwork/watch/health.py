"""How each sensor does: what it detects of what it should, and whether its errors are what it says."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import polars as pl

from outwork.model.frames import from_columns
from outwork.model.tables import BY_NAME
from outwork.watch.files import HALF
from outwork.watch.frames import Frame
from outwork.watch.registration import Registration
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
CLEAR: Final = 3.0
"""A bias of so many of its own errors is no chance [1]."""
WORTH: Final = 0.5
"""A bias below this share of the error that the sensor states is not worth a word [1]."""
DEGREE: Final = 180.0 / np.pi
BIASES: Final = tuple(f"{name}_bias{more}" for name in ("range", "azimuth", "elevation") for more in ("", "_error"))
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

    def adopt(self, sensors: Sensors) -> None:
        """Go on with sensors of which there are more, or that are known better."""
        self.sensors = sensors
        self.records += [Record() for _ in sensors.names[len(self.records) :]]

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

    def rows(self, frame: Frame, aim: Registration | None) -> pl.DataFrame:
        """Return the records as rows of `sensors_health`, with what registration found wrong with the aim."""
        wrong = [_aim(aim, number) for number in range(len(self.records))]
        judged = [self._judged(number, wrong[number]) for number in range(len(self.records))]
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
                **{name: [each.get(name) for each in wrong] for name in BIASES},
                "consistency": [each.squares / each.dimensions if each.dimensions else None for each in self.records],
                "state": [state for state, _ in judged],
                "why": [why for _, why in judged],
            },
        ).sort("sensor")

    def _stated(self, number: int, name: str) -> float:
        """Return the error of a component that a sensor states, in the units of people."""
        part = ("range", "azimuth", "elevation").index(name)
        return float(np.sqrt(self.sensors.variance[number, part])) * (1.0 if name == "range" else DEGREE)

    def _share(self, number: int) -> float | None:
        own = self.records[number]
        return min(own.associated / own.chances, 1.0) if own.chances else None

    def _judged(self, number: int, wrong: Mapping[str, float]) -> tuple[str, str]:
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
        for name, unit in (("range", "m"), ("azimuth", "degree"), ("elevation", "degree")):
            bias, error = wrong.get(f"{name}_bias", 0.0), wrong.get(f"{name}_bias_error", np.inf)
            if abs(bias) > CLEAR * error and abs(bias) > WORTH * self._stated(number, name):
                found.append(f"its {name} is about {bias:+.2g} {unit} off")
        if own.refused > own.detections / 2:
            found.append(f"{own.refused:,} of its {own.detections:,} detections could not be used")
        return ("suspect", "; ".join(found)) if found else ("good", "")


def _aim(aim: Registration | None, number: int) -> dict[str, float]:
    """Return the biases of a sensor that are known, by the names of their columns, in the units of people."""
    if aim is None:
        return {}
    told = {}
    for part, (name, unit) in enumerate((("range", 1.0), ("azimuth", DEGREE), ("elevation", DEGREE))):
        if aim.known[number, part]:
            told[f"{name}_bias"] = float(aim.bias[number, part]) * unit
            told[f"{name}_bias_error"] = float(aim.error[number, part]) * unit
    return told


def _instants(seconds: list[float], frame: Frame) -> pl.Series:
    """Return seconds of the frame as instants, blank where they are not finite."""
    finite = np.isfinite(seconds)
    moments = instants(frame.instant(np.where(finite, seconds, 0.0)))
    return pl.select(pl.when(pl.Series(finite)).then(moments)).to_series()
