"""One movement in sentences: what was tried, what each provision used, what came of it, and what would change it.

Also a movement that the programme does not have can be asked about: what if it went there?
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from outwork.clear.case import Case, Movement
from outwork.clear.determine import Determination
from outwork.clear.flips import Flip, flips
from outwork.clear.hearing import Hearing, hear
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth
from outwork.clear.movements import movements, revisions_of
from outwork.clear.opinion import Opinion
from outwork.clear.options import Options
from outwork.clear.rules.conditions import Condition, Listed, Test, leaves
from outwork.clear.rules.rulebook import Control, Entry, Release, Rulebook
from outwork.clear.tables import authorisation
from outwork.model.errors import UnknownName
from outwork.model.nearest import nearest
from outwork.model.programme import Programme

FREE: Final = 12
"""Paths that do not hold that are told one by one."""
ANYBODY: Final = "anybody there"


@dataclass(frozen=True)
class Tried:
    """A path or note of a control list as it was tried: whether it holds, each fact that it used, where it stands."""

    path: str
    truth: Truth
    used: tuple[str, ...]
    cite: str
    reading: str
    reviewed: bool
    quote: str

    def __str__(self) -> str:
        """Return for example: 9A012.a.2: true; endurance at least 60 min: true (90 min, flight log) [cite; not reviewed]."""
        review = "reviewed" if self.reviewed else "not reviewed by a lawyer"
        quote = f' "{self.quote}"' if self.quote else ""
        return f"{self.path}: {self.truth}; {'; '.join(self.used)} [{self.cite}, {self.reading}, {review}]{quote}"


def explain(
    programme: Programme,
    options: Options,
    rulebook: Rulebook,
    way: tuple[str, str, str],
    standings: pl.DataFrame | None = None,
) -> list[str]:
    """Return what was determined of an item from one nation to another, in lines. UnknownName where there is no such item.

    Args: way, item, origin and destination.
    """
    moving = _asked(programme, *way)
    hearing = hear(programme, moving, options, rulebook, standings)
    places = sorted({int(each.case.batch.places[each.case.row]) for each in hearing.determinations})
    changes = flips(places, hearing.things, hearing.listings, hearing.law)
    return [line for each in hearing.determinations for line in told(each, hearing, changes)]


def _asked(programme: Programme, item: str, origin: str, destination: str) -> list[Movement]:
    """Return the movements of an item between two nations; where the programme has none, as goods to each party there."""
    items, nations = programme["items"]["item"].to_list(), programme["nations"]["nation"].to_list()
    for name, known, what in ((item, items, "item"), (origin, nations, "nation"), (destination, nations, "nation")):
        if name not in known:
            near = nearest(name, known)
            hint = f"; did you mean '{near}'?" if near else ""
            raise UnknownName(f"the programme has no {what} '{name}'{hint}")
    every = movements(programme)
    found = [each for each in every if (each.item, each.origin, each.destination) == (item, origin, destination)]
    if found:
        return found
    parties = programme["sites"].filter(nation=destination)["party"].unique().sort().to_list() or [ANYBODY]
    revisions = revisions_of(programme).get(item, ("all",))
    return [Movement(item, each, "goods", origin, destination, party) for each in revisions for party in parties]


def told(each: Determination, hearing: Hearing, changes: Mapping[int, Sequence[Flip]]) -> Iterator[str]:
    """Yield a determination in lines: outcome, each opinion with its steps, where it is listed, what would change it."""
    under = authorisation(each)
    yield f"{each.movement}: {each.outcome.word}" + (f" ({under})" if under else "")
    yield f"  It stands on {'; '.join(each.cites)}, by the law of {hearing.day}; rules {hearing.law.digest[:12]}."
    if each.override is not None:
        yield f"  Decided by {each.override.person} on {each.override.decided}: {each.override.reason}"
    for opinion in sorted(each.opinions, key=lambda opinion: -opinion.outcome):
        yield from _opinion(opinion, each.case, hearing)
    yield from _listed(each.case, hearing)
    yield from _todo(each)
    for flip in changes.get(int(each.case.batch.places[each.case.row]), ()):
        yield f"  Change: {flip}."


def _opinion(opinion: Opinion, case: Case, hearing: Hearing) -> Iterator[str]:
    yield f"  {opinion.jurisdiction}: {opinion.outcome.word}; {opinion.sentence}."
    for step in opinion.trace:
        used = used_facts(step.condition, case, hearing)
        facts = f"; {'; '.join(used)}" if used else ""
        review = "reviewed" if step.reviewed else "not reviewed by a lawyer"
        yield f"    {step.path}: {step.truth}; {step.sentence}{facts} [{step.cite}, {step.reading}, {review}]"


def _listed(case: Case, hearing: Hearing) -> Iterator[str]:
    """Yield the paths of the control lists that were tried: those that hold, may hold, and in whose scope it is."""
    tried = paths_tried(case, hearing)
    yield f"  Control lists: listed is {case.state}."
    free = [each for each in tried if each.truth == FALSE]
    for each in (*(each for each in tried if each.truth != FALSE), *free[:FREE]):
        yield f"    {each}"
    outside = _outside(case, hearing)
    if outside:
        yield f"    {outside} more paths may hold: whether they concern it at all is unknown."
    names = {each.path for each in tried}
    rest = sum(path not in names for path in hearing.law.paths) - outside + max(len(free) - FREE, 0)
    yield f"    {rest} more paths of {len(hearing.law.entries)} entries were tried, and do not hold."


def _outside(case: Case, hearing: Hearing) -> int:
    """Return how many paths may hold of which it is not even known whether their entries concern the thing."""
    place = int(case.batch.places[case.row])
    board = hearing.listings.board
    return sum(
        int(board.scope(entry)[place]) == UNKNOWN == board.paths[each.path][place] for entry, each in hearing.law.controls
    )


def paths_tried(case: Case, hearing: Hearing) -> list[Tried]:
    """Return every path in whose scope the thing surely is, whether or not it holds, with the releases that hold or may."""
    place = int(case.batch.places[case.row])
    board = hearing.listings.board
    found: list[Tried] = []
    for entry, control in hearing.law.controls:
        truth = Truth(int(board.paths[control.path][place]))
        if int(board.scope(entry)[place]) == TRUE and bool(board.concerned(entry)[place]):
            found.append(_tried(entry, control, truth, case, hearing))
            releases = (each for each in entry.releases if each.frees(control.path))
            found += [
                _tried(entry, each, held, case, hearing)
                for each in releases
                if (held := Truth(int(board.truth(each.condition)[place]))) != FALSE
            ]
    return list(dict.fromkeys(found))


def _tried(entry: Entry, each: Control | Release, truth: Truth, case: Case, hearing: Hearing) -> Tried:
    used = used_facts(each.condition, case, hearing)
    provision = entry.provision
    cite = each.cite or provision.cite
    return Tried(each.path, truth, tuple(used), cite, each.reading, bool(provision.reviewer), each.quote)


def used_facts(condition: Condition, case: Case, hearing: Hearing) -> list[str]:
    """Return each comparison of a condition with its truth, and the fact that it used with its source."""
    return [_used(leaf, case, hearing) for leaf in dict.fromkeys(leaves(condition))]


def _used(leaf: Test | Listed, case: Case, hearing: Hearing) -> str:
    place = int(case.batch.places[case.row])
    if isinstance(leaf, Listed):
        return f"{leaf}: {case.ask(leaf)}"
    statement = hearing.things.statement(place, leaf.fact)
    if statement is None:
        drawn = any(each.fact == leaf.fact and mask[place] for each, mask in hearing.things.completed.drawn)
        known = "follows from other facts" if drawn else "nobody has stated it"
        return f"{leaf}: {case.ask(leaf)}" + (f" ({known})" if drawn or case.ask(leaf) == UNKNOWN else "")
    source = f", {statement.source}" if statement.source else ""
    return f"{leaf}: {case.ask(leaf)} ({statement.text}{source})"


def _todo(each: Determination) -> Iterator[str]:
    """Yield what is missing and what has to be done."""
    for gap in each.missing:
        yield f"  Missing: {gap.fact}" + (f" of {gap.item}" if gap.item else "")
    for condition in each.conditions:
        yield f"  To do: {condition}"
