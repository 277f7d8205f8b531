"""Which reasons somebody may read: those that point to rows they see, and speak of no money where they see none."""

from __future__ import annotations

from typing import Final

from outwork.model.outcome import Reason
from outwork.store.sight.view import View

MONEY: Final = "EUR"


def reason_seen(reason: Reason, view: View) -> bool:
    """Return True where the asker of a view may read a reason.

    A reason that points to no row may speak of anything, and a sentence may name an amount by itself: who does not see
    everything reads neither.
    """
    if view.whole:
        return True
    told = (reason.unit, reason.sentence, reason.change)
    if not reason.rows or any(MONEY in text for text in told):
        return False
    return all(view.holds(pointer.table, pointer.key) for pointer in reason.rows)
