"""Which resource serves which process in every step, site by site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np
import polars as pl

from outwork.plan.replay.flow import Source, spread
from outwork.plan.replay.hours import Array, Capacity

LACKING = {"site": pl.String, "step": pl.Int64, "process": pl.String, "need": pl.Float64, "over": pl.Float64}


@dataclass(frozen=True, eq=False)
class Tier:
    """Hours of one resource at one price: `row` of the resource, EUR/h, hours [step]."""

    row: int
    price: float
    hours: Array


def serve(need: pl.DataFrame, capacity: Capacity, tiers: Sequence[Tier]) -> tuple[Array, pl.DataFrame]:
    """Serve `need` (site, process, step, hours; sorted by site and step) from the tiers, the first ones first.

    Returns the hours that each tier gives [tier, step], and what lacks: site, step, process, need and over, both in hours.
    """
    serves = _processes(capacity)
    here = defaultdict(list)
    sites = capacity.resources["site"].to_list()
    for position, tier in enumerate(tiers):
        here[sites[tier.row]].append(position)
    given = np.zeros((len(tiers), capacity.ordinary.shape[1]))
    lacking: list[tuple[str, int, str, float, float]] = []
    rows = need.select("site", "step", "process", "hours").iter_rows()
    for (site, step), group in groupby(rows, key=itemgetter(0, 1)):
        hours = {process: amount for _, _, process, amount in group}
        served = spread(hours, [Source(float(tiers[tier].hours[step]), serves[tiers[tier].row]) for tier in here[site]])
        given[here[site], step] = served.given
        lacking += [(site, step, process, hours[process], over) for process, over in served.lacking.items()]
    return given, pl.DataFrame(lacking, schema=LACKING, orient="row")


def _processes(capacity: Capacity) -> dict[int, list[str]]:
    """Return the processes that each resource serves, by its row."""
    serves = defaultdict(list)
    for row, process in capacity.serves.select("row", "process").iter_rows():
        serves[row].append(process)
    return serves
