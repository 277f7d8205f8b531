"""Why the plan is as it is, which rows make it so, and what would change it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from outwork.model.outcome import Pointer, Reason
from outwork.store.service import told
from outwork.store.sight import reason_seen
from outwork.web import links
from outwork.web.asked import Asked, filters, may_try, planned
from outwork.web.desk import Here, Present
from outwork.web.query import Query

router = APIRouter(include_in_schema=False)
ORDER: Final = ("held", "licence", "bottleneck")
"""Groups of reasons, in the order in which they are told."""


@dataclass(frozen=True)
class Told:
    """A reason with its mark, the addresses of its rows, and further remedies for the same demand, each with its mark."""

    mark: str
    reason: Reason
    links: tuple[str, ...]
    further: tuple[tuple[str, Reason], ...] = ()


@dataclass(frozen=True)
class Group:
    """Reasons of one sort: why demands are late or short, licences, bottlenecks."""

    name: str
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Why:
    """The reasons that somebody may read."""

    groups: tuple[Group, ...]


def shown(reasons: Iterable[Reason], readable: Callable[[Reason], bool], query: Query) -> Why:
    """Return the reasons that somebody may read, about what is asked for. Args: readable, whether they may read one."""
    own = [reason for reason in reasons if readable(reason) and _about(reason, query)]
    remedies = [reason for reason in own if reason.code == "remedy"]
    causes = [reason for reason in own if reason.code != "remedy"]
    groups = {name: tuple(_told(causes, remedies, name)) for name in ORDER}
    return Why(tuple(Group(name, found) for name, found in groups.items() if found))


def mark(reason: Reason) -> str:
    """Return a name for a reason that says nothing of how many others there are."""
    return hashlib.sha256(repr((reason.code, reason.sentence, reason.rows, reason.change)).encode()).hexdigest()[:16]


def group(reason: Reason) -> str:
    """Return the group to which a reason belongs."""
    return reason.code if reason.code in ORDER else "held"


def _told(causes: list[Reason], remedies: list[Reason], name: str) -> Iterator[Told]:
    for reason in causes:
        if group(reason) == name:
            own = _demand(reason) if name == "held" else None
            more = tuple((mark(each), each) for each in remedies if own is not None and _demand(each) == own)
            yield Told(mark(reason), reason, tuple(links.row(row) for row in reason.rows), more)


def _demand(reason: Reason) -> Pointer | None:
    return next((row for row in reason.rows if row.table == "demands"), None)


def _about(reason: Reason, query: Query) -> bool:
    """Return whether a reason points to what is asked for; where nothing is asked for, each does."""
    asked = [value for value in (query.demand, query.item, query.site) if value]
    return all(any(value in row.key for row in reason.rows) for value in asked)


def reasons(here: Here, scenario: str = "") -> tuple[Reason, ...]:
    """Return what `plan` said of the reasons, those that the asker may read."""
    with here.desk.reading() as connection:
        said = told.all_of(connection, scenario).get("plan")
    return () if said is None else tuple(reason for reason in said.why if reason_seen(reason, here.view))


@router.get("/why")
def show(here: Present, query: Asked) -> HTMLResponse:
    """Show why the plan is as it is."""
    own = shown(reasons(here), partial(reason_seen, view=here.view), query)
    narrowing = filters(here.view, "demand", "item", "site", days=())
    return planned(here, "why.html", query, narrowing, shown=own, may_try=may_try(here))
