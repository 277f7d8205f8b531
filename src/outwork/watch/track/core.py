"""One scan after another, in order of time: the tracker without lateness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from outwork.watch.scan import Scan
from outwork.watch.sensors import CLUTTER_LEAST, Sensors
from outwork.watch.track.bank import Bank, by_row, copied, empty, grown
from outwork.watch.track.life import patience
from outwork.watch.track.look import Given, eyes, sweeping
from outwork.watch.track.options import Options
from outwork.watch.track.picture import Joins
from outwork.watch.track.rule import Now, opening, rule
from outwork.watch.track.step import step

CAPACITY: Final = 64
"""Rows [1] that a bank begins with."""


@dataclass(frozen=True)
class Snapshot:
    """All that the core knows after a scan: a copy that nothing changes."""

    bank: Bank
    starts: Bank
    following: int
    time: float


class Core:
    """Tracks, and first detections that wait for a second."""

    def __init__(self, sensors: Sensors, options: Options) -> None:
        """Begin with nothing in the air."""
        self.options, self.rule = options, rule(options)
        self.bank, self.count = empty(CAPACITY, len(options.models)), 0
        self.starts, self.waiting = empty(CAPACITY, 1), 0
        self.following, self.time = 1, -np.inf
        self.adopt(sensors)

    def adopt(self, sensors: Sensors) -> None:
        """Take the sensors as they are now believed to be."""
        self.sensors, self._eyes, self._density = sensors, eyes(sensors), np.log(sensors.density)
        self._opening = [opening(self.options, max(float(each), CLUTTER_LEAST)) for each in sensors.clutter]

    def snapshot(self) -> Snapshot:
        """Return a copy of all that is known."""
        tracks, starts = copied(self.bank, self.count, self.count), copied(self.starts, self.waiting, self.waiting)
        return Snapshot(tracks, starts, self.following, self.time)

    def restore(self, known: Snapshot) -> None:
        """Go back to what was known."""
        self.count, self.waiting = len(known.bank.time), len(known.starts.time)
        for mine, kept in ((self.bank, known.bank), (self.starts, known.starts)):
            for column, old in zip(by_row(mine), by_row(kept), strict=True):
                column[: len(old)] = old
        self.following, self.time = known.following, known.time

    def step(self, scan: Scan, time: float) -> Joins:
        """Take a scan whose true time is `time` [s], no earlier than the one before; return what went where."""
        k = scan.sensor
        self.bank = grown(self.bank, self.count, self.count + len(scan))
        self.starts = grown(self.starts, self.waiting, self.waiting + len(scan))
        given = Given(scan.z, scan.variance, scan.offset, scan.identity, self.sensors.bias[k], float(self._density[k]))
        silence = patience(float(self.sensors.period[k]), self.options.silence)
        now = Now(float(time), *self._opening[k], silence, self.following)
        eye = sweeping(self._eyes[k], scan.swept)
        done = step(self.bank, self.count, self.starts, self.waiting, eye, given, self.rule, now)
        self.count, self.waiting, self.following, self.time = done.tracks, done.waiting, done.following, float(time)
        return Joins(done.track, scan.row[done.plot], done.weight)
