"""What operations ask and what offers hold, as a person writes it, with units."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

import numpy as np

from outwork.match.judging.matched import Matched
from outwork.model.axis import Array
from outwork.model.tables.matching import Need

Say = Callable[[Matched, int], str]


def asked(found: Matched, operation: int, need: Need) -> str:
    """Return what an operation asks."""
    return ASKED[need](found, operation)


def held(found: Matched, offer: int, need: Need) -> str:
    """Return what an offer has for a need, empty where nobody has said."""
    return HELD[need](found, offer)


def _texts(found: Matched, operation: int) -> str:
    return "; ".join(found.related.held.asks[place][0].text for place in found.asks[operation])


def _weeks(found: Matched, operation: int) -> str:
    windows = found.needs.windows
    start, window = windows.horizon.start, windows.of[operation]
    first, last = (start + timedelta(days=int(days)) for days in (windows.first[window], windows.last[window]))
    return f"hours from {first} to {last}"


def _box(edges: Array) -> str:
    """Return edges in mm, nan as a question mark; nothing where none is known."""
    if np.isnan(edges).all():
        return ""
    return " x ".join("?" if math.isnan(edge) else f"{edge:,g}" for edge in edges) + " mm"


def _number(value: float, unit: str) -> str:
    return "" if math.isnan(value) else f"{value:g} {unit}"


def _batch(least: float, most: float) -> str:
    if math.isnan(least) and math.isnan(most):
        return ""
    low, high = ("?" if math.isnan(each) else f"{each:,g}" for each in (least, most))
    return f"{low} to {high} units"


def _listed(names: tuple[str, ...], place: int) -> str:
    return "" if place < 0 else names[place]


ASKED: Final[Mapping[Need, Say]] = MappingProxyType({
    "process": lambda found, at: found.needs.texts[at],
    "material": lambda found, at: _listed(found.needs.materials, found.needs.material[at]),
    "envelope": lambda found, at: _box(found.needs.edges[at][found.needs.edges[at] > 0]),
    "tolerance": lambda found, at: _number(found.needs.tolerance[at], "mm"),
    "mass": lambda found, at: _number(found.needs.mass[at], "kg"),
    "class": lambda found, at: _listed(found.needs.qualities, found.needs.quality[at]),
    "batch": lambda found, at: _number(found.needs.batch[at], "units at a time"),
    "certificate": _texts,
    "hours": _weeks,
})  # fmt: skip
HELD: Final[Mapping[Need, Say]] = MappingProxyType({
    "process": lambda found, at: found.offers.processes[found.offers.process[at]].removeprefix("~"),
    "material": lambda found, at: _listed(found.offers.lists, found.offers.materials[at]),
    "envelope": lambda found, at: _box(np.where(np.isinf(found.offers.possible[:, at]), np.nan, found.offers.possible[:, at])),
    "tolerance": lambda found, at: _number(found.offers.tolerance[at], "mm"),
    "mass": lambda found, at: _number(found.offers.mass[at], "kg"),
    "class": lambda found, at: _listed(found.offers.qualities, found.offers.quality[at]),
    "batch": lambda found, at: _batch(found.offers.least[at], found.offers.most[at]),
    "certificate": lambda _found, _at: "",
    "hours": lambda found, at: "" if found.offers.listing[at] else "none",
})  # fmt: skip
