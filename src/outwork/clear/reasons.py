"""Why lanes are closed, what could not be used, and what nobody has checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from outwork.clear.determine import UNSCREENED, Determination
from outwork.clear.flips import Flip
from outwork.clear.hearing import Hearing, unused
from outwork.clear.opinion import Outcome
from outwork.clear.options import Options
from outwork.model.outcome import Pointer, Reason
from outwork.model.tables.permits import Question

MOST_DOUBTS = 20
"""Facts that could not be used that are told one by one."""
FIRST = 3
"""Questions told as reasons."""
LANES = 3
"""Lanes that a reason names."""


def reasons(
    hearing: Hearing, asked: Sequence[Question], flips: Mapping[int, Sequence[Flip]], options: Options
) -> tuple[Reason, ...]:
    """Return why it is as it is, what weighs most first."""
    return (
        *_closed(hearing, flips, Outcome.PROHIBITED),
        *_questions(asked),
        *_closed(hearing, flips, Outcome.LICENCE),
        *_doubts(hearing),
        *_decisions(hearing),
        *_cautions(hearing, options),
    )


def _closed(hearing: Hearing, flips: Mapping[int, Sequence[Flip]], outcome: Outcome) -> Iterator[Reason]:
    """Yield one reason for each item and kind whose movements come to an outcome."""
    groups: dict[tuple[str, str, str], list[Determination]] = {}
    for each in hearing.determinations:
        if each.outcome is outcome:
            groups.setdefault((each.movement.item, each.movement.kind, each.decisive.sentence), []).append(each)
    for (item, kind, sentence), group in sorted(groups.items(), key=lambda pair: -len(pair[1])):
        lanes = sorted({f"{each.movement.origin} to {each.movement.destination}" for each in group})
        more = f" and {len(lanes) - LANES} more" if len(lanes) > LANES else ""
        place = int(group[0].case.batch.places[group[0].case.row])
        change = next((str(flip) for flip in flips.get(place, ())), "")
        said = f"{item} ({kind}), {', '.join(lanes[:LANES])}{more}: {outcome.word}; {sentence} ({group[0].cites[0]})."
        yield Reason(outcome.word, said, tuple(_row(each) for each in group), change, float(len(group)), "lane")


def _questions(asked: Sequence[Question]) -> Iterator[Reason]:
    """Yield the facts to ask for first."""
    for each in asked[:FIRST]:
        said = (
            f"Nobody has stated '{each.fact}' of {each.item}, for which {each.lanes} lanes with {each.units:,.0f} units wait."
        )
        yield Reason(
            "question", said, (Pointer("questions", (each.item, each.revision, each.fact)),), each.question, each.lanes, "lane"
        )


def _doubts(hearing: Hearing) -> Iterator[Reason]:
    """Yield what could not be used of the table of facts; what is asked about and now unknown first."""
    doubts = sorted(hearing.doubts, key=lambda each: each.grave == "unused")
    for each in doubts[:MOST_DOUBTS]:
        where = each.item if each.revision == "all" else f"{each.item} {each.revision}"
        code = "fact unknown" if each.grave == "unknown" else "fact unused"
        yield Reason(code, f"{where}: {each.sentence}.", (Pointer("facts", (each.item, each.revision, each.fact)),))
    if len(doubts) > MOST_DOUBTS:
        yield Reason("fact unused", f"{len(doubts) - MOST_DOUBTS} more facts could not be used.")


def _decisions(hearing: Hearing) -> Iterator[Reason]:
    """Yield what persons decided: where it holds, and where it decides nothing."""
    for each in hearing.determinations:
        if each.override is not None:
            said = f"{each.movement}: {each.outcome.word} by decision of {each.override.person} on {each.override.decided}."
            rows = (Pointer("overrides", (each.override.override,)), _row(each))
            yield Reason("override", said, rows)
    for override in unused(hearing.court.overrides, hearing.determinations):
        said = f"The decision '{override.override}' decides nothing: on {hearing.day} nothing of it waits for an expert."
        yield Reason("override unused", said, (Pointer("overrides", (override.override,)),))


def _cautions(hearing: Hearing, options: Options) -> Iterator[Reason]:
    """Yield what the answer takes for granted."""
    for fact, value in options.declared.items():
        yield Reason("declared", f"'{fact}' is declared to be '{value}' of every item that does not state it.")
    if hearing.court.standings is None:
        yield Reason("unscreened", f"Screening is not done: {UNSCREENED}.")
    law = hearing.law
    reviewers = [each.provision.reviewer for each in law.entries] + [each.provision.reviewer for each in law.authorisations]
    bare = reviewers.count("")
    if bare:
        said = f"{bare} of {len(reviewers)} rules were not reviewed by a lawyer; this informs and is no legal advice."
        yield Reason("unreviewed", said)


def _row(each: Determination) -> Pointer:
    move = each.movement
    return Pointer("determinations", (move.item, move.revision, move.origin, move.destination, move.consignee, move.kind))
