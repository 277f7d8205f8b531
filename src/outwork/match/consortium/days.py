"""When the last unit of a consortium is there, from what its pairs make."""

from __future__ import annotations

import numpy as np

from outwork.match.consortium.build_days import per_unit
from outwork.match.consortium.field import Field
from outwork.model.axis import Mask
from outwork.solve.blocks import Array


def completion(field: Field, make: Array, used: Mask) -> float:
    """Return the day on which the last unit of the design is there, the least that the rows of build_days.py allow.

    Args: make [pair] units started; used [pair]. With o the operation of pair p and j the items that it takes:
        first[i] = max_p ( max(start[p], max_j first[j]) + lead[o] )
        last[i]  = max_p ( max( max(start[p], max_j first[j]) + busy[p], max_j last[j] ) + lead[o] )
    """
    routing = field.routing
    busy = busy_days(field, make)
    first, last = np.zeros(len(routing.items)), np.zeros(len(routing.items))
    for item in routing.order:
        for pair in np.flatnonzero(used & (routing.makes[field.operation] == item)):
            operation = field.operation[pair]
            inputs, lead = routing.inputs(operation), routing.lead[operation]
            start = max(field.start[pair], first[inputs].max(initial=0.0))
            first[item] = max(first[item], start + lead)
            last[item] = max(last[item], max(start + busy[pair], last[inputs].max(initial=0.0)) + lead)
    return float(last[routing.goal])


def busy_days(field: Field, make: Array) -> Array:
    """Return how long the busiest pool of every pair works for the consortium. [pair] in days."""
    pool, busy = np.zeros(len(field.hours.pool_site)), np.zeros(field.size)
    np.add.at(pool, field.load_pool, per_unit(field) * make[field.load_pair])
    np.maximum.at(busy, field.load_pair, pool[field.load_pool])
    return busy
