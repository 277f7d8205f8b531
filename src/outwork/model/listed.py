"""Lists of people and firms that others have named: what a reader of `store` makes of one, and what `clear` screens against.

A list is bulk, so its entries stay in columns; an `Entry` is made only of those that somebody is compared with.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final, Literal

import polars as pl

Bearer = Literal["person", "company", "vessel", "unknown"]
"""What an entry is; a company is any organisation, a vessel any craft."""

ENTRIES: Final = pl.Schema({
    "entry": pl.String(), "bearer": pl.String(), "names": pl.List(pl.String()), "weak": pl.List(pl.String()),
    "nations": pl.List(pl.String()), "identifiers": pl.List(pl.String()), "born": pl.List(pl.String()),
    "programmes": pl.List(pl.String()), "listed": pl.Boolean(),
})  # fmt: skip
"""Columns of the entries of a list; the fields of `Entry`."""
STAKES: Final = pl.Schema({"owner": pl.String(), "asset": pl.String(), "role": pl.String(), "share": pl.Float64()})
"""Who owns or directs whom within a list: keys of two entries, `owner` or `director`, share [1] or null where unknown."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody on a list.

    Args: names, the main one first, then aliases; weak, aliases that the publisher itself calls weak; nations, ISO 3166
    alpha-2; identifiers, as written; born, ISO dates or years; programmes, under which it is listed; listed, False for one
    that stands there only because somebody listed owns or directs it.
    """

    entry: str
    bearer: Bearer
    names: tuple[str, ...]
    weak: tuple[str, ...] = ()
    nations: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    born: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    listed: bool = True

    @property
    def digest(self) -> str:
        """First 16 hexadecimal digits of the SHA-256 of all that the list says of it, in whichever order."""
        return digest({name: sorted(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()})


@dataclass(frozen=True, eq=False)
class WatchList:
    """A list as it was read.

    Args: name, by which decisions call it; published, the day that the file itself states; fetched, the day on which it was
    taken in; digest, SHA-256 of the file; faults, entries that could not be used and why, and loads refused since.
    """

    name: str
    entries: pl.DataFrame
    fetched: date
    digest: str
    stakes: pl.DataFrame
    published: date | None = None
    faults: tuple[str, ...] = ()
    damage: str = ""
    """Why it clears nobody, whatever its age; empty where it is whole."""

    def __post_init__(self) -> None:
        """TypeError where a frame has another schema than lists have."""
        if self.entries.schema != ENTRIES or self.stakes.schema != STAKES:
            raise TypeError(f"list {self.name}: its entries or stakes have columns that a list has not")

    @property
    def state(self) -> date:
        """Day of which it tells the state: when it was published, or else taken in, whichever is earlier."""
        return min(self.published or self.fetched, self.fetched)

    def age(self, day: date) -> int:
        """Days since its state."""
        return (day - self.state).days

    def entry(self, at: int) -> Entry:
        """Return the entry in a row."""
        row = self.entries.row(at, named=True)
        plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
        return Entry(**plain)


def watch_list(name: str, entries: list[Entry], *, fetched: date, digest: str, **more: Any) -> WatchList:
    """Return entries as a list, which is how readers and tests make one."""
    rows = [
        {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(each).items()} for each in entries
    ]
    stakes = more.pop("stakes", pl.DataFrame(schema=STAKES))
    return WatchList(name, pl.DataFrame(rows, schema=ENTRIES, orient="row"), fetched, digest, stakes, **more)


def digest(record: dict[str, Any]) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of a record."""
    return hashlib.sha256(json.dumps(record, sort_keys=True, ensure_ascii=True).encode()).hexdigest()[:16]
