"""How far a sensor's clock is off, told from when its detections arrive.

A detection that was stamped at s by the sensor and arrived at a by our clock was on its way for w >= 0, so with a sensor's
clock that is ahead by k

    a - s = w - k.

Over many detections the smallest of these differences, where w is least, tells most: their lower envelope e. Where e is
below 0 the clock is ahead, by -e at least, since nothing arrives before it was true. Where e is above the longest way that is
usual, the clock is behind, or everything is late; which of the two, arrivals cannot tell. Between the two nothing is wrong.

The envelope is taken as a low quantile of the last differences, not as the least, so that a few wrong stamps do not make it.
"""

from __future__ import annotations

import math
from collections import deque
from typing import Final

WINDOW: Final = 256
"""Differences that are remembered."""
QUANTILE: Final = 0.05
"""Share of differences below the envelope: so many stamps may be wrong without moving it far."""
RENEWED: Final = 16
"""The envelope is found anew after so many differences; it moves slowly, and finding it costs more than taking one in."""
LEAST: Final = 20
"""Differences before anything is said."""
USUAL: Final = 1.0
"""Longest way of a detection that is usual [s]."""


class Skew:
    """Remembers the last differences of one sensor. Not to be shared between threads."""

    def __init__(self, usual: float = USUAL) -> None:
        """Begin with nothing known."""
        self._differences: deque[float] = deque(maxlen=WINDOW)
        self._usual = usual
        self._taken = 0
        self._found: float | None = None

    def take(self, difference: float) -> None:
        """Take in how long after its stamp a detection arrived [s], below 0 where it came before."""
        self._differences.append(difference)
        self._taken += 1
        if self._taken >= LEAST and (self._taken - LEAST) % RENEWED == 0:
            ordered = sorted(self._differences)
            self._found = ordered[math.floor(QUANTILE * len(ordered))]

    def envelope(self) -> float | None:
        """Return the lower envelope of the differences [s]; None where there are too few."""
        return self._found

    def ahead(self) -> float | None:
        """Return by how much the clock is ahead [s]: below 0 where it is behind, 0 where nothing is wrong, None not known."""
        envelope = self.envelope()
        if envelope is None or 0 <= envelope <= self._usual:
            return None if envelope is None else 0.0
        return -envelope if envelope < 0 else self._usual - envelope
