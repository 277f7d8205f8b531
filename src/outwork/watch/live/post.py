"""The post: what the live edge hands its detections to, turn by turn, and what it answers with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from outwork.model.frames import empty, from_rows
from outwork.model.tables import BY_NAME
from outwork.model.tables.watching import Detection, Sensor, Zone
from outwork.watch import answers
from outwork.watch.frames import Frame
from outwork.watch.gather import Gathering
from outwork.watch.live.heard import Arrived
from outwork.watch.lookout import Look, Lookout
from outwork.watch.options import Options
from outwork.watch.roster import Roster
from outwork.watch.scans import columns, scans
from outwork.watch.sensors import Sensors
from outwork.watch.tables import named, track_states
from outwork.watch.warn.zones import volumes

FORGET = 60.0
"""How long after its last detection an ended track is kept [s]."""


@dataclass(frozen=True, eq=False)
class Seen:
    """What is new after a turn: rows of `track_states` and `alerts`, and of `tracks` those shown; no rows where nothing is."""

    tracks: pl.DataFrame
    states: pl.DataFrame
    alerts: pl.DataFrame


NOTHING = Seen(*(empty(BY_NAME[name]) for name in ("tracks", "track_states", "alerts")))


class Post:
    """Keeps one picture of what arrives. The flat frame stands where the first sensor does."""

    def __init__(self, sensors: Iterable[Sensor], zones: Sequence[Zone], options: Options, begins: datetime) -> None:
        """Begin at an instant; more sensors may join later."""
        self._zones, self._options = zones, options
        self._epoch = int(begins.timestamp()) * 1_000_000
        self._sensors: dict[str, Sensor] = {}
        self._gathering = Gathering()
        self._lookout: Lookout | None = None
        self._rows = 0
        self.heard: Sequence[Callable[[Sequence[Sensor]], None]] = ()
        """Called with sensors as they join."""
        self.join(list(sensors))

    def join(self, sensors: Sequence[Sensor]) -> None:
        """Let sensors join, or be known better: where they stand and how well they see."""
        if not sensors:
            return
        self._sensors |= {sensor.sensor: sensor for sensor in sensors}
        table = from_rows(BY_NAME["sensors"], self._sensors.values())
        if self._lookout is None:
            latitude, longitude = (float(table[name].to_numpy().mean()) for name in ("latitude", "longitude"))
            frame = Frame(latitude, longitude, float(table["altitude"].to_numpy().min()), self._epoch)
            self._lookout = Lookout(Sensors.of(table, frame), frame, volumes(self._zones, frame), Roster(), self._options)
        else:
            self._lookout.adopt(Sensors.of(table, self._lookout.frame))
        for call in self.heard:
            call(sensors)

    def take(self, arrived: Sequence[Arrived], now: datetime) -> Seen:
        """Take what arrived in a turn; return what is new."""
        known = [(each.row, each.arrived) for each in arrived if each.row.sensor in self._sensors]
        return self._seen(self._looked(self._gathering.take(known, self._sensors, now)))

    def close(self) -> Seen:
        """Take what is still being gathered, as nothing more will come; return the last picture."""
        looks = self._looked(self._gathering.rest())
        return self._seen(looks + (self._lookout.close() if self._lookout is not None else []))

    def _looked(self, rows: Sequence[Detection]) -> list[Look]:
        """Give detections to the lookout, and return the pictures that were due."""
        if self._lookout is None or not rows:
            return []
        lookout, frame = self._lookout, self._lookout.frame
        detections = from_rows(BY_NAME["detections"], rows)
        told = columns(detections, lookout.tracker.sensors, frame, lookout.roster, self._rows)
        self._rows += len(rows)
        looks: list[Look | None] = []
        for scan, refused in scans(told, lookout.tracker.sensors, frame):
            lookout.health.refuse(scan.sensor, refused)
            looks.append(lookout.take(scan, told.words[scan.row - told.first]))
        return [look for look in looks if look is not None]

    def health(self) -> pl.DataFrame:
        """Return how the sensors do, as rows of `sensors_health`."""
        if self._lookout is None:
            return empty(BY_NAME["sensors_health"])
        return self._lookout.health.rows(self._lookout.frame, self._lookout.registrar.found())

    def acknowledge(self, alert: str, person: str) -> None:
        """Note that a named person has seen an alert. UnknownName where there is no such alert, ValueError without a name."""
        if self._lookout is not None:
            self._lookout.alerts = self._lookout.alerts.acknowledge(alert, person)

    def _seen(self, looks: Sequence[Look]) -> Seen:
        if self._lookout is None or not looks:
            return NOTHING
        lookout, last = self._lookout, looks[-1]
        shown = {named(track) for track in last.picture.ids.tolist()}
        rows = answers.shown(last, lookout.files, lookout.tracker.sensors.names, lookout.roster, lookout.frame)
        new = [alert for look in looks for alert in look.alerts if named(alert.track) in shown]
        lookout.files.forget(last.picture.ids, last.picture.time - FORGET)
        return Seen(rows, track_states(last.picture, lookout.frame), answers.alerts(new, lookout.frame))
