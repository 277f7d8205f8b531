"""Approvals: what waits for a named person's decision, what it would change, and who decided what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Annotated, Final, Literal

import polars as pl
from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse, Response

from outwork.model.asker import Asker, Role
from outwork.model.errors import InvalidProgramme
from outwork.model.tables import BY_NAME
from outwork.store.overlay import REMOVE, Overlay, described
from outwork.store.service import Desk, Snapshot, Stale, approvals
from outwork.store.service.approvals import NotYours, Proposal
from outwork.store.sight import View, seen
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


def shown(proposal: Proposal, asker: Asker, snapshot: Snapshot, changes: Overlay) -> Shown:
    """Return a proposal with the changes that the asker sees of it."""
    open_still = proposal.status in {"draft", "submitted"}
    lines = tuple(described(snapshot.programme, changes)) if open_still else tuple(_keys(changes))
    mine = open_still and proposal.account == asker.account
    return Shown(proposal, WORDS[proposal.kind], lines, proposal.open_to(asker), mine)


def changes_seen(proposal: Proposal, view: View, frames: Mapping[str, pl.DataFrame]) -> Overlay | None:
    """Return what somebody sees of a proposal, None where they do not see that there is one.

    Everybody sees their own. Others see one whose rows they all see, as they stand or as they would stand once it is carried
    out; whoever decides on such a proposal sees the columns that are theirs, anybody else only one that has no others.
    Args: frames, the whole programme.
    """
    asker = view.asker
    if proposal.account == asker.account or asker.role in {Role.OFFICE, Role.AUDITOR}:
        return proposal.changes
    found = {}
    for name, frame in proposal.changes.tables.items():
        key, columns = list(BY_NAME[name].key), [column for column in BY_NAME[name].names if view.sees(name, column)]
        whole = len(columns) == len(BY_NAME[name].names)
        if not set(key) <= set(columns) or not (whole or asker.role in proposal.policy.deciders):
            return None
        new = frame.join(view[name], on=key, how="anti")
        if (
            new.height
            and new.join(seen({**frames, name: _laid(frames[name], frame, key)}, asker)[name], on=key, how="anti").height
        ):
            return None
        found[name] = frame.select("change", *columns)
    return Overlay(MappingProxyType(found))


def _laid(base: pl.DataFrame, changes: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """Return the rows of a table as they would stand once changes are carried out."""
    return pl.concat([base.join(changes, on=key, how="anti"), changes.filter(pl.col("change") != REMOVE).drop("change")])


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
    seen_of = ((each, changes_seen(each, here.view, here.snapshot.frames)) for each in found)
    own = [shown(each, here.asker, here.snapshot, changes) for each, changes in seen_of if changes is not None]
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


def _seen(desk: Desk, number: int, here: Here) -> tuple[Proposal, Overlay]:
    """Return a proposal and what the asker sees of it. Refused as not there where they see nothing."""
    with desk.reading() as connection:
        found = approvals.found(connection, number)
    changes = None if found is None else changes_seen(found, here.view, here.snapshot.frames)
    if found is None or changes is None:
        raise Refused(problems.NOT_FOUND)
    return found, changes


def _page(here: Here, number: int, wrong: str = "") -> HTMLResponse:
    proposal, changes = _seen(here.desk, number, here)
    own = shown(proposal, here.asker, here.snapshot, changes)
    return here.render("proposal.html", status=HTTPStatus.CONFLICT if wrong else HTTPStatus.OK, shown=own, wrong=wrong)
