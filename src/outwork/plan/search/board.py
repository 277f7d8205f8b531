"""The best plan and the best bound so far, told to whoever watches as they improve."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from outwork.model.axis import Array
from outwork.model.outcome import relative_gap
from outwork.solve.watch import Progress, Stop

WITHOUT_LIMIT = 300.0
"""Seconds by which work after the search is measured where there is no limit."""
HURRIED = 0.0
"""The same once a person has said stop: what is at hand is told, and nothing more is looked into."""
Tell = Callable[[Progress], None]


@dataclass(eq=False)
class Board:
    """What solvers side by side have found. Costs are those of the bucketed model, to be minimised."""

    gap: float
    limit: float | None
    tell: Tell | None = None
    stop: Stop = field(default_factory=Stop)
    follow: Callable[[Array], None] | None = None
    """Is given each plan that is better than the best so far."""
    began: float = field(default_factory=time.monotonic)
    x: Array | None = None
    cost: float | None = None
    bound: float | None = None
    _lock: Lock = field(default_factory=Lock)

    @property
    def left(self) -> float | None:
        """Seconds that are left, None without a limit."""
        return None if self.limit is None else max(0.0, self.limit - (time.monotonic() - self.began))

    def share(self, part: float) -> float:
        """Seconds for one piece of work after the search: a part [1] of the limit, whatever the search has left.

        A person who has said stop waits for the plan, not for its reasons.
        """
        if self.stop.asked:
            return HURRIED
        return part * (WITHOUT_LIMIT if self.limit is None else self.limit)

    @property
    def done(self) -> bool:
        """Whether the gap is reached, time is up, or a person has said stop."""
        return self.reached or self.stop.asked or self.left == 0.0

    @property
    def reached(self) -> bool:
        """Whether the best plan is proven good enough."""
        gap = relative_gap(self.cost, self.bound)
        return gap is not None and gap <= self.gap

    def offer(self, phase: str, x: Array | None, cost: float | None) -> None:
        """Take a plan where it is better than the best so far."""
        with self._lock:
            if x is not None and cost is not None and (self.cost is None or cost < self.cost):
                self.x, self.cost = x, cost
                if self.follow is not None:
                    self.follow(x)
        self.say(phase)

    def raise_bound(self, phase: str, bound: float | None) -> None:
        """Take a bound where it is higher than the best so far."""
        with self._lock:
            if bound is not None and (self.bound is None or bound > self.bound):
                self.bound = bound
        self.say(phase)

    def say(self, phase: str) -> None:
        """Tell how far the search is."""
        if self.tell is not None:
            self.tell(Progress(phase, time.monotonic() - self.began, self.cost, self.bound))
