"""Whether what is listed under some paths is in Annex IV, the items that need leave even inside the Union."""

from __future__ import annotations

from outwork.clear.authorise.book import AuthoriseBook, Member
from outwork.clear.authorise.finding import Ask, Finding, Paths, Step, answered, listed_in
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of
from outwork.clear.rules.conditions import ALWAYS, under

CITE = "Regulation (EU) 2021/821 Annex IV"


def lies_in(path: str, named: str) -> Truth:
    """Return whether a path lies under a named one; unknown where it is the coarser of the two."""
    return TRUE if under(path, named) else UNKNOWN if under(named, path) else FALSE


def annex_iv(book: AuthoriseBook, paths: Paths, ask: Ask) -> Finding:
    """Return whether an item that is listed under the paths is in Annex IV: under any path of it whose condition holds."""
    steps = [step for member in book.annex_iv if (step := _step(member, paths, ask)) is not None]
    if not steps:
        steps = [Step("Annex IV", f"has {listed_in((*paths.sure, *paths.maybe))}", FALSE, CITE)]
    return Finding("Annex IV", any_of(step.truth for step in steps), CITE, tuple(steps))


def _step(member: Member, paths: Paths, ask: Ask) -> Step | None:
    """Return the step for one path of the annex, None where nothing is listed near it."""
    own = any_of(lies_in(path, member.path) for path in paths.sure)
    perhaps = any_of(min(lies_in(path, member.path), UNKNOWN) for path in paths.maybe)
    held = any_of((own, perhaps))
    if held == FALSE:
        return None
    if member.condition == ALWAYS:
        return Step(member.path, f"{member.path} is in Annex IV", held, member.cite, (), member.reading, member.note)
    asked = answered(ask, member.path, member.condition, member.cite, member.reading, member.note)
    truth = all_of((held, asked.truth))
    return Step(member.path, asked.asked, truth, member.cite, asked.facts, member.reading, member.note, member.condition)
