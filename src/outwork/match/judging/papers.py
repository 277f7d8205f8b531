"""Certificates that sites hold, and whether what is asked for follows from them in the weeks wanted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from outwork.match.judging.needs import Needs
from outwork.match.terms.certificates import ALL, Ask
from outwork.match.terms.columns import EPOCH, Names, days, gathered, listed, merged, put
from outwork.match.terms.kinds import State
from outwork.match.terms.order import Order
from outwork.match.terms.spelling import plain
from outwork.model.axis import Axis, Index, Mask
from outwork.model.spare import Tables

OPEN: Final = 1 << 40
"""A day before or after all others."""


@dataclass(frozen=True, eq=False)
class Papers:
    """Certificates that sites hold.

    [certificate], by site: site; scheme, place in `schemes`, named as the lattice names them; scope, place in `scopes`;
    since, until, the first and last day of validity; checked, the day on which somebody verified it. Days count from
    1970-01-01.
    """

    site: Index
    schemes: Names
    scheme: Index
    scopes: Names
    scope: Index
    since: Index
    until: Index
    checked: Index

    @classmethod
    def of(cls, tables: Tables, sites: Axis, lattice: Order) -> Papers:
        """Read the certificates of a programme."""
        frame = tables["certificates"].sort("site", "scheme", "scope")
        texts, text = listed(frame["scheme"])
        words, word = listed(frame["scope"])
        schemes, scheme = gathered([lattice.name(each) for each in texts], text)
        scopes, scope = gathered([plain(each) for each in words], word)
        return cls(
            sites.at(frame["site"]), schemes, scheme, scopes, scope,
            days(frame["since"], -OPEN), days(frame["until"], OPEN), days(frame["verified_on"]),
        )  # fmt: skip

    def enough(self, ask: Ask, lattice: Order) -> Index:
        """Return the certificates from which what is asked for follows, whenever they hold."""
        if not len(self.site):
            return self.site
        schemes = np.array([lattice.implies(name, ask.scheme) for name in self.schemes], bool)
        scopes = np.array([not ask.scope or name in {ALL, ask.scope} for name in self.scopes], bool)
        return np.flatnonzero(schemes[self.scheme] & scopes[self.scope])

    def valid(self, some: Index, needs: Needs, window: int) -> Index:
        """Return those of some certificates that hold on a day of a window."""
        start = (needs.windows.horizon.start - EPOCH).days
        first, last = start + needs.windows.first[window], start + needs.windows.last[window]
        found: Index = some[(self.since[some] <= last) & (self.until[some] >= first)]
        return found

    def spliced(self, fresh: Papers, place: int) -> Papers:
        """Return the certificates with those of one site replaced. Args: fresh, of that site alone; place, of the site."""
        begin, end = map(int, np.searchsorted(self.site, [place, place + 1]))
        schemes, scheme = merged(self.schemes, fresh.schemes)
        scopes, scope = merged(self.scopes, fresh.scopes)
        return replace(
            self, schemes=schemes, scopes=scopes, site=put(self.site, np.full(len(fresh.site), place), begin, end),
            scheme=put(self.scheme, scheme[fresh.scheme], begin, end), scope=put(self.scope, scope[fresh.scope], begin, end),
            since=put(self.since, fresh.since, begin, end), until=put(self.until, fresh.until, begin, end),
            checked=put(self.checked, fresh.checked, begin, end),
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Held:
    """Whether sites hold what is asked for. asks, each a certificate and a window of weeks; state [ask, site], a `State`."""

    asks: tuple[tuple[Ask, int], ...]
    state: NDArray[np.uint8]

    def replaced(self, fresh: Held, place: int) -> Held:
        """Return the same with the answers of one site. Args: fresh, of that site alone; place, of the site."""
        return Held(self.asks, put(self.state, fresh.state, place, place + 1))


def held(needs: Needs, papers: Papers, complete: Mask, lattice: Order) -> Held:
    """Answer every ask in every window that it is asked for in."""
    pairs = sorted({(int(at), int(window)) for at, window in zip(needs.papers, needs.windows.of, strict=True) if at >= 0})
    asks = tuple(dict.fromkeys((ask, window) for at, window in pairs for ask in needs.sets[at]))
    enough = {ask: papers.enough(ask, lattice) for ask, _ in asks}
    state = np.empty((len(asks), len(complete)), np.uint8)
    state[:] = np.where(complete, State.FAILED, State.UNKNOWN)
    for place, (ask, window) in enumerate(asks):
        state[place, papers.site[enough[ask]]] = State.FAILED
        state[place, papers.site[papers.valid(enough[ask], needs, window)]] = State.MET
    return Held(asks, state)
