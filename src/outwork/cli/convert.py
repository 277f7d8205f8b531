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
from outwork.store.formats import door
from outwork.store.formats.converted import Loss

RATE = re.compile(r"[A-Z]{3}=\d+(\.\d+)?")
OUTSIDE = (".json", ".xml", ".json.gz", ".xml.gz")
"""Endings of what other systems write; every other place is one of Outwork's own, which `outwork copy` reads."""


def convert(
    source: Annotated[str, typer.Argument(help="File of another system.")],
    to: Annotated[str, typer.Argument(help="Where to write the programme: folder, workbook, *.outwork, Parquet or database.")],
    form: Annotated[door.Format | None, typer.Option("--format", help="What the file is, where it does not show.")] = None,
    start: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day of the plan.")] = None,
    step_days: Annotated[int | None, typer.Option(min=1, max=366, help="Length of a step of the plan, in days.")] = None,
    weeks: Annotated[int | None, typer.Option(min=1, max=1040, help="Length of the horizon, in weeks.")] = None,
    rate: Annotated[list[str] | None, typer.Option(help="Worth of another currency, as USD=0.92; repeat for more.")] = None,
    losses: Annotated[Path | None, typer.Option(help="CSV file to list in full what the programme does not hold.")] = None,
) -> None:
    """Make a programme of what frePPLe or InvenTree wrote. (To move a programme of Outwork's own: outwork copy.)"""
    if form is None and not source.lower().endswith(OUTSIDE):
        said = f"{source}: is no file of another system, for it does not end in {', '.join(OUTSIDE)}; name its --format"
        raise Unreadable(f"{said}, or, if a programme of Outwork's own is there: outwork copy {source} {to}")
    wishes = door.Wishes(start.date() if start else None, step_days, weeks, dict(map(_rate, rate or ())))
    converted = door.convert(Path(source), form, wishes)
    store.save(converted.programme, to)
    if losses is not None:
        _write(converted.losses, losses)
    typer.echo(_counted(converted.programme, source, to))
    if converted.losses:
        typer.echo(f"\nNot carried, or carried otherwise ({len(converted.losses):,} in all):")
        typer.echo("\n".join(f"  {line}" for line in converted.summary()))


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
