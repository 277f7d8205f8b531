"""Ask and reply: what is needed is pulled through components and lanes against what is left, and booked on the way."""

from __future__ import annotations

import numpy as np

from outwork.model.axis import Array, Mask
from outwork.plan.greedy import fit
from outwork.plan.greedy.fit import DUST
from outwork.plan.greedy.ledger import Ledger
from outwork.plan.greedy.ways import Way
from outwork.plan.network import Network

ROUNDS = 8
"""How often a pair asks for its components again, each time for no more than all of them allowed."""
HURRIED = 2
"""The same once patience is at an end; then, too, the first way that brings anything has to do."""
PATIENCE = 2000
"""Questions asked for one demand before patience is at an end; after twice as many nothing is answered any more."""

Use = tuple[int, Mask]
"""A component of a pair, and the steps in which it is in force."""


class Puller:
    """Pulls needs through the network, depth first, the locally cheapest way first."""

    def __init__(self, ledger: Ledger, ways: list[list[Way]]) -> None:
        """Pull on these books by these ways [node]."""
        self.ledger, self.ways, self.network = ledger, ways, ledger.network
        self.fixed, self.choices = _uses(self.network, ways)
        self.asking: set[int] = set()
        self.turned_away = 0
        self.patience = PATIENCE

    def pull(self, node: int, need: Array) -> Array:
        """Take what is needed out of the stock of a node, after filling it by every way; return what was had. [step]."""
        self.patience -= 1
        ledger, turned_away = self.ledger, self.turned_away
        rest = np.where(need > DUST, need, 0.0)
        rest[: ledger.barren[node] + 1] = 0.0
        last = _last(rest)
        if last < 0 or self.patience < -PATIENCE:
            return np.zeros(len(rest))
        had = self._stocked(node, rest)
        rest = rest - had
        self.asking.add(node)
        for way in self._sorted(node, float(rest.sum())):
            last = _last(rest)
            if last < 0:
                break
            if not self._hopeless(way, last):
                met = self._by(way, node, rest)
                had, rest = had + met, rest - met
                if self.patience <= 0 and _last(met) >= 0:
                    break
        self.asking.discard(node)
        last = _last(rest) if self.patience > 0 else -1
        if last >= 0 and had.max() <= DUST and turned_away == self.turned_away:
            ledger.barren[node] = last  # nothing was booked for it, so that it holds whatever is taken back
        elif last >= 0:
            ledger.put(ledger.barren, node, max(int(ledger.barren[node]), last))
        return had

    def _hopeless(self, way: Way, last: int) -> bool:
        """Whether nothing can leave by a way in time for the last step of a need."""
        if way.source < 0:
            return last - way.lead < 0
        return last - way.lead <= self.ledger.barren[way.source] or (way.source in self.asking and self._round(way.source))

    def _stocked(self, node: int, rest: Array) -> Array:
        """Take what lies there and nobody will need."""
        free = np.minimum.accumulate(self.ledger.stock[node][::-1])[::-1]
        taken = np.zeros(len(rest))
        if free[-1] <= DUST and free.max() <= DUST:
            return taken
        gone = 0.0
        for step in np.flatnonzero(rest):
            taken[step] = max(min(float(rest[step]), float(free[step]) - gone), 0.0)
            gone += taken[step]
        self.ledger.add(self.ledger.stock, node, -np.cumsum(taken))
        return taken

    def _sorted(self, node: int, quantity: float) -> list[Way]:
        ways = self.ways[node]
        return sorted(ways, key=lambda way: way.cost + self._fixed(way) / max(quantity, 1.0)) if quantity > DUST else []

    def _fixed(self, way: Way) -> float:
        """Return what a way costs however little comes by it, the fee of a licence that nobody has applied for included."""
        return way.fixed + (self.ledger.owed(way.member) if way.kind == "ship" else 0.0)

    def _by(self, way: Way, node: int, rest: Array) -> Array:
        """Fill a node by one way and take out what is met of the need."""
        mark = self.ledger.mark()
        coming = {"make": self._made, "buy": self._bought, "ship": self._sent}[way.kind](way.member, node, rest)
        if coming.max(initial=0.0) <= DUST:
            self.ledger.undo(mark)
            return np.zeros(len(rest))
        met = fit.matched(rest, coming)
        self.ledger.add(self.ledger.stock, node, np.cumsum(coming - met))
        room = self.ledger.room(node)
        if room is not None and room.min(initial=0.0) < -DUST:
            self.ledger.undo(mark)
            return np.zeros(len(rest))
        return met

    def _made(self, pair: int, node: int, rest: Array) -> Array:
        """Start units of a pair; return when good ones come out.

        Where components do not come for all of them, everything is taken back and asked again for those for which they do.
        """
        making, ledger = self.network.making, self.ledger
        lead, good, lot = int(making.lead[pair]), float(making.yield_rate[pair]), float(making.lot[pair])
        start = fit.latest(rest / good, lead, ledger.able(pair), self._scaled(node, good), lot)
        for _ in range(ROUNDS if self.patience > 0 else HURRIED):
            if _last(start) < 0:
                break
            mark = ledger.mark()
            fits = self.begin(pair, start)
            if (fits >= start - DUST).all():
                return fit.shifted(start * good, lead)
            ledger.undo(mark)
            start = fits
        return np.zeros(len(rest))

    def begin(self, pair: int, start: Array) -> Array:
        """Book starts with their hours and components; return how much of them all of these allow. [step] in units."""
        making, ledger = self.network.making, self.ledger
        fits = start * ledger.work(pair, start)
        for use, held in self.fixed[pair]:
            fits = np.where(held, np.minimum(fits, self._component(use, np.where(held, fits, 0.0))), fits)
            if _last(fits) < 0:
                return fits
        for uses in self.choices[pair]:
            fits = self._chosen(uses, fits)
        ledger.add(ledger.make, pair, start)
        ledger.teach(pair, start)
        ledger.add(ledger.spent, 0, making.unit_cost[pair] * start.sum())
        return fit.whole(fits, float(making.lot[pair]))

    def _chosen(self, uses: list[tuple[int, Mask]], start: Array) -> Array:
        """Take in alternatives, the cheapest first; return how many starts they allow."""
        fits = np.zeros(len(start))
        for use, held in uses:
            got = self._component(use, np.where(held, start - fits, 0.0))
            self.ledger.add(self.ledger.take, use, got * self.network.making.use_quantity[use])
            fits = fits + got
        return fits

    def _component(self, use: int, start: Array) -> Array:
        """Pull a component for starts; return for how many it is there. [step] in units started."""
        making = self.network.making
        node = int(self.network.node[making.use_item[use], making.site[making.use_pair[use]]])
        quantity = making.use_quantity[use]
        if node < 0 or self._round(node):
            return np.zeros(len(start))
        had: Array = self.pull(node, start * quantity) / quantity
        return had

    def _bought(self, offer: int, node: int, rest: Array) -> Array:
        """Order from an offer; return when it comes."""
        offers, ledger = self.network.offers, self.ledger
        lead, least = int(offers.lead[offer]), float(offers.least[offer])
        left = (
            np.where(ledger.buy[offer] > 0, 0.0, ledger.offered[offer])
            if least > 0
            else ledger.offered[offer] - ledger.buy[offer]
        )
        orders = fit.ordered(rest, lead, left, least) if least > 0 else fit.latest(rest, lead, left, ledger.room(node))
        ledger.add(ledger.buy, offer, orders)
        ledger.add(ledger.spent, 0, offers.price[offer] * orders.sum())
        return fit.shifted(orders, lead)

    def _sent(self, leg: int, node: int, rest: Array) -> Array:
        """Send on a leg; return when it arrives."""
        network = self.network
        lane = int(network.legs.lane[leg])
        origin = int(network.node[network.legs.item[leg], network.lanes.origin[lane]])
        lead = int(network.lanes.lead[lane])
        leaving = self.capped(leg, fit.latest(rest, lead, self.passable(leg), self.ledger.room(node)))
        if _last(leaving) < 0:
            return leaving
        had = self.pull(origin, leaving)
        self.ledger.add(self.ledger.ship, leg, had)
        self.depart(leg, had)
        return fit.shifted(had, lead)

    def _round(self, node: int) -> bool:
        """Whether a node asks itself, by a round of lanes; counted, for its answer then holds for this question only."""
        self.turned_away += node in self.asking
        return node in self.asking

    def passable(self, leg: int) -> Array:
        """Return units that a leg can still carry. [step]."""
        network, ledger = self.network, self.ledger
        item, limit = network.legs.item[leg], network.lanes.limit[network.legs.lane[leg]]
        most = np.where(ledger.open[leg] > 0, np.inf, 0.0)
        if limit >= 0 and network.mass[item] > 0:
            most = np.minimum(most, np.maximum(ledger.weight[limit], 0.0) / network.mass[item])
        return most

    def capped(self, leg: int, leaving: Array) -> Array:
        """Leave away what the licence of a leg does not allow any more, the earliest first."""
        network, ledger = self.network, self.ledger
        clearance = network.legs.clearance[leg]
        cap = network.leave.cap[clearance] if clearance >= 0 else -1
        if cap < 0:
            return leaving
        value = network.value[network.legs.item[leg]]
        most = min(float(ledger.units[cap]), float(ledger.worth[cap]) / value if value > 0 else np.inf)
        return np.diff(np.minimum(np.cumsum(leaving), max(most, 0.0)), prepend=0.0)

    def depart(self, leg: int, had: Array) -> None:
        """Book what leaves on a leg against limits, caps and money."""
        network, ledger = self.network, self.ledger
        item, lane, clearance = network.legs.item[leg], network.legs.lane[leg], network.legs.clearance[leg]
        limit = network.lanes.limit[lane]
        if limit >= 0:
            ledger.add(ledger.weight, limit, -had * network.mass[item])
        cap = network.leave.cap[clearance] if clearance >= 0 else -1
        if cap >= 0:
            ledger.add(ledger.units, cap, -had.sum())
            ledger.add(ledger.worth, cap, -had.sum() * network.value[item])
        cost = network.lanes.cost[lane] * network.mass[item] * had.sum() + network.lanes.fixed[lane] * (had > 0).sum()
        ledger.add(ledger.spent, 0, cost)
        if had.sum() > DUST:
            ledger.depart(leg)

    def _scaled(self, node: int, good: float) -> Array | None:
        """Room at a node in units started."""
        room = self.ledger.room(node)
        return None if room is None else room / good


def _uses(network: Network, ways: list[list[Way]]) -> tuple[list[list[Use]], list[list[list[Use]]]]:
    """Return, for every pair, its components, the dearest first, and its choices, in each the cheapest first."""
    making, steps = network.making, np.arange(network.horizon.steps)
    fixed: list[list[Use]] = [[] for _ in range(len(making))]
    choices: list[dict[int, list[Use]]] = [{} for _ in range(len(making))]
    node = network.node[making.use_item, making.site[making.use_pair]]
    price = np.array([min((way.cost for way in ways[n]), default=np.inf) if n >= 0 else np.inf for n in node])
    for use in np.argsort(np.where(making.use_choice < 0, -1, 1) * price * making.use_quantity, kind="stable"):
        held = (steps >= making.use_first[use]) & (steps <= making.use_last[use])
        pair, choice = int(making.use_pair[use]), int(making.use_choice[use])
        mine = fixed[pair] if choice < 0 else choices[pair].setdefault(choice, [])
        mine.append((int(use), held))
    return fixed, [list(each.values()) for each in choices]


def _last(need: Array) -> int:
    """Return the last step of a need, -1 where there is none."""
    found = need[::-1] > DUST
    first = int(found.argmax())
    return len(need) - 1 - first if found[first] else -1
