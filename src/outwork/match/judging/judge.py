"""Every operation against every site: what is met, what is not, and what nobody knows.

Operations that want the same process are judged together, against the offers of that process alone. Each need adds its bit to
a table of bits [operation, offer]; of the offers of a site the nearest is kept. Sites that offer nothing for the process are
judged by their record and their certificates, without a look at their machines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from outwork.match.judging.judged import Judged, joined
from outwork.match.judging.makers import answered
from outwork.match.judging.nearest_offer import nearest_offers
from outwork.match.judging.needs import Needs
from outwork.match.judging.offers import Offers
from outwork.match.judging.related import NONE, Related, related
from outwork.match.terms.kinds import ABOVE, BELOW, BIT, Bits, State, failed, marks
from outwork.match.terms.terms import Terms
from outwork.model.axis import Array, Index

PROCESS: Final = np.uint32(BIT["process"])
NO_MACHINE: Final = np.uint32(BIT["process"] | BIT["hours"])
"""What a site lacks that is known to have no machine for a process: the process, and any hour of it."""
OF_MACHINE: Final = np.uint32(BELOW & ~BIT["certificate"])
"""Needs that a machine or its crew meets, rather than the site."""


def judge(needs: Needs, offers: Offers, terms: Terms, near: int = 1) -> Judged:
    """Return the pairs that can, that may, and that cannot for at most `near` needs."""
    return Bench(needs, offers, related(needs, offers, terms), near).judged()


@dataclass(frozen=True, eq=False)
class Bench:
    """Needs and offers beside each other."""

    needs: Needs
    offers: Offers
    related: Related
    near: int

    def judged(self) -> Judged:
        """Judge all operations."""
        found: list[Judged] = []
        papers, known = self.papers(), self.related.understood
        used = np.unique(self.offers.process)
        offered = (self.related.process[:, used] != NONE).any(axis=1)
        for want in np.flatnonzero(known & offered):
            offers = np.flatnonzero(self.related.process[want, self.offers.process] != NONE)
            operations = np.flatnonzero(self.needs.process == want)
            found += self.bucket(operations, offers, self.related.process[want], papers)
        everywhere = np.arange(len(self.offers.sites))
        found.append(self.riddle(np.flatnonzero(~known[self.needs.process])))
        found.append(self.bare(np.flatnonzero((known & ~offered)[self.needs.process]), everywhere, papers))
        return answered(joined(found), self.needs.makers, self.offers.sites)

    def papers(self) -> Bits:
        """Return what certificates add to pairs. [set in a window, site], a set being numbered sets x windows + window."""
        needs, held = self.needs, self.related.held
        width = len(needs.windows.first)
        found = np.zeros((len(needs.sets) * width + 1, len(self.offers.sites)), np.uint32)
        place = {each: at for at, each in enumerate(held.asks)}
        for key in np.unique(self.paper_keys[self.paper_keys >= 0]):
            asks = [place[ask, int(key) % width] for ask in needs.sets[int(key) // width]]
            found[key] = marks("certificate")[held.state[asks].max(axis=0)]
        return found

    @property
    def paper_keys(self) -> Index:
        """Return the row of `papers` of every operation, -1, the row of nothing, where it asks for none. [operation]."""
        needs = self.needs
        return np.where(needs.papers < 0, -1, needs.papers * len(needs.windows.first) + needs.windows.of)

    def riddle(self, operations: Index) -> Judged:
        """Judge operations of which nobody knows what they are: unknown at every site, for the designer has to be asked."""
        bits = np.full((len(operations), len(self.offers.sites)), PROCESS << np.uint32(ABOVE))
        return _kept(operations, np.arange(len(self.offers.sites)), bits, self.near)

    def bare(self, operations: Index, sites: Index, papers: Bits) -> Judged:
        """Judge sites that offer nothing for the process of the operations, by record and certificates."""
        some = sites if self.near >= NO_MACHINE.bit_count() else sites[~self.offers.complete[sites]]
        return _kept(operations, some, self.bare_bits(operations, some, papers), self.near)

    def bare_bits(self, operations: Index, sites: Index, papers: Bits) -> Bits:
        """Return the bits of such sites: what their machines are to meet is not known, or they have none. [operation, site]."""
        asked = (self.needs.asked[operations].astype(np.uint32) & OF_MACHINE) << np.uint32(ABOVE)
        machine = np.where(self.offers.complete[sites][None, :], NO_MACHINE, asked[:, None])
        bits: Bits = machine | papers[self.paper_keys[operations]][:, sites]
        return bits

    def bucket(self, operations: Index, offers: Index, states: Index, papers: Bits) -> tuple[Judged, Judged]:
        """Judge operations of one process against the offers of it; and all other sites by their record.

        Args: states [process], how each offered process stands to the wanted one.
        """
        bits = self.offered_bits(operations, offers) | marks("process")[states[self.offers.process[offers]]][None, :]
        hours = self.offers.hours[:, offers]
        window = self.needs.windows.of[operations]
        near = nearest_offers(bits, hours, window, self.offers.site[offers])
        sites = self.offers.site[offers[near.begins]]
        bits = near.bits | papers[self.paper_keys[operations]][:, sites]
        found = _kept(operations, sites, bits, self.near, offers[near.offer], self.pools(offers, near.begins)[window])
        others = np.delete(np.arange(len(self.offers.sites)), sites)
        return found, self.bare(operations, others, papers)

    def pools(self, offers: Index, begins: Index) -> Array:
        """Return the spare hours of all resources of a site that are among the offers, each once. [window, site]."""
        held = self.offers
        again = np.zeros(len(offers), bool)
        again[1:] = (held.site[offers][1:] == held.site[offers][:-1]) & (held.nth[offers][1:] == held.nth[offers][:-1])
        counted = ~again & ~held.listing[offers]
        hours = np.add.reduceat(np.where(counted, held.hours[:, offers], 0.0), begins, axis=1)
        told = np.logical_or.reduceat(counted, begins)
        return np.where(told, hours, np.nan)

    def offered_bits(self, operations: Index, offers: Index) -> Bits:
        """Return what needs of the machine add to pairs of operations and offers. [operation, offer]."""
        needs, held = self.needs, self.offers
        bits = _hours(held.hours[:, offers])[needs.windows.of[operations]]
        asked = needs.asked[operations]
        if (asks := np.flatnonzero(asked & BIT["material"])).size:
            bits[asks] |= self.related.material[needs.material[operations[asks]]][:, held.materials[offers]]
        if (asks := np.flatnonzero(asked & BIT["class"])).size:
            bits[asks] |= self.related.quality[needs.quality[operations[asks]]][:, held.quality[offers]]
        if (asks := np.flatnonzero(asked & BIT["envelope"])).size:
            bits[asks] |= _envelope(needs.edges[operations[asks]], held.sure[:, offers], held.possible[:, offers])
        if (asks := np.flatnonzero(asked & BIT["tolerance"])).size:
            bits[asks] |= _limited(held.tolerance[offers], needs.tolerance[operations[asks]], marks("tolerance"))
        if (asks := np.flatnonzero(asked & BIT["mass"])).size:
            bits[asks] |= _limited(-held.mass[offers], -needs.mass[operations[asks]], marks("mass"))
        if (asks := np.flatnonzero(asked & BIT["batch"])).size:
            bits[asks] |= _batch(held.least[offers], held.most[offers], needs.batch[operations[asks]])
        return bits


def _kept(
    operations: Index, sites: Index, bits: Bits, near: int, offer: Index | None = None, hours: Array | None = None
) -> Judged:
    """Return the pairs that fail in few needs. Args: bits, offer, hours [operation, site]."""
    row, column = np.nonzero(np.bitwise_count(failed(bits)) <= near)
    return Judged(
        operations[row].astype(np.int32), sites[column].astype(np.int32),
        np.full(len(row), -1, np.int32) if offer is None else offer[row, column].astype(np.int32),
        bits[row, column], np.full(len(row), np.nan) if hours is None else hours[row, column],
    )  # fmt: skip


def _hours(spare: Array) -> Bits:
    """Return the bits for spare hours: there are some, none, or nobody knows. [window, offer]."""
    state = np.where(np.isnan(spare), State.UNKNOWN, np.where(spare > 0, State.MET, State.FAILED))
    return marks("hours")[state]


def _limited(held: Array, most: Array, mark: Bits) -> Bits:
    """Return the bits where what is held, nan for unknown, must be at most something. [operation, offer]."""
    over = (held[None, :] > most[:, None]) * mark[State.FAILED]
    bits: Bits = over | np.isnan(held) * mark[State.UNKNOWN]
    return bits


def _envelope(part: Array, sure: Array, possible: Array) -> Bits:
    """Return the bits for a part that has to fit, turned by right angles.

    A part fits into a box in some such position where its longest edge is no longer than the box's longest, its second no
    longer than the second, its third no longer than the third. It fits for sure where it does with unknown edges of the
    box taken for nothing, and cannot where it does not with them taken for endless. Args: part [operation, 3]; sure,
    possible [3, offer], all in mm with the longest edge first.
    """
    mark = marks("envelope")
    doubt = np.zeros((len(part), sure.shape[1]), bool)
    over = doubt.copy()
    for edge in range(3):
        wanted = part[:, edge, None]
        doubt |= wanted > sure[edge]
        over |= wanted > possible[edge]
    bits: Bits = np.where(over, mark[State.FAILED], doubt * mark[State.UNKNOWN])
    return bits


def _batch(least: Array, most: Array, batch: Array) -> Bits:
    """Return the bits for an order that has to be neither too small nor too large. [operation, offer]."""
    mark = marks("batch")
    over = (batch[:, None] < least) | (batch[:, None] > most)
    bits: Bits = np.where(over, mark[State.FAILED], (np.isnan(least) | np.isnan(most)) * mark[State.UNKNOWN])
    return bits
