"""What looks after jobs: gives each that waits a process, and notices those whose process is gone.

Job processes do not end with the service: one that is started again finds them by their beat, and takes up those that are lost.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
from asyncio.subprocess import DEVNULL, Process
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from outwork.model.errors import OutworkError
from outwork.store.service import Desk, jobs
from outwork.web.jobs.work import PLACE

LOOK: Final = 0.3
"""Seconds between two looks at the jobs."""
PATIENCE: Final = 180.0
"""Seconds that a job has to end after it was asked to stop, before its process is ended for it: a plan that is stopped in the
search is still carried out step by step and checked before anybody sees it."""
LOG: Final = logging.getLogger("outwork.jobs")


@dataclass(eq=False)
class Runner:
    """Runs the jobs of a desk, at most `most` at once."""

    desk: Desk
    most: int = field(default_factory=lambda: max(1, (os.cpu_count() or 2) - 1))
    processes: dict[int, Process] = field(default_factory=dict)
    impatient: dict[int, float] = field(default_factory=dict)
    """By job, the moment on the loop's clock from which its process is ended for it."""

    async def run(self) -> None:
        """Look after jobs until cancelled; processes that are at work go on."""
        while True:
            try:
                await self.look()
            except OutworkError:
                LOG.exception("jobs could not be looked after; the next look is in a moment")
            await asyncio.sleep(LOOK)

    async def look(self) -> None:
        """Look once: begin what waits, end what does not listen, take up what is lost."""
        open_jobs = await asyncio.to_thread(self._unfinished)
        await self._bury(open_jobs)
        running = [job for job in open_jobs if job.status == "running"]
        for job in running:
            if job.stop:
                await self._press(job)
            elif jobs.lost(job, datetime.now(UTC)) and job.job not in self.processes:
                await asyncio.to_thread(self._revive, job)
        begun = len({job.job for job in running} | set(self.processes))
        for job in open_jobs:
            if job.status == "waiting" and job.job not in self.processes and begun < self.most:
                self.processes[job.job] = await self._begin(job)
                begun += 1

    async def _begin(self, job: jobs.Job) -> Process:
        """Start a process that outlives the service."""
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "outwork.web.jobs.work", str(job.job),
            env={**os.environ, PLACE: self.desk.where}, stdin=DEVNULL, stdout=DEVNULL, start_new_session=True,
        )  # fmt: skip

    async def _bury(self, open_jobs: list[jobs.Job]) -> None:
        """Forget processes that have ended; a job that one has left unfinished has failed."""
        for number, process in list(self.processes.items()):
            if process.returncode is not None:
                del self.processes[number]
                self.impatient.pop(number, None)
                if any(job.job == number for job in open_jobs):
                    await asyncio.to_thread(self._fail, number, process)

    async def _press(self, job: jobs.Job) -> None:
        """End the process of a job that has not ended a good while after it was asked to."""
        clock = asyncio.get_running_loop().time()
        due = self.impatient.setdefault(job.job, clock + PATIENCE)
        process = self.processes.get(job.job)
        if process is not None and clock > due:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        elif process is None and jobs.lost(job, datetime.now(UTC)):
            await asyncio.to_thread(self._revive, job)

    def _unfinished(self) -> list[jobs.Job]:
        with self.desk.reading() as connection:
            return jobs.unfinished(connection)

    def _revive(self, job: jobs.Job) -> None:
        with self.desk.noting() as connection:
            jobs.revive(connection, job)

    def _fail(self, number: int, process: Process) -> None:
        said = f"its process ended with {process.returncode} before it had answered; ask for it again"
        with self.desk.noting() as connection:
            jobs.give_up(connection, number, process.pid, said)
