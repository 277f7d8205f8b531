"""What a store answers with when it is read: tables as written, tables as typed, and where each row stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

import polars as pl

from outwork.model.errors import Fault
from outwork.model.nearest import nearest
from outwork.model.table import Table, written
from outwork.model.tables import BY_NAME

LONGEST_SHOWN: Final = 60
"""A value is shown in a message up to this length [character]."""


@dataclass(frozen=True, eq=False)
class Raw:
    """A table as its store holds it, not yet typed.

    `frame` has one column for each name in `header`, in that order, under any names; text or already typed. `place`
    names the file or sheet; `lines` is the line of every row, None where the store has no lines. `ragged` says of a row
    how many cells it has, null where that is as many as the header. `comma` is true where numbers may have a decimal comma;
    `whole` is false where rows may be missing because the store could not be read to its end. `spoilt` has, by position of
    the column, what cannot be a value of any kind, such as #DIV/0!, null for all other cells; `top` is the line of the header.
    """

    header: tuple[str, ...]
    frame: pl.DataFrame
    place: str
    lines: pl.Series | None = None
    ragged: pl.Series | None = None
    comma: bool = False
    faults: tuple[Fault, ...] = ()
    whole: bool = True
    spoilt: Mapping[int, pl.Series] = field(default_factory=dict)
    top: int | None = None

    def where(self, kept: pl.Series) -> Raw:
        """Return the table with only the rows marked."""
        lines = None if self.lines is None else self.lines.filter(kept)
        ragged = None if self.ragged is None else self.ragged.filter(kept)
        spoilt = {at: cells.filter(kept) for at, cells in self.spoilt.items()}
        return replace(self, frame=self.frame.filter(kept), lines=lines, ragged=ragged, spoilt=spoilt)


@dataclass(frozen=True, eq=False)
class Stored:
    """What a store holds: its tables as written, by name, and faults of what is in it but is no table of ours.

    `pattern` gives the place of a table that is not there, such as `{}.csv`.
    """

    raws: Mapping[str, Raw]
    faults: tuple[Fault, ...] = ()
    pattern: str = "{}"


def stranger(name: str, place: str) -> Fault:
    """Return the fault of a file or sheet that is none of the tables."""
    return Fault(name, f"there is no table '{name}'", None, "", name, nearest(name, BY_NAME), place)


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table with its declared types, and what is known of the cells that could not be read.

    Args: frame, in the schema of `table`; unread, by column the text of the cells that do not have the column's type,
    null for all others; lost, columns whose every cell is unknown because the header is wrong; defaulted, columns that are not
    there and hold their default; ragged, as in `Raw`;
    width, cells in the header; faults, those of the file and its header; whole, as in `Raw`.
    """

    table: Table
    frame: pl.DataFrame
    place: str
    lines: pl.Series | None = None
    unread: Mapping[str, pl.Series] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()
    defaulted: frozenset[str] = frozenset()
    ragged: pl.Series | None = None
    width: int = 0
    faults: tuple[Fault, ...] = ()
    whole: bool = True

    @property
    def complete(self) -> bool:
        """True where the keys of all rows are known, so that a name that is not there is a wrong name."""
        return self.whole and not self.lost & set(self.table.key)

    def fault(self, row: int, column: str, reason: str, value: str = "", nearest: str = "") -> Fault:
        """Return a fault of one row, with its line where there is one."""
        line = None if self.lines is None else int(self.lines[row])
        return Fault(self.table.name, reason, line, column, value, nearest, self.place)

    def named(self, row: int, *but: str) -> str:
        """Return the row's key for a message, such as ` of item 'mast', site 'delft'`, without the columns named in `but`."""
        cells = [(name, self.frame[name][row]) for name in self.table.key if name not in but]
        words = ", ".join(f"{name} {shown(value)}" for name, value in cells if value is not None)
        return f" of {words}" if words else ""


def shown(value: object) -> str:
    """Return a value as a message writes it: text in quotes and cut where it is long, numbers without needless digits."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        return written(value)
    if isinstance(value, int | date):
        return str(value)
    text = "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in str(value)[:LONGEST_SHOWN]
    )
    return f"'{text}{'...' if len(str(value)) > LONGEST_SHOWN else ''}'"
