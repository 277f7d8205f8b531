"""From a late or short demand up to what holds it back, by the plan's own prices.

The last units of a demand arrive by some way: a make, a shipment, a purchase. Why not a step earlier? Either the way does
not exist a step earlier (a lead time, a window, a clearance, a qualification), or one step earlier it is dearer: the rows
whose prices make it so hold it back. Where that row is the balance of a component, the same is asked of the component.
Every late unit costs its lateness, so the prices of a node fall from one step to the next by at least as much, and some row
must be dearer by its part; the search follows every such row and keeps what it ends in, by the EUR that they account for.

For units that are never delivered there is no later step to compare with; then whole prices are followed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from outwork.plan.explain.columns import Columns, Place
from outwork.plan.solved import Solved

BEHIND = 0.9
"""Weight of what sets the beginning of a run in which something binds, against that of the run itself."""
FAINT = 1e-4
"""Share of the first price difference below which a row is not followed."""
DUST = 1e-6


@dataclass(frozen=True)
class Hop:
    """One thing on the way from the demand up: what a block's member does from a step on."""

    block: str
    member: int
    step: int


@dataclass(frozen=True)
class Cause:
    """What a chain ends in.

    Args: place, a block of rows and its member, or ("make window", member) and the like; step, in which it binds; weight,
    EUR of one step earlier (or of one unit more) that it accounts for; path, from the demand up.
    """

    place: Place
    step: int
    weight: float
    path: tuple[Hop, ...]


@dataclass(eq=False)
class Search:
    """Collects causes on the way up. `back` 1: compare with one step earlier; 0: follow whole prices."""

    columns: Columns
    back: int
    causes: list[Cause] = field(default_factory=list)
    seen: set[tuple[int, int]] = field(default_factory=set)
    asked: set[tuple[str, int, int]] = field(default_factory=set)

    def node(self, node: int, step: int, weight: float, path: tuple[Hop, ...]) -> None:
        """Ask why units are not at a node before a step (or at all by it)."""
        step, ways = self._arrival(node, step)
        if (node, step) in self.seen:
            return
        self.seen.add((node, step))
        if not ways:
            self.causes.append(Cause(("reach", node), step, weight, path))
            return
        for block, member, at in ways:
            self.way(block, member, at, weight, path)

    def way(self, block: str, member: int, step: int, weight: float, path: tuple[Hop, ...]) -> None:
        """Ask why a way is not used a step earlier (or more)."""
        path = (*path, Hop(block, member, step))
        earlier = self.columns.twin(block, member, step - self.back)
        if earlier < 0:
            self.causes.append(Cause((f"{block} window", member), step, weight, path))
            return
        charges = self.columns.charges(earlier)
        if self.back:
            now = self.columns.charges(self.columns.twin(block, member, step))
            charges = {place: charge - now.get(place, 0.0) for place, charge in charges.items()}
        rising = {place: charge for place, charge in charges.items() if charge > FAINT * max(weight, DUST)}
        whole = sum(rising.values())
        for place, charge in sorted(rising.items(), key=lambda each: -each[1]):
            self._follow(place, step, min(charge, weight * charge / whole), path)

    def _follow(self, place: Place, step: int, weight: float, path: tuple[Hop, ...]) -> None:
        """Go on to a component, or end here."""
        hop = path[-1]
        if place[0] == "balance":
            self.node(place[1], step, weight, path)
        elif place[0] == "choice":
            self._choice(hop.member, step, weight, path)
        elif place[0] == "bound":
            self.causes.append(Cause((f"{hop.block} bound", hop.member), step - self.back, weight, path))
        elif place[0] != "demand":
            self.causes.append(Cause(place, step - self.back, weight, path))
        if self.back and place[0] not in ("balance", "choice", "demand"):
            self._behind(place, hop, step - 1, BEHIND * weight, path[:-1])

    def _behind(self, place: Place, hop: Hop, step: int, weight: float, path: tuple[Hop, ...]) -> None:
        """Ask why a run in which something binds did not begin sooner."""
        while self._charged(place, hop, step - 1):
            step -= 1
        if (hop.block, hop.member, step) not in self.asked:
            self.asked.add((hop.block, hop.member, step))
            self.way(hop.block, hop.member, step, weight, path)

    def _charged(self, place: Place, hop: Hop, step: int) -> bool:
        """Whether a place burdens a way in a step."""
        variable = self.columns.twin(hop.block, hop.member, step)
        return variable >= 0 and self.columns.charges(variable).get(place, 0.0) > DUST

    def _choice(self, pair: int, step: int, weight: float, path: tuple[Hop, ...]) -> None:
        """Go on to the alternative of which most is taken in."""
        network, columns = self.columns.solved.network, self.columns
        making, block = network.making, columns.solved.problem.variables["take"]
        uses = np.flatnonzero((making.use_pair == pair) & (making.use_choice >= 0))
        at = np.flatnonzero(np.isin(block.keys["use"], uses) & (block.keys["bucket"] == step))
        if not len(at):
            return
        best = at[np.argmax(columns.solved.answer.x[block.first + at])]  # type: ignore[index]
        use = int(block.keys["use"][best])
        self.node(int(network.node[making.use_item[use], making.site[pair]]), step, weight, path)

    def _arrival(self, node: int, step: int) -> tuple[int, list[tuple[str, int, int]]]:
        """Return the last step up to `step` in which anything comes to a node, and the ways by which, with their starts.

        Without a step to compare with: the cheapest ways that there are, in the last step in which there are any.
        """
        for when in range(step, -1, -1):
            ways = list(self.columns.arriving(node, when))
            used = [each for each in ways if each[3] > DUST]
            if self.back and used:
                return when, [(block, member, self._start(block, member, when)) for block, member, _, _ in used]
            if not self.back and ways:
                cheapest = sorted(ways, key=lambda each: self._reduced(each[2]))[: max(1, len(used))]
                return when, [(block, member, self._start(block, member, when)) for block, member, _, _ in cheapest]
        return step, []

    def _reduced(self, variable: int) -> float:
        reduced = self.columns.solved.answer.reduced
        assert reduced is not None  # noqa: S101 - Solved has looked
        return float(reduced[variable])

    def _start(self, block: str, member: int, arrival: int) -> int:
        """Return the step in which a way starts what arrives in a step."""
        network = self.columns.solved.network
        lead = {
            "make": lambda: network.making.lead[member],
            "buy": lambda: network.offers.lead[member],
            "ship": lambda: network.lanes.lead[network.legs.lane[member]],
        }[block]()
        return arrival - int(lead)


def causes(solved: Solved, columns: Columns, demand: int, step: int | None) -> list[Cause]:
    """Return what holds a demand back, weightiest first.

    Args: step, in which its last late units are handed over, None for units that are never delivered.
    """
    network, wishes = solved.network, solved.network.wishes
    search = Search(columns, 0 if step is None else 1)
    price = float(wishes.short[demand] if step is None else wishes.late[demand] * network.horizon.weeks_per_step)
    if wishes.single[demand]:
        _direct(search, solved, demand, step, price)
    elif (node := int(network.node[wishes.item[demand], wishes.site[demand]])) < 0:
        search.causes.append(Cause(("closed", demand), -1, price, ()))
    else:
        search.node(node, network.horizon.steps - 1 if step is None else step, price, ())
    return sorted(search.causes, key=lambda each: -each.weight)


def _direct(search: Search, solved: Solved, demand: int, step: int | None, price: float) -> None:
    """Begin with the ways of a single-source demand that are used, or all of them."""
    ways, block = solved.network.directs, solved.problem.variables["direct"]
    x = solved.answer.x
    assert x is not None  # noqa: S101 - Solved has looked
    mine = np.flatnonzero(ways.demand[block.keys["direct"]] == demand)
    used = mine[x[block.first + mine] > DUST]
    for k in used if len(used) else mine[-1:]:
        way, left = int(block.keys["direct"][k]), int(block.keys["bucket"][k])
        if step is None or left + int(ways.lead[way]) == step:
            node = int(solved.network.node[ways.item[way], ways.origin[way]])
            if ways.leg[way] < 0:
                search.node(node, left, price, ())
            else:
                search.way("direct", way, left, price, ())
