"""Materials: what a site works, against what an operation wants worked.

Who works a broader material works the wanted one. Who works a narrower one works a kind of what is wanted, but perhaps not
the kind that is meant, and that is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from outwork.match.terms.columns import Names
from outwork.match.terms.kinds import State
from outwork.match.terms.order import Order, ordered
from outwork.match.terms.spelling import parts
from outwork.model.axis import Index
from outwork.model.errors import Fault
from outwork.model.sheet import lines

FILE: Final = "materials.csv"
COLUMNS: Final = ("material", "broader", "names")


def read(texts: Mapping[str, str], faults: list[Fault]) -> Order:
    """Read the materials: which is a kind of which, and how each is written."""
    rows = [(line, line.needed("material"), line.names("broader")) for line in lines(FILE, texts, COLUMNS, faults)]
    return ordered(rows, "broader", "material")


def states(held: Names, wanted: Names, materials: Order) -> Index:
    """Return how lists of materials, separated by semicolons, stand to wanted ones. [wanted, held], each a `State`."""
    listed = [{materials.name(part) for part in parts(cell)} for cell in held]
    names = tuple(sorted(set().union(*listed)))
    holds = np.array([[name in cell for name in names] for cell in listed], float).reshape(len(held), len(names))
    goals = [materials.name(each) for each in wanted]
    shape = (len(goals), len(names))
    broad = np.array([[materials.implies(goal, name) for name in names] for goal in goals], float).reshape(shape)
    narrow = np.array([[materials.implies(name, goal) for name in names] for goal in goals], float).reshape(shape)
    doubt = (narrow @ holds.T > 0) | ~holds.any(axis=1)
    return np.where(broad @ holds.T > 0, State.MET, np.where(doubt, State.UNKNOWN, State.FAILED)).astype(np.int64)
