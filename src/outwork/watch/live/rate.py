"""How much a sensor says, beside what it is used to say."""

from __future__ import annotations

import math
from collections import deque
from datetime import datetime, timedelta
from typing import Final

SPAN: Final = timedelta(seconds=10)
"""Time over which detections are counted."""
SLICES: Final = 10
"""Parts of that time; counting by parts keeps the memory small however much comes."""
MEMORY: Final = 60.0
"""Time in which what is usual follows what happens [s]."""


class Rate:
    """Counts detections over the last ten seconds, and learns what is usual as long as it is not exceeded.

    Args: flood, how many times the usual is a flood; least, detections a second that are never one.
    """

    def __init__(self, flood: float, least: float) -> None:
        """Begin with nothing known: until something is, only `least` counts."""
        self._flood = flood
        self._least = least
        self._slice = SPAN / SLICES
        self._counts: deque[tuple[datetime, int]] = deque(maxlen=SLICES + 1)
        self._usual = 0.0

    def take(self, arrived: datetime) -> None:
        """Count one detection."""
        if self._counts and arrived - self._counts[-1][0] < self._slice:
            begins, count = self._counts[-1]
            self._counts[-1] = begins, count + 1
            return
        if self._counts:
            self._learn(arrived - self._counts[-1][0], arrived)
        self._counts.append((arrived, 1))

    def now(self, now: datetime) -> float:
        """Return the detections a second over the last ten seconds."""
        return sum(count for begins, count in self._counts if now - begins < SPAN) / SPAN.total_seconds()

    def limit(self) -> float:
        """Return beyond how many detections a second it floods."""
        return max(self._flood * self._usual, self._least)

    def _learn(self, passed: timedelta, now: datetime) -> None:
        """Let what is usual follow: u <- u + (r - u)(1 - exp(-t / T)), unless it is a flood."""
        rate = self.now(now)
        if rate <= self.limit():
            self._usual += (rate - self._usual) * (1 - math.exp(-passed.total_seconds() / MEMORY))
