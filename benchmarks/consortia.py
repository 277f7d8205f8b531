"""The cheapest consortium of 30 operations over 400 sites, beside two greedy ways to choose one.

Both know nothing of days, so that their costs are compared with the cheapest that may take any time; `in time` is the same
within 180 days, in seconds and as a multiple of that cost.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as field_of
from math import inf

import numpy as np

from benchmarks.made_up_fields import Size, field
from benchmarks.measure import Lap, machine, spread, table
from outwork.match.consortium.cheapest import cheapest
from outwork.match.consortium.diverse import diverse
from outwork.match.consortium.draft import wanted
from outwork.match.consortium.field import Field
from outwork.match.consortium.wish import NO_WISH

SIZE = Size(operations=30, sites=400, chance=0.04, quantity=40.0, repaired=0.7, tight=1.5)
SEEDS = 6


@dataclass
class Ledger:
    """What is left of hours and units while somebody divides the work by hand."""

    own: Field
    make: np.ndarray = field_of(init=False)
    left: np.ndarray = field_of(init=False)
    spare: np.ndarray = field_of(init=False)
    paid: set[int] = field_of(default_factory=set)
    cost: float = 0.0

    def __post_init__(self) -> None:
        self.make = np.zeros(self.own.size)
        self.left = self.own.routing.most.copy()
        self.spare = self.own.hours.ordinary + self.own.hours.overtime

    def able(self, pair: int) -> float:
        """Units that a pair could still take."""
        hours = self.own.load_hours[pair]
        return float(min(self.left[self.own.operation[pair]], self.spare[self.own.load_pool[pair]] / hours))

    def price(self, pair: int, units: float) -> float:
        """What so many more units would cost at a pair."""
        own, pool = self.own, self.own.load_pool[pair]
        hours = own.load_hours[pair] * units
        extra = max(0.0, hours - max(0.0, self.spare[pool] - own.hours.overtime[pool]))
        price = own.unit_cost[pair] * units + own.hours.cost[pool] * (hours - extra) + own.hours.overtime_cost[pool] * extra
        new = set(own.repairs.repair[own.repairs.pair == pair].tolist()) - self.paid
        return float(price + own.fixed_cost[pair] * (self.make[pair] == 0) + sum(own.repairs.cost[each] for each in new))

    def take(self, pair: int) -> None:
        """Give a pair all that it can take."""
        units = self.able(pair)
        self.cost += self.price(pair, units)
        self.paid |= set(self.own.repairs.repair[self.own.repairs.pair == pair].tolist())
        self.make[pair] += units
        self.left[self.own.operation[pair]] -= units
        self.spare[self.own.load_pool[pair]] -= units * self.own.load_hours[pair]

    def open(self) -> np.ndarray:
        """Pairs that could take some of what is left."""
        return np.array([pair for pair in range(self.own.size) if self.able(pair) > 1e-9], np.int64)


def by_coverage(own: Field) -> Ledger:
    """Take the site that covers most open operations, give it what it can take, and so on; the first by name of equal ones."""
    book = Ledger(own)
    while (pairs := book.open()).size:
        covered = np.bincount(own.site[pairs], minlength=len(own.sites.names))
        for pair in pairs[own.site[pairs] == np.argmax(covered)]:
            if book.able(int(pair)) > 0:
                book.take(int(pair))
    return book


def by_cost(own: Field) -> Ledger:
    """Take the pair whose next units cost least each, of the operation with the fewest pairs first, and so on."""
    book = Ledger(own)
    for operation in np.argsort(np.bincount(own.operation, minlength=len(own.routing.operations)), kind="stable"):
        while book.left[operation] > 1e-9:
            pairs = [int(pair) for pair in np.flatnonzero(own.operation == operation) if book.able(int(pair)) > 1e-9]
            if not pairs:
                break
            book.take(min(pairs, key=lambda pair: book.price(pair, book.able(pair)) / book.able(pair)))
    return book


def rival(choose: Callable[[Field], Ledger], own: Field) -> tuple[float | None, int]:
    """Return the cost of a rival's consortium, None where it could not place all the work, and its sites."""
    book = choose(own)
    placed = bool((book.left <= 1e-6 * own.routing.most).all())
    return book.cost if placed else None, len(np.unique(own.site[book.make > 0]))


def main(words: Sequence[str] | None = None) -> None:
    """Print the table; a rival cheaper than the bound ends the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    given = parser.parse_args(words)
    print(machine("highspy", "numpy", "scipy") + "\n")
    lines, ratios = [], {"coverage": list[float](), "cost": list[float]()}
    for seed in range(1000, 1000 + given.seeds):
        own, lap = field(seed, SIZE), Lap()
        ask = wanted(own, NO_WISH, "repairs")
        in_time = cheapest(own, ask)
        timed = lap()
        found = cheapest(own, replace(ask, days=inf))
        seconds = lap()
        if found is None:
            raise SystemExit(f"seed {seed} has no consortium")
        diverse(found, 5)
        told = [f"{seconds:.2f}", f"{timed:.2f}", f"{lap():.2f}", f"{found.cost:,.0f}", f"{1 - found.bound / found.cost:.0e}"]
        later = "-" if in_time is None else f"{in_time.cost / found.cost:.3f}"
        line = [str(seed), str(own.size), *told, later, str(len(np.unique(own.site[found.pairs])))]
        for name, choose in (("coverage", by_coverage), ("cost", by_cost)):
            cost, sites = rival(choose, own)
            if cost is not None and cost < found.bound * (1 - 1e-6):
                raise SystemExit(f"seed {seed}: {name}-greedy costs {cost}, below the bound {found.bound}")
            ratios[name] += [] if cost is None else [cost / found.cost]
            line.append(f"{'-' if cost is None else f'{cost / found.cost:.3f}'} ({sites} sites)")
        lines.append(line)
    head = ["seed", "pairs", "CPU s", "in time, CPU s", "four more, CPU s", "cost EUR", "gap", "in time", "sites"]
    head += ["coverage-greedy", "cost-greedy"]
    print(table(head, lines))
    print("\n" + ", ".join(f"{name}-greedy {spread(each, '.3f')} times the cheapest" for name, each in ratios.items()))


if __name__ == "__main__":
    main()
