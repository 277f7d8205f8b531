"""Sinks: where turns go. Each has a box of its own, so that a slow or broken one holds nobody up."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Generic

from outwork.watch.live.heard import Made, Sink, Turn
from outwork.watch.live.status import Priority, SourceStatus

LONGEST: Final = 200
"""Characters of a failure that are told."""


@dataclass(frozen=True)
class Calls(Generic[Made]):
    """A sink that calls a function with each turn, such as one that records or shows it; the function must not wait."""

    name: str
    call: Callable[[Turn[Made]], None]
    end: Callable[[], None] = lambda: None

    async def give(self, turn: Turn[Made]) -> None:
        """Call the function."""
        self.call(turn)

    async def close(self) -> None:
        """Call the function that ends."""
        self.end()


@dataclass
class Outbox(Generic[Made]):
    """Holds turns until their sink has taken them; where more come than fit, the oldest is left out and counted."""

    sink: Sink[Made]
    most: int
    given: int = 0
    shed: int = 0
    faults: int = 0
    last_fault: str = ""
    _held: deque[Turn[Made]] = field(default_factory=deque)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _ends: bool = False

    def put(self, turn: Turn[Made]) -> None:
        """Take a turn in."""
        self._held.append(turn)
        if len(self._held) > self.most:
            self._held.popleft()
            self.shed += 1
        self._news.set()

    def end(self) -> None:
        """Let `run` end once all is given."""
        self._ends = True
        self._news.set()

    async def run(self) -> None:
        """Give turns to the sink as they come, and close it at the end; a turn that it fails on is told, and the next tried."""
        while not (self._ends and not self._held):
            await self._news.wait()
            self._news.clear()
            while self._held:
                await self._give(self._held.popleft())
        await self._close()

    async def _give(self, turn: Turn[Made]) -> None:
        try:
            await self.sink.give(turn)
        except Exception as error:  # noqa: BLE001  # whatever a sink fails of, it is told, and the watch goes on
            self._fault(error)
        else:
            self.given += 1

    async def _close(self) -> None:
        try:
            await self.sink.close()
        except Exception as error:  # noqa: BLE001  # as above
            self._fault(error)

    def _fault(self, error: Exception) -> None:
        self.faults += 1
        self.last_fault = f"{type(error).__name__}: {error}"[:LONGEST]

    def status(self) -> SourceStatus:
        """Return how the sink does."""
        shed = {Priority.NORMAL: self.shed} if self.shed else {}
        return SourceStatus(self.given, len(self._held), self.faults, self.last_fault, shed)
