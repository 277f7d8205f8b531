"""What a plan leaves of everything, as the books of the greedy planner."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from outwork.model.axis import Array, Index
from outwork.plan.greedy.decided import meant
from outwork.plan.greedy.ledger import Ledger
from outwork.plan.network import Network
from outwork.plan.replay import Replay
from outwork.plan.rolling.earlier import begun, members

Decisions = Mapping[str, pl.DataFrame]


def left(network: Network, plan: Decisions, replay: Replay) -> Ledger:
    """Return books with nothing booked, and of everything what a plan leaves. Args: replay of the plan."""
    ledger = Ledger(network, begun(network, plan))
    _hours(ledger, replay.work)
    _stock(ledger, replay.stock)
    _rates(ledger, plan)
    _leave(ledger, *booked(network, plan, "ship"))
    _decided(ledger)
    ledger.applied[np.isin(network.licences.names.names, plan["applications"]["licence"].to_list())] = True
    ledger.spent[0] = 0.0
    return ledger


def booked(network: Network, plan: Decisions, name: str) -> tuple[Index, Index, Array]:
    """Return member, step and quantity of what a plan has of make, buy or ship, as far as the network knows it."""
    frame = plan[name]
    member, step = members(network, frame, name), steps(network, frame)
    known = (member >= 0) & (step >= 0) & (step < network.horizon.steps)
    return member[known], step[known], frame["quantity"].to_numpy().astype(np.float64)[known]


def steps(network: Network, frame: pl.DataFrame) -> Index:
    """Return the steps in which rows begin. [row]."""
    return np.array([network.horizon.step(day) for day in frame["start"].to_list()], np.int64)


def _hours(ledger: Ledger, work: pl.DataFrame) -> None:
    """Take away the hours that the plan uses, as the checker has shared them out."""
    network = ledger.network
    resource, step = network.hours.resources.at(work["resource"]), steps(network, work)
    overtime = work["overtime"].to_numpy()
    for layer, used in enumerate((work["used"].to_numpy() - overtime, overtime)):
        known = resource >= 0
        np.subtract.at(ledger.hours[layer], (resource[known], step[known]), used[known])
    np.maximum(ledger.hours, 0.0, out=ledger.hours)


def _stock(ledger: Ledger, stock: pl.DataFrame) -> None:
    network = ledger.network
    item, site = network.items.at(stock["item"]), network.sites.at(stock["site"])
    node = np.where((item >= 0) & (site >= 0), network.node[item, site], -1)
    known = node >= 0
    ledger.stock[:] = 0.0
    np.add.at(ledger.stock, (node[known], steps(network, stock)[known]), stock["quantity"].to_numpy()[known])


def _rates(ledger: Ledger, plan: Decisions) -> None:
    """Take away what is made and bought; where an offer has a least order and one is placed, there is no second."""
    network = ledger.network
    pair, step, quantity = booked(network, plan, "make")
    np.subtract.at(ledger.rate, (pair, step), quantity)
    np.maximum(ledger.rate, 0.0, out=ledger.rate)
    ledger.running[pair, step] = True
    offer, step, quantity = booked(network, plan, "buy")
    np.subtract.at(ledger.offered, (offer, step), np.where(network.offers.least[offer] > 0, np.inf, quantity))
    np.maximum(ledger.offered, 0.0, out=ledger.offered)


def _leave(ledger: Ledger, leg: Index, step: Index, quantity: Array) -> None:
    """Take away what is sent from the limits of lanes and the caps of licences."""
    network = ledger.network
    item, limit = network.legs.item[leg], network.lanes.limit[network.legs.lane[leg]]
    bound = limit >= 0
    np.subtract.at(ledger.weight, (limit[bound], step[bound]), (quantity * network.mass[item])[bound])
    cleared = np.flatnonzero(network.legs.clearance[leg] >= 0)
    cap = network.leave.cap[network.legs.clearance[leg[cleared]]]
    capped, cap = cleared[cap >= 0], cap[cap >= 0]
    np.subtract.at(ledger.units, cap, quantity[capped])
    np.subtract.at(ledger.worth, cap, (quantity * network.value[item])[capped])


def _decided(ledger: Ledger) -> None:
    """Close what is decided to the unit: nothing is added to it."""
    own, steps = ledger.network.decided, ledger.network.horizon.steps
    closing = {"make": ledger.rate, "buy": ledger.offered, "ship": ledger.open}
    for k in np.flatnonzero((own.step >= 0) & (own.step < steps)).tolist():
        closing[own.kind[k]][meant(ledger.network, k), int(own.step[k])] = 0.0
