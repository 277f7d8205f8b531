"""Materials: what a site works, against what an operation wants worked.

Who works a broader material works the wanted one. Who works a narrower one works a kind of what is wanted, but perhaps not
the kind that is meant, and that is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from outwork.match.kinds import State
from outwork.match.order import Order, ordered
from outwork.match.spelling import parts
from outwork.model.errors import Fault
from outwork.model.sheet import lines

FILE: Final = "materials.csv"
COLUMNS: Final = ("material", "broader", "names")


def read(texts: Mapping[str, str], faults: list[Fault]) -> Order:
    """Read the materials: which is a kind of which, and how each is written."""
    rows = [(line, line.needed("material"), line.names("broader")) for line in lines(FILE, texts, COLUMNS, faults)]
    return ordered(rows, "broader", "material")


def state(held: str, wanted: str, materials: Order) -> State:
    """Return whether a list of materials, separated by semicolons, holds the wanted one."""
    name = materials.name(wanted)
    names = [materials.name(part) for part in parts(held)]
    if not names or any(materials.implies(name, each) for each in names):
        return State.MET if names else State.UNKNOWN
    return State.UNKNOWN if any(materials.implies(each, name) for each in names) else State.FAILED
