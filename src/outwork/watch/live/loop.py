"""The loop of the live edge: sources, intake, what the tracker makes of it, sinks; a turn every so often until it is ended."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Generic, TypeAlias

from outwork.model.tables.watching import Sensor
from outwork.watch.live.clock import Clock
from outwork.watch.live.heard import Arrived, Made, Sink, Source, Turn
from outwork.watch.live.intake import Intake
from outwork.watch.live.options import Options
from outwork.watch.live.sinks import Outbox
from outwork.watch.live.status import SourceStatus, Status
from outwork.watch.live.supervisor import Running, supervised

Take: TypeAlias = Callable[[Sequence[Arrived], datetime], Made]
"""Makes something of a turn's detections, such as a picture; called once a turn, with its instant, even where none came."""


@dataclass
class Watch(Generic[Made]):
    """What runs: sources heard, a tracker fed, sinks served.

    `intake` may be fed back what the tracker found of each detection (`Intake.innovations`).
    """

    sensors: Sequence[Sensor]
    sources: Sequence[Source]
    take: Take[Made]
    sinks: Sequence[Sink[Made]]
    clock: Clock
    options: Options

    def __post_init__(self) -> None:
        """Begin with nothing heard."""
        self.intake = Intake(self.sensors, self.options)
        self.stop = asyncio.Event()
        self._late = 0
        self._running = {source.name: Running() for source in self.sources}
        self._outboxes = [Outbox(sink, self.options.outbox) for sink in self.sinks]

    async def run(self) -> Status:
        """Run until `stop` is set, a person presses Ctrl-C, or every source has ended; return how everything did.

        What was heard until then is taken in one last turn, and every sink gets `closing` seconds to end.
        """
        with _interrupted(self.stop):
            hearing = [asyncio.create_task(self._hear(source)) for source in self.sources]
            giving = [asyncio.create_task(box.run()) for box in self._outboxes]
            try:
                await self._turns()
                await _ended(hearing)
                self._turn()
            finally:
                await _ended(hearing)
                for box in self._outboxes:
                    box.end()
                await asyncio.wait(giving, timeout=self.options.closing) if giving else None
                await _ended(giving)
        return self.status()

    def status(self) -> Status:
        """Return how everything does."""
        sources = self.intake.sources()
        told = {
            name: replace(sources.get(name, SourceStatus()), restarts=running.restarts, trouble=running.trouble)
            for name, running in self._running.items()
        }
        sinks = {box.sink.name: box.status() for box in self._outboxes}
        return Status(told, self.intake.sensors(self.clock.now()), sinks, self.intake.strangers, self._late)

    async def _hear(self, source: Source) -> None:
        running = self._running[source.name]
        await supervised(source, lambda heard: self.intake.put(source.name, heard), self.options.backoff, running)

    async def _turns(self) -> None:
        """Turn when it is time; a turn for which there was no time is left out, and counted."""
        period = timedelta(seconds=self.options.period)
        due = self.clock.now() + period
        while not self.stop.is_set() and not (self._running and all(each.ended for each in self._running.values())):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stop.wait(), self.clock.wait(due))
            self._turn()
            due += period
            if (missed := (self.clock.now() - due) // period) > 0:
                self._late += missed
                due += missed * period

    def _turn(self) -> None:
        now = self.clock.now()
        arrived, taken, withheld = self.intake.drain(now)
        made = self.take(taken, now)
        turn = Turn(now, arrived, withheld, made, self.status())
        for box in self._outboxes:
            box.put(turn)


async def _ended(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Cancel tasks and wait until they are gone."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@contextlib.contextmanager
def _interrupted(stop: asyncio.Event) -> Iterator[None]:
    """Set an event where a person presses Ctrl-C, or the system asks to end; where that cannot be, leave it as it is."""
    loop = asyncio.get_running_loop()
    told = []
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(number, stop.set)
            told.append(number)
    try:
        yield
    finally:
        for number in told:
            loop.remove_signal_handler(number)
