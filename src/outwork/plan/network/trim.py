"""Windows cut to what can be there and can still matter, and held open for what is already decided.

A commitment is kept even where what it starts arrives after the horizon, so its member stays open until its step. In the
steps between only what is useless may happen besides.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from outwork.model.axis import NEVER, Index, group
from outwork.plan.network.lanes import Lanes, Legs
from outwork.plan.network.making import Making
from outwork.plan.network.reach import Reach
from outwork.plan.network.wanting import Decided, Offers


def pairs(making: Making, found: Reach, decided: Decided, steps: int) -> Making:
    """Cut the windows of pairs to where their components can be there and their output can still matter."""
    fixed = latest(decided, "make", (making.operation, making.site), (decided.operation, decided.site), steps)
    useful = np.maximum(steps - 1 - making.lead - found.tail[making.item, making.site], fixed)
    first = np.maximum(making.first, np.minimum(found.pair, NEVER))
    return replace(making, first=first, last=np.minimum(making.last, useful))


def offers(offered: Offers, found: Reach, decided: Decided, steps: int) -> Offers:
    """Cut the windows of offers to where what is ordered can still matter."""
    own = (offered.item, offered.site, offered.party)
    fixed = latest(decided, "buy", own, (decided.item, decided.site, decided.party), steps)
    useful = np.maximum(steps - 1 - offered.lead - found.tail[offered.item, offered.site], fixed)
    return replace(offered, last=np.minimum(offered.last, useful))


def legs(moves: Legs, lanes: Lanes, found: Reach, decided: Decided, steps: int) -> Legs:
    """Return the legs that can carry something from where it can be to where it can matter, with their windows cut."""
    origin, destination = lanes.origin[moves.lane], lanes.destination[moves.lane]
    own = (moves.item, origin, destination, lanes.mode_of[moves.lane])
    fixed = latest(decided, "ship", own, (decided.item, decided.site, decided.destination, decided.mode), steps)
    useful = np.maximum(steps - 1 - lanes.lead[moves.lane] - found.tail[moves.item, destination], fixed)
    first = np.maximum(moves.first, found.earliest[moves.item, origin])
    last = np.minimum(moves.last, useful)
    return replace(moves, first=first, last=last).keep(np.flatnonzero(first <= last))


def latest(decided: Decided, kind: str, own: tuple[Index, ...], named: tuple[Index, ...], steps: int) -> Index:
    """Return the last step of the horizon in which a commitment of a kind fixes each member, -1 without one. [member].

    Args: own, for each axis the positions of the members; named, for the same axes those that commitments name.
    """
    held = decided.of(kind)
    held = held[(decided.step[held] >= 0) & (decided.step[held] < steps)]
    number, _ = group(*(np.r_[mine, theirs[held]] for mine, theirs in zip(own, named, strict=True)))
    last = np.full(int(number.max(initial=-1)) + 1, -1)
    np.maximum.at(last, number[len(own[0]) :], decided.step[held])
    return last[number[: len(own[0])]]
