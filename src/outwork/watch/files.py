"""What is kept of each track beyond where it is: who detected it, what it was last shown as, and who it said it was."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.identify.affiliation import Standing
from outwork.watch.identify.profiles import CLASSES
from outwork.watch.scan import Scan
from outwork.watch.sensors import SELF_REPORT, Sensors
from outwork.watch.track.picture import Joins, Picture

HALF = 0.5
"""A detection that belongs to a track with at least this probability counts as the track's."""
BLANK = np.full(len(CLASSES), np.nan)


@dataclass
class File:
    """What is kept of one track.

    since and until [s]; detections [1] that were joined; sensors and callers whose they were; classes [class] and standing as
    it was last shown, None where it never was.
    """

    since: float = np.inf
    until: float = -np.inf
    detections: int = 0
    sensors: set[int] = field(default_factory=set)
    callers: set[int] = field(default_factory=set)
    classes: Floats | None = None
    standing: Standing | None = None

    def join(self, sensor: int, caller: int, time: float) -> None:
        """Note a detection of a sensor at a time [s]."""
        self.since, self.until = min(self.since, time), max(self.until, time)
        self.detections += 1
        self.sensors.add(sensor)
        if caller:
            self.callers.add(caller)


class Files:
    """The files of all tracks, and the words of detections that can still move from one track to another."""

    def __init__(self, sensors: Sensors) -> None:
        """Begin with no track."""
        self._reports = {int(k) for k in np.flatnonzero(sensors.kind == SELF_REPORT)}
        self._files: dict[int, File] = {}
        self._words: dict[int, Floats] = {}
        self._shown: set[int] = set()

    def hear(self, scan: Scan, words: Floats) -> None:
        """Keep what detections of a scan say: likelihoods [n, class], NaN where they say nothing."""
        said = np.isfinite(words).any(axis=1)
        self._words.update(zip(scan.row[said].tolist(), words[said], strict=True))

    def words(self, rows: Ints) -> Floats:
        """Return what detections say [n, class], by their rows."""
        found = [self._words.get(row, BLANK) for row in rows.tolist()]
        return np.array(found).reshape(-1, len(CLASSES))

    def settle(self, scan: Scan, joins: Joins) -> None:
        """Take for good which track each detection of a scan belongs to."""
        for track, place in _belongs(scan, joins):
            caller, time = int(scan.identity[place]), scan.time + float(scan.offset[place])
            self._files.setdefault(track, File()).join(scan.sensor, caller, time)
        for row in scan.row.tolist():
            self._words.pop(row, None)

    def alone(self, ids: Ints, recent: Iterable[tuple[Scan, Joins]]) -> dict[int, int]:
        """Return the tracks that nothing but reports of one caller made, with the caller; `recent` is not settled yet."""
        sensors = {track: set(each.sensors) for track in ids.tolist() if (each := self._files.get(track))}
        callers = {track: set(self._files[track].callers) for track in sensors}
        for scan, joins in recent:
            for track, place in _belongs(scan, joins):
                sensors.setdefault(track, set()).add(scan.sensor)
                if scan.identity[place]:
                    callers.setdefault(track, set()).add(int(scan.identity[place]))
        there = set(ids.tolist())
        return {
            track: min(callers[track])
            for track, seen in sensors.items()
            if track in there and seen <= self._reports and len(callers.get(track, ())) == 1
        }

    def shown(self, picture: Picture, classes: Floats, found: Sequence[Standing]) -> None:
        """Note as what the tracks of a picture were shown."""
        for track, shares, standing in zip(picture.ids.tolist(), classes, found, strict=True):
            kept = self._files.setdefault(track, File())
            kept.classes, kept.standing = shares, standing
            self._shown.add(track)

    def adopt(self, sensors: Sensors) -> None:
        """Go on with sensors of which there are more, or that are known better."""
        self._reports = {int(k) for k in np.flatnonzero(sensors.kind == SELF_REPORT)}

    def file(self, track: int) -> File | None:
        """Return what is kept of a track, None for one of which nothing is."""
        return self._files.get(track)

    @property
    def known(self) -> Container[int]:
        """The tracks that were ever shown."""
        return self._shown

    def rows(self) -> Iterator[tuple[int, File]]:
        """Yield the tracks that were ever shown and are settled, in the order of their numbers."""
        for track in sorted(self._files):
            if self._files[track].classes is not None and self._files[track].detections:
                yield track, self._files[track]

    def forget(self, there: Ints, before: float) -> Iterator[tuple[int, File]]:
        """Take out the tracks that are no longer there and had their last detection before a time [s]; yield those shown."""
        kept = set(there.tolist())
        gone = [track for track, each in self._files.items() if track not in kept and each.until < before]
        for track in sorted(gone):
            each = self._files.pop(track)
            self._shown.discard(track)
            if each.classes is not None and each.detections:
                yield track, each


def _belongs(scan: Scan, joins: Joins) -> Iterator[tuple[int, int]]:
    """Yield the track of each detection that has one, and the detection's place in the scan."""
    place = {row: number for number, row in enumerate(scan.row.tolist())}
    sure = joins.weight >= HALF
    for track, row in zip(joins.track[sure].tolist(), joins.row[sure].tolist(), strict=True):
        yield track, place[row]
