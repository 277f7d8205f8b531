"""How long it takes until a plan of the example that a person stops is kept, as a job of the service.

The job runs in a process of its own, as the service starts it. It is stopped a while after it has told of its first plan; the
time ends when the best plan so far stands in the programme, replayed by the independent checker. How long whole planning takes
without a stop is not looked at here (see `plan`).

Run: python -m benchmarks.stopping [seconds after the first plan ...], from the root of the project.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import insert

from outwork import store
from outwork.cli.demo import example
from outwork.model.asker import Asker, Role
from outwork.store.service import Desk, jobs
from outwork.store.service.schema import ACCOUNTS
from outwork.web.jobs.runner import Runner

AFTER = (1.0, 10.0, 20.0, 30.0)
ANNA = Asker("anna", "Anna", Role.OFFICE, "", "")
LOOK = 0.02
"""Seconds between two looks whether the plan is there."""


async def stopped(desk: Desk, after: float) -> tuple[float, jobs.Job]:
    """Return the seconds from the stop until the job has ended, and the job. Args: after, seconds after its first plan."""
    with desk.writing(ANNA) as writing:
        number = jobs.ask(writing, "plan", {"gap": 0.0, "limit": 3_600})
    runner, first, asked = Runner(desk), 0.0, 0.0
    while (job := _job(desk, number)).open:
        if not first and job.progress.get("cost") is not None:
            first = time.monotonic()
        if first and not asked and time.monotonic() - first >= after:
            with desk.writing(ANNA) as writing:
                jobs.stop(writing, number)
            asked = time.monotonic()
        await runner.look()
        await asyncio.sleep(LOOK)
    took = time.monotonic() - asked
    await asyncio.gather(*(process.wait() for process in runner.processes.values()))
    return took, job


def _job(desk: Desk, number: int) -> jobs.Job:
    with desk.reading() as connection:
        return jobs.find(connection, number)


def main(words: Sequence[str]) -> None:
    """Print the seconds after each wait."""
    for after in map(float, words or AFTER):
        with tempfile.TemporaryDirectory() as folder:
            store.save(example(), Path(folder) / "p.outwork")
            desk = Desk.open(Path(folder) / "p.outwork")
            with desk.noting() as connection:
                connection.execute(insert(ACCOUNTS).values(account="anna", name="Anna", role="office", since=""))
            took, job = asyncio.run(stopped(desk, after))
            kept = desk.snapshot().results["deliver"].height
            desk.close()
        print(
            f"stopped {after:g} s after the first plan: kept after {took:.2f} s ({job.status}, {kept} deliveries)", flush=True
        )


if __name__ == "__main__":
    main(sys.argv[1:])
