"""What only named persons decide: drafts that become rows of the programme once enough of them have approved.

Nobody approves what they proposed themselves. A proposal remembers each row as its author saw it, and one whose rows have
changed since is not carried out: somebody looks at it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select, update

from outwork.model.asker import Asker
from outwork.model.errors import OutworkError, UnknownName
from outwork.store.overlay import Overlay
from outwork.store.service.overlays import from_marked, to_text, with_marks
from outwork.store.service.policies import BY_KIND, Policy, guarded, without
from outwork.store.service.schema import DECISIONS, PROPOSALS
from outwork.store.service.writing import Seen, Writing, marks

Status = Literal["draft", "submitted", "approved", "refused", "withdrawn"]


class NotYours(OutworkError):
    """A decision that this person may not take; nothing was decided."""


@dataclass(frozen=True, eq=False)
class Proposal:
    """Changed rows that wait for persons to decide on them."""

    proposal: int
    kind: str
    changes: Overlay
    account: str
    status: Status
    needed: int
    since: str
    remark: str
    decisions: tuple[Decision, ...]

    @property
    def policy(self) -> Policy:
        """Who decides on it, and how many of them."""
        return BY_KIND[self.kind]

    @property
    def given(self) -> int:
        """How many persons have approved."""
        return sum(decision.approved for decision in self.decisions)

    def open_to(self, asker: Asker) -> bool:
        """Return whether a person may approve or refuse it now."""
        decided = {decision.account for decision in self.decisions}
        mine = asker.account == self.account or asker.account in decided
        return self.status == "submitted" and asker.role in self.policy.deciders and not mine


@dataclass(frozen=True)
class Decision:
    """What a person decided on a proposal, when (UTC, ISO 8601) and why."""

    account: str
    approved: bool
    at: str
    remark: str


def put(writing: Writing, changes: Overlay, seen: Seen, remark: str) -> list[int]:
    """Write what needs nobody's approval, propose the rest, and return the numbers of the proposals.

    Raises what `Writing.edit` raises; nothing is written or proposed then.
    """
    writing.refuse_stale(seen)
    parts = list(guarded(writing.base.programme, changes))
    if free := without(changes, [part for _, part in parts]):
        writing.edit(free)
    return [propose(writing, policy, part, remark) for policy, part in parts]


def propose(writing: Writing, policy: Policy, changes: Overlay, remark: str, status: Status = "submitted") -> int:
    """Put changed rows before those who decide on them, or keep them as a draft, and return the number of the proposal."""
    values = {
        "kind": policy.kind,
        "subject": policy.table,
        "overlay": with_marks(changes, marks(writing.base.programme, changes)),
        "account": writing.asker.account,
        "status": status,
        "needed": policy.needed,
        "since": writing.at,
        "remark": remark,
    }
    (number,) = writing.connection.execute(insert(PROPOSALS).values(values).returning(PROPOSALS.c.proposal)).one()
    writing.audit("propose", f"proposal {number}", {"kind": policy.kind, "status": status, "changes": to_text(changes)})
    return int(number)


def submit(writing: Writing, number: int) -> None:
    """Put a draft of one's own before those who decide. NotYours where it is somebody else's or no draft."""
    _own(writing, number, {"draft"})
    _become(writing, number, "submitted")


def withdraw(writing: Writing, number: int) -> None:
    """Take back a proposal of one's own that is not decided. NotYours where it is somebody else's or decided."""
    _own(writing, number, {"draft", "submitted"})
    _become(writing, number, "withdrawn")


def decide(writing: Writing, number: int, remark: str, *, approved: bool) -> Proposal:
    """Approve or refuse a proposal, carry it out where it was the last approval that it needed, and return it as it then is.

    NotYours where this person may not decide on it, Stale where its rows have changed since it was proposed,
    InvalidProgramme where they no longer fit the programme; nothing is decided then.
    """
    own = find(writing.connection, number)
    if not own.open_to(writing.asker):
        raise NotYours(f"proposal {number} is not yours to decide: it is {own.status}, or you made it or decided already")
    row = {"proposal": number, "account": writing.asker.account, "approved": approved, "at": writing.at, "remark": remark}
    writing.connection.execute(insert(DECISIONS).values(row))
    writing.audit("approve" if approved else "refuse", f"proposal {number}", remark)
    if not approved:
        _become(writing, number, "refused")
    elif own.given + 1 >= own.needed:
        writing.carry_out(own.changes, _seen(writing.connection, number))
        _become(writing, number, "approved")
    return find(writing.connection, number)


def found(connection: Connection, number: int) -> Proposal | None:
    """Return a proposal, None where there is none of that number."""
    row = connection.execute(select(PROPOSALS).where(PROPOSALS.c.proposal == number)).first()
    return None if row is None else _proposal(connection, row)


def find(connection: Connection, number: int) -> Proposal:
    """Return a proposal. UnknownName where there is none of that number."""
    own = found(connection, number)
    if own is None:
        raise UnknownName(f"there is no proposal {number}")
    return own


def listed(connection: Connection) -> list[Proposal]:
    """Return every proposal, the newest first."""
    rows = connection.execute(select(PROPOSALS).order_by(PROPOSALS.c.proposal.desc())).all()
    return [_proposal(connection, row) for row in rows]


def _proposal(connection: Connection, row: Row[Any]) -> Proposal:
    said = select(DECISIONS).where(DECISIONS.c.proposal == row.proposal).order_by(DECISIONS.c.at)
    decisions = tuple(Decision(each.account, each.approved, each.at, each.remark) for each in connection.execute(said))
    changes, _ = from_marked(row.overlay)
    return Proposal(row.proposal, row.kind, changes, row.account, row.status, row.needed, row.since, row.remark, decisions)


def _own(writing: Writing, number: int, wanted: set[str]) -> None:
    own = find(writing.connection, number)
    if own.account != writing.asker.account or own.status not in wanted:
        raise NotYours(f"proposal {number} is not yours, or is {own.status} and so no longer in your hands")


def _become(writing: Writing, number: int, status: Status) -> None:
    writing.connection.execute(update(PROPOSALS).where(PROPOSALS.c.proposal == number).values(status=status))
    writing.audit(status, f"proposal {number}")


def _seen(connection: Connection, number: int) -> Seen:
    text = connection.execute(select(PROPOSALS.c.overlay).where(PROPOSALS.c.proposal == number)).scalar_one()
    return from_marked(text)[1]
