"""What can matter at all: where an item can be at the earliest, and how long it takes from there to a demand at the least.

Only variables between the two exist. Both are shortest paths over (item, site), found by passes over all arcs until
nothing changes; there are as many passes as levels and lanes on the longest chain.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from outwork.model.axis import NEVER, Axis, Index, Mask, flags, group
from outwork.model.programme import Programme
from outwork.plan.network.lanes import Lanes, Legs
from outwork.plan.network.making import Making
from outwork.plan.network.wanting import Decided, Offers, Stores, Wishes


@dataclass(frozen=True, eq=False)
class Reach:
    """How early and how near to a demand.

    earliest [item, site]: first step in which the item can be there. tail [item, site]: least steps from there to a demand.
    """

    earliest: Index
    tail: Index
    pair: Index
    """First step in which a pair can start units. [pair]."""


def able(programme: Programme, items: Axis, sites: Axis) -> tuple[Mask, Mask]:
    """Return where an item may be sent from and taken in, both [item, site], as docs/reference/meaning.md says of transit.

    That speaks of rows of the tables, whether or not they can be used.
    """
    tables = programme.tables
    pairs = tables["qualifications"].select("operation", "site")
    made = pairs.join(tables["operations"].select("operation", "item"), on="operation")
    taken = pairs.join(tables["components"].select("operation", "item"), on="operation")
    transit = flags(tables["sites"], "transit")
    marks = np.broadcast_to(transit, (2, len(items), len(sites))).copy()
    for mask, frames in zip(marks, ((made, tables["supplies"], tables["stocks"]), (taken, tables["demands"])), strict=True):
        for frame in frames:
            mask[items.at(frame["item"]), sites.at(frame["site"])] = True
    return marks[0], marks[1]


def sources(making: Making, offers: Offers, stores: Stores, shape: tuple[int, ...]) -> Mask:
    """Return where an item begins: it is made, bought or kept there. [item, site]."""
    found = np.zeros(shape, bool)
    for owner in (making, offers, stores):
        found[owner.item, owner.site] = True
    return found


def candidates(lanes: Lanes, sends: Mask, takes: Mask) -> tuple[Index, Index]:
    """Return (lane, item) of all that could move, by what sites may send and take in."""
    fits = sends.T[lanes.origin] & takes.T[lanes.destination]
    bound = np.flatnonzero(lanes.item >= 0)
    only = np.zeros((len(bound), fits.shape[1]), bool)
    only[np.arange(len(bound)), lanes.item[bound]] = True
    fits[bound] &= only
    lane, item = np.nonzero(fits)
    return lane.astype(np.int64), item.astype(np.int64)


def measure(
    making: Making,
    lanes: Lanes,
    legs: Legs,
    offers: Offers,
    stores: Stores,
    wishes: Wishes,
    decided: Decided,
    shape: tuple[int, int],
) -> Reach:
    """Return how early and how near to a demand every item is at every site."""
    earliest = np.full(shape, NEVER)
    np.minimum.at(earliest, (offers.item, offers.site), offers.first + offers.lead)
    held = stores.on_hand > 0
    earliest[stores.item[held], stores.site[held]] = 0
    at = _committed(making, decided)
    earliest[at] = 0
    pair = _settle(making, lanes, legs, earliest)
    tail = np.full(shape, NEVER)
    tail[wishes.item, wishes.site] = 0
    tail[at] = 0
    guarded = stores.safety > 0
    tail[stores.item[guarded], stores.site[guarded]] = 0
    _tails(making, lanes, legs, tail)
    return Reach(earliest, tail, pair)


def _committed(making: Making, decided: Decided) -> tuple[Index, Index]:
    """(item, site) of everything that a commitment touches: it must stay in the model, whatever else prunes it."""
    pairs = [
        np.flatnonzero((making.operation == decided.operation[k]) & (making.site == decided.site[k]))
        for k in decided.of("make")
    ]
    pair = np.concatenate([np.empty(0, np.int64), *pairs])
    used = np.isin(making.use_pair, pair)
    moves = np.r_[decided.of("buy"), decided.of("ship")]
    ships = decided.of("ship")
    item = [making.item[pair], making.use_item[used], decided.item[moves], decided.item[ships]]
    site = [making.site[pair], making.site[making.use_pair[used]], decided.site[moves], decided.destination[ships]]
    return np.concatenate(item), np.concatenate(site)


def _settle(making: Making, lanes: Lanes, legs: Legs, earliest: Index) -> Index:
    """Lower `earliest` in place until nothing changes; return the first step of every pair."""
    own = _ready(making)
    needed = _needs(making)
    origin, destination = lanes.origin[legs.lane], lanes.destination[legs.lane]
    while True:
        before = earliest.copy()
        there = earliest[making.use_item, making.site[making.use_pair]]
        start = own.copy()
        there = np.where(making.use_choice < 0, np.minimum(there, making.use_last + 1), there)  # after that nobody needs it
        np.maximum.at(start, making.use_pair[needed >= 0], _best(there, needed)[needed[needed >= 0]])
        start = making.shut.after(start)
        np.minimum.at(earliest, (making.item, making.site), np.where(start <= making.last, start + making.lead, NEVER))
        leave = np.maximum(earliest[legs.item, origin], legs.first)
        np.minimum.at(earliest, (legs.item, destination), np.where(leave <= legs.last, leave + lanes.lead[legs.lane], NEVER))
        if np.array_equal(before, earliest):
            return np.where(start <= making.last, start, NEVER)


def _ready(making: Making) -> Index:
    """Return the first step in which a pair is qualified and may start units. [pair]."""
    ready = np.where(making.possible, NEVER, making.first)
    begun = making.start_step + making.ready_lead[making.start_pair]
    np.minimum.at(ready, making.start_pair, np.maximum(begun, making.first[making.start_pair]))
    return ready


def _needs(making: Making) -> Index:
    """Number the things that a pair must have: each component for itself, alternatives together. -1: not in every step."""
    always = (making.use_first <= 0) | (making.use_choice >= 0)
    alone = np.where(making.use_choice >= 0, making.use_choice, -2 - making.use_item)
    number, _ = group(making.use_pair, alone)
    return np.where(always, number, -1)


def _best(there: Index, needed: Index) -> Index:
    """Return the earliest of the alternatives for every numbered need."""
    best = np.full(int(needed.max(initial=-1)) + 1, NEVER)
    np.minimum.at(best, needed[needed >= 0], there[needed >= 0])
    return best


def _tails(making: Making, lanes: Lanes, legs: Legs, tail: Index) -> None:
    """Lower `tail` in place until nothing changes."""
    site = making.site[making.use_pair]
    origin, destination = lanes.origin[legs.lane], lanes.destination[legs.lane]
    while True:
        before = tail.copy()
        through = making.lead[making.use_pair] + tail[making.item[making.use_pair], site]
        np.minimum.at(tail, (making.use_item, site), np.minimum(through, NEVER))
        np.minimum.at(tail, (legs.item, origin), np.minimum(lanes.lead[legs.lane] + tail[legs.item, destination], NEVER))
        if np.array_equal(before, tail):
            return
