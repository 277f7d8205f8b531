"""`outwork convert`: from one place to another, and from what other systems write."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from outwork import store
from outwork.model.errors import Unwritable
from outwork.model.programme import Programme
from outwork.store.formats import door
from outwork.store.formats.converted import Loss

OUTSIDE = (".json", ".xml", ".json.gz", ".xml.gz")
"""Endings of what other systems write; every other place is one of Outwork's own."""


def convert(
    source: Annotated[str, typer.Argument(help="File of another system, or any place that holds a programme.")],
    to: Annotated[str, typer.Argument(help="Where to write the programme: folder, workbook, *.outwork, Parquet or database.")],
    form: Annotated[door.Format | None, typer.Option("--format", help="What the file is, where it does not show.")] = None,
    start: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day of the plan.")] = None,
    step_days: Annotated[int | None, typer.Option(min=1, max=366, help="Length of a step of the plan, in days.")] = None,
    weeks: Annotated[int | None, typer.Option(min=1, max=1040, help="Length of the horizon, in weeks.")] = None,
    losses: Annotated[Path | None, typer.Option(help="CSV file to list in full what the programme does not hold.")] = None,
) -> None:
    """Convert a programme from one place to another, or from frePPLe or InvenTree."""
    if form is None and not source.lower().endswith(OUTSIDE):
        store.save(store.load(source), to)
        typer.echo(f"{source} is in {to} now.")
        return
    wishes = door.Wishes(start.date() if start else None, step_days, weeks)
    converted = door.convert(Path(source), form, wishes)
    store.save(converted.programme, to)
    if losses is not None:
        _write(converted.losses, losses)
    typer.echo(_counted(converted.programme, source, to))
    if converted.losses:
        typer.echo(f"\nNot carried, or carried otherwise ({len(converted.losses):,} in all):")
        typer.echo("\n".join(f"  {line}" for line in converted.summary()))


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
