"""What every rule states of itself, and the words in which it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

ItemKind = Literal["goods", "tooling", "software", "technology"]
ITEM_KINDS: Final[tuple[ItemKind, ...]] = ("goods", "tooling", "software", "technology")
Status = Literal["in force", "adopted", "proposed"]
STATUSES: Final[tuple[Status, ...]] = ("in force", "adopted", "proposed")
Bound = Literal["at most", "at least", "equal"]
BOUNDS: Final[tuple[Bound, ...]] = ("at most", "at least", "equal")
Reading = Literal["literal", "ours"]
READINGS: Final[tuple[Reading, ...]] = ("literal", "ours")


@dataclass(frozen=True)
class Provision:
    """What every rule states of itself: where it stands, since when it holds, who looked at it."""

    name: str
    regime: str
    title: str
    status: Status
    since: date
    until: date | None
    cite: str
    source: str
    reviewer: str
    """Lawyer who reviewed it. Empty: nobody has, and it is shown so."""
    note: str
    file: str

    def holds_on(self, day: date) -> bool:
        """Return whether the provision is valid on the day."""
        return self.since <= day and (self.until is None or day <= self.until)
