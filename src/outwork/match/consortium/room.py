"""How much time is left to every pair: bounds that hold whatever the other pairs do."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from outwork.match.consortium.field import Field
from outwork.model.axis import Array, Mask


@dataclass(frozen=True, eq=False)
class Room:
    """Time between the soonest begin of a pair and the latest end that still leaves the design in time.

    Args: soonest [item], day before which its first unit is not there; latest [item], day after which it would be too late for
    the design, inf where there is no limit; begin [pair], day before which the pair cannot begin; left [pair], days in which
    its hours have to be worked, below 0 where there are none; most [pair], units that it can make in them; busy [pool], days
    that it works at most.
    """

    soonest: Array
    latest: Array
    begin: Array
    left: Array
    most: Array
    busy: Array


def room(field: Field, able: Mask, days: float) -> Room:
    """Return the room that a limit of days leaves to the pairs of `able`. A limit of inf leaves the window.

    soonest[i] = min_p ( max(start[p], max_j soonest[j]) + lead[o] ) over the pairs p of operations o that make i of items j,
    latest[i] = days - tail[i], the days that pass at least from i to the design, and left = latest - lead - begin.
    """
    routing, soonest = field.routing, np.zeros(len(field.routing.items))
    begin = field.start.copy()
    for item in routing.order:
        first = inf
        for operation in routing.making(item):
            pairs = np.flatnonzero(field.operation == operation)
            begin[pairs] = np.maximum(begin[pairs], soonest[routing.inputs(operation)].max(initial=0.0))
            first = min(first, begin[pairs][able[pairs]].min(initial=inf) + routing.lead[operation])
        soonest[item] = first if np.isfinite(first) else 0.0
    latest = np.where(np.isfinite(routing.tail), days - routing.tail, -inf)
    left = latest[routing.makes[field.operation]] - routing.lead[field.operation] - begin
    worked = np.clip(left, 0.0, field.window)
    most = field.most.copy()
    units, share = field.hours.most[field.load_pool] / field.load_hours, worked[field.load_pair] / field.window
    reach = np.multiply(units, share, out=np.zeros(len(units)), where=share > 0)  # of endless hours, in no time, none
    np.minimum.at(most, field.load_pair, reach)
    busy = np.zeros(len(field.hours.pool_site))
    np.maximum.at(busy, field.load_pool, np.where(able, worked, 0.0)[field.load_pair])
    return Room(soonest, latest, begin, left, most, busy)
