"""`outwork replan`: carry the last plan on from today, and say what moves."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from outwork import plan as planner
from outwork import store
from outwork.cli.plan import shown, stopping
from outwork.model.errors import Unreadable
from outwork.model.outcome import Status
from outwork.plan.replan import Again
from outwork.plan.replan import replan as carried_on
from outwork.plan.summary import reasons
from outwork.store import actuals as happened

TOLD = 5
"""Reasons that are printed."""


def replan(
    programme: Annotated[str, typer.Argument(metavar="P", help="Programme as it is known today, with its last plan.")],
    today: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Day from which on to plan.")],
    freeze: Annotated[int, typer.Option(min=0, help="Weeks from today on in which the last plan is kept.")] = 4,
    change_price: Annotated[float, typer.Option(min=0, help="EUR for each EUR of value that moves.")] = 0.05,
    actuals: Annotated[str | None, typer.Option(help="CSV file of what really happened and lies on hand.")] = None,
    planned: Annotated[str | None, typer.Option(help="Programme for which the last plan was made, to name causes.")] = None,
    gap: Annotated[float, typer.Option(help="Proven distance to the best possible cost that is good enough [1].")] = 0.01,
    limit: Annotated[float, typer.Option(help="Seconds after which the best plan so far is taken.")] = 120.0,
    to: Annotated[str | None, typer.Option(help="Where to write the programme as it stands today, with the plan.")] = None,
) -> None:
    """Plan again from today, keep what is frozen, change as little as is worth it, and say what moves and why."""
    known = store.load(programme)
    last = store.load_results(programme)
    if last["promises"].is_empty():
        raise Unreadable(f"{programme}: holds no plan to carry on; make one with: outwork plan {programme}")
    done = None if actuals is None else happened.load(actuals, known)
    before = None if planned is None else store.read(planned).tables()
    options = planner.Options(gap=gap, limit=limit)
    with stopping() as stop, shown() as progress:
        found = carried_on(known, last, today.date(), done, Again(freeze, change_price), options, progress, stop, before)
    typer.echo(found.result.outcome.sentence)
    if found.result.outcome.status is Status.IMPOSSIBLE or not found.result.tables:
        raise typer.Exit(1)
    for line in (*found.difference.lines(), *reasons(found.result.why, TOLD)):
        typer.echo(line)
    if to is None:
        typer.echo("Nothing is written; --to Q writes the programme as it stands today, and the plan.")
    else:
        store.save(found.programme, to, dict(found.result.tables))
