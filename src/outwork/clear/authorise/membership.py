"""Whether what is listed under some paths is in Annex IV, the items that need leave even inside the Union."""

from __future__ import annotations

from typing import Final

from outwork.clear.authorise.book import AuthoriseBook, Member
from outwork.clear.authorise.finding import Ask, Finding, Paths, sentence
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of
from outwork.clear.opinion import Step
from outwork.clear.rules.conditions import ALWAYS, under

CITE: Final = "Regulation (EU) 2021/821 Annex IV"


def lies_in(path: str, named: str) -> Truth:
    """Return whether a path lies under a named one; unknown where it is the coarser of the two."""
    return TRUE if under(path, named) else UNKNOWN if under(named, path) else FALSE


def annex_iv(book: AuthoriseBook, paths: Paths, ask: Ask) -> Finding:
    """Return whether an item that is listed under the paths is in Annex IV: under any path of it whose condition holds."""
    steps = [step for member in book.annex_iv if (step := _step(member, paths, ask)) is not None]
    if not steps:
        steps = [Step("Annex IV", CITE, FALSE, f"Annex IV has {paths}")]
    return Finding("Annex IV", any_of(step.truth for step in steps), CITE, tuple(steps))


def _step(member: Member, paths: Paths, ask: Ask) -> Step | None:
    """Return the step for one path of the annex, None where nothing is listed near it."""
    own = any_of(lies_in(path, member.path) for path in paths.sure)
    perhaps = any_of(min(lies_in(path, member.path), UNKNOWN) for path in paths.maybe)
    held = any_of((own, perhaps))
    if held == FALSE:
        return None
    truth = all_of((held, ask(member.condition))) if member.condition != ALWAYS else held
    said = sentence(f"{paths} is in Annex IV under {member.path}, {member.condition}", (member.note,))
    return Step(member.path, member.cite, truth, said, member.condition, reading=member.reading)
