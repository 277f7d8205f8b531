"""Reading what really happened: a CSV file with the columns of `model.tables.actual`."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from outwork.model.errors import InvalidProgramme, Unreadable
from outwork.model.programme import Programme
from outwork.model.table import table
from outwork.model.tables.actual import Actual
from outwork.store import check, delimited, door, headers


def load(where: str | Path, programme: Programme) -> pl.DataFrame:
    """Return the actuals in a file. InvalidProgramme with every fault in it, Unreadable where there is none."""
    path = Path(where)
    if not path.is_file():
        raise Unreadable(
            f"{where}: is not there; actuals are a CSV file with columns actual, kind, quantity, site, item and so on"
        )
    actuals = table(Actual)
    raw = delimited.parsed(actuals, path.read_bytes(), path.name)
    sheet = headers.sheet(actuals, raw)
    faults = (*sheet.faults, *check.rows(sheet, door.of_frames(programme.tables)))
    if faults:
        raise InvalidProgramme(faults)
    return sheet.frame
