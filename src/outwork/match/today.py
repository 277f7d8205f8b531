"""What a site makes today it can make: that goes before every cell that nobody has filled in."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from outwork.match.judged import Judged
from outwork.match.kinds import ABOVE, BELOW, BIT
from outwork.model.axis import Axis, Index, Mask
from outwork.model.programme import Programme

Makes = tuple[Index, tuple[str, ...]]
"""Places of operations and names of the sites that are qualified for them, row by row."""

STAYS: Final = np.uint32(BELOW | BIT["hours"] << ABOVE)
"""Bits that making a thing today does not answer: what failed, and whether hours are spare."""


def makes(programme: Programme, operations: Axis) -> Makes:
    """Read who is qualified for what today."""
    rows = programme["qualifications"].filter(status="qualified").sort("operation", "site")
    return operations.at(rows["operation"]), tuple(rows["site"].to_list())


def shown(judged: Judged, made: Makes, sites: Axis) -> Mask:
    """Return the pairs whose site makes the operation today on a machine that is known. [pair]."""
    operation, names = made
    place = np.array([sites.position.get(name, -1) for name in names], np.int64)
    today = (operation * len(sites) + place)[place >= 0]
    pairs: Mask = np.isin(judged.operation.astype(np.int64) * len(sites) + judged.site, today) & (judged.offer >= 0)
    return pairs


def answered(judged: Judged, made: Makes, sites: Axis) -> Judged:
    """Return the pairs with the questions left out that are answered by the site's making it today."""
    return replace(judged, bits=np.where(shown(judged, made, sites), judged.bits & STAYS, judged.bits))
