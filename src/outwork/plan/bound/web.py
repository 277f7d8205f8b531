"""What flows through the model: prices of material run down it, level by level, from purchases to demands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from outwork.model.axis import Array, Index, Mask
from outwork.plan.build import Formulation
from outwork.plan.network import Network

ROUNDS = 200
"""Most rounds over the lanes of one level; prices that still fall then fall for ever, round a loop of lanes that pay."""


@dataclass(frozen=True, eq=False)
class Arcs:
    """Activities that turn what they take from some rows into what they bring to others.

    variable [arc]; takes [arc, row], units taken; brings [arc], units brought in all. Its outcomes are sorted by row:
    arc [outcome], first outcome of every target, row of every target.
    """

    variable: Index
    takes: sp.csr_array
    brings: Array
    arc: Index
    first: Index
    row: Index

    def offers(self, slack: Array, gain: Array) -> Array:
        """Most that the price of what an activity brings may rise, by what it takes and its own cost. [arc]."""
        return np.asarray((slack[self.variable] + self.takes @ gain[:-1]) / self.brings)

    def relax(self, slack: Array, gain: Array) -> None:
        """Lower gains in place to what the cheapest activity allows."""
        if len(self.row):
            cheapest = np.minimum.reduceat(self.offers(slack, gain)[self.arc], self.first)
            gain[self.row] = np.minimum(gain[self.row], cheapest)


@dataclass(frozen=True, eq=False)
class Level:
    """Rows whose prices depend on each other in turn.

    rows [row]; grid [node, bucket], rows of material balance, or the place after the last row; keep [node, bucket - 1],
    variable of the stock in between, or the place after the last variable; below, activities fed from earlier levels;
    within, those fed from this one.
    """

    rows: Index
    grid: Index
    keep: Index
    below: Arcs
    within: Arcs

    def carry(self, slack: Array, gain: Array) -> None:
        """Lower gains in place to those of the bucket before and the cost of keeping."""
        if not self.grid.size:
            return
        kept = np.zeros(self.grid.shape)
        np.cumsum(slack[self.keep], axis=1, out=kept[:, 1:])
        here = gain[self.grid]
        carried = np.minimum.accumulate(here - kept, axis=1) + kept
        lower = carried < here - 1e-13 * (np.abs(kept) + np.abs(here))
        gain[self.grid[lower]] = carried[lower]


@dataclass(frozen=True, eq=False)
class Web:
    """The levels in their order.

    material [row]: 1 where the price of a row is found by the pass, -1 where it is found and
    counts the other way round (hours of a process, of which no more is used than given), 0 where it is given.
    """

    levels: tuple[Level, ...]
    material: Index

    def settle(self, slack: Array, most: Array) -> Array:
        """Return the highest gains that leave every activity without a loss. [row].

        For every activity:   sum_out units * gain[out]  <=  slack + sum_in units * gain[in]

        An activity that brings its units in several buckets lets each of their gains rise as far as all of them could.
        Args: slack [variable], what the activity costs beyond the prices that the gains add to; most [row] of the gains.
        """
        slack, gain = np.r_[slack, 0.0], np.r_[most, np.inf]
        gain[-1] = np.abs(most).max(initial=0.0)
        for level in self.levels:
            level.below.relax(slack, gain)
            level.carry(slack, gain)
            for _ in range(ROUNDS):
                before = gain[level.rows]
                level.within.relax(slack, gain)
                level.carry(slack, gain)
                if not len(level.within.row) or np.array_equal(before, gain[level.rows]):
                    break
        settled: Array = gain[:-1]
        return settled


def read(formulation: Formulation) -> Web:
    """Find the activities of a model by the signs of its coefficients, and the order in which prices run through them."""
    problem = formulation.problem
    rank, material = _ranks(formulation)
    cells = problem.matrix.tocoo()
    inside = (material[cells.row] != 0) & (problem.upper > problem.lower)[cells.col]
    stock = problem.variables["stock"]
    inside &= (cells.col < stock.first) | (cells.col >= stock.first + stock.size)
    row, variable, units = cells.row[inside], cells.col[inside], (cells.data * material[cells.row])[inside]
    reached = np.full(len(problem.cost), -1)
    np.maximum.at(reached, variable[units > 0], rank[row[units > 0]])
    loops = np.zeros(len(problem.cost), bool)
    loops[variable[(units < 0) & (rank[row] == reached[variable])]] = True
    levels = []
    for each in range(int(rank.max(initial=-1)) + 1):
        mine = reached[variable] == each
        ways = (
            _arcs(row[part], variable[part], units[part], len(rank))
            for part in (mine & ~loops[variable], mine & loops[variable])
        )
        levels.append(Level(np.flatnonzero(rank == each), *_shelves(formulation, rank == each), *ways))
    return Web(tuple(levels), material)


def _arcs(row: Index, variable: Index, units: Array, rows: int) -> Arcs:
    """Gather the cells of activities."""
    known, inverse = np.unique(variable, return_inverse=True)
    arc = inverse.astype(np.int64)
    brings = np.zeros(len(known))
    np.add.at(brings, arc, np.maximum(units, 0.0))
    taken, brought = np.flatnonzero(units < 0), np.flatnonzero(units > 0)
    takes = sp.csr_array((-units[taken], (arc[taken], row[taken])), shape=(len(known), rows))
    order = brought[np.argsort(row[brought], kind="stable")]
    target, first = np.unique(row[order], return_index=True)
    return Arcs(known, takes, brings, arc[order], first.astype(np.int64), target)


def _shelves(formulation: Formulation, mine: Mask) -> tuple[Index, Index]:
    """Return the grid of balance rows of a level and the stocks between them, at nodes where anything may be kept."""
    problem, stock = formulation.problem, formulation.problem.variables["stock"]
    first, buckets = problem.rows["balance"].first, formulation.network.horizon.buckets
    node, bucket = stock.keys["node"], stock.keys["bucket"]
    open_ = mine[first : first + stock.size] & (problem.upper > problem.lower)[stock.slice]
    kept = np.unique(node[open_])
    here = np.flatnonzero(np.isin(node, kept))
    place = np.searchsorted(kept, node[here]), bucket[here]
    grid = np.full((len(kept), buckets), len(mine))
    keep = np.full((len(kept), buckets), len(problem.cost))
    grid[place], keep[place] = first + here, stock.first + here
    return grid, keep[:, :-1]


def _ranks(formulation: Formulation) -> tuple[Index, Index]:
    """Return the level of every row, -1 where its price is given, and whether and how its price is found. [row]."""
    problem, network = formulation.problem, formulation.network
    rank, material = np.full(len(problem.row_lower), -1), np.zeros(len(problem.row_lower), np.int64)
    depth = _depths(network)
    made = network.making.item
    loop = bool((depth[network.making.use_item] >= depth[made[network.making.use_pair]]).any())
    span = 0 if loop else 2
    blocks = {
        "pool": 0 * problem.rows["pool"].keys["pool"],
        "choice": span * depth[made[problem.rows["choice"].keys["pair"]]] + 1 - span // 2,
        "balance": span * depth[network.node_item[problem.rows["balance"].keys["node"]]] + 1,
        "demand": 0 * problem.rows["demand"].keys["demand"] + span * int(depth.max(initial=0)) + 2,
    }
    for name, level in blocks.items():
        rank[problem.rows[name].slice] = level
        material[problem.rows[name].slice] = -1 if name == "pool" else 1
    return rank, material


def _depths(network: Network) -> Index:
    """Return how many times something is made of each item's components, at most; no deeper than there are items. [item]."""
    making = network.making
    depth = np.zeros(len(network.items), np.int64)
    for _ in range(len(network.items)):
        before = depth.copy()
        np.maximum.at(depth, making.item[making.use_pair], depth[making.use_item] + 1)
        if np.array_equal(before, depth):
            break
    return depth
