"""Ways to serve a demand from a single source without mixing its units with the stock at its site."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from outwork.plan.network.axis import Index, join
from outwork.plan.network.lanes import Lanes, Legs
from outwork.plan.network.wanting import Wishes

OWN = -1
"""Not a leg: the units come from the stock of the demand's own site."""


@dataclass(frozen=True, eq=False)
class Directs:
    """Ways to serve single-source demands. [direct]: demand; leg, or OWN; item; origin site; lead, first and last step."""

    demand: Index
    leg: Index
    item: Index
    origin: Index
    lead: Index
    first: Index
    last: Index


def read(wishes: Wishes, legs: Legs, lanes: Lanes, sites: int, steps: int) -> Directs:
    """Return every leg that carries the item of a single-source demand to its site, and the site itself."""
    single = np.flatnonzero(wishes.single)
    ask = wishes.item[single] * sites + wishes.site[single]
    here, leg = join(ask, legs.item * sites + lanes.destination[legs.lane])
    demand = np.r_[single[here], single]
    own = np.full(len(single), OWN)
    return Directs(
        demand, np.r_[leg, own], wishes.item[demand], np.r_[lanes.origin[legs.lane[leg]], wishes.site[single]],
        np.r_[lanes.lead[legs.lane[leg]], np.zeros(len(single), np.int64)],
        np.r_[legs.first[leg], wishes.earliest[single]], np.r_[legs.last[leg], np.full(len(single), steps - 1)],
    )  # fmt: skip
