"""Live detections, gathered until their scan is whole: a tracker that is given half a scan takes the rest for missed.

A scan is whole once a later one of its sensor has begun, once it has lasted a period and a tenth, or once its sensor has been
quiet for a quarter of a period. A self-report is whole by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from outwork.model.tables.watching import Detection, Sensor

LONGEST: Final = 1.1
"""Periods that a scan lasts at most [1]."""
QUIET: Final = 0.25
"""Share of a period after which a sensor that says nothing more has ended its scan [1]."""
LEAST: Final = 0.05
"""It is waited for at least so long [s]: what is sent together may arrive apart."""


@dataclass
class _Scan:
    """A scan that is being gathered: its rows, and when the first and the last of them arrived."""

    first: datetime
    last: datetime
    rows: list[Detection] = field(default_factory=list)

    def follows(self, row: Detection, period: float) -> bool:
        """Return whether a detection belongs to a later scan than these."""
        if row.scan is not None or self.rows[0].scan is not None:
            return row.scan != self.rows[0].scan
        return (row.at - self.rows[0].at).total_seconds() >= period

    def ended(self, now: datetime, period: float) -> bool:
        """Return whether nothing more is to be waited for."""
        quiet = (now - self.last).total_seconds() >= max(QUIET * period, LEAST)
        return quiet or (now - self.first).total_seconds() >= max(LONGEST * period, LEAST)


class Gathering:
    """The scans that are being gathered, one of each sensor."""

    def __init__(self) -> None:
        """Begin with none."""
        self._open: dict[str, _Scan] = {}

    def take(
        self, arrived: Iterable[tuple[Detection, datetime]], sensors: Mapping[str, Sensor], now: datetime
    ) -> list[Detection]:
        """Take detections with the instants of their arrival; return the rows of all scans that are whole now."""
        whole: list[Detection] = []
        for row, at in arrived:
            sensor = sensors[row.sensor]
            if sensor.kind == "self_report":
                whole.append(row)
                continue
            scan = self._open.get(row.sensor)
            if scan is not None and scan.follows(row, sensor.period):
                whole += self._open.pop(row.sensor).rows
                scan = None
            if scan is None:
                scan = self._open[row.sensor] = _Scan(at, at)
            scan.rows.append(row)
            scan.last = max(scan.last, at)
        for name in [name for name, scan in self._open.items() if scan.ended(now, sensors[name].period)]:
            whole += self._open.pop(name).rows
        return whole

    def rest(self) -> list[Detection]:
        """Return what is still being gathered, as nothing more will come."""
        left = [row for scan in self._open.values() for row in scan.rows]
        self._open.clear()
        return left
