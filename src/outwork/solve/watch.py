"""Seeing how a solve goes, and ending it early.

The solver runs in a thread of its own while the caller's thread waits in small steps: only so can Ctrl-C be heard while
HiGHS is at work, and only so does a progress callback run in the caller's thread, where it may draw or raise.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from threading import Thread

from outwork.model.outcome import Bracketed
from outwork.solve.answer import Claim
from outwork.solve.blocks import Array
from outwork.solve.status import Status

STEP = 0.05
"""Seconds between two looks at the solver: short for a person, long for a processor."""

PATIENCE = 0.2
"""Seconds that a solver has to come to an end after it was asked to stop."""


@dataclass(frozen=True)
class Progress(Bracketed):
    """How far a solve is: best cost so far and the bound below which no cost can fall, None where there is none yet."""

    phase: str
    seconds: float
    cost: float | None = None
    bound: float | None = None


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
    """What the solver's thread and the caller's share: the request to stop, the last news, and the best x so far."""

    def __init__(self, stop: Stop) -> None:
        """Begin with no news."""
        self.stop = stop
        self.news: Progress | None = None
        self.best: tuple[Array, float] | None = None


def watched(task: Callable[[Watch], Claim], progress: Callable[[Progress], None] | None, stop: Stop | None) -> Claim:
    """Run `task` in a thread and return what it returns; tell `progress` of every news about it, from this thread.

    A task that has not ended PATIENCE after `stop` was asked is left behind (HiGHS hears nothing during presolve; its thread
    ends when it next listens), and the best that it has shown is returned. Ctrl-C asks the caller's `stop`. Without a
    `stop`, or at the second Ctrl-C, nobody would read the answer: the task is told to end and KeyboardInterrupt goes on to
    the caller, as does whatever `progress` raises.
    """
    watch, future = Watch(stop or Stop()), Future[Claim]()
    Thread(target=_fill, args=(future, task, watch), name="outwork-solve").start()
    told, patience = None, PATIENCE
    while True:
        try:  # Ctrl-C may come between any two lines of the loop
            while not future.done():
                told = _step(future, watch, progress, told)
                patience -= STEP * watch.stop.asked
                if patience <= 0:
                    return _so_far(watch)
            return future.result()
        except KeyboardInterrupt:
            again = watch.stop.asked
            watch.stop.set()
            if stop is None or again:
                raise
        except BaseException:
            watch.stop.set()
            raise


def _fill(future: Future[Claim], task: Callable[[Watch], Claim], watch: Watch) -> None:
    """Run the task, and put its result or what it raised into the future."""
    try:
        future.set_result(task(watch))
    except BaseException as error:  # noqa: BLE001  the caller's thread raises it again
        future.set_exception(error)


def _so_far(watch: Watch) -> Claim:
    """Return the best that a task has shown before it was left behind."""
    x, objective = watch.best or (None, None)
    return Claim(Status.LIMITED, x=x, objective=objective, bound=watch.news.bound if watch.news else None)


def _step(
    future: Future[Claim], watch: Watch, progress: Callable[[Progress], None] | None, told: Progress | None
) -> Progress | None:
    """Wait a little, then pass on what is new; return the last news that was passed on."""
    wait((future,), STEP)
    news = watch.news
    if progress is not None and news is not None and news is not told:
        progress(news)
    return news
