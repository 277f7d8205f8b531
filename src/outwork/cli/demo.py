"""`outwork demo`: an example programme on disk, planned, with a short guide to what to try next."""

from __future__ import annotations

from importlib import import_module
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Final

import typer

from outwork import plan, store
from outwork.cli.answers import tell
from outwork.cli.plan import shown, stopping
from outwork.model.errors import Unwritable
from outwork.model.programme import Programme

NEXT: Final = (
    ("outwork serve {place}", "open it in the browser, for yourself and others"),
    ("outwork check {place}", "what Outwork asks of a programme before it plans it"),
    ("outwork match {place}", "who else could make it, and what they lack"),
    ("outwork plan {place}", "plan it again, for instance with --gap 0.001"),
    ("outwork watch replay {place} --picture 5", "see the recorded evening over the depot, five times as fast"),
    ("outwork copy {place} reedbed.xlsx", "open every table in Excel, change a number, save"),
    ("outwork diff {place} reedbed.xlsx", "see what you changed"),
    ("outwork plan reedbed.xlsx", "and what it does to the plan"),
)
"""Commands to try, and what for."""


def example() -> Programme:
    """Return the example programme as it is shipped: the CSV tables in `outwork/store/demo`."""
    with as_file(files("outwork.store") / "demo") as folder:
        return store.load(folder)


def demo(
    to: Annotated[Path, typer.Option(help="File to write the programme and its plan to.")] = Path("demo.outwork"),
) -> None:
    """Write an example programme, plan it, replay an evening over its depot, and say what to try next."""
    programme = example()
    _refuse_to_overwrite(to, programme)
    store.save(programme, to)
    typer.echo(f"{to}: the example is written; planning it", err=True)
    with stopping() as stop, shown() as progress:
        result = plan.run(programme, plan.Options(), progress, stop)
    typer.echo(f"{result.summary()}\n")
    typer.echo("replaying what its sensors heard one evening", err=True)
    evening = import_module("outwork.cli.watch.evening")  # the tracker takes a second to load, which other verbs spare
    told, tables = evening.replayed(programme)
    store.save_results({**result.tables, **tables}, to)
    tell(str(to), "plan", result, result.figures)
    typer.echo(f"{told}\n\n{guide(to)}")


def guide(place: Path) -> str:
    """Return what to try next with the example at a place."""
    commands = [(command.format(place=place), what) for command, what in NEXT]
    width = max(len(command) for command, _ in commands)
    lines = "\n".join(f"  {command:{width}}   {what}" for command, what in commands)
    return (
        f"The programme and its plan are in {place}. Where to go on:\n\n{lines}\n\n"
        "docs/learn/first-plan.md walks through this in ten minutes; docs/learn/demo-programme.md tells who is who."
    )


def _refuse_to_overwrite(place: Path, programme: Programme) -> None:
    """Unwritable where the file holds another programme than the example, such as one that somebody has changed."""
    if place.exists() and store.load(place) != programme:
        raise Unwritable(
            f"{place} is there already and is not the example as shipped, so nothing was written; "
            "move it away, or name another file with --to"
        )
