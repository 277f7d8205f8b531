"""A job's own process: `python -m outwork.web.jobs.work N`, with the programme's place in OUTWORK_PLACE.

The place comes by the environment because a database's URL may hold a password, and anybody can read a process's arguments.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from dataclasses import dataclass, field, replace
from typing import Final

from outwork import store
from outwork.model.asker import Asker
from outwork.model.errors import OutworkError, UnknownName
from outwork.model.outcome import Status
from outwork.model.programme import Programme
from outwork.solve.watch import Stop
from outwork.store import recheck
from outwork.store.service import Desk, Snapshot, accounts, jobs, scenarios, told
from outwork.store.service.audit import SERVICE
from outwork.store.service.writing import marks
from outwork.web.jobs.verbs import VERBS, Done, News

PLACE: Final = "OUTWORK_PLACE"
LOOK, BEAT = 0.1, 1.0
"""Seconds between two looks whether a person asked to stop, and between two beats."""
NAMED: Final = 5
"""Removed rows that are named."""
CALLED_OFF: Final = "stopped by a person, with the best answer so far"


@dataclass(eq=False)
class Pulse:
    """The thread that says how far a job is and hears whether it is to stop, while the verb keeps the main thread busy."""

    desk: Desk
    job: int
    keeps: bool
    stop: Stop = field(default_factory=Stop)
    news: News | None = None
    over: threading.Event = field(default_factory=threading.Event)

    def tell(self, news: News) -> None:
        """Take news of the verb."""
        self.news = news

    def run(self) -> None:
        """Beat until the work is over."""
        told, waited = None, BEAT
        while not self.over.wait(LOOK):
            waited += LOOK
            if waited >= BEAT or self.news is not told:
                told, waited = self.news, 0.0
                with self.desk.noting() as connection:
                    jobs.beat(connection, self.job, told)
            with self.desk.reading() as connection:
                asked = jobs.find(connection, self.job).stop
            if asked and not self.keeps:
                _end(self.desk, self.job, "stopped", "stopped by a person before there was an answer")
                os._exit(0)  # a verb without an answer so far has nothing to tidy
            if asked:
                self.stop.set()


def main(where: str, number: int) -> None:
    """Do a job that waits, and keep its answer; do nothing where another process has it."""
    desk = Desk.open(where)
    with desk.noting() as connection:
        if not jobs.claim(connection, number, os.getpid()):
            return
    with desk.reading() as connection:
        job = jobs.find(connection, number)
    pulse = Pulse(desk, number, VERBS[job.verb].keeps)
    pulse.tell({"phase": "reading the programme"})
    thread = threading.Thread(target=pulse.run, name="pulse", daemon=True)
    thread.start()
    try:
        base = _base(desk, job)
        done = _work(base, job, pulse)
        pulse.over.set()
        thread.join()
        _keep(desk, job, base, done, pulse.stop.asked)
    except OutworkError as error:
        _end(desk, number, "failed", str(error))
    except Exception:
        _end(desk, number, "failed", "an error of Outwork's own ended it; the log of the service tells which")
        traceback.print_exc()
        raise


def _work(base: Snapshot, job: jobs.Job, pulse: Pulse) -> Done:
    verb = VERBS[job.verb]
    return verb.run(base, verb.options.model_validate(job.options), pulse.tell, pulse.stop)


def _keep(desk: Desk, job: jobs.Job, base: Snapshot, done: Done, stopped: bool) -> None:  # noqa: FBT001 - a fact
    """Write the answer and the end of its job in one transaction.

    What the answer changes in the programme is what differs from the programme that was asked about, so that the work of
    others in the meantime stands; Stale where both changed the same row.
    """
    status = done.outcome.status
    with desk.writing(_asker(desk, job)) as writing:
        if job.scenario:
            scenarios.keep(writing, job.scenario, done.tables)
        else:
            if done.programme is not base.programme and (changes := store.diff(base.programme, done.programme)):
                writing.edit(changes, marks(base.programme, changes))
            if done.tables:
                if writing.base.version != base.version:
                    _refuse_lost(base, writing.base.programme, done)
                writing.answer(done.tables)
        told.keep(writing, job.verb, done.outcome, done.why, done.made_by, done.more, told_of(job))
        message = CALLED_OFF if stopped and status is Status.LIMITED else done.outcome.sentence
        jobs.finish(writing, job.job, status.value, message)


def _refuse_lost(base: Snapshot, now: Programme, done: Done) -> None:
    """Raise UnknownName where an answer names rows that were removed while it was made."""
    changes = store.diff(base.programme, now)
    lost = recheck.dangling({**base.results, **done.tables}, changes).tables.keys() & done.tables.keys()
    if lost:
        gone = [f"{name} {' '.join(map(str, key))}" for name, keys in recheck.removed(changes).items() for key in keys.rows()]
        raise UnknownName(f"the answer names what was removed while it was made ({', '.join(gone[:NAMED])}); ask for it again")


def _base(desk: Desk, job: jobs.Job) -> Snapshot:
    """Return what a job works on: the programme as it stands, or as its scenario makes it."""
    base = desk.snapshot()
    if not job.scenario:
        return base
    with desk.reading() as connection:
        own = scenarios.find(connection, job.scenario)
    return replace(base, programme=own.applied(base.programme))


def told_of(job: jobs.Job) -> str:
    """Return under which scenario what a job says is kept; what was promised is kept for every ask."""
    return f"job {job.job}" if job.verb == "promise" else job.scenario


def _end(desk: Desk, number: int, status: jobs.Status, message: str) -> None:
    with desk.reading() as connection:
        job = jobs.find(connection, number)
    with desk.writing(_asker(desk, job)) as writing:
        jobs.finish(writing, number, status, message)


def _asker(desk: Desk, job: jobs.Job) -> Asker:
    """Return on whose behalf a job writes."""
    with desk.reading() as connection:
        account = accounts.found(connection, job.account)
    return SERVICE if account is None else account.asker


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C at the service's terminal is for the service
    main(os.environ[PLACE], int(sys.argv[1]))
    os._exit(0)  # a solver that was left behind may not hear of it for a while, and nothing else is open
