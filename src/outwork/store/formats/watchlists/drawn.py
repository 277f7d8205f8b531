"""What a reader draws from a file: entries, stakes, the day that the file states, and what could not be used."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from outwork.model.listed import Entry

MOST_FAULTS: Final = 20
"""Faults of one file that are kept; the number of all of them is told."""


@dataclass
class Drawn:
    """What a reader has drawn so far; `stakes` are owner, asset, role and share [1]."""

    entries: list[Entry] = field(default_factory=list)
    stakes: list[tuple[str, str, str, float | None]] = field(default_factory=list)
    published: date | None = None
    faults: list[str] = field(default_factory=list)
    faulty: int = 0

    def take(self, entry: Entry, where: str) -> None:
        """Take an entry, or note that it has no name by which anybody could be found."""
        if entry.names or entry.weak:
            self.entries.append(entry)
        else:
            self.note(f"{where}: entry '{entry.entry}' has no name and finds nobody")

    def note(self, fault: str) -> None:
        """Keep a fault."""
        self.faulty += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)

    def told(self) -> tuple[str, ...]:
        """Return the faults, and how many more there are."""
        more = self.faulty - len(self.faults)
        return (*self.faults, *((f"and {more:,} more like these",) if more else ()))
