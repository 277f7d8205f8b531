"""What would mend each pair that cannot, at least cost; and for whom else that would be paid as well.

Pairs of one operation that fail in the same needs, and in the same certificates, take the same repairs, so that these are
found once for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from outwork.match.judging.matched import Matched
from outwork.match.judging.needs import Needs
from outwork.match.judging.related import coded
from outwork.match.mending.mending import Mend, cheapest, cost, days
from outwork.match.terms.book import Book, Repair
from outwork.match.terms.kinds import BIT, State, named
from outwork.match.terms.terms import Terms
from outwork.model.axis import Array, Index, group
from outwork.model.tables.matching import Need

Way = tuple[Mend, ...]
"""Repairs of which any one mends a thing."""


@dataclass(frozen=True, eq=False)
class Repairs:
    """What would mend pairs.

    sets, each a cheapest set of repairs, None where a need has none; ways, of each set, for each need that failed (a
    certificate for each that is asked for) the repairs that mend it; of [pair], place in both, -1 where nothing failed.
    """

    book: Book
    sets: tuple[tuple[Mend, ...] | None, ...]
    ways: tuple[tuple[Way, ...], ...]
    of: Index

    @cached_property
    def cost(self) -> Array:
        """EUR of every pair, 0 where nothing failed, nan where nobody knows of a repair. [pair]."""
        return self._each([np.nan if mends is None else cost(mends, self.book) for mends in self.sets])

    @cached_property
    def days(self) -> Array:
        """Days until every pair is mended, all repairs begun at once; half of such take longer. [pair]; as cost."""
        return self._each([np.nan if mends is None else days(mends, self.book) for mends in self.sets])

    def _each(self, values: list[float]) -> Array:
        found: Array = np.array([*values, 0.0])[self.of]
        return found

    def what(self, mend: Mend) -> Repair:
        """Return a repair as the book has it."""
        return self.book.repairs[mend.repair]


@dataclass(frozen=True, eq=False)
class Paid:
    """Repairs that are paid once each.

    [repair]: site; mend; cost in EUR; days. Those of pair p are member[begins[p]:begins[p + 1]].
    """

    site: Index
    mend: tuple[Mend, ...]
    cost: Array
    days: Array
    begins: Index
    member: Index


def repairs(found: Matched) -> Repairs:
    """Return the cheapest repairs of every pair."""
    judged = found.judged
    pairs = np.flatnonzero(judged.failed)
    keys = (judged.operation[pairs], judged.failed[pairs], _refusals(found, pairs))
    kind, _ = group(*(key.astype(np.int64) for key in keys))
    _, first = np.unique(kind, return_index=True)
    ways = tuple(_ways(found, int(pairs[at])) for at in first)
    of = np.full(len(judged), -1, np.int64)
    of[pairs] = kind
    book = found.terms.book
    return Repairs(book, tuple(cheapest(each, book) for each in ways), ways, of)


def paid(found: Matched, mended: Repairs) -> Paid:
    """Return every repair of every site once, and the repairs of every pair; a pair without any has none."""
    sizes = np.array([*(len(mends or ()) for mends in mended.sets), 0], np.int64)[mended.of]
    begins = np.concatenate([[0], np.cumsum(sizes)])
    pair = np.repeat(np.arange(len(mended.of)), sizes)
    mends = sorted({mend for each in mended.sets if each for mend in each})
    place = {mend: at for at, mend in enumerate(mends)}
    rows = [np.array([place[mend] for mend in each or ()], np.int64) for each in mended.sets]
    used = [rows[at] for at in mended.of if at >= 0]
    mend = np.concatenate([np.empty(0, np.int64), *used])
    member, (site, kind) = group(found.judged.site[pair].astype(np.int64), mend)
    what = [mended.what(each) for each in mends]
    price, time = np.array([each.cost for each in what]), np.array([each.days for each in what])
    return Paid(site, tuple(mends[at] for at in kind), price[kind], time[kind], begins, member)


def of_site(found: Matched, mended: Repairs, site: int) -> tuple[Mend, ...]:
    """Return the cheapest set of repairs that mends every pair of a site for which a repair is known, each paid once."""
    pairs = found.judged.of_site(site)
    ways = [way for at in np.unique(mended.of[pairs]) if at >= 0 and mended.sets[at] is not None for way in mended.ways[at]]
    return cheapest(ways, mended.book) or ()


def _refusals(found: Matched, pairs: Index) -> Index:
    """Return, as bits, which of the certificates that are asked for a pair is known not to get. [pair]."""
    judged, held = found.judged, found.related.held
    bits = np.zeros(len(pairs), np.int64)
    failing = np.flatnonzero(judged.failed[pairs] & np.uint32(BIT["certificate"]))
    operation = judged.operation[pairs[failing]]
    for one in np.unique(operation):
        here = failing[operation == one]
        sites = judged.site[pairs[here]]
        for bit, place in enumerate(found.asks[one]):
            bits[here] |= (held.state[place, sites] == State.FAILED).astype(np.int64) << bit
    return bits


def _ways(found: Matched, pair: int) -> tuple[Way, ...]:
    """Return for each need of a pair that failed the repairs that mend it."""
    needs, operation = found.needs, int(found.judged.operation[pair])
    failed = [need for need in named(int(found.judged.failed[pair])) if need != "certificate"]
    machine = [_machine(need, needs, operation, found.terms) for need in failed]
    schemes = [found.related.held.asks[place][0].scheme for place in found.refused(pair)]
    return (*machine, *(_certificate(scheme, found.terms) for scheme in schemes))


def _machine(need: Need, needs: Needs, operation: int, terms: Terms) -> Way:
    """Return the repair of a need of the machine, and a new machine where that mends it as well."""
    code = needs.processes[needs.process[operation]]
    chain = (code, *terms.words.ancestors(code)) if coded(code) else (code,)
    known = [terms.book.own(each, chain) for each in dict.fromkeys((need, "process" if need != "process" else need))]
    return tuple(
        Mend(terms.book.place(each), _subject(each, need, needs, operation))
        for each in known if each is not None and (each.need == need or need in each.mends)
    )  # fmt: skip


def _certificate(scheme: str, terms: Terms) -> Way:
    """Return the ways to get a certificate, or one that implies it; its scope is written to hold whatever is asked."""
    known = [terms.book.named("certificate", name) for name in terms.schemes.before(scheme)]
    own = [each for each in known if each is not None]
    other = terms.book.own("certificate", ())
    if own or other is None:
        return tuple(Mend(terms.book.place(each)) for each in own)
    return (Mend(terms.book.place(other), scheme),)


def _subject(repair: Repair, need: Need, needs: Needs, operation: int) -> str:
    """Return for what a repair is paid once at a site."""
    for_once = {
        "site": "",
        "process": needs.processes[needs.process[operation]],
        "operation": needs.operations.names[operation],
    }
    which = {"material": needs.materials, "class": needs.qualities}.get(repair.need, ())
    place = {"material": needs.material, "class": needs.quality}.get(repair.need, needs.process)[operation]
    return "; ".join(filter(None, (for_once[repair.once], which[place] if which and repair.need == need else "")))
