"""Licences that a plan applies for, and how late it could."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import polars as pl

from outwork.model.axis import Array, Index, Mask
from outwork.model.frames import from_rows
from outwork.model.tables import BY_NAME
from outwork.model.tables.planned import Application
from outwork.plan.network import Network
from outwork.plan.network.licences import cover, gated, opening


@dataclass(frozen=True, eq=False)
class Done:
    """What a plan does that may need leave. Each is member, step and quantity: legs sent on, pairs made, pairs begun."""

    sent: tuple[Index, Index, Array]
    made: tuple[Index, Index, Array]
    begun: tuple[Index, Index, Array]


@dataclass(frozen=True)
class Used:
    """One use of a licence. Args: step; site; units [unit], of value [EUR]."""

    licence: int
    step: int
    site: str
    units: float
    value: float


def applications(network: Network, done: Done, applied: Mask) -> pl.DataFrame:
    """Return the table `applications`. Args: applied [licence], those that the plan applies for."""
    uses: dict[int, list[Used]] = {}
    for use in (*_moved(network, done, applied), *_taught(network, done, applied)):
        uses.setdefault(use.licence, []).append(use)
    return from_rows(BY_NAME["applications"], [_row(network, *each) for each in sorted(uses.items())]).sort("licence")


def _row(network: Network, licence: int, uses: list[Used]) -> Application:
    own = network.licences
    first = min(uses, key=lambda use: (use.step, use.site))
    day = network.horizon.day(first.step)
    return Application(
        licence=own.names.names[licence],
        apply_on=own.day[licence],
        opens=opening(own, licence),
        apply_by=day - timedelta(days=int(own.lead[licence])),
        first_use=day,
        site=first.site,
        fee=float(own.fee[licence]),
        units=sum(use.units for use in uses),
        value=sum(use.value for use in uses),
    )


def _moved(network: Network, done: Done, applied: Mask) -> Iterator[Used]:
    """Yield what moves under clearances of licences that are applied for."""
    legs, lanes = network.legs, network.lanes
    leg, step, quantity = done.sent
    licence = network.licences.of(legs.clearance[leg], applied)
    for k in np.flatnonzero(licence >= 0):
        site = network.sites.names[lanes.origin[legs.lane[leg[k]]]]
        units = float(quantity[k])
        yield Used(int(licence[k]), int(step[k]), site, units, units * float(network.value[legs.item[leg[k]]]))


def _taught(network: Network, done: Done, applied: Mask) -> Iterator[Used]:
    """Yield what is made and qualified with leave for technology that only licences to apply for give."""
    own, making = network.licences, network.making
    for pair in gated(own, own.pending).tolist():
        free, held = cover(own, network.leave, pair, own.pending, network.horizon.steps)
        site, value = network.sites.names[making.site[pair]], float(network.value[making.item[pair]])
        for (who, step, quantity), counts in ((done.made, 1.0), (done.begun, 0.0)):
            for k in np.flatnonzero((who == pair) & (step >= 0)):
                if free[step[k]]:
                    continue
                units = counts * float(quantity[k])
                givers = [licence for licence, mask in held.items() if mask[step[k]] and applied[licence]]
                yield from (Used(licence, int(step[k]), site, units, units * value) for licence in givers)
