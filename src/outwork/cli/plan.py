"""`outwork plan`: who makes what, where and when, shown as it gets better; Ctrl-C keeps the best plan so far."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from types import FrameType
from typing import Annotated, Any

import polars as pl
import typer
from rich.console import Console
from rich.status import Status as Spinner

from outwork import plan as planner
from outwork import store
from outwork.cli.answers import keeps, tell
from outwork.model.outcome import Status
from outwork.solve.watch import Progress, Stop


class Objective(StrEnum):
    """What a plan is to achieve."""

    COST = "cost"
    ON_TIME = "on time"
    MOST = "most"
    SURGE = "surge"


def plan(
    programme: Annotated[str, typer.Argument(metavar="P", help="Folder, workbook, .outwork file or PostgreSQL URL.")],
    objective: Annotated[Objective, typer.Option(help="What the plan is to achieve.")] = Objective.COST,
    item: Annotated[str | None, typer.Option(help="Design that 'most' and 'surge' count.")] = None,
    by: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Date by which 'most' counts.")] = None,
    rate: Annotated[float | None, typer.Option(help="Units a week that 'surge' asks for.")] = None,
    gap: Annotated[float, typer.Option(help="Proven distance to the best possible cost that is good enough [1].")] = 0.01,
    limit: Annotated[float, typer.Option(help="Seconds after which the best plan so far is taken.")] = 120.0,
    to: Annotated[
        str | None, typer.Option(help="Where to write programme and plan; an .outwork file keeps them anyway.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print outcome, tables and reasons as JSON.")] = False,  # noqa: FBT002 - a switch of the command line
) -> None:
    """Plan a programme: who makes what, where and when, how good that is, and what holds it back."""
    tables = store.load(programme)
    options = _options(objective.value, item, by and by.date(), rate, gap, limit)
    with stopping() as stop, shown() as progress:
        result = planner.run(tables, options, progress, stop)
    if result.added is not None:
        tables = tables.replace(demands=pl.concat([tables["demands"], result.added]))
    kept = result.added is None and keeps(programme)
    if result.tables and (to or kept):
        if to and (to != programme or result.added is not None):
            store.save(tables, to)
        store.save_results(dict(result.tables), to or programme)
        if keeps(to or programme):
            tell(to or programme, "plan", result, result.figures)
    typer.echo(json.dumps(told(result), default=str, indent=1) if as_json else result.summary())
    if result.outcome.status is Status.IMPOSSIBLE:
        raise typer.Exit(1)


def _options(*given: Any) -> planner.Options:
    objective, item, by, rate, gap, limit = given
    try:
        return planner.Options(objective=objective, item=item, by=by, rate=rate, gap=gap, limit=limit)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def told(result: planner.Result) -> dict[str, Any]:
    """Return a result as plain values."""
    return {
        "outcome": {**asdict(result.outcome), "gap": result.outcome.gap},
        "greedy": result.greedy,
        "costs": result.figures["costs"],
        "why": [asdict(reason) for reason in result.why],
        "made_by": asdict(result.made_by),
        "tables": {name: frame.to_dicts() for name, frame in result.tables.items()},
    }


@contextmanager
def stopping() -> Iterator[Stop]:
    """Let Ctrl-C ask for the best plan so far; a second one ends the programme."""
    stop = Stop()
    before = signal.getsignal(signal.SIGINT)

    def ask(_number: int, _frame: FrameType | None) -> None:
        if stop.asked:
            raise KeyboardInterrupt
        stop.set()

    signal.signal(signal.SIGINT, ask)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def shown() -> Iterator[Any]:
    """Show on the terminal how the search goes; say nothing where nobody looks."""
    if not sys.stderr.isatty():
        yield None
        return
    with Spinner("reading", console=Console(stderr=True)) as spinner:
        yield lambda news: spinner.update(line(news))


def line(news: Progress) -> str:
    """Return one line of progress."""
    cost = "no plan yet" if news.cost is None else f"plan {news.cost:,.0f} EUR"
    bound = "" if news.bound is None else f", bound {news.bound:,.0f}"
    gap = "" if news.gap is None else f", gap {news.gap:.2%}"
    return f"{news.seconds:5.0f} s  {news.phase}: {cost}{bound}{gap}   (Ctrl-C takes the best plan so far)"
