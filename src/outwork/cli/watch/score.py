"""`outwork watch score`: how good the picture is, where the truth is known."""

from __future__ import annotations

from typing import Annotated

import typer

from outwork import watch
from outwork.cli.answers import say
from outwork.cli.watch.heard import Day, Heard, Posts, heard
from outwork.cli.watch.replay import Every
from outwork.model.errors import Unproven
from outwork.watch.run import run
from outwork.watch.score.gospa import Cut
from outwork.watch.scored import by_name, by_truth


def score(
    file: Heard,
    sensors: Posts = None,
    day: Day = None,
    every: Every = 1.0,
    cut: Annotated[float, typer.Option(min=0.1, help="Distance beyond which a track does not show a thing, in metres.")] = 60.0,
) -> None:
    """Score the picture by where things really were (table truth_states), and by the names that detections carry.

    Names are hidden from the tracker, so that how often it confuses two things can be counted.
    """
    programme, faults = heard(file, sensors, day and day.date())
    say(f"{file}: {fault}" for fault in faults)
    result = run(programme, watch.Options(every=every, identities="hidden"))
    typer.echo(f"{result.name}: {result.outcome.sentence}")
    true = by_truth(result, programme["truth_states"], Cut(c=cut, p=2.0))
    named = by_name(result, programme)
    if true is None and named is None:
        raise Unproven(
            f"{file}: nothing to score by: truth_states has no row within the time of the detections, and no detection a name"
        )
    say((*(true.lines() if true else ()), *(named.lines() if named else ())))
