"""Ways to serve a demand from a single source without mixing its units with the stock at its site."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from outwork.model.axis import Index, Mask, join
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


def read(wishes: Wishes, legs: Legs, lanes: Lanes, source: Mask, steps: int) -> Directs:
    """Return every leg that carries the item of a single-source demand to its site, and the site itself if it is a source.

    Args: source [item, site], where an item begins: it is made, bought or kept there, or already on its way there. Stock
    anywhere else would come from other sites, perhaps from several.
    """
    single, sites = np.flatnonzero(wishes.single), source.shape[1]
    ask = wishes.item[single] * sites + wishes.site[single]
    here, leg = join(ask, legs.item * sites + lanes.destination[legs.lane])
    home = single[source[wishes.item[single], wishes.site[single]]]
    demand = np.r_[single[here], home]
    own = np.full(len(home), OWN)
    return Directs(
        demand, np.r_[leg, own], wishes.item[demand], np.r_[lanes.origin[legs.lane[leg]], wishes.site[home]],
        np.r_[lanes.lead[legs.lane[leg]], np.zeros(len(home), np.int64)],
        np.r_[legs.first[leg], wishes.earliest[home]], np.r_[legs.last[leg], np.full(len(home), steps - 1)],
    )  # fmt: skip
