"""Keeps a source running: whatever it fails of, it is tried again after a while, and the others go on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Final

from outwork.watch.live.backoff import Backoff
from outwork.watch.live.heard import Deliver, Source

LONGEST: Final = 200
"""Characters of a failure that are told."""


@dataclass
class Running:
    """How a source runs: how often it was started again, and why it does not run now, blank where it does."""

    restarts: int = 0
    trouble: str = ""
    ended: bool = False


async def supervised(
    source: Source,
    deliver: Deliver,
    backoff: Backoff,
    running: Running,
    counter: Callable[[], float] = monotonic,
) -> None:
    """Run a source until it has nothing more to say, starting it again each time that it fails."""
    failures = 0
    while True:
        began = counter()
        running.trouble = ""
        try:
            await source.run(deliver)
        except Exception as error:  # noqa: BLE001  # whatever one source fails of, it is told, and the others go on
            failures = backoff.failures(failures, counter() - began)
            wait = backoff.wait(failures)
            running.trouble = f"{type(error).__name__}: {error}; tried again after {wait:g} s"[:LONGEST]
            await asyncio.sleep(wait)
            running.restarts += 1
        else:
            running.ended = True
            return
