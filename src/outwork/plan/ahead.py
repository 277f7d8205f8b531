"""Carrying the best plan so far out while the search looks for a better one.

A person who says stop then has a whole plan at once, and one who waits to the end waits less.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Self

from outwork.model.axis import Array
from outwork.plan.carry import Carried
from outwork.solve.watch import STEP, Stop


@dataclass(frozen=True, eq=False)
class _Work:
    """A plan in buckets that is being carried out, or waits for that."""

    decided: Array
    stop: Stop
    future: Future[Carried]

    @property
    def stands(self) -> bool:
        """Whether it has come to a whole plan."""
        return self.future.done() and not self.future.cancelled() and self.future.exception() is None


@dataclass(eq=False)
class Ahead:
    """Carries plans out one after another in a thread of its own, the newest next; use it with `with`, which ends it."""

    carry: Callable[[Array, Stop], Carried]
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "outwork-carry"))
    _works: tuple[_Work, ...] = ()

    def __enter__(self) -> Self:
        """Begin with nothing to do."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave what is under way; it ends soon."""
        for work in self._works:
            work.stop.set()
        self._thread.shutdown(wait=False, cancel_futures=True)

    def take(self, decided: Array) -> None:
        """Take a better plan; one that still waits is out of date. One thread at a time may call this. Args: [variable]."""
        current = [work for work in self._works if not work.future.cancel()]
        newest = next((work for work in reversed(current) if work.stands), None)
        stop = Stop()
        begun = _Work(decided, stop, self._thread.submit(self.carry, decided, stop))
        self._works = (*(work for work in current if work is newest or not work.future.done()), begun)

    @property
    def newest(self) -> Carried | None:
        """The newest plan that stands, None where there is none yet."""
        return next((work.future.result() for work in reversed(self._works) if work.stands), None)

    def of(self, decided: Array, stop: Stop) -> Carried | None:
        """Return this plan carried out, or, where a person says stop meanwhile, the newest that stands; None for one not taken.

        Raises what carrying it out raised.
        """
        own = next((work for work in self._works if work.decided is decided), None)
        if own is None:
            return None
        for work in self._works:
            if work is not own:
                work.stop.set()  # nobody will ask for it any more
        while not own.future.done():
            if stop.asked and self.newest is not None:
                return self.newest
            wait((own.future,), STEP)
        return own.future.result()
