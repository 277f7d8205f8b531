"""Needs and offers beside each other, judged: what everything that `match` tells is made from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from outwork.match.judging.judge import Bench
from outwork.match.judging.judged import Judged
from outwork.match.judging.needs import Needs
from outwork.match.judging.offers import Offers, only, spliced
from outwork.match.judging.related import Related, extended, related, understood
from outwork.match.terms.kinds import BIT, State
from outwork.match.terms.terms import Terms
from outwork.model.programme import Programme


@dataclass(frozen=True, eq=False)
class Matched:
    """Operations and sites, and how they stand to each other. Args: near, so many failed needs are told of."""

    needs: Needs
    offers: Offers
    terms: Terms
    related: Related
    judged: Judged
    near: int

    @cached_property
    def asks(self) -> tuple[list[int], ...]:
        """Places, among those that are held, of what each operation asks for in certificates."""
        needs, place = self.needs, {each: at for at, each in enumerate(self.related.held.asks)}
        return tuple(
            [place[ask, int(window)] for ask in needs.sets[at]] if at >= 0 else []
            for at, window in zip(needs.papers, needs.windows.of, strict=True)
        )

    def refused(self, pair: int) -> tuple[int, ...]:
        """Return the places of what a pair asks for in certificates and is known not to get."""
        if not int(self.judged.failed[pair]) & BIT["certificate"]:
            return ()
        state = self.related.held.state[:, self.judged.site[pair]]
        return tuple(place for place in self.asks[self.judged.operation[pair]] if state[place] == State.FAILED)


def matched(programme: Programme, terms: Terms, near: int = 1, today: date | None = None) -> Matched:
    """Judge all operations of a programme at all of its sites. Args: today, before which no work can be done."""
    needs = Needs.of(programme, terms, today)
    return _beside(needs, Offers.of(programme, terms, needs.windows), terms, near)


def alone(found: Matched, programme: Programme, site: str, near: int) -> Matched:
    """Judge all operations at one site by its rows in a programme. Args: near, so many failed needs are told of."""
    offers = Offers.of(only(programme, site), found.terms, found.needs.windows)
    own = replace(related(found.needs, offers, found.terms), understood=found.related.understood)
    return Matched(found.needs, offers, found.terms, own, Bench(found.needs, offers, own, near).judged(), near)


def again(before: Matched, programme: Programme, site: str) -> Matched:
    """Return what judging all of an edited programme gives, where nothing but one site's rows was edited, in milliseconds.

    The site was there before and still is; its row, certificates, resources, capabilities, calendar and listings may differ.
    """
    place, own = before.offers.sites.position[site], alone(before, programme, site, before.near)
    offers = spliced(before.offers, own.offers, place)
    if (understood(before.needs, offers) != before.related.understood).any():
        return _beside(before.needs, offers, before.terms, before.near)
    begin, end = map(int, np.searchsorted(before.offers.site, [place, place + 1]))
    longer = len(own.offers) - (end - begin)
    judged, offer = before.judged, before.judged.offer
    moved = replace(judged, offer=np.where(offer >= end, offer + longer, offer).astype(np.int32)) if longer else judged
    found = own.judged
    here = replace(found, offer=np.where(found.offer < 0, -1, found.offer + begin).astype(np.int32))
    wide = extended(before.related, own.related, before.offers, offers, own.offers, place)
    return replace(before, offers=offers, related=wide, judged=moved.replaced(place, here))


def _beside(needs: Needs, offers: Offers, terms: Terms, near: int) -> Matched:
    found = related(needs, offers, terms)
    return Matched(needs, offers, terms, found, Bench(needs, offers, found, near).judged(), near)
