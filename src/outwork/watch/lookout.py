"""The lookout: takes scans and keeps what is known of all that flies. Replaying and watching live are both done by it.

Every `every` seconds of the sky's time the picture is looked at: what each track probably is, who it says it is, and how it
stands to every zone. What a detection says of a track counts at once, and for good when no late scan can change any more to
which track it belongs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from outwork.watch.files import Files
from outwork.watch.frames import Floats, Frame
from outwork.watch.health import Health
from outwork.watch.identify.affiliation import Standing, standings
from outwork.watch.identify.claims import Claims
from outwork.watch.identify.classify import Beliefs
from outwork.watch.measures import UNKNOWN_ALTITUDE
from outwork.watch.options import Options
from outwork.watch.registrar import Registrar
from outwork.watch.roster import Roster
from outwork.watch.scan import Scan
from outwork.watch.score.scene import Scene
from outwork.watch.sensors import SELF_REPORT, Sensors
from outwork.watch.tables import named
from outwork.watch.track.options import Options as Tracking
from outwork.watch.track.picture import Joins, Picture
from outwork.watch.track.tracker import Tracker
from outwork.watch.warn.alerts import Alert, Alerts
from outwork.watch.warn.approach import approach
from outwork.watch.warn.zones import Volume

NOBODY: Final = Scene(0.0, np.empty(0, np.int64), np.empty((0, 6)), np.empty((0, 6, 6)))


@dataclass(frozen=True, eq=False)
class Look:
    """The picture at one time: confirmed tracks, what each of them is, who it says it is, and the alerts that are new.

    classes [n, class] are probabilities in the order of CLASSES; standings stand in the order of the tracks.
    """

    picture: Picture
    classes: Floats
    standings: tuple[Standing, ...]
    alerts: tuple[Alert, ...]


class Lookout:
    """What is known of all that flies."""

    def __init__(
        self,
        sensors: Sensors,
        frame: Frame,
        zones: Sequence[Volume],
        roster: Roster,
        options: Options | None = None,
        settled: Callable[[Scan, Joins], None] = lambda _, __: None,
    ) -> None:
        """Begin with nothing in the air. `settled` is called with each scan that no late one can change any more."""
        self.options = options or Options()
        self.frame, self.roster = frame, roster
        self.tracker = Tracker(sensors, self.options.tracking or Tracking())
        self.files, self.health, self.registrar = Files(sensors), Health(sensors), Registrar(sensors)
        self.alerts = Alerts()
        self._zones, self._settled = tuple(zones), settled
        self._beliefs, self._claims, self._scene = Beliefs.none(), Claims.none(), NOBODY
        self._alone: dict[int, int] = {}
        self._next = -np.inf

    def adopt(self, sensors: Sensors) -> None:
        """Go on with sensors of which there are more, the known ones in their places, or that are known better."""
        self.tracker.adopt(sensors)
        self.files.adopt(sensors)
        self.health.adopt(sensors)
        self.registrar.adopt(sensors)

    def take(self, scan: Scan, words: Floats) -> Look | None:
        """Take a scan with the likelihoods [n, class] that its detections say; return the picture where one is due."""
        taken = self.tracker.take(scan)
        if not taken.kept:
            self.health.drop(scan, "they came too late, or a second time")
            return None
        self.files.hear(scan, words)
        self.health.hear(scan, self._scene)
        self._claim(scan)
        self._settle(taken.settled)
        if scan.time < self._next:
            return None
        self._next = scan.time + self.options.every
        return self.look()

    def look(self) -> Look:
        """Look at the picture as it is now."""
        picture = self.tracker.picture().only_confirmed()
        self._scene = Scene(picture.time, picture.ids, picture.state, picture.covariance)
        self._beliefs = self._beliefs.watched(self._scene, self.options.classes)
        recent = self.tracker.recent()
        self.registrar.take(picture, recent)
        beliefs = self._told([joins for _, joins in recent])
        classes = beliefs.of(picture.ids, self.options.classes)
        self._alone = self.files.alone(picture.ids, recent)
        found = standings(self._claims, self._scene, self._alone, self.roster.name)
        approaches = [approach(zone, self._scene) for zone in self._zones]
        self.alerts, new = self.alerts.take(picture.time, approaches, picture.ids, named, self.options.alerts)
        self.files.shown(picture, classes, found)
        return Look(picture, classes, found, new)

    def close(self) -> list[Look]:
        """Take all scans as settled, and return the last picture; none where no scan was ever taken."""
        last = [self.look()] if np.isfinite(self._next) else []
        self._settle(self.tracker.recent())
        return last

    def _settle(self, scans: Sequence[tuple[Scan, Joins]]) -> None:
        """Take for good what went where in scans that no late one can change any more."""
        self._beliefs = self._told([joins for _, joins in scans])
        for scan, joins in scans:
            self._settled(scan, joins)
            self.files.settle(scan, joins)
            self.health.join(scan, joins, self.files.known)

    def _told(self, joins: Sequence[Joins]) -> Beliefs:
        """Return the beliefs with what detections say of the tracks that they were joined to."""
        if not joins:
            return self._beliefs
        track, row, weight = (np.concatenate([getattr(each, name) for each in joins]) for name in ("track", "row", "weight"))
        return self._beliefs.told(track, self.files.words(row), weight, self.options.classes)

    def _claim(self, scan: Scan) -> None:
        """Hold what a scan says of callers against the tracks of the last picture that something has seen."""
        kind = int(self.tracker.sensors.kind[scan.sensor])
        if kind != SELF_REPORT:
            self._claims = self._claims.looked(self.tracker.sensors, scan.sensor, scan.time)
            return
        own = scan.identity > 0
        if not own.any():
            return
        seen = _without(self._scene, self._alone)
        variance = np.nan_to_num(scan.variance[own, :3], nan=UNKNOWN_ALTITUDE**2)
        self._claims = self._claims.reported(scan.identity[own], scan.time, scan.z[own, :3], variance, seen)


def _without(scene: Scene, left_out: Iterable[int]) -> Scene:
    """Return a scene without some tracks."""
    kept = ~np.isin(scene.ids, list(left_out))
    return Scene(scene.time, scene.ids[kept], scene.state[kept], scene.covariance[kept])
