"""How what is offered stands to what is wanted, each pair of texts once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from outwork.match.judging.needs import LITERAL, Needs
from outwork.match.judging.offers import Offers
from outwork.match.judging.papers import Held, held
from outwork.match.terms import materials
from outwork.match.terms.columns import Names
from outwork.match.terms.kinds import Bits, State, marks
from outwork.match.terms.terms import Terms, Words
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
    process = processes(needs.processes, offers.processes, terms.words)
    lists, qualities = (*offers.lists, ""), (*offers.qualities, "")
    material = materials.states(lists, needs.materials, terms.materials)
    quality = [[terms.classes.state(each, wanted) for each in qualities] for wanted in needs.qualities]
    return Related(
        process, understood(needs, offers), _bits(material, marks("material")),
        _bits(np.array(quality, np.int64).reshape(-1, len(qualities)), marks("class")),
        held(needs, offers.papers, offers.complete, terms.schemes),
    )  # fmt: skip


def understood(needs: Needs, offers: Offers) -> Mask:
    """Return whether anybody knows what is wanted: the taxonomy does, or some site says that it does just that. [wanted]."""
    said = {offers.processes[place] for place in np.unique(offers.process)}
    return np.array([bool(name) and (coded(name) or name in said) for name in needs.processes], bool)


def extended(known: Related, fresh: Related, before: Offers, after: Offers, one: Offers, place: int) -> Related:
    """Return how offers stand to needs after those of one site were replaced.

    Args: known, fresh, of the offers before and of those of the one site alone; after, the offers as they are now; place, of
    the site. What nobody offers any more stays in the tables and harms nothing.
    """
    process = _new(after.processes, before.processes, one.processes)
    material, quality = _new(after.lists, before.lists, one.lists), _new(after.qualities, before.qualities, one.qualities)
    return Related(
        np.concatenate([known.process, fresh.process[:, process]], axis=1), fresh.understood,
        _wider(known.material, fresh.material[:, material]), _wider(known.quality, fresh.quality[:, quality]),
        known.held.replaced(fresh.held, place),
    )  # fmt: skip


def _new(after: Names, before: Names, one: Names) -> list[int]:
    """Return where names that were added stand among those of the one site."""
    return [one.index(name) for name in after[len(before) :]]


def _wider(table: Bits, more: Bits) -> Bits:
    """Return a table with further columns before its last, which is that of blanks."""
    return np.concatenate([table[:, :-1], more, table[:, -1:]], axis=1)


def processes(wanted: Names, offered: Names, words: Words) -> Index:
    """Return how every offered process stands to every wanted one. [wanted, offered].

    The same or a narrower one meets it, and of a broader one it is not known.
    """
    found = np.full((len(wanted), len(offered)), NONE, np.int64)
    above = {name: set(words.ancestors(name)) if coded(name) else set() for name in {*wanted, *offered}}
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


def _bits(states: Index, mark: Bits) -> Bits:
    """Return what states [wanted, offered] add to a pair, with a row of nothing behind them for what asks nothing."""
    found: Bits = mark[np.concatenate([states, np.full((1, states.shape[1]), State.MET)])]
    return found
