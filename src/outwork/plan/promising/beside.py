"""What can be promised at once: all that is planned stays to the unit, and more is pulled through what it leaves.

The books of the greedy planner open on the hours, offers, stocks, lanes and leave that the plan leaves; what is asked is
pulled through them as any demand is. Every offer is the plan with these bookings added, replayed by the independent checker,
and costs what that costs more than the plan. One that breaks a rule is no offer; one that breaks nothing but the share of an
agreement says so, for the pull does not look at shares.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import floor
from typing import Final

import numpy as np

from outwork.model.axis import Array
from outwork.model.errors import Unproven
from outwork.model.outcome import Outcome, Status
from outwork.model.programme import Programme
from outwork.plan.greedy import ways
from outwork.plan.greedy.pull import PATIENCE, Puller
from outwork.plan.network import Network
from outwork.plan.promising.added import Added
from outwork.plan.promising.asked import DUST, NAME, Ask, Offer, Promised, Tables, decided, edited, refuse, sentence
from outwork.plan.promising.left import left
from outwork.plan.replay import Code, check

BOUNDS: Final = "beside what is planned"


def beside(programme: Programme, last: Tables, ask: Ask) -> Promised:
    """Answer an ask with what a plan leaves. Args: last, the tables of the plan, which holds for the programme as it stands.

    Raises UnknownName where the item or the site is not there, ValueError where there is no plan or nothing is asked, Unproven
    where the plan breaks a rule of the programme.
    """
    began = time.monotonic()
    refuse(programme, last, ask)
    desk = _Desk.of(programme, last, ask)
    horizon = programme.horizon
    end = horizon.steps - 1
    step = min(max(horizon.step(ask.by), 0), end)
    by_day = desk.by(step)
    soonest = desk.soonest()
    cheapest = desk.cheaper(soonest, end)
    status = Status.DONE if by_day is not None or soonest is not None else Status.IMPOSSIBLE
    outcome = Outcome(status, sentence(ask, by_day, soonest, BOUNDS), time.monotonic() - began)
    return Promised(ask, outcome, by_day, soonest, cheapest, None)


@dataclass(frozen=True, eq=False)
class _Desk:
    """The books that a plan leaves, and `base`, what it costs by itself [EUR]."""

    programme: Programme
    network: Network
    ask: Ask
    added: Added
    puller: Puller
    base: float

    @classmethod
    def of(cls, programme: Programme, last: Tables, ask: Ask) -> _Desk:
        wider = edited(programme, ask)
        network = Network.of(wider)
        plan = {name: frame for name, frame in decided(last).items() if name != "work"}
        replay = check(programme, plan)
        if replay.breaches:
            raise Unproven(f"the plan does not hold for the programme as it stands: {replay.breaches[0]}; plan again first")
        ledger = left(network, plan, replay)
        puller = Puller(ledger, ways.find(network, np.asarray((ledger.rate > 0).any(axis=1))))
        return cls(wider, network, ask, Added.to(network, plan, ledger), puller, replay.total)

    def by(self, step: int) -> Offer | None:
        """Return the offer of as many as there can be until a step, all of them handed over in it."""
        return self._tried([(step, self.ask.quantity)]) or self._tried([(step, float(floor(self._most(step) + DUST)))])

    def soonest(self) -> Offer | None:
        """Return the offer of all of them, each as early as it can be, or all in the last of these steps if that is cheaper."""
        mark = self.puller.ledger.mark()
        rest, parts = self.ask.quantity, []
        for step in self._steps():
            if (had := self._pulled(step, rest)) > DUST:
                parts.append((step, had))
                rest -= had
            if rest <= DUST:
                break
        self.puller.ledger.undo(mark)
        if rest > DUST:
            return None
        last = parts[-1][0]
        offers = [self._tried(parts), self._tried([(last, self.ask.quantity)])]
        return min((offer for offer in offers if offer is not None), key=_worse, default=None)

    def cheaper(self, offer: Offer | None, step: int) -> Offer | None:
        """Return the cheaper of an offer of all of them and that of all of them until a step."""
        other = None if offer is None else self._tried([(step, self.ask.quantity)])
        return min((each for each in (offer, other) if each is not None), key=_worse, default=None)

    def _most(self, step: int) -> float:
        mark = self.puller.ledger.mark()
        had = self._pulled(step, self.ask.quantity)
        self.puller.ledger.undo(mark)
        return had

    def _tried(self, parts: list[tuple[int, float]]) -> Offer | None:
        """Return the offer of handing over parts (step, units), None where not all of them can be had or a rule breaks."""
        units = sum(part for _, part in parts)
        mark = self.puller.ledger.mark()
        whole = units > DUST and all(self._pulled(step, part) >= part - DUST for step, part in parts)
        tables = self.added.tables() if whole else {}
        self.puller.ledger.undo(mark)
        if not whole:
            return None
        replay = check(self.programme, tables)
        if any(breach.code is not Code.SHARE for breach in replay.breaches):
            return None
        ready = self.programme.horizon.day(max(step for step, _ in parts))
        return Offer(units, ready, replay.total - self.base, tuple(breach.sentence for breach in replay.breaches))

    def _pulled(self, step: int, units: float) -> float:
        """Hand over units in a step and return how many of them were to be had."""
        self.puller.patience = PATIENCE
        need: Array = np.zeros(self.network.horizon.steps)
        need[step] = units
        had = self.puller.pull(self._node, need)
        self.puller.ledger.add(self.puller.ledger.deliver, self._demand, had)
        return float(had.sum())

    def _steps(self) -> range:
        """Return the steps in which anything can be there."""
        return range(int(self.puller.ledger.barren[self._node]) + 1, self.network.horizon.steps)

    @property
    def _demand(self) -> int:
        return self.network.wishes.names.position[NAME]

    @property
    def _node(self) -> int:
        return int(self.network.node[self.network.wishes.item[self._demand], self.network.wishes.site[self._demand]])


def _worse(offer: Offer) -> tuple[int, float]:
    """Return by what one offer of as many is worse than another: agreements that it breaks, then cost."""
    return len(offer.against), offer.cost
