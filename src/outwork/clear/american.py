"""What the rules of the United States say of a movement: exports from there, and re-exports of what is, or holds, of theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from outwork.clear import united_states
from outwork.clear.authorise.finding import Ask
from outwork.clear.case import Batch, Case
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth
from outwork.clear.opinion import Gap, Opinion, Outcome, Step
from outwork.clear.rules.conditions import ALWAYS, Condition
from outwork.clear.things import Things
from outwork.clear.united_states.book import HOME

NAME: Final = "United States"
ORIGIN, ECCN, ITAR, SHARE = "us origin", "eccn", "itar", "us controlled content"
RULES: Final = "15 CFR 734.3, 734.4 and part 738"


@dataclass
class American:
    """What is known of US origin in a programme, and what that comes to for each destination, worked out once each."""

    book: united_states.UnitedStates
    recipes: Mapping[str, united_states.Recipe]
    things: Things
    batch: Batch
    """Answers about the things themselves. [thing]."""
    places: Mapping[str, Sequence[int]]
    """Item -> places of its revisions as goods."""
    sources: Mapping[str, united_states.Source]
    content: dict[str, Mapping[str, united_states.Content]] = field(default_factory=dict)
    found: dict[tuple[int, str, bool], Opinion] = field(default_factory=dict)

    @classmethod
    def of(
        cls, book: united_states.UnitedStates, recipes: Mapping[str, united_states.Recipe], things: Things, batch: Batch
    ) -> American:
        """Read from the facts of all things what is of US origin."""
        places: dict[str, list[int]] = {}
        for place, thing in enumerate(things.movable):
            if thing.kind == "goods":
                places.setdefault(thing.item, []).append(place)
        sources = {item: _source(things, every) for item, every in places.items()}
        return cls(book, recipes, things, batch, places, sources)

    def opinion(self, case: Case) -> Opinion:
        """Return what the United States say of a movement."""
        movement = case.movement
        key = (int(case.batch.places[case.row]), movement.destination, movement.origin == HOME)
        if key not in self.found:
            self.found[key] = self._exported(case) if movement.origin == HOME else self._re_exported(case)
        return self.found[key]

    def _re_exported(self, case: Case) -> Opinion:
        item, destination = case.movement.item, case.movement.destination
        content = self._contents(destination).get(item) or united_states.Content(0.0, float("inf"), (0.0, 1.0), {item: 0.0})
        found = united_states.reexport(self.book, item, self.sources, content, destination, case.ask)
        gaps = (*_origin_gaps(item, self.sources, content), *_asked(case, found.steps))
        if found.munitions.truth != FALSE:
            said = "is, holds or may hold something on the United States Munitions List, on which an expert decides"
            return Opinion(NAME, Outcome.NEEDS_EXPERT, said, (found.munitions.cite,), missing=gaps, trace=found.steps)
        cites = (found.subject.cite or RULES, found.licence.cite)
        if found.needed == TRUE:
            said = f"is subject to the Export Administration Regulations, which ask for a licence to {destination}"
            return Opinion(NAME, Outcome.LICENCE, said, cites, "re-export", trace=found.steps)
        if found.needed == UNKNOWN:
            said = "may hold enough of US origin to need a licence of the United States, and facts about that are missing"
            return Opinion(NAME, Outcome.NEEDS_EXPERT, said, cites, missing=gaps, trace=found.steps)
        said = "nothing of US origin in it asks for a licence of the United States"
        return Opinion(NAME, Outcome.OPEN, said, cites, trace=found.steps)

    def _exported(self, case: Case) -> Opinion:
        """Return the opinion on what leaves the United States themselves."""
        source = self.sources.get(case.movement.item, united_states.Source())
        if source.itar != FALSE or source.eccn is None:
            asked = ((ITAR, source.itar == UNKNOWN), (ECCN, source.eccn is None))
            gaps = tuple(Gap(fact) for fact, missing in asked if missing)
            said = "leaves the United States, and its place on the Munitions List or the Commerce Control List is for an expert"
            return Opinion(NAME, Outcome.NEEDS_EXPERT, said, ("22 CFR 120 to 130", "15 CFR part 774"), missing=gaps)
        found = united_states.licence(self.book, source.eccn, case.movement.destination, case.ask)
        outcome = {TRUE: Outcome.LICENCE, UNKNOWN: Outcome.NEEDS_EXPERT, FALSE: Outcome.OPEN}[found.truth]
        said = f"is classified under {source.eccn}; that a licence is needed to {case.movement.destination} is {found.truth}"
        kind = "individual" if outcome is Outcome.LICENCE else ""
        return Opinion(NAME, outcome, said, (found.cite,), kind, missing=_asked(case, found.steps), trace=found.steps)

    def _contents(self, destination: str) -> Mapping[str, united_states.Content]:
        if destination not in self.content:

            def controlled(item: str) -> Truth:
                eccn = self.sources.get(item, united_states.Source()).eccn
                return (
                    UNKNOWN if eccn is None else united_states.licence(self.book, eccn, destination, self._ask_of(item)).truth
                )

            self.content[destination] = united_states.contents(self.recipes, self.sources, controlled)
        return self.content[destination]

    def _ask_of(self, item: str) -> Ask:
        """Return what answers conditions about an item, whichever its revision: unknown where revisions differ."""
        places = np.array(self.places.get(item, ()), np.int64)

        def ask(condition: Condition) -> Truth:
            truths = set(self.batch.truth(condition)[places].tolist())
            return Truth(truths.pop()) if len(truths) == 1 else UNKNOWN

        return ask


def _source(things: Things, places: Sequence[int]) -> united_states.Source:
    """Return what is known of an item's origin, over all its revisions."""
    at = np.array(places, np.int64)
    columns = things.columns
    named = columns.named(ECCN)
    classes = {name for place in places for name in named.sets[int(named.codes[place])]}
    measured = columns.quantity(SHARE)
    low, high = float(measured.low[at].min()), float(measured.high[at].max())
    stated = np.isfinite(low) or np.isfinite(high)
    return united_states.Source(
        _over(columns.flag(ORIGIN)[at].tolist()),
        classes.pop() if len(classes) == 1 else None,
        _over(columns.flag(ITAR)[at].tolist()),
        (max(low, 0.0), min(high, 1.0)) if stated else (0.0, 0.0),
    )


def _over(truths: Sequence[int]) -> Truth:
    """Return a flag of an item over its revisions: true where it is of one of them, unknown where it may be."""
    return Truth(max(truths, default=UNKNOWN))


def _origin_gaps(item: str, sources: Mapping[str, united_states.Source], content: united_states.Content) -> Iterator[Gap]:
    """Yield what nobody has stated of the origin of an item and of what is in it, what adds most to its value first."""
    for part in sorted(content.parts, key=lambda each: (-content.parts[each], each)):
        source = sources.get(part, united_states.Source())
        name = "" if part == item else part
        if source.us == UNKNOWN:
            yield Gap(ORIGIN, name)
        elif source.us == TRUE:
            if source.eccn is None:
                yield Gap(ECCN, name)
            if source.itar == UNKNOWN:
                yield Gap(ITAR, name)


def _asked(case: Case, steps: Sequence[Step]) -> tuple[Gap, ...]:
    """Return the facts of the item itself that could settle steps that are unknown."""
    return tuple(
        dict.fromkeys(
            gap for step in steps if step.truth == UNKNOWN and step.condition != ALWAYS for gap in case.unknown(step.condition)
        )
    )
