"""Determinations and questions as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from outwork.clear.determine import Determination
from outwork.clear.flips import Flip
from outwork.clear.opinion import Gap
from outwork.model.frames import from_columns, from_rows
from outwork.model.tables import BY_NAME
from outwork.model.tables.permits import Question

BETWEEN = "; "
DIGITS = 12
"""Characters of a version that a table shows."""


def determinations(
    found: Sequence[Determination], flips: Mapping[int, Sequence[Flip]], reviewed: Mapping[str, bool], version: str
) -> pl.DataFrame:
    """Return the table of determinations.

    Args: flips, of each thing by its place; reviewed, for each path whether a lawyer reviewed it; version, of the rules.
    """
    places = [int(each.case.batch.places[each.case.row]) for each in found]
    columns = {
        "item": [each.movement.item for each in found],
        "revision": [each.movement.revision for each in found],
        "origin": [each.movement.origin for each in found],
        "destination": [each.movement.destination for each in found],
        "consignee": [each.movement.consignee for each in found],
        "kind": [each.movement.kind for each in found],
        "outcome": [each.outcome.word for each in found],
        "jurisdiction": [BETWEEN.join(_jurisdictions(each)) for each in found],
        "listed": [BETWEEN.join(each.case.listed) for each in found],
        "authorisation": [authorisation(each) for each in found],
        "cite": [BETWEEN.join(each.cites) for each in found],
        "sentence": [sentence(each, flips.get(place, ())) for each, place in zip(found, places, strict=True)],
        "missing": [BETWEEN.join(_named(gap) for gap in each.missing) for each in found],
        "conditions": [BETWEEN.join(each.conditions) for each in found],
        "override": ["" if each.override is None else each.override.override for each in found],
        "reviewed": [_reviewed(each, reviewed) for each in found],
        "version": [version[:DIGITS]] * len(found),
    }
    return from_columns(BY_NAME["determinations"], columns)


def questions(found: Sequence[Question]) -> pl.DataFrame:
    """Return the table of questions."""
    return from_rows(BY_NAME["questions"], found)


def authorisation(each: Determination) -> str:
    """Return the general authorisation or kind of licence that the outcome rests on."""
    if each.override is not None:
        return each.override.authorisation
    return next((opinion.authorisation for opinion in each.standing_on if opinion.authorisation), "")


def sentence(each: Determination, flips: Sequence[Flip]) -> str:
    """Return a determination in one sentence, with what would change it."""
    said = f"{each.movement}: {each.outcome.word}; {each.decisive.sentence}."
    if each.override is not None:
        said = f"{each.movement}: {each.outcome.word} by decision of {each.override.person} ({each.override.reason})."
    first = next(iter(flips), None)
    return said if first is None else f"{said} Change: {first}."


def _jurisdictions(each: Determination) -> list[str]:
    """Return who was asked, the one that decides first."""
    ordered = sorted(each.opinions, key=lambda opinion: opinion is not each.decisive)
    return [opinion.jurisdiction for opinion in ordered]


def _named(gap: Gap) -> str:
    return f"{gap.item}: {gap.fact}" if gap.item else gap.fact


def _reviewed(each: Determination, reviewed: Mapping[str, bool]) -> bool:
    """Return whether a lawyer reviewed every rule on which the outcome stands."""
    steps = [step for opinion in each.standing_on for step in opinion.trace]
    return bool(steps) and all(step.reviewed for step in steps) and all(reviewed.get(path, False) for path in each.case.listed)
