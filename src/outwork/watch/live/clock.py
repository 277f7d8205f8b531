"""Clocks that never step back: an instant is read once, and from then on only the time that passed is counted."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the instant, in UTC; never earlier than the time before."""
        ...

    def wait(self, until: datetime) -> float:
        """Return how long to wait until an instant, in seconds of the machine; 0 where it has passed."""
        ...


class Steady:
    """Counts from an instant on, by a clock of the machine that nobody sets; `speed` times as fast.

    Where somebody sets the machine's own time, this clock goes on as if nothing had happened, and so do the stamps that are
    compared with it. With `begins` and `speed` it tells the time of a recording that is replayed.
    """

    def __init__(
        self,
        begins: datetime | None = None,
        speed: float = 1.0,
        counter: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin to count. ValueError where the speed is not above 0."""
        if not speed > 0:
            raise ValueError(f"a clock cannot run at {speed} times its speed; give a number above 0")
        self._begins = begins or datetime.now(UTC)
        self._speed = speed
        self._counter = counter
        self._start = counter()

    def now(self) -> datetime:
        """Return the instant."""
        return self._begins + timedelta(seconds=(self._counter() - self._start) * self._speed)

    def wait(self, until: datetime) -> float:
        """Return how long to wait until an instant [s of the machine]."""
        return max(0.0, (until - self.now()).total_seconds() / self._speed)
