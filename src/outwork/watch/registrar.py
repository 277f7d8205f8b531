"""Keeps the detections of which registration learns: those of tracks that several sensors saw at about one time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Final

import numpy as np

from outwork.watch.files import HALF
from outwork.watch.frames import Floats
from outwork.watch.registration import Meetings, Options, Registration, meetings, register
from outwork.watch.scan import Scan
from outwork.watch.sensors import Sensors
from outwork.watch.track.picture import Joins, Picture

MOST: Final = 2_000
"""Scans kept, the last ones."""
SPAN: Final = 0.5
"""What is seen within so many seconds is seen at one time [s]."""
ENOUGH: Final = 50
"""Detections in meetings from which on something is said [1]."""


class Registrar:
    """The last scans with the tracks that their detections went into, and where those were."""

    def __init__(self, sensors: Sensors) -> None:
        """Begin with nothing."""
        self._sensors = sensors
        self._kept: deque[tuple[Floats, ...]] = deque(maxlen=MOST)
        self._until = -np.inf

    def adopt(self, sensors: Sensors) -> None:
        """Go on with sensors of which there are more, or that are known better."""
        self._sensors = sensors

    def take(self, picture: Picture, recent: Iterable[tuple[Scan, Joins]]) -> None:
        """Keep the scans that came since the last picture, with the states of this one carried back to their times."""
        for scan, joins in recent:
            if self._until < scan.time <= picture.time:
                found = _joined(picture, scan, joins)
                if len(found[0]):
                    self._kept.append(found)
        self._until = max(self._until, picture.time)

    def found(self) -> Registration | None:
        """Return what is wrong with the sensors' aim; None where too little was seen by several of them."""
        met = self._met()
        return register(self._sensors, met, Options()) if met is not None and len(met.sensor) >= ENOUGH else None

    def _met(self) -> Meetings | None:
        if not self._kept:
            return None
        track, time, sensor, z, variance, state = (np.concatenate(each) for each in zip(*self._kept, strict=True))
        return meetings(track.astype(np.int64), time, sensor.astype(np.int64), z, variance, state, SPAN)


def _joined(picture: Picture, scan: Scan, joins: Joins) -> tuple[Floats, ...]:
    """Return track, time, sensor, z, variance and state of the detections of a scan that went into tracks of a picture."""
    place = {row: number for number, row in enumerate(scan.row.tolist())}
    which = {track: number for number, track in enumerate(picture.ids.tolist())}
    pairs = [
        (which[track], place[row])
        for track, row, weight in zip(joins.track.tolist(), joins.row.tolist(), joins.weight.tolist(), strict=True)
        if weight >= HALF and track in which
    ]
    rows, found = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    time = scan.time + scan.offset[found]
    state = picture.state[rows].copy()
    state[:, :3] += (time - picture.time)[:, None] * state[:, 3:]
    sensor = np.full(len(found), float(scan.sensor))
    return picture.ids[rows].astype(np.float64), time, sensor, scan.z[found], scan.variance[found], state
