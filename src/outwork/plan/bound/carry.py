"""Prices of a model in long buckets as prices of the same model in shorter ones."""

from __future__ import annotations

import numpy as np

from outwork.model.axis import Array, Index
from outwork.plan.build import Formulation
from outwork.solve.blocks import Block


def carried(coarse: Formulation, prices: Array, fine: Formulation) -> Array:
    """Return for each row of `fine` the price of the row of `coarse` with its keys and the bucket in which its middle lies.

    By themselves such prices prove little, for they do not fit each other; `certify` mends that, so that a coarse solve gives a
    bound of the fine model. Rows that share their keys share a price. Args: two models of one programme that differ in their
    buckets only; prices [row of coarse].
    """
    edges = fine.network.horizon.edges
    middle = coarse.network.horizon.bucket_of[(edges[:-1] + edges[1:] - 1) // 2]
    found = np.zeros(len(fine.problem.row_lower))
    for name, block in fine.problem.rows.items():
        source = coarse.problem.rows[name]
        place = _places(source, block, middle)
        known = place >= 0
        found[block.slice][known] = prices[source.slice][place[known]]
    return found


def _places(source: Block, block: Block, middle: Index) -> Index:
    """Return the position in `source` of every member of a block, -1 where it has none."""
    keys = [middle[values] if axis == "bucket" else values for axis, values in block.keys.items()]
    both = np.stack([np.r_[source.keys[axis], own] for axis, own in zip(block.keys, keys, strict=True)])
    _, number = np.unique(both, axis=1, return_inverse=True)
    number = number.ravel()
    place = np.full(int(number.max(initial=-1)) + 1, -1)
    place[number[: source.size]] = np.arange(source.size)
    return place[number[source.size :]]
