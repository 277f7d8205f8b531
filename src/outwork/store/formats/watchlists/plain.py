"""A list of one's own: a CSV file with a column `name`, and whichever of the others there are."""

from __future__ import annotations

from typing import Final, get_args

from outwork.model.errors import Unreadable
from outwork.model.listed import Bearer, Entry
from outwork.store.formats.watchlists.cells import birth, nations, once, parts
from outwork.store.formats.watchlists.drawn import Drawn
from outwork.store.formats.watchlists.grid import Grid

COLUMNS: Final = ("name", "entry", "kind", "aliases", "nations", "identifiers", "born", "programmes")
"""Columns; cells with several values separate them by semicolons."""
KINDS: Final = get_args(Bearer)


def read(grid: Grid) -> Drawn:
    """Return what the file holds. Unreadable where a column or kind is none of those that there are."""
    grid.needs(("name",))
    grid.knows(COLUMNS)
    drawn = Drawn()
    for line, row in grid.rows():
        drawn.take(_entry(row, line, grid.where), f"{grid.where} line {line}")
    return drawn


def _entry(row: dict[str, str], line: int, where: str) -> Entry:
    kind = (row.get("kind") or "unknown").strip().lower()
    if kind not in KINDS:
        raise Unreadable(f"{where} line {line}: kind '{kind}' is none of {', '.join(KINDS)}")
    given = parts(row.get("nations"))
    if len(known := nations(given)) < len(given):
        raise Unreadable(f"{where} line {line}: nations '{row['nations']}' are not codes of two letters (ISO 3166 alpha-2)")
    return Entry(
        entry=row.get("entry") or str(line),
        bearer=kind,  # type: ignore[arg-type]  # one of KINDS, as was seen above
        names=once([row["name"], *parts(row.get("aliases"))]),
        nations=known,
        identifiers=parts(row.get("identifiers")),
        born=once(map(birth, parts(row.get("born")))),
        programmes=parts(row.get("programmes")),
    )
