"""Which change of one fact, all others as they are, would make a listed thing free, or a free thing listed.

A quantity is tried at every limit that the rules compare it with, between each two of them and beyond the last, outwards from
where it lies; a flag turned round; a choice at each of its other choices. What follows from the changed fact changes with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

import numpy as np

from outwork.clear.columns import Columns, MadeFor, Measured, Places
from outwork.clear.derive import complete
from outwork.clear.listing import Listings, listed
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth
from outwork.clear.rules.conditions import Operator, Test, leaves
from outwork.clear.rules.rulebook import Derivation, Rulebook
from outwork.clear.things import CLASS, KIND, MADE_FOR, Things

FIXED: Final = (CLASS, KIND, MADE_FOR)
"""Facts that say which thing it is: another one would be another thing."""
UPPER_SIDE: Final = (Operator.AT_LEAST, Operator.LESS_THAN)
"""Comparisons whose limit itself belongs to what lies above it."""
NAMED: Final = 3
"""Doubtful paths that a sentence names."""
After = tuple[Truth, tuple[str, ...], tuple[str, ...]]
"""Whether a changed thing is listed at all, the paths under which it is, and those under which it may be."""


@dataclass(frozen=True)
class Change:
    """One fact of one thing as it might be."""

    place: int
    fact: str
    value: tuple[float, float] | bool | frozenset[str]
    words: str
    """The change in words, such as: endurance below 60 min."""
    side: int = 0
    """-1 where a quantity falls, 1 where it rises."""


@dataclass(frozen=True)
class Flip:
    """A change of one fact, and where the thing is listed after it; surely nowhere where `paths` and `doubtful` are empty."""

    place: int
    fact: str
    words: str
    paths: tuple[str, ...]
    lost: tuple[str, ...]
    """Paths under which it is listed now, and would not be any more."""
    doubtful: tuple[str, ...] = ()
    """Paths under which it may be listed after it."""

    def __str__(self) -> str:
        """Return for example: endurance below 60 min: not listed under 9A012.a.2."""
        if not self.paths and self.doubtful:
            more = f" and {len(self.doubtful) - NAMED} more" if len(self.doubtful) > NAMED else ""
            where = ", ".join(self.doubtful[:NAMED]) + more
            return f"{self.words}: not listed under {' or '.join(self.lost)} any more, and unknown under {where}"
        if not self.paths:
            return f"{self.words}: not listed under {' or '.join(self.lost)}"
        instead = f" instead of {', '.join(self.lost)}" if self.lost else ""
        return f"{self.words}: listed under {', '.join(self.paths)}{instead}"


def flips(places: Sequence[int], things: Things, now: Listings, book: Rulebook) -> Mapping[int, tuple[Flip, ...]]:
    """Return the flips of things whose listing is known, those that free a thing or bind it first."""
    limits = _limits(book)
    changes = [change for place in places for change in _changes(place, things, now, limits, book)]
    after = _listed_after(changes, things, book)
    found: dict[int, list[Flip]] = {place: [] for place in places}
    done: set[tuple[int, str, int, int]] = set()
    for change, (state, paths, doubtful) in zip(changes, after, strict=True):
        lost = tuple(path for path in now.paths(change.place, TRUE) if path not in paths)
        mark = (change.place, change.fact, change.side, int(state))
        if mark not in done and (lost or state == TRUE) and paths != now.paths(change.place, TRUE):
            done.add(mark)
            unsure = doubtful if state == UNKNOWN else ()
            found[change.place].append(Flip(change.place, change.fact, change.words, paths, lost, unsure))
    return {place: tuple(sorted(each, key=_weight)) for place, each in found.items()}


def _weight(flip: Flip) -> int:
    """Return in which order flips are told: what frees or binds a thing, then what may, then what only moves it."""
    return 1 if flip.doubtful else 2 if flip.paths and flip.lost else 0


def _limits(book: Rulebook) -> Mapping[str, tuple[Test, ...]]:
    """Return, for each fact, every comparison with it that some entry makes, each once."""
    found: dict[str, dict[Test, None]] = {}
    for entry in book.entries:
        for condition in (entry.scope, *(each.condition for each in entry.statements)):
            for leaf in leaves(condition):
                if isinstance(leaf, Test):
                    found.setdefault(leaf.fact, {})[leaf] = None
    return {fact: tuple(tests) for fact, tests in found.items()}


def _changes(
    place: int, things: Things, now: Listings, limits: Mapping[str, tuple[Test, ...]], book: Rulebook
) -> Iterator[Change]:
    """Yield the changes worth trying for a thing: of those known facts that decide where it is listed."""
    state = now.states[place]
    if state == UNKNOWN:
        return
    for fact in _deciding(place, now, Truth(int(state))):
        tests = limits[fact]
        if isinstance(tests[0].value, bool):
            yield from _turned(place, fact, things.columns)
        elif isinstance(tests[0].value, frozenset):
            yield from _renamed(place, fact, things.columns, book)
        else:
            yield from _moved(place, fact, things.columns.quantity(fact), tests)


def _deciding(place: int, now: Listings, state: Truth) -> list[str]:
    """Return the facts that the paths ask about which hold for a listed thing; for a free one, those whose scope it is in."""
    found: dict[str, None] = {}
    for path, pairs in now.controls.items():
        for entry, control in pairs:
            if now.board.paths[path][place] == state and now.board.scope(entry)[place] == TRUE:
                releases = (each.condition for each in entry.releases if each.frees(path))
                for condition in (control.condition, *releases):
                    found |= {leaf.fact: None for leaf in leaves(condition) if isinstance(leaf, Test)}
    return [fact for fact in found if fact not in FIXED]


def _turned(place: int, fact: str, columns: Columns) -> Iterator[Change]:
    known = columns.flag(fact)[place]
    if known != UNKNOWN:
        yield Change(place, fact, bool(known == FALSE), f"{fact} {'true' if known == FALSE else 'false'}")


def _renamed(place: int, fact: str, columns: Columns, book: Rulebook) -> Iterator[Change]:
    named = columns.named(fact)
    own = named.sets[int(named.codes[place])]
    term = book.vocabulary.terms[fact]
    for choice in term.choices if own else ():
        if choice not in own:
            yield Change(place, fact, frozenset((choice,)), f"{fact} '{choice}'")


def _moved(place: int, fact: str, measured: Measured, tests: Sequence[Test]) -> Iterator[Change]:
    """Yield the places to which a quantity can move, outwards from where it lies: below it, then above it."""
    low, high = float(measured.low[place]), float(measured.high[place])
    if not np.isfinite(low) and not np.isfinite(high):
        return
    points = _points(tests)
    for value, below, _ in reversed(points):
        if value < low:
            yield Change(place, fact, (value, value), f"{fact} {below}", -1)
    for value, _, above in points:
        if value > high:
            yield Change(place, fact, (value, value), f"{fact} {above}", 1)


def _points(tests: Sequence[Test]) -> list[tuple[float, str, str]]:
    """Return each limit, and a value between each two and beyond the last, in order, with its name from either side."""
    limits: dict[float, str] = {}
    for test in tests:
        assert isinstance(test.value, float)  # noqa: S101 - a quantity
        limits.setdefault(test.value, test.text)
    values = sorted(limits)
    found: list[tuple[float, str, str]] = []
    if values[0] > 0:
        found.append((values[0] / 2, f"below {limits[values[0]]}", ""))
    for value, after in zip(values, [*values[1:], None], strict=True):
        text = limits[value]
        found.append((value, f"at most {text}", f"at least {text}"))
        if after is None:
            found.append((value + max(abs(value), 1.0), "", f"more than {text}"))
        else:
            found.append(((value + after) / 2, f"below {limits[after]}", f"more than {text}"))
    return found


def _listed_after(changes: Sequence[Change], things: Things, book: Rulebook) -> list[After]:
    """Return where each changed thing is listed, in the order of the changes."""
    answers: dict[int, After] = {}
    targets = {each.fact for each in book.derivations}
    for fact in [*sorted({change.fact for change in changes} & targets), ""]:
        mine = [at for at, change in enumerate(changes) if (change.fact if change.fact in targets else "") == fact]
        if mine:
            derivations = [each for each in book.derivations if each.fact != fact]
            answers |= zip(mine, _tried([changes[at] for at in mine], things, derivations, book), strict=True)
    return [answers[at] for at in range(len(changes))]


def _tried(changes: Sequence[Change], things: Things, derivations: Sequence[Derivation], book: Rulebook) -> list[After]:
    """Return where changed things are listed beside the unchanged ones, for which they may be made."""
    size = len(things.movable)
    places = np.concatenate([np.arange(size), np.array([change.place for change in changes], np.int64)])
    columns = complete(_changed(things.given.take(places), changes, size), derivations).columns
    kinds = [things.kinds[int(place)] for place in places]
    found = listed(columns, kinds, _made_for(things.made_for, places), book)
    rows = range(size, len(places))
    return [(Truth(int(found.states[row])), found.paths(row, TRUE), found.paths(row, UNKNOWN)) for row in rows]


def _changed(columns: Columns, changes: Sequence[Change], first: int) -> Columns:
    """Return the columns with each change made in its own row, from the row `first` on."""
    by_fact: dict[str, list[tuple[int, Change]]] = {}
    for row, change in enumerate(changes, first):
        by_fact.setdefault(change.fact, []).append((row, change))
    for fact, rows in by_fact.items():
        columns = _with(columns, fact, rows)
    return columns


def _with(columns: Columns, fact: str, rows: Sequence[tuple[int, Change]]) -> Columns:
    """Return the columns with one fact changed in some rows."""
    first = rows[0][1].value
    if isinstance(first, bool):
        flags = columns.flag(fact).copy()
        for row, change in rows:
            flags[row] = TRUE if change.value else FALSE
        return columns.with_flag(fact, flags)
    if isinstance(first, tuple):
        measured = columns.quantity(fact)
        low, high = measured.low.copy(), measured.high.copy()
        for row, change in rows:
            low[row], high[row] = cast("tuple[float, float]", change.value)
        return columns.with_quantity(fact, Measured(low, high))
    named = columns.named(fact)
    sets = [named.sets[int(code)] for code in named.codes]
    for row, change in rows:
        sets[row] = cast("frozenset[str]", change.value)
    return columns.with_names(fact, sets)


def _made_for(made_for: MadeFor, places: Places) -> MadeFor:
    """Return what the things of those places are made for, each aiming at the unchanged thing."""
    by_thing: dict[int, list[int]] = {}
    for thing, target in zip(made_for.things.tolist(), made_for.targets.tolist(), strict=True):
        by_thing.setdefault(thing, []).append(target)
    texts: dict[int, list[str]] = {}
    for thing, text in made_for.literals:
        texts.setdefault(thing, []).append(text)
    rows = [int(place) for place in places]
    pairs = np.array([(row, t) for row, place in enumerate(rows) for t in by_thing.get(place, ())], np.int64).reshape(-1, 2)
    literals = tuple((row, text) for row, place in enumerate(rows) for text in texts.get(place, ()))
    return MadeFor(pairs[:, 0], pairs[:, 1], literals, made_for.known[places])
