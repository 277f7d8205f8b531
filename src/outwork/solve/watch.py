"""Seeing how a solve goes, and ending it early.

The solver runs in a thread of its own while the caller's thread waits in small steps: only so can Ctrl-C be heard while
HiGHS is at work, and only so does a progress callback run in the caller's thread, where it may draw or raise.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TypeVar

from outwork.model.outcome import relative_gap

T = TypeVar("T")

STEP = 0.05
"""Seconds between two looks at the solver: short for a person, long for a processor."""


@dataclass(frozen=True)
class Progress:
    """How far a solve is: best cost so far and the bound below which no cost can fall, None where there is none yet."""

    phase: str
    seconds: float
    cost: float | None = None
    bound: float | None = None

    @property
    def gap(self) -> float | None:
        """Relative distance between cost and bound [1]."""
        return relative_gap(self.cost, self.bound)


class Stop:
    """A request to end early. Set it from any thread or from a signal handler; it is never unset.

    One flag that is only ever written True needs no lock, and a lock could deadlock in a signal handler.
    """

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self._asked = False

    @property
    def asked(self) -> bool:
        """Whether somebody asked to stop."""
        return self._asked

    def set(self) -> None:
        """Ask to stop."""
        self._asked = True


class Watch:
    """What the solver's thread and the caller's share: the request to stop, and the last news."""

    def __init__(self, stop: Stop) -> None:
        """Begin with no news."""
        self.stop = stop
        self.news: Progress | None = None


def watched(task: Callable[[Watch], T], progress: Callable[[Progress], None] | None, stop: Stop | None) -> T:
    """Run `task` in a thread and return what it returns; tell `progress` of every news about it, from this thread.

    Ctrl-C asks the caller's `stop`, and the task's answer so far is returned. Without a `stop`, or at the second Ctrl-C,
    nobody would read that answer: the task is ended and KeyboardInterrupt goes on to the caller, as does whatever
    `progress` raises.
    """
    watch = Watch(stop or Stop())
    with ThreadPoolExecutor(1, "outwork-solve") as pool:
        future = pool.submit(task, watch)
        told = None
        while not future.done():
            try:
                told = _step(future, watch, progress, told)
            except KeyboardInterrupt:
                again = watch.stop.asked
                watch.stop.set()
                if stop is None or again:
                    raise
            except BaseException:
                watch.stop.set()
                raise
        return future.result()


def _step(
    future: Future[T], watch: Watch, progress: Callable[[Progress], None] | None, told: Progress | None
) -> Progress | None:
    """Wait a little, then pass on what is new; return the last news that was passed on."""
    wait((future,), STEP)
    news = watch.news
    if progress is not None and news is not None and news is not told:
        progress(news)
    return news
