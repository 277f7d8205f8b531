"""What changes: two revisions of a design, or two versions of the rules, and the lanes that flip between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from outwork.clear.case import Movement
from outwork.clear.determine import Determination
from outwork.clear.hearing import hear
from outwork.clear.movements import movements, revisions_of
from outwork.clear.opinion import Outcome
from outwork.clear.options import Options
from outwork.clear.rules.rulebook import Rulebook
from outwork.clear.tables import authorisation
from outwork.model.errors import UnknownName
from outwork.model.nearest import nearest
from outwork.model.programme import Programme

Lane = tuple[str, str, str, str]
"""Item, kind, origin, destination."""


@dataclass(frozen=True)
class Change:
    """A movement that comes to something else than before."""

    before: Determination
    after: Determination
    planned: float = 0.0
    """Units that a plan moves there [unit]."""

    @property
    def closes(self) -> bool:
        """Whether it is stricter than before."""
        return self.after.outcome > self.before.outcome

    def __str__(self) -> str:
        """Return for example: craft (goods) from NL to UA for guard-ua: open -> licence; now listed under 9A012.a.2."""
        was, now = self.before.outcome.word, self.after.outcome.word
        gained = [path for path in self.after.case.listed if path not in self.before.case.listed]
        lost = [path for path in self.before.case.listed if path not in self.after.case.listed]
        said = f"{self.after.movement}: {was} -> {now}" if was != now else f"{self.after.movement}: {now} as before"
        said += f"; now listed under {', '.join(gained)}" if gained else ""
        said += f"; no longer listed under {', '.join(lost)}" if lost else ""
        under = authorisation(self.before), authorisation(self.after)
        said += f"; under {under[1] or 'nothing'} instead of {under[0] or 'nothing'}" if under[0] != under[1] else ""
        return said + (f"; {self.planned:,.0f} units are planned there" if self.planned else "")


def between_revisions(
    programme: Programme,
    options: Options,
    rulebook: Rulebook,
    revisions: tuple[str, str, str],
    standings: pl.DataFrame | None = None,
) -> tuple[Change, ...]:
    """Return the movements of an item that come to something else for one revision than for another.

    Args: revisions, the item, the revision before and the one after. UnknownName where the item has no such revision.
    """
    item, old, new = revisions
    known = revisions_of(programme).get(item, ())
    for revision in (old, new):
        if revision not in known:
            near = nearest(revision, known)
            hint = f"; did you mean '{near}'?" if near else f"; it has {', '.join(known) or 'none'}"
            raise UnknownName(f"item '{item}' has no revision '{revision}'{hint}")
    ways = list(dict.fromkeys(replace(each, revision=old) for each in movements(programme) if each.item == item))
    moving = [*ways, *(replace(each, revision=new) for each in ways)]
    found = hear(programme, moving, options, rulebook, standings).determinations
    return tuple(_differing(found[: len(ways)], found[len(ways) :], {}))


def between_rules(
    programme: Programme,
    options: Options,
    before: Rulebook,
    after: Rulebook,
    standings: pl.DataFrame | None = None,
    ship: pl.DataFrame | None = None,
) -> tuple[Change, ...]:
    """Return the movements of a programme that come to something else by other rules, those on which a plan relies first.

    Args: ship, the shipments of a plan that lies beside the programme.
    """
    moving = movements(programme)
    was, now = (hear(programme, moving, options, book, standings).determinations for book in (before, after))
    return tuple(sorted(_differing(was, now, planned(programme, ship)), key=lambda each: (-each.planned, not each.closes)))


def planned(programme: Programme, ship: pl.DataFrame | None) -> Mapping[Lane, float]:
    """Return how many units a plan moves of each item between two nations [unit]."""
    if ship is None or ship.is_empty():
        return {}
    nation = dict(programme["sites"].select("site", "nation").iter_rows())
    found: dict[Lane, float] = {}
    for item, origin, destination, quantity in ship.select("item", "origin", "destination", "quantity").iter_rows():
        lane = (item, "goods", nation[origin], nation[destination])
        found[lane] = found.get(lane, 0.0) + quantity
    return found


def _differing(
    before: Sequence[Determination], after: Sequence[Determination], units: Mapping[Lane, float]
) -> Iterator[Change]:
    for was, now in zip(before, after, strict=True):
        same = (was.outcome, was.case.listed, authorisation(was)) == (now.outcome, now.case.listed, authorisation(now))
        if not same:
            yield Change(was, now, units.get(_lane(now.movement), 0.0))


def _lane(movement: Movement) -> Lane:
    return movement.item, movement.kind, movement.origin, movement.destination


def told(changes: Iterable[Change], what: str) -> Iterator[str]:
    """Yield the changes in lines: how many lanes close and open, the items affected, then each of them."""
    every = list(changes)
    flipped = [each for each in every if each.before.outcome is not each.after.outcome]
    closing = sum(each.closes for each in flipped)
    items = sorted({each.after.movement.item for each in every})
    if not every:
        yield f"{what}: nothing changes."
        return
    shut = sum(each.closes and each.after.outcome >= Outcome.NEEDS_EXPERT for each in flipped)
    yield (
        f"{what}: {len(flipped)} lanes flip, {closing} of them to something stricter and {shut} shut; "
        f"{len(every) - len(flipped)} more rest on something else; items: {', '.join(items)}."
    )
    yield from (f"  {each}." for each in every)
