"""Which kind of place a programme lives in, told from how the place is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from outwork.model.errors import Unreadable
from outwork.store.kinds import folder, postgres, sqlite, workbook
from outwork.store.reading import Stored


@dataclass(frozen=True)
class Kind:
    """A kind of place: how it is read and how tables in it are replaced."""

    read: Callable[[str], Stored]
    write: Callable[[str, Mapping[str, pl.DataFrame]], None]


TEXT: Final = Kind(folder.read_text, folder.write_text)
PARQUET: Final = Kind(folder.read_parquet, folder.write_parquet)
WORKBOOK: Final = Kind(workbook.read, workbook.write)
SQLITE: Final = Kind(sqlite.read, sqlite.write)
POSTGRES: Final = Kind(postgres.read, postgres.write)

BY_SUFFIX: Final = {
    ".xlsx": WORKBOOK, ".outwork": SQLITE, ".sqlite": SQLITE, ".db": SQLITE, ".parquet": PARQUET, "": TEXT,
}  # fmt: skip
PLACES: Final = "a folder of CSV or Parquet files, a workbook (.xlsx), a SQLite file (.outwork) or postgresql://..."


def kind(where: str | Path) -> Kind:
    """Return the kind of place. A folder is what its files are; a new place is what its name ends with."""
    if str(where).startswith(("postgresql://", "postgres://")):
        return POSTGRES
    path = Path(where)
    if path.is_dir():
        suffixes = {file.suffix.lower() for file in path.iterdir()} & {".csv", ".parquet"}
        if len(suffixes) > 1:
            raise Unreadable(f"{path}: holds both CSV and Parquet files; keep one kind in a folder")
        return PARQUET if suffixes == {".parquet"} or (not suffixes and path.suffix == ".parquet") else TEXT
    if path.suffix.lower() not in BY_SUFFIX:
        raise Unreadable(f"{path}: is not a place for a programme; it lives in {PLACES}")
    return BY_SUFFIX[path.suffix.lower()]


def existing(where: str | Path) -> Kind:
    """Return the kind of a place that should be there. Unreadable where it is not."""
    chosen = kind(where)
    if chosen is not POSTGRES and not Path(where).exists():
        raise Unreadable(f"{where}: is not there; a programme lives in {PLACES}")
    if chosen is TEXT and not Path(where).is_dir():
        raise Unreadable(f"{where}: is a file without a known ending; a programme lives in {PLACES}")
    return chosen
