"""What the rules of the United States ask of a movement between two other nations.

The order: what is on the Munitions List, or has a part that is, is for an expert, for those rules know no small share; what is
of US origin is looked up in the chart; what was made elsewhere is looked up there only where it is subject to the rules by its
content. Nothing that is unknown counts as no.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from outwork.clear.authorise.finding import Ask, Finding
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of
from outwork.clear.opinion import Step
from outwork.clear.united_states.book import UnitedStates
from outwork.clear.united_states.chart import licence
from outwork.clear.united_states.content import UNSTATED, Content, Source
from outwork.clear.united_states.de_minimis import subject

ITAR: Final = "22 CFR 120 to 130"


@dataclass(frozen=True)
class Reexport:
    """The three findings about a re-export: Munitions List, subject to the regulations, licence needed once it is."""

    munitions: Finding
    """True: for an expert, whatever the others say."""
    subject: Finding
    licence: Finding

    @property
    def needed(self) -> Truth:
        """Whether a licence of the Bureau of Industry and Security is needed."""
        return all_of((self.subject.truth, self.licence.truth))

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step of the three."""
        return (*self.munitions.steps, *self.subject.steps, *self.licence.steps)


def reexport(
    book: UnitedStates,
    item: str,
    sources: Mapping[str, Source],
    content: Content,
    destination: str,
    ask: Ask,
) -> Reexport:
    """Return what is asked of moving an item to a destination from anywhere but the United States.

    Args: content, of the item for this destination (`content.contents`); ask, answers conditions about the item.
    """
    own = sources.get(item, UNSTATED)
    parts = {part: sources.get(part, UNSTATED) for part in content.parts}
    found = _of_origin(own) if own.us == TRUE else _by_content(book, item, own, parts, content, destination, ask)
    if own.eccn is not None:
        asked = licence(book, own.eccn, destination, ask)
    else:
        step = Step("eccn", "15 CFR part 774", UNKNOWN, f"{item} has no known paragraph of the Commerce Control List")
        asked = Finding("United States", UNKNOWN, step.cite, (step,))
    return Reexport(_munitions(item, own, parts), found, asked)


def _of_origin(own: Source) -> Finding:
    step = Step("734.3(a)(2)", "15 CFR 734.3(a)(2)", own.us, "it is of US origin, wherever it is")
    return Finding("US origin", own.us, step.cite, (step,))


def _by_content(
    book: UnitedStates,
    item: str,
    own: Source,
    parts: Mapping[str, Source],
    content: Content,
    destination: str,
    ask: Ask,
) -> Finding:
    """Return whether what was made elsewhere is subject by its content; unknown at least where its own origin is."""
    found = subject(book, own.eccn, content, frozenset(each.eccn for each in parts.values()), destination, ask)
    if item not in parts:
        return found
    step = Step("734.3(a)(2)", "15 CFR 734.3(a)(2)", UNKNOWN, f"{item} is of US origin, which nobody has stated")
    return Finding(found.name, any_of((found.truth, UNKNOWN)), found.cite, (step, *found.steps), found.source)


def _munitions(item: str, own: Source, parts: Mapping[str, Source]) -> Finding:
    """Return whether the item, or anything of US origin in it, is on the Munitions List: what is not of US origin is not."""
    steps = []
    for name, source in {item: own, **parts}.items():
        truth = source.itar if TRUE in (source.us, source.itar) else FALSE if source.us == FALSE else UNKNOWN
        if name in parts or truth == TRUE:
            steps.append(Step("ITAR", ITAR, truth, f"{name} is on the United States Munitions List"))
    steps = steps or [Step("ITAR", ITAR, FALSE, f"{item}: nothing of US origin in it is known")]
    return Finding("Munitions List", any_of(step.truth for step in steps), ITAR, tuple(steps))
