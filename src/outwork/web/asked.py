"""What the routes of planners' pages know besides who asks: the query of the address, and today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from outwork.model.asker import Role
from outwork.web.desk import Here
from outwork.web.query import Query, read
from outwork.web.seen import View, choices
from outwork.web.taking import takeable


def asked(request: Request) -> Query:
    """Return what the address asks for."""
    return read(request.query_params)


Asked = Annotated[Query, Depends(asked)]
"""The parameter of a route for what its address asks for."""


def today() -> date:
    """Return the day, in UTC, which all who plan together share."""
    return datetime.now(UTC).date()


@dataclass(frozen=True)
class Filters:
    """What a page lets people narrow by, with the names that it offers; a filter without names is not shown."""

    days: Sequence[str] = ("since", "until")
    names: dict[str, Sequence[str]] = field(default_factory=dict)


TABLES = {"item": "items", "site": "sites", "nation": "nations", "demand": "demands"}
"""By filter, the table whose names it offers."""


def filters(view: View, *wanted: str, days: Sequence[str] = ("since", "until")) -> Filters:
    """Return the filters of a page, with the names that somebody sees."""
    return Filters(days, {name: choices(view, TABLES[name], name) for name in wanted})


def planned(here: Here, template: str, query: Query, narrowing: Filters, **shown: Any) -> HTMLResponse:
    """Return a page for planners; one whose address holds what cannot be read says so and shows the rest."""
    behind = takeable(here.view, here.request.url.path)
    status = 400 if query.wrong else 200
    return here.render(template, status=status, query=query, filters=narrowing, takeable=behind, **shown)


def may_try(here: Here) -> bool:
    """Return whether somebody may try scenarios: what one changes may be any row, so it is for who sees and plans the whole."""
    return here.asker.role is Role.OFFICE
