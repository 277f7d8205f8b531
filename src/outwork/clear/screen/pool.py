"""Pool: the lists that are screened against, as one index, and what they are good for on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from outwork.clear.screen.index import Index, index
from outwork.clear.screen.options import Options
from outwork.clear.screen.ownership import Tainted, taint
from outwork.clear.screen.score import Score, numbers, score
from outwork.clear.screen.subjects import Subject, stakes_of
from outwork.model.listed import Entry, WatchList

Ints = NDArray[np.int64]
FURTHER: Final = 8
"""Times as many listed names that are compared where all of the shortlist are near."""


@dataclass(frozen=True, slots=True)
class Match:
    """A subject near an entry: list, entry, score, and why the entry matters though it is not listed itself."""

    watchlist: str
    entry: Entry
    score: Score
    because: str = ""


@dataclass(frozen=True, eq=False)
class Pool:
    """Lists as one index.

    Args: lists; names, the index over all names that matter; rows [name], the list and row of the entry that bears it;
    numbered, identifier as compared -> list and row of entries; owned, for each list who counts as listed by ownership.
    """

    lists: tuple[WatchList, ...]
    names: Index
    rows: Ints
    numbered: Mapping[str, tuple[tuple[int, int], ...]]
    owned: tuple[Tainted, ...]

    @property
    def told(self) -> str:
        """The lists and the days of their states."""
        return ", ".join(f"{each.name} of {each.state} ({each.entries.height:,} entries)" for each in self.lists)

    def matches(self, subjects: Sequence[Subject], options: Options) -> Iterator[list[Match]]:
        """Yield for each subject the entries near it, the nearest first."""
        names = [each.name for each in subjects]
        for subject, shortlist in zip(subjects, self.names.shortlists(names, options.most), strict=True):
            found = self._near(subject, shortlist, options)
            if len(shortlist) == options.most and len(found) * 2 > options.most:
                (longer,) = self.names.shortlists([subject.name], options.most * FURTHER)
                found = self._near(subject, longer, options)
            yield found

    def _near(self, subject: Subject, shortlist: Ints, options: Options) -> list[Match]:
        """Return the entries of a shortlist, and those with a number of the subject's, that are near."""
        rows = [(int(at), int(row)) for at, row in self.rows[shortlist]]
        rows += [row for each in numbers(subject.identifiers) for row in self.numbered.get(each, ())]
        scored = (self._match(subject, at, row, options) for at, row in dict.fromkeys(rows))
        return sorted((each for each in scored if each.score.value >= options.review), key=_nearest_first)

    def _match(self, subject: Subject, at: int, row: int, options: Options) -> Match:
        entry, tainted = self.lists[at].entry(row), self.owned[at]
        because = "" if entry.listed else tainted.block.get(entry.entry) or tainted.review.get(entry.entry, "")
        return Match(self.lists[at].name, entry, score(subject, entry, options.review), because)


def pool(lists: Sequence[WatchList], options: Options) -> Pool:
    """Return lists as one index; entries that nobody listed stands behind are left out."""
    owned = tuple(_owned(each, options) for each in lists)
    names: list[str] = []
    rows: list[tuple[int, int]] = []
    numbered: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, each in enumerate(lists):
        tainted = owned[at].block.keys() | owned[at].review.keys()
        columns = each.entries.select("entry", "names", "weak", "identifiers", "listed").iter_rows()
        for row, (entry, main, weak, identifiers, listed) in enumerate(columns):
            if not listed and entry not in tainted:
                continue
            names += [*main, *weak]
            rows += [(at, row)] * (len(main) + len(weak))
            for number in numbers(tuple(identifiers)):
                numbered[number].append((at, row))
    kept = np.array(rows, np.int64).reshape(-1, 2)
    return Pool(tuple(lists), index(names), kept, {each: tuple(found) for each, found in numbered.items()}, owned)


def trouble(lists: Sequence[WatchList], day: date, stale_days: int) -> tuple[str, ...]:
    """Say why nobody can be cleared against these lists on a day; nothing where somebody can."""
    if not lists:
        return ("no list is loaded; load one with outwork screen --load FILE",)
    return tuple(reason for each in lists for reason in _trouble(each, day, stale_days))


def _trouble(watchlist: WatchList, day: date, stale_days: int) -> Iterator[str]:
    if watchlist.damage:
        yield f"list {watchlist.name}: {watchlist.damage}"
        return
    if not watchlist.entries.height:
        yield f"list {watchlist.name} is empty; load it again"
    if watchlist.age(day) > stale_days:
        yield (
            f"list {watchlist.name} tells the state of {watchlist.state}, {watchlist.age(day)} days ago, and clears nobody"
            f" after {stale_days}; load a newer one"
        )
    if watchlist.age(day) < -1:
        yield f"list {watchlist.name} is dated {watchlist.state}, after {day}; look at the clock, or load it again"


def _owned(watchlist: WatchList, options: Options) -> Tainted:
    """Return who counts as listed by the ownership that the list itself states."""
    if not watchlist.stakes.height:
        return Tainted({}, {})
    listed = set(watchlist.entries.filter("listed")["entry"].to_list())
    return taint(stakes_of(watchlist.stakes), listed, (), options.owned, options.noticed)


def _nearest_first(match: Match) -> tuple[float, str, str]:
    return -match.score.value, match.watchlist, match.entry.entry
