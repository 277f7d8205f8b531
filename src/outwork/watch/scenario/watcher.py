"""Who looks: a sensor of the table, and what the table does not know of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from outwork.model.frames import from_rows
from outwork.model.tables import BY_NAME
from outwork.model.tables.watching import Sensor
from outwork.watch.frames import Floats
from outwork.watch.scenario.truth import KINDS, Kind, Reports
from outwork.watch.sensors import WIDTH


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a sensor beyond what its table says: measured less true, and late."""

    range: float = 0.0
    """m."""
    azimuth: float = 0.0
    """degree."""
    elevation: float = 0.0
    """degree."""
    skew: float = 0.0
    """By how much its clock is ahead [s]."""
    delay: tuple[float, float] = (0.0, 0.0)
    """After how long a scan arrives (least, most), drawn evenly [s]: with a spread above its period, out of order."""

    @property
    def bias(self) -> Floats:
        """What it adds to a measurement [6], in its units."""
        bias = np.zeros(WIDTH)
        bias[:3] = self.range, np.radians(self.azimuth), np.radians(self.elevation)
        return bias


@dataclass(frozen=True)
class Watcher:
    """A sensor: its row, the kinds of things that it detects, and how it goes about it."""

    row: Sensor
    sees: tuple[Kind, ...] = KINDS
    reports: Reports = ""
    """Which reports a receiver of self-reports receives."""
    accuracy: float = 0.0
    """Share of its detections whose class it names rightly [1]; 0: it names none."""
    first: float = 0.0
    """Time of its first scan [s]."""
    sweep: float = 0.0
    """Time that it takes to sweep its sector once [s]; 0: it sees all of it at once."""
    flaw: Flaw = Flaw()


def sensors_table(watchers: Sequence[Watcher]) -> pl.DataFrame:
    """Return the table of sensors."""
    return from_rows(BY_NAME["sensors"], [each.row for each in watchers])
