"""Certificates that sites hold, and whether what is asked for follows from them in the weeks wanted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from outwork.match.certificates import ALL, Ask
from outwork.match.columns import EPOCH, Names, days, gathered, listed, merged, put
from outwork.match.kinds import State
from outwork.match.needs import Needs
from outwork.match.order import Order
from outwork.match.spelling import plain
from outwork.model.axis import Axis, Index, Mask
from outwork.model.programme import Programme

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
    def of(cls, programme: Programme, sites: Axis, lattice: Order) -> Papers:
        """Read the certificates of a programme."""
        frame = programme["certificates"].sort("site", "scheme", "scope")
        texts, text = listed(frame["scheme"])
        words, word = listed(frame["scope"])
        schemes, scheme = gathered([lattice.name(each) for each in texts], text)
        scopes, scope = gathered([plain(each) for each in words], word)
        return cls(
            sites.at(frame["site"]), schemes, scheme, scopes, scope,
            days(frame["since"], -OPEN), days(frame["until"], OPEN), days(frame["verified_on"]),
        )  # fmt: skip

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
    """Whether sites hold what is asked for.

    [ask]: a certificate and a window of weeks, each pair once. state [ask, site], a `State`. paper [ask, site], the
    certificate that says so, -1 where none does. of, the asks of each set in each window.
    """

    asks: tuple[tuple[Ask, int], ...]
    state: Index
    paper: Index

    def places(self, needs: Needs, operation: int) -> list[int]:
        """Return the places of what an operation asks for."""
        known = {each: place for place, each in enumerate(self.asks)}
        if needs.papers[operation] < 0:
            return []
        window = int(needs.windows.of[operation])
        return [known[ask, window] for ask in needs.sets[needs.papers[operation]]]


def held(needs: Needs, papers: Papers, complete: Mask, lattice: Order) -> Held:
    """Answer every ask in every window that it is asked for in."""
    pairs = sorted({
        (int(at), int(window)) for at, window in zip(needs.papers, needs.windows.of, strict=True) if at >= 0
    })  # fmt: skip
    asks = tuple(dict.fromkeys((ask, window) for at, window in pairs for ask in needs.sets[at]))
    start = (needs.windows.horizon.start - EPOCH).days
    state = np.empty((len(asks), len(complete)), np.int64)
    paper = np.full((len(asks), len(complete)), -1, np.int64)
    rows: dict[Ask, Index] = {}
    for place, (ask, window) in enumerate(asks):
        if ask not in rows:
            rows[ask] = _rows(ask, papers, lattice)
        here = rows[ask]
        first, last = start + needs.windows.first[window], start + needs.windows.last[window]
        valid = here[(papers.since[here] <= last) & (papers.until[here] >= first)]
        state[place] = np.where(complete, State.FAILED, State.UNKNOWN)
        state[place, papers.site[here]] = State.FAILED
        state[place, papers.site[valid]] = State.MET
        paper[place, papers.site[here[::-1]]] = here[::-1]
        paper[place, papers.site[valid[::-1]]] = valid[::-1]
    return Held(asks, state, paper)


def _rows(ask: Ask, papers: Papers, lattice: Order) -> Index:
    """Return the certificates from which what is asked for follows, whenever they hold."""
    enough = np.array([lattice.implies(name, ask.scheme) for name in papers.schemes], bool)
    covers = np.array([not ask.scope or name in {ALL, ask.scope} for name in papers.scopes], bool)
    return np.flatnonzero(enough[papers.scheme] & covers[papers.scope]) if len(papers.site) else papers.site
