"""Borders that documents cross, determined on the spot by the same rules as those that goods cross."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import cast

import polars as pl

from outwork.clear.case import Movement
from outwork.clear.determine import Determination
from outwork.clear.facts import ALL
from outwork.clear.guard.passage import STRICTEST_FIRST, Determine, Leave, Outcome, Passage
from outwork.clear.hearing import hear
from outwork.clear.movements import revisions_of
from outwork.clear.options import Options
from outwork.clear.rules.rulebook import ItemKind, Rulebook
from outwork.clear.tables import authorisation
from outwork.model.programme import Programme


def heard(
    programme: Programme, passages: Iterable[Passage], rulebook: Rulebook, day: date, standings: pl.DataFrame | None = None
) -> Determine:
    """Return what the rules of a day determine of these passages; of any other nothing is determined.

    What is about all revisions of an item is determined for each, and the strictest holds. Args: standings, what screening came
    to, None where nobody was screened.
    """
    asked = {passage: _movements(passage, programme) for passage in dict.fromkeys(passages)}
    every = list(dict.fromkeys(movement for movements in asked.values() for movement in movements))
    if not every:
        return lambda _: None
    found = hear(programme, every, Options(day=day), rulebook, standings).determinations
    leaves: dict[Movement, list[Leave]] = defaultdict(list)
    for each in found:
        leaves[each.movement].append(_leave(each))
    strictest = {passage: _strictest([leave for one in held for leave in leaves[one]]) for passage, held in asked.items()}
    return strictest.get


def _movements(passage: Passage, programme: Programme) -> list[Movement]:
    """Return the movements that a passage is: one of each revision that it is about, used and kept where it goes."""
    revisions = revisions_of(programme).get(passage.item, (ALL,)) if passage.revision is None else (passage.revision,)
    kind = cast("ItemKind", passage.kind)
    end = frozenset((passage.destination,))
    return [
        Movement(passage.item, revision, kind, passage.origin, passage.destination, passage.consignee, end, processed=True)
        for revision in revisions
    ]


def _leave(found: Determination) -> Leave:
    said = found.decisive.sentence
    if found.override is not None:
        said = f"{said}; {found.override.person} decided on {found.override.decided}: {found.override.reason}"
    return Leave(cast("Outcome", found.outcome.word), said, "; ".join(found.cites), authorisation(found))


def _strictest(leaves: list[Leave]) -> Leave | None:
    return min(leaves, key=lambda each: STRICTEST_FIRST.index(each.outcome), default=None)
