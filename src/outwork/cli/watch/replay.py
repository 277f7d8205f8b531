"""`outwork watch replay`: what flew, out of what was recorded."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from outwork import store, watch
from outwork.cli.answers import keeps, say
from outwork.cli.watch import view
from outwork.cli.watch.heard import Day, Heard, Posts, heard
from outwork.watch.run import run

Identities = Annotated[Literal["used", "hidden"], typer.Option(help="Whether it is used what things say of who they are.")]
Every = Annotated[float, typer.Option(min=0.01, help="Seconds between two pictures that are written down.")]


def replay(
    file: Heard,
    sensors: Posts = None,
    day: Day = None,
    every: Every = 1.0,
    identities: Identities = "used",
    picture: Annotated[
        float | None, typer.Option("--picture", metavar="SPEED", help="Show the picture as it was, so many times as fast.")
    ] = None,
    to: Annotated[str | None, typer.Option(help="Where to write what was heard with its tracks and alerts.")] = None,
) -> None:
    """Make one picture out of what sensors said: tracks, what each probably is, and alerts. It only looks and warns."""
    programme, faults = heard(file, sensors, day and day.date())
    say(f"{file}: {fault}" for fault in faults)
    result = run(programme, watch.Options(every=every, identities=identities))
    if picture is not None:
        view.play(result, programme["zones"], picture)
    if to is not None:
        store.save(result.programme, to, dict(result.tables))
    elif keeps(file):
        store.save_results(dict(result.tables), file)
    typer.echo(result.summary())
