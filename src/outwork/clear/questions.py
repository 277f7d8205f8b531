"""Which fact to ask for first: the one for which most movements wait, and among these most demanded units.

Movements that wait for an expert or a fact come before those that need a licence and might, were facts stated, go under a
general authorisation instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from outwork.clear.determine import Determination
from outwork.clear.facts import ALL
from outwork.clear.opinion import Gap, Outcome
from outwork.clear.rules.vocabulary import Vocabulary
from outwork.model.tables.permits import Question

ASKED = (Outcome.NEEDS_EXPERT, Outcome.LICENCE)
"""Outcomes that a fact may change for the better."""
REASONS = 3
"""Provisions named for each question."""


@dataclass
class _Waiting:
    """What waits for one fact of one item."""

    revisions: set[str] = field(default_factory=set)
    closed: int = 0
    lanes: int = 0
    alone: int = 0
    demands: set[str] = field(default_factory=set)
    reasons: dict[str, None] = field(default_factory=dict)


def questions(determinations: Iterable[Determination], units: Mapping[str, float], vocabulary: Vocabulary) -> list[Question]:
    """Return the questions in the order in which to ask them. Args: units, demanded units of each demand [unit]."""
    waiting: dict[tuple[str, str], _Waiting] = {}
    for each in determinations:
        if each.outcome not in ASKED or each.override is not None:
            continue
        missing = [gap for opinion in each.standing_on for gap in opinion.missing]
        for gap in dict.fromkeys(missing):
            _note(waiting, gap, each, len(set(missing)) == 1)
    asked = {key: (wait.lanes, sum(units.get(demand, 0.0) for demand in wait.demands)) for key, wait in waiting.items()}
    order = sorted(waiting, key=lambda key: (-waiting[key].closed, -asked[key][0], -asked[key][1], -waiting[key].alone, key))
    return [_question(rank, key, waiting[key], asked[key], vocabulary) for rank, key in enumerate(order, 1)]


def _note(waiting: dict[tuple[str, str], _Waiting], gap: Gap, determination: Determination, alone: bool) -> None:  # noqa: FBT001 - what is counted
    movement = determination.movement
    found = waiting.setdefault((gap.item or movement.item, gap.fact), _Waiting())
    found.revisions.add(ALL if gap.item else movement.revision)
    found.lanes += 1
    found.closed += determination.outcome is Outcome.NEEDS_EXPERT
    found.alone += alone
    found.demands |= movement.demands
    for opinion in determination.standing_on:
        if gap in opinion.missing:
            found.reasons |= dict.fromkeys(opinion.cite)


def _question(rank: int, key: tuple[str, str], wait: _Waiting, asked: tuple[int, float], vocabulary: Vocabulary) -> Question:
    item, fact = key
    term = vocabulary.find(fact)
    revision = next(iter(wait.revisions)) if len(wait.revisions) == 1 else ALL
    return Question(
        item=item,
        revision=revision,
        fact=fact,
        rank=rank,
        question=fact if term is None else term.question,
        unit="" if term is None else term.unit,
        choices="; ".join(_choices(() if term is None else term.choices, "" if term is None else term.kind)),
        lanes=asked[0],
        units=asked[1],
        alone=wait.alone,
        reason="; ".join(list(wait.reasons)[:REASONS]),
    )


def _choices(choices: Sequence[str], kind: str) -> Sequence[str]:
    return ("true", "false") if kind == "flag" else choices
