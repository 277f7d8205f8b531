"""The audit: what was written and decided, by whom, and whether the chain of records holds."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection

from outwork.model.asker import Role
from outwork.model.chain import Broken, Head, Record
from outwork.store.service import audit
from outwork.store.service.audit import Act, Wanted
from outwork.web.desk import Here, only

router = APIRouter(prefix="/audit", include_in_schema=False)
Reader = Annotated[Here, Depends(only(Role.OFFICE, Role.AUDITOR))]
PER_PAGE: Final = 100


@dataclass(frozen=True)
class Filter:
    """What the address asks for; empty narrows nothing down."""

    account: str = ""
    kind: str = ""
    subject: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True)
class Shown:
    """Records, the newest first, and the address of those before them, '' where there are none."""

    records: tuple[Record[Act], ...]
    kinds: tuple[str, ...]
    chosen: Filter
    older: str


@dataclass(frozen=True)
class Proof:
    """What verifying found: the first record that is not as it was written, None where all are, and where the audit ends."""

    broken: Broken | None
    head: Head


def shown(connection: Connection, chosen: Filter, before: int | None) -> Shown:
    """Return a page of the audit."""
    found = audit.found(connection, Wanted(**asdict(chosen), before=before), PER_PAGE + 1)
    page = found[:PER_PAGE]
    asked = {name: value for name, value in asdict(chosen).items() if value}
    older = f"/audit?{urlencode({**asked, 'before': page[-1].number})}" if len(found) > PER_PAGE else ""
    return Shown(tuple(page), tuple(audit.kinds(connection)), chosen, older)


@router.get("")
def show(
    here: Reader,
    account: str = "",
    kind: str = "",
    subject: str = "",
    since: str = "",
    until: str = "",
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> HTMLResponse:
    """Show the audit; a day that is none narrows nothing down."""
    return _page(here, Filter(account.strip(), kind, subject.strip(), _day(since), _day(until)), before)


@router.post("/verify")
def verify(here: Reader) -> HTMLResponse:
    """Follow the chain from the first record to the last and show whether it holds."""
    with here.desk.reading() as connection:
        proof = Proof(audit.broken(connection), audit.head(connection))
    return _page(here, Filter(), None, proof)


def _page(here: Here, chosen: Filter, before: int | None, proof: Proof | None = None) -> HTMLResponse:
    with here.desk.reading() as connection:
        own = shown(connection, chosen, before)
    return here.render("audit.html", own=own, proof=proof)


def _day(text: str) -> str:
    """Return a day as the audit writes it, '' where the text is none."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
