"""Long work: what is being done, how far it is, how it ended; asking for more of it, and stopping it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from outwork.model.asker import Asker, Role
from outwork.store.service import Desk, jobs
from outwork.store.service.jobs import Job
from outwork.web import problems
from outwork.web.desk import Here, here
from outwork.web.duties import DUTIES, may_ask, may_stop, sees
from outwork.web.jobs.verbs import VERBS
from outwork.web.problems import Refused
from outwork.web.texts import Texts
from outwork.web.told import plainly

router = APIRouter(include_in_schema=False)
LOOK: Final = 0.5
"""Seconds between two looks at a job whose page is open."""
QUIET: Final = 15.0
"""Seconds after which something is sent even where there is no news, so that nobody between takes the line for dead."""
STEPS: Final = 1_000
"""Parts into which a bar of progress is divided."""


@dataclass(frozen=True)
class Shown:
    """A job as somebody sees it. `line` is how far it is in words; `share` of the wanted gap, None where there is none yet."""

    job: Job
    line: str
    share: float | None
    may_stop: bool


def shown(job: Job, asker: Asker, t: Texts) -> Shown:
    """Return a job as somebody sees it; what the whole programme costs is for those who see the whole of it."""
    whole = asker.role in {Role.OFFICE, Role.AUDITOR}
    return Shown(job, _line(job, t, whole=whole), _share(job) if whole else None, may_stop(asker, job) and not job.stop)


def _line(job: Job, t: Texts, *, whole: bool) -> str:
    """Return in words how far a job is. Args: whole, whether the reader may know what the whole programme costs."""
    phase, cost = job.progress.get("phase"), job.progress.get("cost")
    if job.status == "running" and job.stop:
        return t("jobs.stopping")
    if job.status != "running" or phase is None:
        return t(f"jobs.{job.status}")
    if whole and cost is not None:
        gap = _percent(job.progress.get("gap"), t)
        return t("jobs.cost", phase=plainly(phase, t, "phase"), cost=t.number(round(cost)), gap=gap)
    return t("jobs.phase", phase=plainly(phase, t, "phase"))


def _percent(gap: float | None, t: Texts) -> str:
    return t("jobs.no_gap") if gap is None else f"{gap:.2%}"


def _share(job: Job) -> float | None:
    """Return how near a plan is to the gap that was asked for, from 0 to 1."""
    gap, wanted = job.progress.get("gap"), job.options.get("gap")
    return None if gap is None or not wanted else min(1.0, wanted / max(gap, 1e-9))


@router.get("/jobs")
def index(here: Annotated[Here, Depends(here)]) -> HTMLResponse:
    """List the jobs that the asker sees, and what they may ask for."""
    return _listed(here)


@router.post("/jobs/{verb}")
async def ask(verb: str, request: Request, here: Annotated[Here, Depends(here)]) -> Response:
    """Ask for a job, and go to its page. A verb that is being done already is not begun beside itself."""
    if not may_ask(here.asker, verb):
        raise Refused(problems.NOT_FOUND)
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str) and name != "csrf"}
    try:
        options = VERBS[verb].options.model_validate({name: value for name, value in form.items() if value})
    except ValidationError as error:
        wrong = {str(each["loc"][0]): each["msg"] for each in error.errors() if each["loc"]}
        return await run_in_threadpool(_listed, here, verb, wrong, form)
    number = await run_in_threadpool(_asked, here, verb, options.model_dump(mode="json"))
    return here.go(f"/jobs/{number}")


@router.get("/jobs/{number}")
def one(number: int, here: Annotated[Here, Depends(here)]) -> HTMLResponse:
    """Show a job."""
    return here.render("job.html", shown=shown(_seen(here.desk, number, here.asker), here.asker, here.t), steps=STEPS)


@router.post("/jobs/{number}/stop")
def stop(number: int, here: Annotated[Here, Depends(here)]) -> Response:
    """Ask a job to end with the best answer so far."""
    job = _seen(here.desk, number, here.asker)
    if may_stop(here.asker, job):
        with here.desk.writing(here.asker) as writing:
            jobs.stop(writing, number)
    return here.go(f"/jobs/{number}", "job_stopping")


@router.get("/jobs/{number}/events")
async def events(number: int, request: Request, here: Annotated[Here, Depends(here)]) -> StreamingResponse:
    """Send how far a job is while it lasts, as server-sent events `progress`, and at last `end`."""
    await run_in_threadpool(_seen, here.desk, number, here.asker)
    return StreamingResponse(
        _news(number, request, here), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
    )


async def _news(number: int, request: Request, here: Here) -> AsyncIterator[str]:
    told, quiet = "", 0.0
    while not await request.is_disconnected():
        job = await run_in_threadpool(_seen, here.desk, number, here.asker)
        own = shown(job, here.asker, here.t)
        said = json.dumps({"text": own.line} | ({} if own.share is None else {"share": own.share}), ensure_ascii=False)
        if said != told or quiet >= QUIET:
            told, quiet = said, 0.0
            yield f"event: progress\ndata: {said}\n\n"
        if not job.open:
            yield "event: end\ndata: {}\n\n"
            return
        await asyncio.sleep(LOOK)
        quiet += LOOK


def _seen(desk: Desk, number: int, asker: Asker) -> Job:
    """Return a job that somebody sees. Refused as not there where they do not."""
    with desk.reading() as connection:
        job = jobs.found(connection, number)
    if job is None or not sees(asker, job):
        raise Refused(problems.NOT_FOUND)
    return job


def _listed(
    here: Here, verb: str = "", wrong: Mapping[str, str] | None = None, typed: Mapping[str, Any] | None = None
) -> HTMLResponse:
    """Return the list of jobs. Args: what was wrong with a form by field, and what was typed into it."""
    whole = here.asker.role in {Role.OFFICE, Role.AUDITOR}
    with here.desk.reading() as connection:
        found = jobs.listed(connection, None if whole else here.asker.account)
    own = [shown(job, here.asker, here.t) for job in found]
    verbs = [each for each in DUTIES if may_ask(here.asker, each)]
    told = {"jobs": own, "verbs": verbs, "verb": verb, "wrong": wrong or {}, "typed": typed or {}}
    return here.render("jobs.html", status=422 if wrong else 200, **told)


def _asked(here: Here, verb: str, options: Mapping[str, Any]) -> int:
    with here.desk.writing(here.asker) as writing:
        for job in jobs.unfinished(writing.connection):
            if (job.verb, job.account, dict(job.options)) == (verb, here.asker.account, dict(options)):
                return job.job
        return jobs.ask(writing, verb, options)
