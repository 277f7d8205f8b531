"""The cheapest set of repairs that mends everything, where one repair may mend several things and is paid once."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from outwork.match.terms.book import Book
from outwork.model.errors import Unproven
from outwork.solve.blocks import Model
from outwork.solve.options import Options
from outwork.solve.run import run

FEW: Final = 2000
"""So many sets are tried one by one; more are left to branch and bound."""
EXACT: Final = Options(gap=0.0)


@dataclass(frozen=True, order=True)
class Mend:
    """A repair at a site: its place in the book, and for what it is paid once there (empty: the site)."""

    repair: int
    subject: str = ""


def cheapest(ways: Sequence[tuple[Mend, ...]], book: Book) -> tuple[Mend, ...] | None:
    """Return the set of least cost that holds one way for every thing to mend, in its order; None where one has no way.

    Args: ways, for each thing to mend the repairs of which any one mends it. Of sets of equal cost the one that is done
    first, then the smaller, then the first in order; branch and bound takes any.
    """
    if not all(ways):
        return None
    distinct = sorted(set(ways))
    if math.prod(map(len, distinct)) > FEW:
        return _solved(distinct, book)
    sets = {tuple(sorted(set(choice))) for choice in itertools.product(*distinct)}
    return min(sets, key=lambda mends: (cost(mends, book), days(mends, book), len(mends), mends))


def cost(mends: Sequence[Mend], book: Book) -> float:
    """Return what repairs cost together, EUR."""
    return sum(book.repairs[mend.repair].cost for mend in mends)


def days(mends: Sequence[Mend], book: Book) -> float:
    """Return how long repairs take that are done side by side: the longest of them, half of such taking longer [day]."""
    return max((book.repairs[mend.repair].days for mend in mends), default=0.0)


def _solved(ways: Sequence[tuple[Mend, ...]], book: Book) -> tuple[Mend, ...]:
    """Return the cheapest set by branch and bound: minimise sum_m cost[m] x[m], sum over the ways of each thing x[m] >= 1."""
    mends = sorted({mend for way in ways for mend in way})
    place = {mend: at for at, mend in enumerate(mends)}
    model = Model()
    price = np.array([book.repairs[mend.repair].cost for mend in mends])
    taken = model.variables("taken", {"mend": np.arange(len(mends))}, cost=price, upper=1.0, integer=True)
    rows = model.rows("mended", {"thing": np.arange(len(ways))}, lower=1.0)
    for row, way in enumerate(ways):
        model.terms(rows, np.full(len(way), row), taken, np.array([place[mend] for mend in way]))
    answer = run(model.freeze(), EXACT)
    if answer.x is None:
        raise Unproven(f"repairs of a site: {answer.sentence}")
    return tuple(mend for mend, value in zip(mends, np.rint(answer.x), strict=True) if value)
