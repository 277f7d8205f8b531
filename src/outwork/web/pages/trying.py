"""Scenarios: the list, what each changes and does to the plan; making, changing, planning, taking over and removing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

import polars as pl
from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from outwork import store
from outwork.model.asker import Role
from outwork.model.errors import InvalidProgramme, OutworkError, UnknownName
from outwork.model.programme import Programme
from outwork.model.tables import INPUT
from outwork.plan import replay
from outwork.plan.compare import compare
from outwork.store import amending
from outwork.store.overlay import Overlay
from outwork.store.service import jobs, scenarios, told
from outwork.store.service.scenarios import Scenario
from outwork.store.service.writing import Stale
from outwork.store.sight import View, seen
from outwork.web import problems
from outwork.web.asked import may_try
from outwork.web.desk import Here, only
from outwork.web.pages.jobs import STEPS, shown
from outwork.web.pages.jobs import Shown as JobShown
from outwork.web.pages.scenarios import Compared, compared, facts
from outwork.web.pages.why import mark, reasons
from outwork.web.problems import Refused
from outwork.web.told import faults

router = APIRouter(include_in_schema=False)
Trier = Annotated[Here, Depends(only(Role.OFFICE))]
"""Who may make, change, plan and remove scenarios."""
Reader = Annotated[Here, Depends(only(Role.OFFICE, Role.AUDITOR))]
FIELDS: Final = ("table", "key", "column", "value")
LINES: Final = 2_000
"""Lines of a readable difference; more than that nobody reads on a page."""


@dataclass(frozen=True)
class Listed:
    """A scenario in the list: how many rows it changes, and whether it was planned."""

    scenario: Scenario
    changes: int
    planned: bool


@router.get("/scenarios")
def index(here: Reader) -> HTMLResponse:
    """List the scenarios."""
    return _index(here)


@router.post("/scenarios")
def make(here: Trier, name: Annotated[str, Form()] = "", remedy: Annotated[str, Form()] = "") -> Response:
    """Make a scenario: an empty one of a name, or one of a remedy that `why` tells, which is planned at once."""
    changes = Overlay({})
    if remedy:
        reason = next((each for each in reasons(here) if mark(each) == remedy and each.amendment is not None), None)
        if reason is None or reason.amendment is None:
            return _index(here, here.t("scenarios.gone"))
        changes = amending.amended(here.snapshot.programme, reason.amendment)
        name = name or reason.change.partition(": ")[2].partition(" (")[0][: scenarios.LONGEST] or here.t("scenarios.remedy")
    try:
        with here.desk.writing(here.asker) as writing:
            key = scenarios.create(writing, name, changes)
            if remedy:
                jobs.ask(writing, "plan", {}, key)
    except (ValueError, InvalidProgramme) as error:
        return _index(here, Markup(" ").join(faults(error, here.t)), name)
    return here.go(f"/scenarios/{key}")


@router.get("/scenarios/{key}")
def show(here: Reader, key: str) -> HTMLResponse:
    """Show a scenario."""
    return _one(here, _found(here, key))


@router.post("/scenarios/{key}/change")
def change(
    here: Trier,
    key: str,
    table: Annotated[str, Form()],
    row: Annotated[str, Form(alias="key")],
    column: Annotated[str, Form()],
    value: Annotated[str, Form()] = "",
) -> Response:
    """Change one cell in a scenario; its name stays, and what was planned for it goes, since it holds no more."""
    own, typed = _found(here, key), {"table": table, "key": row, "column": column, "value": value}
    base = here.snapshot.programme
    try:
        tried = own.applied(base)
        amendment = amending.of_cell(table, row, column, value)
        changes = store.diff(base, store.apply(tried, amending.amended(tried, amendment)))
        with here.desk.writing(here.asker) as writing:
            scenarios.change(writing, key, changes)
    except (ValueError, OutworkError) as error:
        return _one(here, own, faults(error, here.t), typed)
    return here.go(f"/scenarios/{key}")


@router.post("/scenarios/{key}/plan")
def plan(here: Trier, key: str) -> Response:
    """Ask for a plan of a scenario, where none is being made."""
    own = _found(here, key)
    try:
        own.applied(here.snapshot.programme)
    except InvalidProgramme as error:
        return _one(here, own, faults(error, here.t))
    with here.desk.writing(here.asker) as writing:
        open_already = [job.job for job in jobs.unfinished(writing.connection) if job.scenario == key]
        number = open_already[0] if open_already else jobs.ask(writing, "plan", {}, key)
    return here.go(f"/jobs/{number}")


@router.post("/scenarios/{key}/take")
def take(here: Trier, key: str) -> Response:
    """Take a scenario over into the programme, with its plan where that holds there and nothing waits for approval."""
    own = _found(here, key)
    try:
        changed = own.applied(here.snapshot.programme)
        with here.desk.reading() as connection:
            tables, said = scenarios.tried(connection, key), told.all_of(connection, key)
        holds = _holds(changed, tables)
        with here.desk.writing(here.asker) as writing:
            waiting = scenarios.take(writing, key)
            if holds and not waiting and writing.now.programme == changed:
                writing.answer(tables)
                for each in said.values():
                    told.keep(writing, each.verb, each.outcome, each.why, each.made_by, each.more)
    except (InvalidProgramme, Stale) as error:
        return _one(here, own, faults(error, here.t))
    return here.go("/approvals" if waiting else "/plan")


@router.post("/scenarios/{key}/remove")
def remove(here: Trier, key: str) -> Response:
    """Remove a scenario."""
    _found(here, key)
    with here.desk.writing(here.asker) as writing:
        scenarios.remove(writing, key)
    return here.go("/scenarios")


def _index(here: Here, fault: str = "", typed: str = "") -> HTMLResponse:
    with here.desk.reading() as connection:
        rows = [
            Listed(each, _changes(each.overlay), bool(scenarios.tried(connection, each.scenario, ("promises",))))
            for each in scenarios.listed(connection)
        ]
    values = {"shown": rows, "fault": fault, "typed": typed, "may_try": may_try(here)}
    return here.render("scenarios.html", status=422 if fault else 200, **values)


def _changes(overlay: Overlay) -> int:
    return sum(frame.height for frame in overlay.tables.values())


def _found(here: Here, key: str) -> Scenario:
    """Return a scenario. Refused as not there where there is none."""
    try:
        with here.desk.reading() as connection:
            return scenarios.find(connection, key)
    except UnknownName:
        raise Refused(problems.NOT_FOUND) from None


def _one(here: Here, own: Scenario, fault: Sequence[str] = (), typed: Mapping[str, str] | None = None) -> HTMLResponse:
    """Return the page of a scenario, which says where its changes do not fit the programme any more."""
    lines = list(store.described(here.snapshot.programme, own.overlay))[:LINES]
    plans: Compared | None = None
    difference: list[str] = []
    try:
        plans, difference = _tried(here, own)
    except InvalidProgramme as error:
        fault = [*fault, here.t("scenarios.misfit"), *faults(error, here.t)]
    values: dict[str, Any] = {
        "scenario": own, "lines": lines, "shown": plans, "difference": difference, "fault": fault,
        "fact": facts, "job": _planning(here, own), "steps": STEPS, "typed": typed or dict.fromkeys(FIELDS, ""),
        "tables": [table.name for table in INPUT], "may_try": may_try(here),
    }  # fmt: skip
    return here.render("scenario.html", status=422 if fault else 200, **values)


def _holds(programme: Programme, tables: Mapping[str, pl.DataFrame]) -> bool:
    """Return whether tables are a plan that breaks no rule of a programme."""
    return "promises" in tables and not replay.check(programme, tables).breaches


def _planning(here: Here, own: Scenario) -> JobShown | None:
    """Return the job that plans a scenario, None where none waits or runs."""
    with here.desk.reading() as connection:
        found = next((job for job in jobs.unfinished(connection) if job.scenario == own.scenario), None)
    return None if found is None else shown(found, here.asker, here.t)


def _tried(here: Here, own: Scenario) -> tuple[Compared | None, list[str]]:
    """Return what planning the scenario changed, as figures and in sentences; nothing where it was not planned."""
    with here.desk.reading() as connection:
        tables = scenarios.tried(connection, own.scenario)
    changed = own.applied(here.snapshot.programme)
    if "promises" not in tables:
        return None, []
    after: View = seen({**here.snapshot.frames, **changed.tables, **tables}, here.asker)
    difference = compare(changed, here.snapshot.results, tables)
    sentences = [*difference.demands, *difference.qualifications, *difference.production] if after.whole else []
    return compared(here.view, after), sentences
