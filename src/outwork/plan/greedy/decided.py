"""Commitments come first, to the unit and the step."""

from __future__ import annotations

import numpy as np

from outwork.model.axis import Index
from outwork.plan.greedy import fit
from outwork.plan.greedy.fit import DUST
from outwork.plan.greedy.pull import Puller
from outwork.plan.network import Network


def keep(puller: Puller) -> tuple[int, ...]:
    """Book what is decided within the horizon, purchases first; return the positions of what cannot be kept in full."""
    decided, steps = puller.network.decided, puller.network.horizon.steps
    inside = np.flatnonzero((decided.step >= 0) & (decided.step < steps))
    order = sorted(inside, key=lambda k: (decided.kind[int(k)] != "buy", decided.step[k]))
    book = {"buy": _buy, "make": _make, "ship": _ship}
    return tuple(int(k) for k in order if book[decided.kind[int(k)]](puller, int(k)) > DUST)


def meant(network: Network, k: int) -> Index:
    """Return positions of the offers, pairs or legs that a commitment to buy, make or ship speaks of."""
    decided, making, offers, lanes, lane = network.decided, network.making, network.offers, network.lanes, network.legs.lane
    if decided.kind[k] == "buy":
        same = (offers.item == decided.item[k]) & (offers.site == decided.site[k]) & (offers.party == decided.party[k])
    elif decided.kind[k] == "make":
        same = (making.operation == decided.operation[k]) & (making.site == decided.site[k])
    else:
        same = (network.legs.item == decided.item[k]) & (lanes.origin[lane] == decided.site[k])
        same &= (lanes.destination[lane] == decided.destination[k]) & (lanes.mode_of[lane] == decided.mode[k])
    return np.flatnonzero(same)


def _buy(puller: Puller, k: int) -> float:
    network, ledger = puller.network, puller.ledger
    decided, offers, step = network.decided, network.offers, int(network.decided.step[k])
    rest = float(decided.quantity[k])
    for offer in meant(network, k):
        ledger.add(ledger.buy, (offer, step), rest)
        ledger.put(ledger.offered, (offer, step), ledger.buy[offer, step])
        _arrive(puller, int(decided.item[k]), int(decided.site[k]), step + int(offers.lead[offer]), rest)
        rest = 0.0
    return rest


def _make(puller: Puller, k: int) -> float:
    network, ledger = puller.network, puller.ledger
    decided, making, step = network.decided, network.making, int(network.decided.step[k])
    rest = float(decided.quantity[k])
    for pair in meant(network, k):
        start = np.zeros(network.horizon.steps)
        start[step] = rest
        rest -= float(puller.begin(int(pair), start)[step]) if rest > 0 else 0.0
        ledger.put(ledger.rate, (pair, step), ledger.make[pair, step])
        good = float(start[step] * making.yield_rate[pair])
        _arrive(puller, int(making.item[pair]), int(making.site[pair]), step + int(making.lead[pair]), good)
    return rest


def _ship(puller: Puller, k: int) -> float:
    network, ledger = puller.network, puller.ledger
    decided, lanes, step = network.decided, network.lanes, int(network.decided.step[k])
    rest = float(decided.quantity[k])
    legs = meant(network, k)
    node = int(network.node[decided.item[k], decided.site[k]])
    for leg in legs:
        leaving = np.zeros(network.horizon.steps)
        leaving[step] = min(rest, puller.passable(int(leg))[step])
        had = puller.pull(node, puller.capped(int(leg), leaving)) if node >= 0 else leaving * 0.0
        ledger.add(ledger.ship, leg, had)
        puller.depart(int(leg), had)
        rest -= float(had[step])
        arrival = step + int(lanes.lead[network.legs.lane[leg]])
        _arrive(puller, int(decided.item[k]), int(decided.destination[k]), arrival, float(had[step]))
    for leg in legs:
        ledger.put(ledger.open, (leg, step), 0.0)
    return rest


def _arrive(puller: Puller, item: int, site: int, step: int, quantity: float) -> None:
    """Put what arrives into stock, where it can still matter."""
    node = int(puller.network.node[item, site])
    if node >= 0 and quantity > 0:
        start = np.zeros(puller.network.horizon.steps)
        start[0] = quantity
        puller.ledger.add(puller.ledger.stock, node, np.cumsum(fit.shifted(start, step)))
