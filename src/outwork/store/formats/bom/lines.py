"""From the rows of a table to lines: designators spread out, quantities counted, what is not fitted marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from outwork.model.errors import Unreadable
from outwork.store.formats.bom.designators import spread
from outwork.store.formats.bom.grid import Grid
from outwork.store.formats.bom.headings import ROLES, Role, roles, squeezed
from outwork.store.formats.bom.line import Line, left_out
from outwork.store.formats.tree import TOLD
from outwork.store.formats.values import decimal

NO: Final = frozenset({"", "0", "no", "n", "false", "f", "-", "fit", "fitted", "populate", "place", "~"})
YES: Final = frozenset({"", "1", "yes", "y", "true", "t", "x", "fit", "fitted", "populate", "populated", "place", "~"})
BLANK: Final = frozenset({"~", "-", "--", "n/a", "none", "?"})
NAMING: Final = (Role.ITEM, Role.NUMBER, Role.NAME, Role.VALUE, Role.FOOTPRINT, Role.DESCRIPTION)
"""Columns that say which part a line is of."""
TOTAL: Final = ("total", "sum", "summe", "component count", "components")


@dataclass(frozen=True)
class Counted:
    """Lines, what is wrong with them, and rows that are none."""

    lines: tuple[Line, ...]
    stray: tuple[str, ...]
    counts: bool
    """True where the table says how many, by designators or quantities; otherwise it is a list of parts, not of an assembly."""


def counted(grid: Grid) -> Counted:
    """Return the lines of a table. Unreadable with every fault."""
    where = roles(grid.header)
    faults: list[str] = []
    lines: list[Line] = []
    stray: list[str] = []
    for at, row in grid.rows:
        cells = (*row, *[""] * (len(grid.header) - len(row)))
        line = _line(_Row(f"{grid.where} line {at}", cells, where, grid.header), faults)
        if line is None:
            stray.append(f"{grid.where} line {at}: {' '.join(filter(None, row))[:60]}")
        else:
            lines.append(line)
    faults += _again(lines)
    if faults:
        more = [f"and {len(faults) - TOLD:,} faults more"] if len(faults) > TOLD else []
        raise Unreadable("\n".join([*faults[:TOLD], *more]))
    return Counted(tuple(lines), tuple(stray), Role.REFERENCE in where or Role.QUANTITY in where)


@dataclass(frozen=True)
class _Row:
    place: str
    cells: tuple[str, ...]
    where: dict[Role, int]
    header: tuple[str, ...]

    def __getitem__(self, role: Role) -> str:
        """Return the cell of a role; a dash or a tilde, as tools write for nothing, is blank."""
        at = self.where.get(role)
        text = "" if at is None else " ".join(self.cells[at].split())
        return "" if text.casefold() in BLANK else text

    def marking(self) -> list[int]:
        """Return every column that says that a part is not fitted; KiCad has two."""
        return [at for at, name in enumerate(self.header) if ROLES.get(squeezed(name)) is Role.LEFT_OUT]

    def more(self) -> dict[str, str]:
        """Return the cells of all other columns."""
        known = {*self.where.values(), *self.marking()}
        pairs = ((name or f"column {at + 1}", self.cells[at]) for at, name in enumerate(self.header) if at not in known)
        return {" ".join(name.split()): " ".join(text.split()) for name, text in pairs if text and text.casefold() not in BLANK}


def _line(row: _Row, faults: list[str]) -> Line | None:
    """Return the line of a row; None where it names no part and no place, as a sum does."""
    named = any(row[role] for role in NAMING)
    if not named and not row[Role.REFERENCE]:
        return None
    if not row[Role.REFERENCE] and any(row[role].casefold().rstrip(": ") in TOTAL for role in NAMING):
        return None
    quantity = _quantity(row, faults)
    designators = spread(row[Role.REFERENCE], quantity)
    absent = _absent(row) or ("its quantity is 0" if quantity == 0 else "")
    if quantity is not None and designators and quantity != len(designators) and not absent:
        said = f"quantity {quantity:g} is not the number of its designators, {len(designators)}"
        faults.append(f"{row.place}: {said} ({', '.join(designators)[:60]}); mend the one that is wrong")
    return Line(
        row.place, row[Role.ITEM], row[Role.NUMBER], row[Role.MAKER], row[Role.NAME], row[Role.VALUE], row[Role.FOOTPRINT],
        row[Role.DESCRIPTION], designators, quantity, row[Role.UNIT], absent, row.more(),
    )  # fmt: skip


def _quantity(row: _Row, faults: list[str]) -> float | None:
    written = row[Role.QUANTITY]
    if not written:
        return None
    try:
        found = decimal(written)
    except ValueError:
        faults.append(f"{row.place}: quantity '{written[:40]}' is not a number")
        return None
    if found < 0:
        faults.append(f"{row.place}: quantity {found:g} is below 0")
        return None
    return found


def _absent(row: _Row) -> str:
    """Return why a part is not fitted, empty where it is."""
    for at in row.marking():
        if row.cells[at].strip().casefold() not in NO:
            return f"its column {row.header[at]} says so"
    if row[Role.FITTED].casefold() not in YES:
        return f"its column {row.header[row.where[Role.FITTED]]} says so"
    return left_out(row[Role.VALUE]) or left_out(row[Role.REFERENCE])


def _again(lines: list[Line]) -> Iterator[str]:
    """Yield a fault for each designator that is there twice; those not yet numbered, such as R?, may be."""
    first: dict[str, str] = {}
    for line in lines:
        for name in line.designators:
            if not name.endswith("?") and first.setdefault(name, line.place) != line.place:
                yield f"{line.place}: designator {name} is there already, on {first[name].rpartition(' line ')[2]}"
            elif line.designators.count(name) > 1 and not name.endswith("?"):
                yield f"{line.place}: designator {name} is in the line twice"
