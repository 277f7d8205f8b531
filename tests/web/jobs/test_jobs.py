from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import polars as pl
import pytest
from sqlalchemy import insert, update

from outwork import store
from outwork.cli.demo import example
from outwork.model.asker import Asker, Role
from outwork.model.outcome import MadeBy, Outcome, Status
from outwork.model.programme import Programme
from outwork.model.table import written
from outwork.store.service import Desk, Snapshot, jobs, told
from outwork.store.service.audit import records
from outwork.store.service.jobs import Job
from outwork.store.service.schema import ACCOUNTS, JOBS
from outwork.web.jobs import work
from outwork.web.jobs.runner import Runner
from outwork.web.jobs.verbs import Done, Verb
from tests.store.small import programme

ANNA = Asker("anna", "Anna", Role.OFFICE, "", "NL")
SOON = 120.0
"""Seconds that a job of a small programme may take on the slowest machine."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with a small programme."""
    yield from opened(programme(), tmp_path)


@pytest.fixture
def large(tmp_path: Path) -> Iterator[Desk]:
    """A desk with the example programme, whose plan takes a while."""
    yield from opened(example(), tmp_path)


def opened(held: Programme, folder: Path) -> Iterator[Desk]:
    where = folder / "place.outwork"
    store.save(held, where)
    found = Desk.open(where)
    with found.noting() as connection:
        connection.execute(insert(ACCOUNTS).values(account="anna", name="Anna", role="office", since=""))
    yield found
    found.close()


def asked(desk: Desk, verb: str = "plan", **options: Any) -> int:
    with desk.writing(ANNA) as writing:
        return jobs.ask(writing, verb, options)


def found(desk: Desk, number: int) -> Job:
    with desk.reading() as connection:
        return jobs.find(connection, number)


def until(desk: Desk, number: int, met: Callable[[Job], bool]) -> Job:
    """Look after jobs until one is as is waited for."""

    async def looking() -> Job:
        runner, ends = Runner(desk), time.monotonic() + SOON
        while not met(job := found(desk, number)):
            assert time.monotonic() < ends, job
            await runner.look()
            await asyncio.sleep(0.1)
        if not job.open:
            await asyncio.gather(*(process.wait() for process in runner.processes.values()))
        return job

    return asyncio.run(looking())


def test_a_plan_that_was_asked_for_is_made_kept_and_told(desk: Desk) -> None:
    number = asked(desk, gap=0.0)
    job = until(desk, number, lambda job: not job.open)
    assert (job.status, job.process == os.getpid()) == ("done", False)
    assert desk.snapshot().results["deliver"]["quantity"].sum() == 4
    with desk.reading() as connection:
        answer = told.all_of(connection)["plan"]
        kinds = [record.entry.kind for record in records(connection)]
    assert answer.outcome.gap == 0
    assert answer.outcome.sentence == job.message
    assert kinds == ["ask for a job", "answer", "end a job"]


def meanwhile(desk: Desk, monkeypatch: pytest.MonkeyPatch, verb: str, change: Callable[[Programme], Programme]) -> None:
    """Let somebody change the programme once a job of this verb has read it."""
    real = work.VERBS[verb]

    def run(base: Snapshot, *rest: Any) -> Done:
        found = real.run(base, *rest)
        with desk.writing(ANNA) as writing:
            writing.carry_out(store.diff(writing.base.programme, change(writing.base.programme)))
        return found

    monkeypatch.setitem(cast("dict[str, Verb]", work.VERBS), verb, replace(real, run=run))


def dearer(before: Programme) -> Programme:
    return before.replace(supplies=before["supplies"].with_columns(price=pl.lit(77.0)))


def test_what_others_changed_while_a_plan_was_made_stands(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    meanwhile(desk, monkeypatch, "plan", dearer)
    number = asked(desk, gap=0.0)
    work.main(desk.where, number)
    assert found(desk, number).status == "done"
    assert desk.snapshot().programme["supplies"]["price"].to_list() == [77.0]
    assert desk.snapshot().results["deliver"]["quantity"].sum() == 4


def test_a_plan_that_names_what_was_removed_meanwhile_is_not_kept_and_that_is_said(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(desk, monkeypatch, "plan", lambda before: before.replace(demands=before["demands"].clear()))
    number = asked(desk, gap=0.0)
    work.main(desk.where, number)
    assert found(desk, number).status == "failed"
    assert "(demands D-01)" in found(desk, number).message
    assert desk.snapshot().results["deliver"].height == 0


def test_what_a_match_adopts_goes_past_nobodys_change(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def adopting(base: Snapshot, *_: Any) -> Done:
        other = base.programme.replace(supplies=base.programme["supplies"].with_columns(price=pl.lit(50.0)))
        return Done({}, Outcome(Status.DONE, "", 0.0), (), MadeBy("", {}, 0, ""), other)

    monkeypatch.setitem(cast("dict[str, Verb]", work.VERBS), "match", replace(work.VERBS["match"], run=adopting))
    first = asked(desk, "match")
    work.main(desk.where, first)
    assert (found(desk, first).status, desk.snapshot().programme["supplies"]["price"].to_list()) == ("done", [50.0])
    monkeypatch.undo()
    with desk.writing(ANNA) as writing:
        writing.edit(store.diff(writing.base.programme, programme()))
    monkeypatch.setitem(cast("dict[str, Verb]", work.VERBS), "match", replace(work.VERBS["match"], run=adopting))
    meanwhile(desk, monkeypatch, "match", dearer)
    second = asked(desk, "match")
    work.main(desk.where, second)
    assert found(desk, second).status == "failed"
    assert desk.snapshot().programme["supplies"]["price"].to_list() == [77.0]


def test_a_job_fails_with_the_words_of_its_error_and_the_programme_stays(desk: Desk) -> None:
    number = asked(desk, "match", design="no such thing")
    before = desk.snapshot()
    work.main(desk.where, number)
    assert (found(desk, number).status, "no such thing" in found(desk, number).message) == ("failed", True)
    assert desk.snapshot() is before


def test_what_was_called_off_before_it_began_is_never_begun(desk: Desk) -> None:
    number = asked(desk)
    with desk.writing(ANNA) as writing:
        jobs.stop(writing, number)
    with desk.noting() as connection:
        assert not jobs.claim(connection, number, 1)
    assert found(desk, number).status == "stopped"


def test_one_of_two_processes_gets_a_job(desk: Desk) -> None:
    number = asked(desk)
    with desk.noting() as connection:
        assert [jobs.claim(connection, number, process) for process in (1, 2)] == [True, False]
    assert found(desk, number).process == 1


def silent(desk: Desk, number: int) -> Job:
    """Return a job whose process was last heard of a minute ago."""
    with desk.noting() as connection:
        jobs.claim(connection, number, 1)
        long_ago = written(datetime.now(UTC) - timedelta(minutes=1))
        connection.execute(update(JOBS).where(JOBS.c.job == number).values(beat=long_ago))
    return found(desk, number)


def test_a_job_whose_process_is_lost_is_begun_anew_once_and_then_given_up(desk: Desk) -> None:
    number, statuses = asked(desk), []
    for _ in range(2):
        job = silent(desk, number)
        assert jobs.lost(job, datetime.now(UTC))
        with desk.noting() as connection:
            jobs.revive(connection, job)
        statuses.append(found(desk, number).status)
    assert statuses == ["waiting", "failed"]


def test_a_job_that_is_heard_of_is_not_lost(desk: Desk) -> None:
    number = asked(desk)
    silent(desk, number)
    with desk.noting() as connection:
        assert not jobs.beat(connection, number, {"phase": "searching"})
    assert not jobs.lost(found(desk, number), datetime.now(UTC))
    assert found(desk, number).progress == {"phase": "searching"}


@pytest.mark.soak
def test_a_plan_that_is_stopped_ends_within_seconds_and_keeps_its_best_answer(large: Desk) -> None:
    number = asked(large, gap=0.0, limit=600.0)
    until(large, number, lambda job: job.progress.get("cost") is not None)
    with large.writing(ANNA) as writing:
        jobs.stop(writing, number)
    job = until(large, number, lambda job: not job.open)
    assert (job.status, job.message) == ("limited", work.CALLED_OFF)
    assert large.snapshot().results["deliver"].height > 0


@pytest.mark.soak
@pytest.mark.filterwarnings("ignore:Exception ignored in")  # the first service goes and leaves its process alone
def test_a_job_outlives_the_service_that_began_it_and_a_killed_one_is_told_of(large: Desk) -> None:
    number = asked(large, gap=0.0, limit=600.0)
    job = until(large, number, lambda job: job.status == "running")  # the loop of this first service is over
    assert job.process is not None
    later = until(large, number, lambda job: job.progress.get("cost") is not None)
    assert later.process == job.process
    os.kill(job.process, signal.SIGKILL)
    assert until(large, number, lambda job: job.process != later.process).message == jobs.AGAIN
