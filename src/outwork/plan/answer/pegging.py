"""Pegging: which make, purchase, shipment or stock serves which demand.

At every node (an item at a site) what leaves first draws on what came first. From the deliveries the shares of the demands
are then carried up, through shipments to the node that sends and through makes to the components that were truly used.
What stays in stock at the end, and scrap, serves no demand. Units for a single-source demand are never mixed: they are
carried up from the node that they leave.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from outwork.model.axis import Array
from outwork.model.frames import from_columns
from outwork.model.tables import BY_NAME
from outwork.plan.answer.decisions import LEAST, days
from outwork.plan.build import Formulation
from outwork.plan.build.commitments import receipts
from outwork.plan.network import Network

Shares = dict[int, float]
"""Units by demand."""


@dataclass(eq=False)
class Source:
    """Something that brings units of an item: a make, a purchase, a shipment, what lay there, or what history sends.

    Args: start, step in which it begins; brought, units that come in; drawn, by source upstream how many units it took.
    """

    kind: str
    name: str
    item: int
    site: int
    start: int
    brought: float
    drawn: dict[int, float] = field(default_factory=dict)
    shares: Shares = field(default_factory=dict)
    waits: int = 0


@dataclass(frozen=True)
class Draw:
    """Units that leave a node in a step, for a demand or as the input of a source; the other of the two is -1."""

    step: int
    quantity: float
    demand: int
    source: int


class Ledger:
    """What comes to every node and what leaves it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.sources: list[Source] = []
        self.receipts: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.draws: dict[int, list[Draw]] = defaultdict(list)

    def bring(self, node: int, step: int, source: Source) -> int:
        """Enter a source whose units come to a node in a step; return its number. Node -1: they go straight to a demand."""
        self.sources.append(source)
        if node >= 0:
            self.receipts[node].append((step, len(self.sources) - 1))
        return len(self.sources) - 1

    def draw(self, node: int, step: int, quantity: float, *, demand: int = -1, source: int = -1) -> None:
        """Enter what leaves a node."""
        self.draws[node].append(Draw(step, quantity, demand, source))


def pegging(formulation: Formulation, x: Array) -> pl.DataFrame:
    """Return the table `pegging` of a solution. Args: formulation with one step to a bucket; x [variable]."""
    network = formulation.network
    ledger = _entered(formulation, x)
    for node, draws in ledger.draws.items():
        _first_in_first_out(ledger, sorted(ledger.receipts[node]), sorted(draws, key=lambda draw: draw.step))
    _carry_up(ledger)
    rows = [(source, demand, units) for source in ledger.sources for demand, units in source.shares.items() if units > LEAST]
    columns = {
        "demand": [network.wishes.names.names[demand] for _, demand, _ in rows],
        "source": [source.kind for source, _, _ in rows],
        "name": [source.name for source, _, _ in rows],
        "item": [network.items.names[source.item] for source, _, _ in rows],
        "site": [network.sites.names[source.site] for source, _, _ in rows],
        "start": days(network, np.array([source.start for source, _, _ in rows], np.int64)),
        "quantity": pl.Series([units for _, _, units in rows], dtype=pl.Float64),
    }
    table = BY_NAME["pegging"]
    frame = from_columns(table, columns)
    return frame.group_by(table.key, maintain_order=True).agg(pl.col("quantity").sum()).select(table.names).sort(table.key)


def _first_in_first_out(ledger: Ledger, receipts_: list[tuple[int, int]], draws: list[Draw]) -> None:
    """Let what leaves a node draw on what came to it, oldest first."""
    queue = iter(receipts_)
    source, left = -1, 0.0
    for draw in draws:
        wanted = draw.quantity
        while wanted > 0:
            if left <= 0:
                entry = next(queue, None)
                if entry is None:
                    break
                source = entry[1]
                left = ledger.sources[source].brought
            taken = min(left, wanted)
            left, wanted = left - taken, wanted - taken
            _enter(ledger, source, taken, draw)


def _enter(ledger: Ledger, source: int, taken: float, draw: Draw) -> None:
    if draw.source < 0:
        shares = ledger.sources[source].shares
        shares[draw.demand] = shares.get(draw.demand, 0.0) + taken
        return
    drawn = ledger.sources[draw.source].drawn
    ledger.sources[source].waits += source not in drawn
    drawn[source] = drawn.get(source, 0.0) + taken


def _carry_up(ledger: Ledger) -> None:
    """Carry the shares of every source to those that it drew on, as soon as all that drew on it have been carried.

    What goes round in a circle within one step serves nobody, and is never ready.
    """
    ready = [source for source in ledger.sources if source.waits == 0]
    while ready:
        source = ready.pop()
        for number, quantity in source.drawn.items():
            above = ledger.sources[number]
            for demand, units in source.shares.items():
                above.shares[demand] = above.shares.get(demand, 0.0) + quantity * units / source.brought
            above.waits -= 1
            if above.waits == 0:
                ready.append(above)


def _entered(formulation: Formulation, x: Array) -> Ledger:
    """Enter everything that a solution does."""
    network, ledger = formulation.network, Ledger()
    _given(network, ledger)
    made = _made(formulation, x, ledger)
    for k, step, quantity in _positive(formulation, x, "take"):
        pair = int(network.making.use_pair[k])
        if (pair, step) in made:
            node = int(network.node[network.making.use_item[k], network.making.site[pair]])
            ledger.draw(node, step, quantity, source=made[pair, step])
    offers = network.offers
    for k, step, quantity in _positive(formulation, x, "buy"):
        item, site = int(offers.item[k]), int(offers.site[k])
        source = Source("buy", network.parties.names[offers.party[k]], item, site, step, quantity)
        ledger.bring(int(network.node[item, site]), step + int(offers.lead[k]), source)
    for k, step, quantity in _positive(formulation, x, "ship"):
        _sent(network, ledger, k, step, quantity)
    for k, step, quantity in _positive(formulation, x, "direct"):
        _directed(network, ledger, k, step, quantity)
    for k, step, quantity in _positive(formulation, x, "deliver"):
        node = network.node[network.wishes.item[k], network.wishes.site[k]]
        ledger.draw(int(node), step, quantity, demand=k)
    return ledger


def _positive(formulation: Formulation, x: Array, name: str) -> Iterator[tuple[int, int, float]]:
    """Yield member, step and quantity of what a timed block does."""
    own, values = formulation.spans[name], x[formulation.problem.variables[name].slice]
    kept = np.flatnonzero(values > 0)
    yield from zip(own.member[kept].tolist(), own.first[kept].tolist(), values[kept].tolist(), strict=True)


def _given(network: Network, ledger: Ledger) -> None:
    """Enter what lies there at the start, and what history sends."""
    stores, coming = network.stores, receipts(network)
    for k in np.flatnonzero(stores.on_hand > 0):
        item, site = int(stores.item[k]), int(stores.site[k])
        source = Source("on hand", "on hand", item, site, 0, float(stores.on_hand[k]))
        ledger.bring(int(network.node[item, site]), 0, source)
    for item, site, step, quantity in zip(coming.item, coming.site, coming.step, coming.quantity, strict=True):
        source = Source("commitment", "history", int(item), int(site), int(step), float(quantity))
        ledger.bring(int(network.node[item, site]), int(step), source)


def _made(formulation: Formulation, x: Array, ledger: Ledger) -> dict[tuple[int, int], int]:
    """Enter makes with the components that they need in any case; return the source by pair and step."""
    network, making = formulation.network, formulation.network.making
    uses = [np.flatnonzero((making.use_pair == pair) & (making.use_choice < 0)).tolist() for pair in range(len(making))]
    made = {}
    for pair, step, quantity in _positive(formulation, x, "make"):
        item, site = int(making.item[pair]), int(making.site[pair])
        good = quantity * float(making.yield_rate[pair])
        source = Source("make", network.operations.names[making.operation[pair]], item, site, step, good)
        made[pair, step] = ledger.bring(int(network.node[item, site]), step + int(making.lead[pair]), source)
        for use in uses[pair]:
            if making.use_first[use] <= step <= making.use_last[use]:
                taken = quantity * float(making.use_quantity[use])
                ledger.draw(int(network.node[making.use_item[use], site]), step, taken, source=made[pair, step])
    return made


def _sent(network: Network, ledger: Ledger, leg: int, step: int, quantity: float) -> None:
    """Enter a shipment from stock to stock."""
    lanes, lane, item = network.lanes, int(network.legs.lane[leg]), int(network.legs.item[leg])
    node = int(network.node[item, lanes.destination[lane]])
    number = ledger.bring(node, step + int(lanes.lead[lane]), _shipment(network, lane, item, step, quantity))
    ledger.draw(int(network.node[item, lanes.origin[lane]]), step, quantity, source=number)


def _directed(network: Network, ledger: Ledger, way: int, step: int, quantity: float) -> None:
    """Enter what leaves its origin for a single-source demand."""
    ways = network.directs
    demand, leg, item = int(ways.demand[way]), int(ways.leg[way]), int(ways.item[way])
    node = int(network.node[item, ways.origin[way]])
    if leg < 0:
        ledger.draw(node, step, quantity, demand=demand)
        return
    number = ledger.bring(-1, step, _shipment(network, int(network.legs.lane[leg]), item, step, quantity))
    ledger.sources[number].shares[demand] = quantity
    ledger.draw(node, step, quantity, source=number)


def _shipment(network: Network, lane: int, item: int, step: int, quantity: float) -> Source:
    lanes = network.lanes
    name = f"{network.sites.names[lanes.destination[lane]]} {lanes.mode.names[lanes.mode_of[lane]]}"
    return Source("ship", name, item, int(lanes.origin[lane]), step, quantity)
