"""The tracker: takes scans of any sensors, in almost any order, and answers with the picture."""

from __future__ import annotations

import numpy as np

from outwork.watch.scan import Scan
from outwork.watch.sensors import Sensors
from outwork.watch.track.core import Core, Snapshot
from outwork.watch.track.late import NOTHING, Late, Taken
from outwork.watch.track.motion import merged
from outwork.watch.track.options import Options
from outwork.watch.track.picture import Joins, Picture


class Tracker:
    """One picture from many sensors. It reads no clock: time is what the scans say."""

    def __init__(self, sensors: Sensors, options: Options | None = None) -> None:
        """Begin with nothing in the air."""
        self.options = options or Options()
        self._core = Core(sensors, self.options)
        self._late: Late[Snapshot] = Late(self._core, self.options.window)

    @property
    def sensors(self) -> Sensors:
        """The sensors as they are believed to be."""
        return self._core.sensors

    def adopt(self, sensors: Sensors) -> None:
        """Go on with the same sensors, known better: biases, skews, noise. Scans to come, and to be replayed, use them."""
        self._core.adopt(sensors)

    def take(self, scan: Scan) -> Taken:
        """Take a scan. One older than the window, or there already, is dropped and counted."""
        return self._late.take(scan, scan.time - float(self.sensors.skew[scan.sensor]))

    @property
    def dropped(self) -> dict[str, int]:
        """How many scans were dropped [1]: `late`, older than the window; `repeated`, there already."""
        return {"late": self._late.late, "repeated": self._late.repeated}

    def recent(self) -> tuple[tuple[Scan, Joins], ...]:
        """Return the scans within the window in order of time, each with what went where; a late one can still change it."""
        self._late.settle()
        return tuple((each.scan, each.joins or NOTHING) for each in self._late.entries)

    def picture(self, time: float | None = None) -> Picture:
        """Return all tracks as of `time` [s], by default that of the last scan; states are predicted from there."""
        self._late.settle()
        core, count = self._core, self._core.count
        at = core.time if time is None else time
        order = np.argsort(core.bank.ids[:count], kind="stable")
        state, covariance = merged(core.bank, order, at, core.rule.models)
        entries = self._late.entries
        last = (entries[-1].joins if entries else None) or NOTHING
        bank = core.bank
        return Picture(
            time=float(at), ids=bank.ids[order], state=state, covariance=covariance,
            existence=bank.ratio[order], confirmed=bank.confirmed[order] == 1, models=bank.weight[order],
            began=bank.began[order], updated=bank.updated[order], detections=bank.hits[order], sensor=bank.sensor[order],
            joined=last,
        )  # fmt: skip
