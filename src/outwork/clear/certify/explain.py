"""What is left to do, and why, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from outwork.clear.certify.result import Readiness
from outwork.clear.certify.standing import SETTLED
from outwork.model.outcome import Pointer, Reason
from outwork.model.tables.certification import Compliance

URGENCY: Final = ("invalidated", "expired", "submitted", "open")
"""The order in which a person wants to hear of it: what was thought to be done comes first."""
CHANGE: Final = {
    "invalidated": "show it again for this revision, or by similarity",
    "expired": "renew it",
    "submitted": "have it reviewed",
    "open": "show it",
}


def reasons(rows: Iterable[Compliance]) -> Iterator[Reason]:
    """Yield a reason for each requirement for which something is left to do."""
    left = [row for row in rows if row.status not in SETTLED]
    for row in sorted(left, key=lambda each: URGENCY.index(each.status)):
        when = f", ready {row.ready} at the earliest" if row.ready else ""
        pointers = [Pointer("compliance", (row.item, row.revision, row.checklist, row.requirement))]
        pointers += [Pointer("evidence", (row.evidence,))] if row.evidence else []
        said = f"{row.item} {row.revision} {row.requirement} {row.status}: {row.sentence}{when}"
        yield Reason(f"certify.{row.status}", said, tuple(pointers), CHANGE[row.status])


def sentence(readiness: Iterable[Readiness], today: date) -> str:
    """Return the whole answer in one sentence."""
    looked = list(readiness)
    if not looked:
        return "No item has requirements; name its checklists in the table requirements."
    done = sum(not each.left for each in looked)
    return f"As of {today}, {done} of {len(looked)} revisions meet everything that is asked of them."
