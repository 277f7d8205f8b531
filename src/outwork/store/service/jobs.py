"""Long work in the database: asked for by a person, done by a process of its own, heard of while it lasts.

    waiting -> running -> done | limited | impossible | invalid | stopped | failed

A job whose process is no longer heard of is begun anew once, by whoever looks after jobs then.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row, Select, insert, select, update

from outwork.model.errors import UnknownName
from outwork.model.table import written
from outwork.store.service.schema import JOBS
from outwork.store.service.writing import Writing

Status = Literal["waiting", "running", "done", "limited", "impossible", "invalid", "stopped", "failed"]
OPEN: Final = ("waiting", "running")
"""The statuses of jobs that have not ended."""
SILENCE: Final = timedelta(seconds=15)
"""Time without a beat after which a job's process counts as lost."""
AGAIN: Final = "begun anew: its process was lost"


@dataclass(frozen=True)
class Job:
    """A piece of long work. Moments are ISO 8601 in UTC, empty where they have not come."""

    job: int
    verb: str
    scenario: str
    options: Mapping[str, Any]
    account: str
    status: Status
    asked: str
    began: str
    ended: str
    beat: str
    process: int | None
    stop: bool
    version: int
    progress: Mapping[str, Any]
    message: str

    @property
    def open(self) -> bool:
        """True while it waits or runs."""
        return self.status in OPEN


def ask(writing: Writing, verb: str, options: Mapping[str, Any], scenario: str = "") -> int:
    """Ask for a job and return its number."""
    values = {
        "verb": verb,
        "scenario": scenario,
        "options": json.dumps(options),
        "account": writing.asker.account,
        "status": "waiting",
        "asked": writing.at,
        "version": writing.base.version,
    }
    (number,) = writing.connection.execute(insert(JOBS).values(values).returning(JOBS.c.job)).one()
    writing.audit("ask for a job", f"job {number}", {"verb": verb, "scenario": scenario, "options": dict(options)})
    return int(number)


def found(connection: Connection, job: int) -> Job | None:
    """Return a job, None where there is none of that number."""
    row = connection.execute(select(JOBS).where(JOBS.c.job == job)).first()
    return None if row is None else _job(row)


def find(connection: Connection, job: int) -> Job:
    """Return a job. UnknownName where there is none of that number."""
    own = found(connection, job)
    if own is None:
        raise UnknownName(f"there is no job {job}")
    return own


def listed(connection: Connection, account: str | None = None, most: int = 100) -> list[Job]:
    """Return jobs, the newest first: all, or those of one account."""
    query = select(JOBS).order_by(JOBS.c.job.desc()).limit(most)
    return _all(connection, query if account is None else query.where(JOBS.c.account == account))


def unfinished(connection: Connection) -> list[Job]:
    """Return the jobs that wait or run, the oldest first."""
    return _all(connection, select(JOBS).where(JOBS.c.status.in_(OPEN)).order_by(JOBS.c.job))


def claim(connection: Connection, job: int, process: int) -> bool:
    """Let a process begin a job; False where another has it or a person has called it off."""
    now = _now()
    wanted = (JOBS.c.job == job) & (JOBS.c.status == "waiting") & ~JOBS.c.stop
    values = {"status": "running", "process": process, "began": now, "beat": now}
    return connection.execute(update(JOBS).where(wanted).values(values)).rowcount == 1


def beat(connection: Connection, job: int, progress: Mapping[str, Any] | None = None) -> bool:
    """Say that a job's process lives, and how far it is; return whether somebody asked it to stop."""
    values = {"beat": _now()} | ({} if progress is None else {"progress": json.dumps(progress)})
    connection.execute(update(JOBS).where(JOBS.c.job == job).values(values))
    return bool(connection.execute(select(JOBS.c.stop).where(JOBS.c.job == job)).scalar_one())


def stop(writing: Writing, job: int) -> None:
    """Ask a job to end: at once where it waits, with the best answer so far where it runs."""
    wanted = JOBS.c.job == job
    waiting = {"status": "stopped", "ended": writing.at, "message": "called off before it began"}
    writing.connection.execute(update(JOBS).where(wanted & (JOBS.c.status == "waiting")).values(waiting))
    writing.connection.execute(update(JOBS).where(wanted).values(stop=True))
    writing.audit("stop a job", f"job {job}")


def finish(writing: Writing, job: int, status: Status, message: str) -> None:
    """Say how a job ended."""
    values = {"status": status, "ended": writing.at, "message": message}
    writing.connection.execute(update(JOBS).where(JOBS.c.job == job).values(values))
    writing.audit("end a job", f"job {job}", {"status": status, "message": message})


def lost(job: Job, now: datetime) -> bool:
    """Return whether a running job has not been heard of for too long."""
    return job.status == "running" and job.beat < written(now - SILENCE)


def revive(connection: Connection, job: Job) -> None:
    """Put a lost job back among those that wait, or give it up where that was done before or a person called it off."""
    again = {"status": "waiting", "process": None, "message": AGAIN}
    gone = {"status": "failed", "ended": _now(), "message": "its process was lost; ask for it again"}
    wanted = (JOBS.c.job == job.job) & (JOBS.c.beat == job.beat)
    connection.execute(update(JOBS).where(wanted).values(gone if job.stop or job.message == AGAIN else again))


def give_up(connection: Connection, job: int, process: int, message: str) -> None:
    """Say that a job has failed whose process ended before it did; a job that another process has goes on."""
    wanted = (JOBS.c.job == job) & ((JOBS.c.status == "waiting") | (JOBS.c.status == "running") & (JOBS.c.process == process))
    connection.execute(update(JOBS).where(wanted).values(status="failed", ended=_now(), message=message))


def _all(connection: Connection, query: Select[Any]) -> list[Job]:
    return [_job(row) for row in connection.execute(query)]


def _job(row: Row[Any]) -> Job:
    fields = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name of a row's columns
    return Job(**{**fields, "options": json.loads(fields["options"]), "progress": json.loads(fields["progress"])})


def _now() -> str:
    return written(datetime.now(UTC))
