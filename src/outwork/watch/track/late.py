"""Scans that come late: the last ones are kept in order with snapshots between them, and those after a late one replayed.

Whatever order scans come in within the window, the answer is the same as in order, to the last bit, since it is worked out in
order. Scans are ordered by time, then sensor, then their numbers; one with all of these equal to another's is a duplicate.
Replaying waits until somebody looks, or until the window has passed, so that a burst of late scans is replayed once.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

import numpy as np

from outwork.watch.scan import Scan
from outwork.watch.track.picture import Joins

STRIDES: Final = 8
"""Snapshots [1] per window."""

Known = TypeVar("Known")


class Stepper(Protocol[Known]):
    """What is replayed: it steps from scan to scan, and can be copied and put back."""

    def step(self, scan: Scan, time: float) -> Joins: ...  # noqa: D102
    def snapshot(self) -> Known: ...  # noqa: D102
    def restore(self, known: Known) -> None: ...  # noqa: D102


@dataclass
class Entry(Generic[Known]):
    """A scan in its place: its true time [s], what it gave once it was stepped, and the snapshot taken before it, if any."""

    time: float
    scan: Scan
    joins: Joins | None = None
    before: Known | None = None

    @property
    def place(self) -> tuple[float, int]:
        """By what scans are ordered first."""
        return self.time, self.scan.sensor


@dataclass(frozen=True)
class Taken:
    """What became of a scan: whether it was taken, and the scans that no late one can change any more, with what went where."""

    kept: bool
    settled: tuple[tuple[Scan, Joins], ...] = ()


DROPPED: Final = Taken(kept=False)
NOTHING: Final = Joins(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))


class Late(Generic[Known]):
    """The last scans in order. Counts those dropped: `late`, older than the window; `repeated`, there already."""

    def __init__(self, core: Stepper[Known], window: float) -> None:
        """Keep scans for `window` [s]."""
        self._core, self._window = core, window
        self.entries: list[Entry[Known]] = []
        self._stepped = 0
        self._last_snapshot = -np.inf
        self._newest = -np.inf
        self.late = self.repeated = 0

    def take(self, scan: Scan, time: float) -> Taken:
        """Put a scan with its true time [s] into its place, and step what can be stepped."""
        if time < self._newest - self._window:
            self.late += 1
            return DROPPED
        at = self._place(scan, time)
        if at < 0:
            self.repeated += 1
            return DROPPED
        in_order = at == len(self.entries) == self._stepped
        self.entries.insert(at, Entry(time, scan))
        self._newest = max(self._newest, time)
        if in_order:
            self._step()
        elif at < self._stepped:
            self._go_back(at)
        if self.entries[min(self._stepped, len(self.entries) - 1)].time < self._newest - self._window:
            self.settle()
        return Taken(kept=True, settled=tuple((each.scan, each.joins or NOTHING) for each in self._forget()))

    def settle(self) -> None:
        """Step all scans that are not stepped yet."""
        while self._stepped < len(self.entries):
            self._step()

    def _place(self, scan: Scan, time: float) -> int:
        """Return where a scan belongs, -1 where it is there already."""
        at = bisect_left(self.entries, (time, scan.sensor), key=lambda each: each.place)
        while at < len(self.entries) and self.entries[at].place == (time, scan.sensor):
            other = self.entries[at].scan
            mine, theirs = _numbers(scan), _numbers(other)
            if mine == theirs:
                return -1
            if mine < theirs:
                break
            at += 1
        return at if self._window > 0 else len(self.entries)

    def _step(self) -> None:
        entry = self.entries[self._stepped]
        if entry.before is None and self._window > 0 and entry.time - self._last_snapshot >= self._window / STRIDES:
            entry.before = self._core.snapshot()
            self._last_snapshot = entry.time
        entry.joins = self._core.step(entry.scan, entry.time)
        self._stepped += 1

    def _go_back(self, at: int) -> None:
        """Go back to the last snapshot before the scan at `at`, which is new, and drop the snapshots that come after it."""
        back = at
        while self.entries[back].before is None:
            back -= 1
            if back < 0:
                self._rise(at)
                return
        known = self.entries[back].before
        assert known is not None  # noqa: S101  the loop ends there
        self._core.restore(known)
        for entry in self.entries[at + 1 :]:
            entry.before = None
        self._stepped = back
        self._last_snapshot = self.entries[back].time

    def _rise(self, at: int) -> None:
        """The new scan is the first of all that are kept: what was known before the next one is known before it."""
        following = self.entries[at + 1]
        assert following.before is not None  # noqa: S101  the first kept has a snapshot: see _forget
        self.entries[at].before, following.before = following.before, None
        self._go_back(at)

    def _forget(self) -> list[Entry[Known]]:
        """Drop what no late scan can reach any more: all before the last snapshot that is older than the window; return it."""
        edge = self._newest - self._window
        keep = 0
        for index in range(min(self._stepped, len(self.entries))):
            if self.entries[index].time >= edge:
                break
            if self.entries[index].before is not None:
                keep = index
        if self._window == 0:
            keep = max(self._stepped - 1, 0)
        if keep:
            self._stepped -= keep
        gone = self.entries[:keep]
        del self.entries[:keep]
        return gone


def _numbers(scan: Scan) -> bytes:
    return b"".join(each.tobytes() for each in (scan.z, scan.variance, scan.offset, scan.identity))
