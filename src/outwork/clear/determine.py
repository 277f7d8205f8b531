"""Each movement before every jurisdiction that has a say in it: the strictest answer holds, or what a person decided.

The nation that a thing leaves is asked by its own law: the Union's for Member States, the United States' for theirs; of a
nation whose rules are not loaded an expert has to say. The United States are asked of re-exports from anywhere. Whoever
receives it is looked up in what screening came to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from outwork.clear import authorise, union
from outwork.clear.american import American
from outwork.clear.case import Batch, Case, Movement
from outwork.clear.listing import Listings
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth, of
from outwork.clear.opinion import Gap, Opinion, Outcome, Step, strictest
from outwork.clear.rules.conditions import Condition
from outwork.clear.rules.rulebook import Rulebook
from outwork.clear.things import Thing, Things
from outwork.clear.united_states.book import HOME
from outwork.model.tables.permits import Override

SCREENING: Final = "Screening"
UNSCREENED: Final = "no list is loaded, so parties are not screened"
STANDING: Final = {"block": Outcome.PROHIBITED, "review": Outcome.NEEDS_EXPERT, "not screened": Outcome.NEEDS_EXPERT}
NOTHING_LISTED: Final = "no provision applies: the party is not on a list that was loaded"


@dataclass(frozen=True)
class Determination:
    """What was determined of a movement: every opinion, and a person's decision where that holds instead of the strictest."""

    case: Case
    opinions: tuple[Opinion, ...]
    override: Override | None = None

    @property
    def movement(self) -> Movement:
        """What was asked about."""
        return self.case.movement

    @property
    def decisive(self) -> Opinion:
        """The strictest opinion; the first of those that are equally strict."""
        return strictest(self.opinions)

    @property
    def outcome(self) -> Outcome:
        """Whether it may move: the person's decision where there is one, else the strictest opinion."""
        return self.decisive.outcome if self.override is None else Outcome[self.override.outcome.upper()]

    @property
    def standing_on(self) -> tuple[Opinion, ...]:
        """The opinions that are as strict as the strictest."""
        return tuple(each for each in self.opinions if each.outcome is self.decisive.outcome)

    @property
    def cites(self) -> tuple[str, ...]:
        """Provisions on which the outcome stands."""
        return tuple(dict.fromkeys(cite for opinion in self.standing_on for cite in opinion.cite))

    @property
    def missing(self) -> tuple[Gap, ...]:
        """Facts that could change the outcome, those of the decisive opinion first."""
        ranked = sorted(self.opinions, key=lambda each: -each.outcome)
        return tuple(dict.fromkeys(gap for opinion in ranked for gap in opinion.missing))

    @property
    def conditions(self) -> tuple[str, ...]:
        """What the exporter has to do, whoever asks for it."""
        return tuple(dict.fromkeys(each for opinion in self.opinions for each in opinion.conditions))


@dataclass(frozen=True)
class Court:
    """Everything before which a movement is brought.

    Args: law, what is law on the day; union, its tables; american, the United States' view of the programme; standings, party
    -> (what screening came to, why), None where nobody was screened; overrides, what persons decided.
    """

    law: Rulebook
    union: authorise.AuthoriseBook
    american: American
    standings: Mapping[str, tuple[str, str]] | None
    overrides: tuple[Override, ...]
    day: date


def batch(movements: Sequence[Movement], things: Things, listings: Listings) -> Batch:
    """Return what answers questions about movements: the facts of what moves, and those of the movement itself."""
    place = {(thing.item, thing.revision, thing.kind): at for thing, at in things.place.items()}
    places = np.array([place[each.item, each.revision, each.kind] for each in movements], np.int64)
    columns = things.columns.take(places)
    columns = columns.with_names("origin", [frozenset((each.origin,)) for each in movements])
    columns = columns.with_names("destination", [frozenset((each.destination,)) for each in movements])
    columns = columns.with_names("final destination", [each.final for each in movements])
    columns = columns.with_flag("processed there", np.array([of(each.processed) for each in movements], np.int8))
    return Batch(columns, listings.board, places)


def determine(
    movements: Sequence[Movement], things: Things, listings: Listings, court: Court, answers: Batch
) -> list[Determination]:
    """Return a determination for each movement, in their order."""
    known: dict[int, tuple[tuple[str, ...], tuple[str, ...], tuple[Gap, ...]]] = {}
    signatures = answers.signatures(_asked(court.union))
    memory: dict[tuple[object, ...], Opinion] = {}
    screened = {party: _screened(party, court.standings) for party in {each.consignee for each in movements}}
    found: list[Determination] = []
    for row, movement in enumerate(movements):
        place = int(answers.places[row])
        if place not in known:
            known[place] = (listings.paths(place, TRUE), listings.paths(place, UNKNOWN), gaps(place, things, listings))
        case = Case(movement, Truth(int(listings.states[place])), *known[place], bool(listings.covered[place]), row, answers)
        key = (signatures[row].tobytes(), place if case.missing else case.listed, *_asked_of(case))
        if key not in memory:
            memory[key] = _home(case, court)
        opinions = (memory[key], *_abroad(case, court), screened[movement.consignee])
        found.append(Determination(case, opinions, _overridden(movement, opinions, court)))
    return found


def _asked(book: authorise.AuthoriseBook) -> list[Condition]:
    """Return every condition that the law of the Union may ask about a movement."""
    return [
        *(each.condition for authorisation in book.authorisations for each in authorisation.conditions),
        *(member.condition for member in book.annex_iv),
        *(paragraph.condition for paragraph in book.catch_all),
    ]


def _asked_of(case: Case) -> tuple[object, ...]:
    """Return what else an opinion at home depends on: two cases with equal answers to all of it get one opinion."""
    move = case.movement
    where = (move.kind, move.origin, move.destination, move.final, move.processed)
    known = bool(case.batch.board.made_for.known[case.batch.places[case.row]])
    return (case.state, case.covered, known, case.flag(union.MILITARY), case.doubtful, *where)


def gaps(place: int, things: Things, listings: Listings) -> tuple[Gap, ...]:
    """Return the facts that could settle whether a thing is listed: its own, and those of what it is made for."""
    if int(listings.states[place]) != UNKNOWN:
        return ()
    own = things.movable[place].item
    targets = things.made_for.targets[things.made_for.things == place].tolist()
    found: dict[Gap, None] = {}
    for each in [place, *targets]:
        item = things.movable[each].item
        for fact, mask in listings.missing.items():
            if mask[each]:
                found[Gap(fact, "" if item == own else item)] = None
    return tuple(found)


def _home(case: Case, court: Court) -> Opinion:
    """Return what the nation says that the thing leaves."""
    movement = case.movement
    if movement.origin in court.union.union or movement.origin == movement.destination:
        return union.opinion(court.union, case)
    if movement.origin == HOME:
        said = "leaves the United States, whose rules are asked below"
        return Opinion(HOME, Outcome.OPEN, said, ("no provision of another nation applies",))
    said = f"the rules of {movement.origin} are not loaded, so that an expert there has to say"
    cite = f"no provision is cited: no rule set of {movement.origin} is loaded"
    return Opinion(movement.origin, Outcome.NEEDS_EXPERT, said, (cite,))


def _abroad(case: Case, court: Court) -> tuple[Opinion, ...]:
    """Return what the United States say, where something crosses a border."""
    return () if case.movement.origin == case.movement.destination else (court.american.opinion(case),)


def _screened(party: str, standings: Mapping[str, tuple[str, str]] | None) -> Opinion:
    """Return what screening says of the party that receives it."""
    if standings is None:
        return Opinion(SCREENING, Outcome.OPEN, UNSCREENED, (UNSCREENED,))
    status, reason = standings.get(party, ("not screened", f"{party} was not screened"))
    outcome = STANDING.get(status, Outcome.OPEN)
    cite = reason if outcome is not Outcome.OPEN and reason else NOTHING_LISTED
    said = f"{party} is clear of the lists that were loaded" if outcome is Outcome.OPEN else f"{party}: {status}; {reason}"
    step = Step(f"screening of {party}", cite, FALSE if outcome is Outcome.OPEN else TRUE, said)
    return Opinion(SCREENING, outcome, said, (cite,), trace=(step,))


def _overridden(movement: Movement, opinions: Iterable[Opinion], court: Court) -> Override | None:
    """Return a person's decision that holds here: only where an expert is asked for, and the last one that was taken."""
    if not court.overrides or strictest(opinions).outcome is not Outcome.NEEDS_EXPERT:
        return None
    holding = [each for each in court.overrides if concerns(each, movement) and holds(each, court.day)]
    return max(holding, key=lambda each: (each.decided, each.override), default=None)


def concerns(override: Override, movement: Movement) -> bool:
    """Return whether a decision is about a movement."""
    own = (override.item, override.origin, override.destination, override.kind)
    same = own == (movement.item, movement.origin, movement.destination, movement.kind)
    revision = override.revision in {None, movement.revision}
    return same and revision and override.consignee in {None, movement.consignee}


def holds(override: Override, day: date) -> bool:
    """Return whether a decision holds on a day."""
    return override.decided <= day and (override.until is None or day <= override.until)


def standings_of(frame: pl.DataFrame | None) -> Mapping[str, tuple[str, str]] | None:
    """Return party -> what screening came to and why; None where nobody was screened."""
    if frame is None or frame.is_empty():
        return None
    return {party: (status, reason) for party, status, reason in frame.select("party", "status", "reason").iter_rows()}


def wanted(movements: Iterable[Movement], items: Iterable[tuple[str, str]]) -> list[Thing]:
    """Return the things about which the rules are asked: what moves, and every item as goods, of which others are made."""
    moving = [Thing(each.item, each.revision, each.kind) for each in movements]
    return [*moving, *(Thing(item, revision, "goods") for item, revision in items)]
