"""The answer of `clear` in at most 15 lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from outwork.model.answered import Answered
from outwork.model.outcome import Reason

MOST: Final = 15
ASKED: Final = 3
"""Questions told."""
SPOKEN: Final = {
    "prohibited": "prohibited",
    "needs_expert": "waiting for an expert or a fact",
    "licence": "needing a licence",
    "general": "under a general authorisation",
    "open": "open",
}
LAST: Final = ("unscreened", "unreviewed")
"""Cautions that are always told."""


def lines(told: Answered) -> list[str]:
    """Return the summary of a result, line by line."""
    found = [f"{told.name}: {told.outcome.sentence}", *_questions(told.tables["questions"])]
    last = [reason.sentence for reason in told.why if reason.code in LAST]
    middle = [reason for reason in told.why if reason.code not in {*LAST, "question"}]
    return [*found, *_reasons(middle, MOST - len(found) - len(last)), *last][:MOST]


def counted(determinations: pl.DataFrame) -> str:
    """Return how many movements come to each outcome, in one sentence."""
    if determinations.is_empty():
        return "Nothing crosses a border."
    counts = dict(determinations["outcome"].value_counts().iter_rows())
    parts = [f"{counts[outcome]} {words}" for outcome, words in SPOKEN.items() if counts.get(outcome)]
    movements = "movement crosses" if determinations.height == 1 else "movements cross"
    return f"{determinations.height} {movements} a border: {', '.join(parts)}."


def _questions(questions: pl.DataFrame) -> Iterator[str]:
    """Tell what to ask first."""
    rows = questions.sort("rank").head(ASKED).select("question", "item", "fact", "lanes", "units").iter_rows()
    for place, (question, item, fact, lanes, units) in enumerate(rows):
        head = "Ask first" if place == 0 else "Then"
        yield f"{head}, of {item}: {question} ({fact}; {lanes} lanes, {units:,.0f} units)"
    if questions.height > ASKED:
        yield f"{questions.height - ASKED} more questions are in the table questions."


def _reasons(why: list[Reason], room: int) -> Iterator[str]:
    """Tell the first reasons, and how many more there are."""
    shown = why if len(why) <= room else why[: max(room - 1, 0)]
    for reason in shown:
        yield reason.sentence + (f" Change: {reason.change}." if reason.change else "")
    if len(shown) < len(why) and room > 0:
        yield f"{len(why) - len(shown)} more reasons."
