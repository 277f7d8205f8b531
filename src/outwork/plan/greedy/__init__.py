"""The greedy planner: a plan as today's planning software makes it, without an objective, a bound or a look ahead.

Demands are served one by one, the urgent first. Each is pulled through components and lanes against what is left of hours,
offers, stock and leave, as late as possible, the locally cheapest alternative first; what cannot be on time is asked for
later. It starts no qualification of its own, and applies for a licence when it first uses it. It knows nothing of safety
stocks and of agreements' shares.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from outwork.model.axis import Index
from outwork.plan.greedy import decided, serve, ways
from outwork.plan.greedy.ledger import Ledger
from outwork.plan.greedy.necessary import necessary
from outwork.plan.greedy.pull import Puller
from outwork.plan.greedy.tables import tables
from outwork.plan.network import Network

__all__ = ["Greedy", "book", "necessary", "plan"]

NONE = np.empty(0, np.int64)


@dataclass(frozen=True, eq=False)
class Greedy:
    """A greedy plan.

    tables: make, use, buy, ship, deliver, qualify, applications. ignored: what of the programme it does not heed, as sentences.
    """

    tables: dict[str, pl.DataFrame]
    ignored: tuple[str, ...]


def plan(network: Network, starts: Index = NONE) -> Greedy:
    """Return the greedy plan. Args: starts, positions among the network's starts of the qualifications to begin."""
    begun = np.union1d(starts, network.making.start_fixed).astype(np.int64)
    ledger, unkept = book(network, begun)
    return Greedy(tables(ledger, begun), _ignored(network, unkept))


def book(network: Network, begun: Index) -> tuple[Ledger, tuple[int, ...]]:
    """Return the books of the greedy plan, and the positions of commitments that it cannot keep."""
    ledger = Ledger(network, begun)
    usable = np.asarray((ledger.rate > 0).any(axis=1))
    puller = Puller(ledger, ways.find(network, usable))
    unkept = decided.keep(puller)
    serve.serve(puller)
    return ledger, unkept


def _ignored(network: Network, unkept: tuple[int, ...]) -> tuple[str, ...]:
    told = []
    if len(network.shares.item):
        told.append(
            f"{len(network.shares.item)} shares of agreements: the greedy planner does not heed them, so they may be broken"
        )
    if (network.stores.safety > 0).any():
        told.append(f"{int((network.stores.safety > 0).sum())} safety stocks: used like any other stock")
    told += [f"commitment {k + 1} of those to make, buy or ship: it cannot be kept in full" for k in unkept]
    return tuple(told)
