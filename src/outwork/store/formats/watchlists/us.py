"""The Consolidated Screening List of the United States (trade.gov), as JSON and as CSV: parties of BIS, OFAC and State.

The file states no day, so the day on which it was taken in counts. The parts of each entry (`source`) are kept as programmes.
"""

from __future__ import annotations

from typing import Any, Final

from outwork.model.errors import Unreadable
from outwork.model.listed import Bearer, Entry
from outwork.store.formats.watchlists.cells import birth, nations, numbers, once, parts
from outwork.store.formats.watchlists.drawn import Drawn
from outwork.store.formats.watchlists.grid import Grid

NEEDED: Final = ("source", "name", "type", "alt_names")
"""Columns of the CSV file without which it is not this list, besides its key."""
BEARERS: Final[dict[str, Bearer]] = {"individual": "person", "entity": "company", "vessel": "vessel", "aircraft": "vessel"}


def read_json(found: Any, where: str) -> Drawn:
    """Return what the JSON file holds. Unreadable where it is another, or a page of the list instead of the whole."""
    if not isinstance(found, dict) or not isinstance(found.get("results"), list):
        raise Unreadable(f"{where}: holds no list 'results', as the Consolidated Screening List has; fetch it again")
    results = found["results"]
    total = found.get("total", len(results))
    if isinstance(total, int) and total > len(results):
        raise Unreadable(f"{where}: holds {len(results):,} of {total:,} entries; fetch the whole list, not one page of it")
    drawn = Drawn()
    for at, each in enumerate(results, 1):
        if not isinstance(each, dict) or "name" not in each or "source" not in each:
            raise Unreadable(f"{where} result {at}: has no name or source, as every entry of this list has; fetch it again")
        drawn.take(_from_json(each, at), f"{where} result {at}")
    return drawn


def read_csv(grid: Grid) -> Drawn:
    """Return what the CSV file holds."""
    grid.needs(NEEDED)
    drawn = Drawn()
    for line, row in grid.rows():
        drawn.take(_from_csv(row, line), f"{grid.where} line {line}")
    return drawn


def _from_json(each: dict[str, Any], at: int) -> Entry:
    ids = [one for one in each.get("ids") or () if isinstance(one, dict)]
    places = [*(each.get("nationalities") or ()), *(each.get("citizenships") or ()), each.get("country")]
    places += [one.get("country") for one in each.get("addresses") or () if isinstance(one, dict)]
    return Entry(
        entry=str(each.get("id") or each.get("entity_number") or at),
        bearer=_bearer(each.get("type")),
        names=once([each["name"], *(each.get("alt_names") or ())]),
        nations=nations(places),
        identifiers=once(one.get("number") for one in ids if _tells(one)),
        born=once(birth(str(one)) for one in each.get("dates_of_birth") or ()),
        programmes=once([each["source"], *(each.get("programs") or ())]),
    )


def _from_csv(row: dict[str, str], line: int) -> Entry:
    countries = [address.rsplit(",", 1)[-1] for address in parts(row.get("addresses"))]
    return Entry(
        entry=row.get("_id") or row.get("entity_number") or str(line),
        bearer=_bearer(row["type"]),
        names=once([row["name"], *parts(row["alt_names"])]),
        nations=nations([*parts(row.get("nationalities")), *parts(row.get("citizenships")), *countries]),
        identifiers=numbers(row.get("ids")),
        born=once(birth(each) for each in parts(row.get("dates_of_birth"))),
        programmes=once([row["source"], *parts(row.get("programs"))]),
    )


def _bearer(kind: object) -> Bearer:
    return BEARERS.get(str(kind or "").strip().lower(), "unknown")


def _tells(one: dict[str, Any]) -> bool:
    """Whether an identifier is one; the list keeps genders and e-mail addresses among them too."""
    return any(map(str.isdigit, str(one.get("number") or ""))) and "@" not in str(one.get("number"))
