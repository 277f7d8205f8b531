"""Of all offers of a site, the one that comes nearest to what an operation asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from outwork.match.terms.kinds import Bits, failed, unknown
from outwork.model.axis import Array, Index

WEIGHT: Final = 32
"""A need that failed counts more than all that can be unknown."""


@dataclass(frozen=True, eq=False)
class Nearest:
    """The nearest offers: begins [site], where each site's offers begin; place and bits of its nearest [operation, site]."""

    begins: Index
    offer: Index
    bits: Bits


def nearest_offers(bits: Bits, hours: Array, window: Index, site: Index) -> Nearest:
    """Return the offer of each site that fails in fewest needs, then leaves fewest unknown, then has most hours, then is first.

    Args: bits [operation, offer]; hours [window, offer], nan for unknown, which is less than none; window [operation]; site
    [offer], ascending.
    """
    begins = np.flatnonzero(np.diff(site, prepend=-1))
    ends = np.append(begins[1:], len(site))
    offer = np.broadcast_to(begins, (len(bits), len(begins))).copy()
    several = np.flatnonzero(ends - begins > 1)
    if several.size:
        columns = np.flatnonzero(np.repeat(ends - begins > 1, ends - begins))
        offer[:, several] = columns[_first(bits[:, columns], hours[:, columns], window, site[columns])]
    return Nearest(begins, offer, np.take_along_axis(bits, offer, axis=1))


def _first(bits: Bits, hours: Array, window: Index, site: Index) -> Index:
    """Return the place of the nearest among the offers of every site. [operation, site]."""
    begins = np.flatnonzero(np.diff(site, prepend=-1))
    group = np.cumsum(np.diff(site, prepend=-1) != 0) - 1
    distance = _distance(bits)
    best = distance == np.minimum.reduceat(distance, begins, axis=1)[:, group]
    known = np.where(np.isnan(hours), -1.0, hours)[window]
    known[~best] = -2.0
    best &= known == np.maximum.reduceat(known, begins, axis=1)[:, group]
    places = np.where(best, np.arange(len(site)), len(site))
    first: Index = np.minimum.reduceat(places, begins, axis=1)
    return first


def _distance(bits: Bits) -> NDArray[np.uint16]:
    """Return how far offers are: needs that failed, then needs unknown."""
    far = np.bitwise_count(failed(bits)).astype(np.uint16) * np.uint16(WEIGHT)
    return far + np.bitwise_count(unknown(bits))
