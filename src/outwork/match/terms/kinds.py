"""The needs that an operation can have, as bits, and the three answers to each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Final, get_args

import numpy as np
from numpy.typing import NDArray

from outwork.model.tables.matching import Need

Bits = NDArray[np.uint32]
"""Needs of pairs: what failed in the lower sixteen bits, what is unknown in the upper sixteen."""

NEEDS: Final[tuple[Need, ...]] = get_args(Need)
BIT: Final[Mapping[Need, int]] = MappingProxyType({need: 1 << place for place, need in enumerate(NEEDS)})
FIELD: Final[Mapping[Need, str]] = MappingProxyType({
    "process": "capabilities.process",
    "material": "capabilities.materials",
    "envelope": "capabilities.envelope_x",
    "tolerance": "capabilities.tolerance",
    "mass": "capabilities.mass",
    "class": "capabilities.quality_class",
    "batch": "capabilities.batch_most",
    "certificate": "certificates.scheme",
    "hours": "resources.hours",
})  # fmt: skip
"""Table and column that answer each need."""
ABOVE: Final = 16
"""How far the bits of what is unknown stand above those of what failed."""
BELOW: Final = (1 << ABOVE) - 1


class State(IntEnum):
    """Whether a need is met; the greater is the worse, and the worst of several holds."""

    MET = 0
    UNKNOWN = 1
    FAILED = 2


def marks(need: Need) -> Bits:
    """Return what a need in each state adds to a pair's bits. [state]."""
    return np.array([0, BIT[need] << ABOVE, BIT[need]], np.uint32)


def failed(bits: Bits) -> Bits:
    """Return the bits of the needs that are not met."""
    return bits & np.uint32(BELOW)


def unknown(bits: Bits) -> Bits:
    """Return the bits of the needs of which nobody has said whether they are met."""
    return bits >> np.uint32(ABOVE)


def named(bits: int) -> tuple[Need, ...]:
    """Return the needs of a number of bits, in their order."""
    return tuple(need for need in NEEDS if bits & BIT[need])
