"""How what is offered stands to what is wanted, each pair of texts once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from outwork.match import materials
from outwork.match.columns import Names
from outwork.match.kinds import Bits, State, marks
from outwork.match.needs import LITERAL, Needs
from outwork.match.offers import Offers
from outwork.match.papers import Held, held
from outwork.match.terms import Recogniser, Terms
from outwork.model.axis import Index, Mask

NONE: Final = State.FAILED
"""A process that is no kind of the wanted one, nor the wanted one a kind of it."""


@dataclass(frozen=True, eq=False)
class Related:
    """How what is offered stands to what is wanted.

    process [wanted, offered], a `State`, FAILED where the one has nothing to do with the other; understood [wanted], False
    where nobody knows what is wanted; material [wanted + 1, offered + 1] and quality alike, the bits that they add to a
    pair, the last row for what asks nothing and the last column for blanks; held, certificates.
    """

    process: Index
    understood: Mask
    material: Bits
    quality: Bits
    held: Held


def related(needs: Needs, offers: Offers, terms: Terms) -> Related:
    """Compare every wanted text with every offered one."""
    process = processes(needs.processes, offers.processes, terms.recogniser)
    understood = np.array([
        bool(name) and (not name.startswith(LITERAL) or name in offers.processes) for name in needs.processes
    ], bool)  # fmt: skip
    material = [[materials.state(held_, each, terms.materials) for held_ in (*offers.lists, "")] for each in needs.materials]
    quality = [[terms.classes.state(held_, each) for held_ in (*offers.qualities, "")] for each in needs.qualities]
    return Related(
        process, understood, _bits(material, len(offers.lists), marks("material")),
        _bits(quality, len(offers.qualities), marks("class")), held(needs, offers.papers, offers.complete, terms.schemes),
    )  # fmt: skip


def processes(wanted: Names, offered: Names, recogniser: Recogniser) -> Index:
    """Return how every offered process stands to every wanted one. [wanted, offered].

    The same or a narrower one meets it, and of a broader one it is not known.
    """
    found = np.full((len(wanted), len(offered)), NONE, np.int64)
    above = {name: set(recogniser.ancestors(name)) if coded(name) else set() for name in {*wanted, *offered}}
    for row, want in enumerate(wanted):
        for column, offer in enumerate(offered):
            if want and (want == offer or want in above[offer]):
                found[row, column] = State.MET
            elif offer and offer in above[want]:
                found[row, column] = State.UNKNOWN
    return found


def coded(name: str) -> bool:
    """Return whether a process is one of the taxonomy."""
    return bool(name) and not name.startswith(LITERAL)


def _bits(states: list[list[State]], offered: int, mark: Bits) -> Bits:
    """Return what states add to a pair; behind them a row of nothing for what asks nothing."""
    table = np.array([*states, [State.MET] * (offered + 1)], np.int64)
    return mark[table]
