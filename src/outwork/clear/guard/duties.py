"""What is owed when a grant ends: what was read under it is returned and deleted, and a named person confirms it.

General authorisation EU007 (Regulation (EU) 2021/821, Annex II, section G) lets technology go to a firm of one's own group;
when the activity ends or the firm leaves the group, what was sent and what was made of it is to be returned and deleted. A
grant states that duty, also where somebody wants it without EU007.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from outwork.clear.guard.register import Register, covers
from outwork.model.tables.guarding import Grant


@dataclass(frozen=True)
class Owed:
    """Documents that are to be returned and deleted under a grant that has ended, and the first day on which that is owed."""

    grant: Grant
    since: date
    documents: tuple[str, ...]

    def line(self) -> str:
        """Return one line for a person."""
        named = ", ".join(self.documents) or "nothing that is registered now"
        who = f"{self.grant.person} ({self.grant.party})"
        return f"{self.grant.granting}: {who} has to return and delete {named}, owed since {self.since}"


def owed(register: Register, when: date) -> Iterator[Owed]:
    """Yield what is owed on a day, grant by grant."""
    for grant in register.grants.values():
        since = ended(grant)
        back = grant.returned is not None and grant.returned <= when
        if grant.duty == "return and delete" and since <= when and not back:
            held = tuple(name for name, document in register.documents.items() if covers(grant, document))
            yield Owed(grant, since, held)


def ended(grant: Grant) -> date:
    """Return the first day on which a grant no longer holds."""
    after = grant.until + timedelta(days=1)
    return after if grant.revoked is None else min(after, grant.revoked)
