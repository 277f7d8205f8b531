"""Everything that Outwork raises on purpose.

    OutworkError
    ├── InvalidProgramme      the tables break their own rules; carries every fault found
    ├── InvalidRules          the rule files break their own format; carries every fault found
    ├── Unreadable            a file or database cannot be read at all
    ├── Unwritable            a file or database cannot be written
    ├── UnknownName           a name that a person gave is not there; carries the nearest one
    ├── Stopped               a person stopped the work before there was an answer
    └── Unproven              an answer failed its own check; never shown as an answer

Each says where, what, why and what to do. The command line turns InvalidProgramme, InvalidRules, Unreadable and
UnknownName into exit status 2 and every other one into exit status 1.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in the input, said so that a person can mend it.

    `line` counts lines of a text file from 1, rows of a sheet as the sheet numbers them, and is None where a fault
    belongs to a whole table; `place` names the file or sheet.
    """

    table: str
    reason: str
    line: int | None = None
    column: str = ""
    value: str = ""
    nearest: str = ""
    place: str = ""

    def __str__(self) -> str:
        """Return for example: operations.csv line 42: site 's4O' is not in sites.csv; did you mean 's4'?"""
        where = self.place or self.table
        line = f" line {self.line}" if self.line is not None else ""
        hint = f"; did you mean '{self.nearest}'?" if self.nearest else ""
        return f"{where}{line}: {self.reason}{hint}"


class OutworkError(Exception):
    """The root of all errors that Outwork raises on purpose."""


class InvalidProgramme(OutworkError):
    """The tables break their own rules."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """Keep every fault, in the order of the tables and lines."""
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


class InvalidRules(OutworkError):
    """The rule files break their own format, and none of them is used."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """Keep every fault, in the order of the files and lines."""
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


class Unreadable(OutworkError):
    """A file or database cannot be read at all."""


class Unwritable(OutworkError):
    """A file or database cannot be written; nothing of it was."""


class UnknownName(OutworkError):
    """A name that a person gave is not there."""


class Stopped(OutworkError):
    """A person stopped the work before there was an answer."""


class Unproven(OutworkError):
    """An answer failed its own check and is not shown."""
