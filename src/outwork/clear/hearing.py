"""From a programme and the rules to a determination of every movement: everything in the order in which it is worked out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

import numpy as np
import polars as pl

from outwork.clear import authorise, united_states
from outwork.clear.american import American
from outwork.clear.case import Batch, Movement
from outwork.clear.determine import Court, Determination, batch, determine, standings_of, wanted
from outwork.clear.facts import ALL, Doubt, Stated, stated
from outwork.clear.listing import Listings, listings
from outwork.clear.movements import revisions_of
from outwork.clear.options import Options
from outwork.clear.rules.rulebook import Rulebook
from outwork.clear.things import KIND, MADE_FOR, Things, things
from outwork.model.errors import Fault, InvalidProgramme
from outwork.model.frames import to_rows
from outwork.model.nearest import nearest
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.model.tables.permits import Override


@dataclass(frozen=True)
class Hearing:
    """What was heard about a programme: the law of the day, what is known of things, where they are listed, what follows."""

    law: Rulebook
    day: date
    stated: Stated
    things: Things
    listings: Listings
    court: Court
    answers: Batch
    determinations: tuple[Determination, ...]

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Rows of the table of facts that could not be used, or contradict each other."""
        return tuple(dict.fromkeys((*self.stated.doubts, *self.things.doubts)))


def hear(
    programme: Programme,
    movements: Sequence[Movement],
    options: Options,
    rulebook: Rulebook,
    standings: pl.DataFrame | None = None,
) -> Hearing:
    """Return a determination of each movement, by the law of the day. InvalidProgramme where a declared fact is none."""
    day = options.day or programme.settings.start
    law = rulebook.on(day)
    items = items_of(programme)
    known = stated(_with_declared(programme, options, law), [*items, *((each.item, each.revision) for each in movements)], law)
    what = things(wanted(movements, known.by_item), known, law)
    where = listings(what, law)
    answers = batch(movements, what, where)
    among = Batch(what.columns, where.board, np.arange(len(what.movable)))
    american = American.of(united_states.read(law), united_states.recipes(programme, day), what, among)
    overrides = cast("list[Override]", to_rows(BY_NAME["overrides"], programme["overrides"]))
    court = Court(law, authorise.read(law), american, standings_of(standings), tuple(overrides), day)
    found = determine(movements, what, where, court, answers)
    return Hearing(law, day, known, what, where, court, answers, tuple(found))


def items_of(programme: Programme) -> list[tuple[str, str]]:
    """Return every item of a programme with each of its revisions, `all` where it has none."""
    revisions = revisions_of(programme)
    return [(item, revision) for item in programme["items"]["item"].to_list() for revision in revisions.get(item, (ALL,))]


def _with_declared(programme: Programme, options: Options, law: Rulebook) -> pl.DataFrame:
    """Return the table of facts with those that are declared for every item that does not state them itself."""
    facts = programme["facts"]
    rows = [_declared(name, value, law) for name, value in options.declared.items()]
    said = {(item, term.name) for item, name in facts.select("item", "fact").iter_rows() if (term := law.vocabulary.find(name))}
    more = [
        {"item": item, "revision": ALL, "fact": fact, "value": value, "unit": "", "source": "declared for the whole programme"}
        for fact, value in rows
        for item in programme["items"]["item"].to_list()
        if (item, fact) not in said
    ]
    return pl.concat([facts, pl.DataFrame(more, schema=facts.schema)]) if more else facts


def _declared(name: str, value: str, law: Rulebook) -> tuple[str, str]:
    """Return a declared fact by its own name. InvalidProgramme where no rule asks about it, or it says which thing it is."""
    term = law.vocabulary.find(name)
    if term is None or term.set_here or term.name in {KIND, MADE_FOR}:
        names = [each.name for each in law.vocabulary.terms.values() if not each.set_here]
        reason = f"'{name}' cannot be declared for a whole programme: no rule asks about it, or it is a matter of each item"
        raise InvalidProgramme((Fault("declared", reason, None, "fact", name, nearest(name, names)),))
    return term.name, value


def unused(overrides: Iterable[Override], determinations: Iterable[Determination]) -> list[Override]:
    """Return the decisions of persons that decide nothing here."""
    used = {each.override.override for each in determinations if each.override is not None}
    return [each for each in overrides if each.override not in used]
