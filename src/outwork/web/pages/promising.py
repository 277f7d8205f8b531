"""Order promising: how many more can be had by when, and for what; each answer is a checked plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final

import polars as pl
from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from outwork.model.asker import Role
from outwork.model.errors import InvalidProgramme
from outwork.model.outcome import Amendment
from outwork.plan.promising import Ask, Offer
from outwork.store import amending
from outwork.store.service import jobs, scenarios, told
from outwork.store.service.jobs import Job
from outwork.store.service.told import Told
from outwork.web import problems
from outwork.web.desk import Here, only
from outwork.web.problems import Refused
from outwork.web.seen import choices
from outwork.web.told import faults

router = APIRouter(include_in_schema=False)
Promiser = Annotated[Here, Depends(only(Role.OFFICE))]
"""Who may promise: an answer tells what the whole programme could do, and what that costs."""
VERB: Final = "promise"
MOST: Final = 10
"""Answers that are shown, the newest."""
LARGEST: Final = 1e9
"""Units [1] beyond which nobody asks."""


@dataclass(frozen=True)
class Offers:
    """What can be promised; None where it cannot."""

    by_day: Offer | None
    soonest: Offer | None
    cheapest: Offer | None


@dataclass(frozen=True)
class Answer:
    """An ask and what came of it: `offers` is None while it is worked on, or where it failed; `stale`, changed since."""

    job: int
    ask: Ask
    around: bool
    """Whether what is planned may be moved for it."""
    open: bool
    offers: Offers | None
    stale: bool
    limited: bool
    """Somebody stopped it before all was looked into."""

    @property
    def whole(self) -> bool:
        """Return whether all of it can be there by the day."""
        return self.offers is not None and self.offers.by_day is not None and self.offers.by_day.quantity >= self.ask.quantity

    @property
    def against(self) -> tuple[str, ...]:
        """Return sentences on shares of agreements that any of the offers would break."""
        offers = () if self.offers is None else (self.offers.by_day, self.offers.soonest, self.offers.cheapest)
        return tuple(dict.fromkeys(said for offer in offers if offer is not None for said in offer.against))


def asked(options: Mapping[str, Any]) -> Ask:
    """Return what a job was asked, from its options as they are kept."""
    return Ask(options["item"], float(options["quantity"]), options["site"], date.fromisoformat(options["by"]))


def answer(job: Job, said: Told | None, version: int) -> Answer:
    """Return an ask with what was said of it, nothing where nothing was said. Args: version of the programme as it stands."""
    offers = None if said is None else Offers(*(_offer(said.more.get(name)) for name in ("by_day", "soonest", "cheapest")))
    return Answer(
        job.job,
        asked(job.options),
        bool(job.options.get("around")),
        job.open,
        offers,
        said is not None and said.version < version,
        job.status == "limited",
    )


def place(job: int) -> str:
    """Return under which scenario the answer to a job's ask is kept: each ask has its own."""
    return f"job {job}"


def _offer(said: Mapping[str, Any] | None) -> Offer | None:
    if said is None:
        return None
    ready = date.fromisoformat(said["ready"])
    return Offer(float(said["quantity"]), ready, float(said["cost"]), tuple(said.get("against", ())))


@router.get("/promising")
def show(here: Promiser) -> HTMLResponse:
    """Show the newest asks and their answers."""
    return _shown(here)


@router.post("/promising")
def ask(
    here: Promiser,
    item: Annotated[str, Form()],
    quantity: Annotated[str, Form()],
    site: Annotated[str, Form()],
    by: Annotated[str, Form()],
) -> Response:
    """Ask what can be promised; a job works it out."""
    typed = {"item": item.strip(), "quantity": quantity.strip(), "site": site.strip(), "by": by.strip()}
    if fault := _fault(here, typed):
        return _shown(here, here.t(fault), typed)
    with here.desk.writing(here.asker) as writing:
        jobs.ask(writing, VERB, typed | {"quantity": float(quantity)})
    return here.go("/promising")


@router.post("/promising/{number}/around")
def around(here: Promiser, number: int) -> Response:
    """Ask again, with what is planned moved around it, which takes longer."""
    job = _found(here, number)
    with here.desk.writing(here.asker) as writing:
        jobs.ask(writing, VERB, dict(job.options) | {"around": True})
    return here.go("/promising")


@router.post("/promising/{number}/try")
def attempt(here: Promiser, number: int) -> Response:
    """Make a scenario of an ask: the programme with a demand for it, to be planned with everything free to move."""
    own = asked(_found(here, number).options)
    row = (("item", own.item), ("site", own.site), ("quantity", own.quantity), ("due", own.by))
    amendment = Amendment("demands", (("demand", f"asked-{number}"),), row)
    name = here.t("promising.scenario", quantity=here.t.units(own.quantity), item=own.item, site=own.site, by=own.by)
    try:
        with here.desk.writing(here.asker) as writing:
            changes = amending.amended(writing.base.programme, amendment)
            key = scenarios.create(writing, name[: scenarios.LONGEST], changes)
    except InvalidProgramme as error:
        return _shown(here, Markup(" ").join(faults(error, here.t)))
    return here.go(f"/scenarios/{key}")


def _found(here: Here, number: int) -> Job:
    """Return the job of an ask. Refused as not there where there is none."""
    with here.desk.reading() as connection:
        job = next((each for each in jobs.listed(connection) if each.job == number and each.verb == VERB), None)
    if job is None:
        raise Refused(problems.NOT_FOUND)
    return job


def _fault(here: Here, typed: Mapping[str, str]) -> str:
    """Return the key of the text that says what is wrong with an ask, nothing where all is well."""
    try:
        quantity, by = float(typed["quantity"]), date.fromisoformat(typed["by"])
    except ValueError:
        return "promising.unread"
    settings = here.snapshot.programme.horizon
    if not 0 < quantity <= LARGEST:
        return "promising.unread"
    if not settings.start <= by < settings.day(settings.steps):
        return "promising.outside"
    names = ((typed["item"], "items", "item"), (typed["site"], "sites", "site"))
    if any(here.view[table].filter(pl.col(column) == name).is_empty() for name, table, column in names):
        return "promising.unknown"
    return "" if here.view["promises"].height else "promising.unplanned"


def _shown(here: Here, fault: str = "", typed: Mapping[str, str] | None = None) -> HTMLResponse:
    with here.desk.reading() as connection:
        own = [job for job in jobs.listed(connection) if job.verb == VERB][:MOST]
        said = [told.all_of(connection, place(job.job)).get(VERB) for job in own]
    answers = [answer(job, each, here.snapshot.version) for job, each in zip(own, said, strict=True)]
    typed = typed or dict.fromkeys(("item", "quantity", "site", "by"), "")
    names = {"items": choices(here.view, "demands", "item"), "sites": choices(here.view, "sites", "site")}
    return here.render("promising.html", status=422 if fault else 200, answers=answers, fault=fault, typed=typed, **names)
