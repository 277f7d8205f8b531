"""`clear.run`: from a programme and the rules to what may move, under what, and what to ask first."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict

import polars as pl

import outwork
from outwork.clear import leadtimes, tables
from outwork.clear.flips import flips
from outwork.clear.hearing import hear
from outwork.clear.licences import Terms, handed_over
from outwork.clear.logic import TRUE
from outwork.clear.movements import movements
from outwork.clear.options import Options
from outwork.clear.questions import questions
from outwork.clear.reasons import reasons
from outwork.clear.result import Result
from outwork.clear.rules.rulebook import Rulebook
from outwork.clear.summary import counted
from outwork.model.outcome import MadeBy, Outcome, Status
from outwork.model.programme import Programme


def run(
    programme: Programme,
    options: Options,
    rulebook: Rulebook,
    standings: pl.DataFrame | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Result:
    """Return whether everything that the programme would move across a border may, by the rules of the day.

    Args: standings, what `screen` came to for each party, None where nobody was screened; progress is told what is being done.
    """
    began = time.monotonic()
    progress("finding what would move")
    moving = movements(programme)
    progress(f"hearing {len(moving)} movements")
    hearing = hear(programme, moving, options, rulebook, standings)
    progress("looking for what would change the answers")
    listed = [place for place in range(len(hearing.things.movable)) if hearing.listings.states[place] == TRUE]
    changes = {
        place: each[: options.flips] for place, each in flips(listed, hearing.things, hearing.listings, hearing.law).items()
    }
    units = dict(programme["demands"].select("demand", "quantity").iter_rows())
    asked = questions(hearing.determinations, units, hearing.law.vocabulary)
    reviewed = {control.path: bool(entry.provision.reviewer) for entry in hearing.law.entries for control in entry.controls}
    found = tables.determinations(hearing.determinations, changes, reviewed, rulebook.digest)
    made_by = MadeBy(outwork.__version__, {**asdict(options), "rules": rulebook.digest}, 0, programme.digest)
    outcome = Outcome(Status.DONE, counted(found), time.monotonic() - began)
    answer = {"determinations": found, "questions": tables.questions(asked)}
    progress("writing clearances and licences")
    handed = handed_over(programme, found, leadtimes.read(rulebook.texts, rulebook.nations), Terms(fee=options.fee))
    ready = programme.replace(
        licences=handed.licences, clearances=handed.clearances, closures=handed.closures, items=handed.items
    )
    why = (*reasons(hearing, asked, changes, options), *handed.why)
    return Result(programme.settings.name, outcome, answer, why, made_by, ready, hearing.determinations)
