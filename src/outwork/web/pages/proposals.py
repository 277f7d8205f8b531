"""Approvals: what waits for a named person's decision, what it would change, and who decided what."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Final, Literal

import polars as pl
from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse, Response

from outwork.model.asker import Asker, Role
from outwork.model.errors import InvalidProgramme
from outwork.model.tables import BY_NAME
from outwork.store.overlay import Overlay, described
from outwork.store.service import Desk, Snapshot, Stale, approvals
from outwork.store.service.approvals import NotYours, Proposal
from outwork.store.sight import View
from outwork.web import problems
from outwork.web.desk import Here, here
from outwork.web.problems import Refused

router = APIRouter(include_in_schema=False)
WORDS: Final = {
    "binding demand": "proposals.kind_demand",
    "licence application": "proposals.kind_licence",
    "release of a revision": "proposals.kind_revision",
    "qualification": "proposals.kind_qualification",
    "override of a rule": "proposals.kind_override",
}
"""By kind, the key of its text."""


@dataclass(frozen=True)
class Shown:
    """A proposal as somebody sees it: the text of its kind, its changes in words, and what they may do with it."""

    proposal: Proposal
    kind: str
    lines: tuple[str, ...]
    may_decide: bool
    may_withdraw: bool


def shown(proposal: Proposal, asker: Asker, snapshot: Snapshot) -> Shown:
    """Return a proposal that the asker sees."""
    open_still = proposal.status in {"draft", "submitted"}
    lines = tuple(described(snapshot.programme, proposal.changes)) if open_still else tuple(_keys(proposal.changes))
    mine = open_still and proposal.account == asker.account
    return Shown(proposal, WORDS[proposal.kind], lines, proposal.open_to(asker), mine)


def sees(proposal: Proposal, asker: Asker, view: View) -> bool:
    """Return whether somebody sees a proposal: their own, and those of whose rows they see every column.

    Who sees all of a table's columns sees a row that is not there yet as it is proposed, where they would see it once it is;
    that a row would be theirs is told by the row as it stands, or by who proposed it.
    """
    if proposal.account == asker.account or asker.role in {Role.OFFICE, Role.AUDITOR}:
        return True
    for name, frame in proposal.changes.tables.items():
        table = BY_NAME[name]
        if not all(view.sees(name, column) for column in table.names):
            return False
        if frame.join(view[name].select(table.key), on=list(table.key), how="anti").height:
            return False
    return True


def _keys(changes: Overlay) -> list[str]:
    """Return the changed rows by their keys; how they stood before is the audit's to say."""
    return [
        f"{name} {' '.join(map(str, key))}: {kind}"
        for name, frame in changes.tables.items()
        for kind, *key in frame.select(pl.col("change"), *BY_NAME[name].key).iter_rows()
    ]


@router.get("/approvals")
def index(here: Annotated[Here, Depends(here)]) -> HTMLResponse:
    """List what waits for the asker, and all else that they see."""
    with here.desk.reading() as connection:
        found = approvals.listed(connection)
    own = [shown(each, here.asker, here.snapshot) for each in found if sees(each, here.asker, here.view)]
    return here.render("proposals.html", yours=[each for each in own if each.may_decide], others=own)


@router.get("/approvals/{number}")
def one(number: int, here: Annotated[Here, Depends(here)]) -> HTMLResponse:
    """Show a proposal."""
    return _page(here, number)


@router.post("/approvals/{number}")
def decide(
    number: int,
    here: Annotated[Here, Depends(here)],
    decision: Annotated[Literal["approve", "refuse", "withdraw"], Form()],
    remark: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Approve, refuse or withdraw a proposal."""
    _seen(here.desk, number, here)
    try:
        with here.desk.writing(here.asker) as writing:
            if decision == "withdraw":
                approvals.withdraw(writing, number)
            else:
                approvals.decide(writing, number, remark, approved=decision == "approve")
    except NotYours as error:
        raise Refused(problems.NOT_FOUND) from error
    except Stale:
        return _page(here, number, "proposals.changed")
    except InvalidProgramme:
        return _page(here, number, "proposals.broken")
    return here.go(f"/approvals/{number}", "proposal_withdrawn" if decision == "withdraw" else "proposal_decided")


def _seen(desk: Desk, number: int, here: Here) -> Proposal:
    """Return a proposal that the asker sees. Refused as not there where they do not."""
    with desk.reading() as connection:
        found = approvals.found(connection, number)
    if found is None or not sees(found, here.asker, here.view):
        raise Refused(problems.NOT_FOUND)
    return found


def _page(here: Here, number: int, wrong: str = "") -> HTMLResponse:
    own = shown(_seen(here.desk, number, here), here.asker, here.snapshot)
    return here.render("proposal.html", status=HTTPStatus.CONFLICT if wrong else HTTPStatus.OK, shown=own, wrong=wrong)
