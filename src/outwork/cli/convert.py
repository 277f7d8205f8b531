"""`outwork convert`: from what other systems write to a programme."""

from __future__ import annotations

import csv
import re
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from outwork import store
from outwork.model.errors import Unreadable, Unwritable
from outwork.model.programme import Programme
from outwork.store.formats import door, manifests
from outwork.store.formats.converted import Loss, summed
from outwork.store.formats.manifests import Broken

RATE = re.compile(r"[A-Z]{3}=\d+(\.\d+)?")
OUTSIDE = (".json", ".xml", ".json.gz", ".xml.gz", *manifests.TREES, ".csv", ".tsv", ".txt", ".net", ".kicad_sch")
"""Endings of what other systems write; every other place is one of Outwork's own, which `outwork copy` reads."""
LINES = 12
"""Most kinds of losses that are told on the screen."""
OWN = "settings.csv"
"""A folder with this file is a programme."""


def convert(
    source: Annotated[str, typer.Argument(help="File of another system, or folder of manifests.")],
    to: Annotated[str, typer.Argument(help="Where to write the programme: folder, workbook, *.outwork, Parquet or database.")],
    form: Annotated[door.Format | None, typer.Option("--format", help="What the file is, where it does not show.")] = None,
    start: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day of the plan.")] = None,
    step_days: Annotated[int | None, typer.Option(min=1, max=366, help="Length of a step of the plan, in days.")] = None,
    weeks: Annotated[int | None, typer.Option(min=1, max=1040, help="Length of the horizon, in weeks.")] = None,
    rate: Annotated[list[str] | None, typer.Option(help="Worth of another currency, as USD=0.92; repeat for more.")] = None,
    broken: Annotated[
        Broken, typer.Option(help="In a folder, files that break their format: refuse it all, or leave them out.")
    ] = Broken.REFUSE,
    losses: Annotated[Path | None, typer.Option(help="CSV file to list in full what the programme does not hold.")] = None,
) -> None:
    """Make a programme of what another system wrote.

    That is a model of frePPLe, an export of InvenTree, a manifest of Open Know-How, Open Know-Where or Catena-X, a bill of
    material, or a folder of manifests. (To move a programme of Outwork's own: outwork copy. The other way: outwork export.)
    """
    if form is None and not _outside(source):
        endings = ", ".join(dict.fromkeys(OUTSIDE))
        said = f"{source}: is no file of another system, for it does not end in {endings}; name its --format"
        raise Unreadable(f"{said}, or, if a programme of Outwork's own is there: outwork copy {source} {to}")
    wishes = door.Wishes(start.date() if start else None, step_days, weeks, dict(map(_rate, rate or ())), broken)
    converted = door.convert(Path(source), form, wishes)
    store.save(converted.programme, to)
    typer.echo(_counted(converted.programme, source, to))
    tell(converted.losses, losses)


def tell(losses: tuple[Loss, ...], to: Path | None) -> None:
    """Sum up what was not carried, and list it in full in a file where one is named."""
    if to is not None:
        _write(losses, to)
    if losses:
        typer.echo(f"\nNot carried, or carried otherwise ({len(losses):,} in all):")
        typer.echo("\n".join(f"  {line}" for line in summed(losses, LINES)))


def _outside(source: str) -> bool:
    """Return whether a place is what another system wrote: by its ending, or a folder that is no programme."""
    place = Path(source)
    return not (place / OWN).exists() if place.is_dir() else source.lower().endswith(OUTSIDE)


def _rate(text: str) -> tuple[str, float]:
    """Return currency and worth of a text such as USD=0.92."""
    code, _, worth = text.partition("=")
    if not RATE.fullmatch(text) or float(worth) == 0:
        raise typer.BadParameter(f"{text} is not a currency and what one of it is worth, such as USD=0.92")
    return code, float(worth)


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command()(convert)


def _counted(programme: Programme, source: str, to: str) -> str:
    counts = [f"{frame.height:,} {name.replace('_', ' ')}" for name, frame in programme.tables.items() if frame.height]
    return f"{source} is in {to} now: {', '.join(counts)}."


def _write(losses: tuple[Loss, ...], path: Path) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(("what", "where", "why"))
            writer.writerows((loss.what, loss.where, loss.why) for loss in losses)
    except OSError as error:
        raise Unwritable(f"{path}: cannot be written: {error}; name another file with --losses") from error
