"""What is given to `watch`: a programme, a recording, or a file of what sensors said, as one programme."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Final

import polars as pl
import typer

from outwork import store
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.model.tables.frame import Settings
from outwork.store.formats import feeds, recording

Heard = Annotated[
    str,
    typer.Argument(
        metavar="FILE", help="Programme with detections, recording (.mcap), capture, ASTERIX, ADS-B or log of positions (CSV)."
    ),
]
Posts = Annotated[str | None, typer.Option("--sensors", metavar="P", help="Programme with the sensors and zones of a file.")]
Day = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day on which a file begins that tells only the time of day.")
]
RECORDING: Final = ".mcap"
PROGRAMMES: Final = (".outwork", ".xlsx", ".zip")
"""Ends of names of files that hold a programme; any other file holds what sensors said."""


def heard(place: str, posts: str | None, day: date | None) -> tuple[Programme, tuple[str, ...]]:
    """Return what was given as a programme, and in words what of it could not be read."""
    path = Path(place)
    around = store.load(posts) if posts is not None else None
    if path.suffix.lower() == RECORDING:
        found = recording.read(path)
        once = {name: frame.unique(BY_NAME[name].key, keep="last", maintain_order=True) for name, frame in found.tables.items()}
        return _programme(path.stem, once, around), found.faults
    if path.is_file() and path.suffix.lower() not in PROGRAMMES:
        feed = feeds.read(path, feeds.Wishes(day=day))
        return _programme(path.stem, {"detections": feed.detections, "sensors": feed.sensors}, around), feed.faults
    return store.load(place), ()


def _programme(name: str, tables: Mapping[str, pl.DataFrame], around: Programme | None) -> Programme:
    """Return tables that were read as a programme; sensors and zones of the one around them go before their own."""
    told = {table: tables[table] for table in ("sensors", "zones", "detections", "truth_states") if table in tables}
    if around is None:
        return Programme.of(_settings(name, told["detections"])).replace(**told)
    own = told.get("sensors", around["sensors"].clear()).join(around["sensors"], on="sensor", how="anti")
    zones = around["zones"] if around["zones"].height else told.get("zones", around["zones"])
    return around.replace(**{**told, "sensors": pl.concat([around["sensors"], own]), "zones": zones})


def _settings(name: str, detections: pl.DataFrame) -> Settings:
    first = detections["at"].min()
    day = first.date() if isinstance(first, datetime) else date(1970, 1, 5)
    return Settings(name=name, start=max(day - timedelta(days=day.weekday()), date(1970, 1, 5)), weeks=1)
