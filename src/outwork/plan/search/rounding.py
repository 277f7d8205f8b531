"""From a relaxed solution to whole decisions: which qualifications to start and when, and what else has to be whole.

A rounding only fixes bounds; the linear problem that is left then finds the best plan around it. Rounded decisions are
repaired where a rule joins them (starts at one site on one date, one source for a demand), so that what is left is not
impossible for their sake.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from outwork.model.axis import Array, Index
from outwork.plan.build import Formulation
from outwork.plan.network import Network
from outwork.solve.blocks import Problem

DUST = 1e-6


def fixed(problem: Problem, values: Mapping[str, Array]) -> Problem:
    """Fix whole blocks at values [variable of the block], as far as their bounds allow."""
    lower, upper = problem.lower.copy(), problem.upper.copy()
    for name, value in values.items():
        own = problem.variables[name].slice
        lower[own] = upper[own] = np.clip(value, problem.lower[own], problem.upper[own])
    return problem.bounded(lower, upper)


def fixed_whole(problem: Problem, x: Array) -> Problem:
    """Return the linear problem in which everything that has to be whole is fixed as x has it, as far as bounds allow."""
    value = np.clip(np.round(x), problem.lower, problem.upper)
    lower, upper = (np.where(problem.integer, value, bound) for bound in (problem.lower, problem.upper))
    return problem.bounded(lower, upper).relaxed()


def behind(formulation: Formulation, problem: Problem, x: Array) -> Problem:
    """Let lots wait until they are full, for where what they take in is not there any earlier."""
    lots = formulation.problem.variables["lots"]
    return _refixed(formulation, problem, "lots", _behind(lots.keys["pair"], x[lots.slice]))


def without_options(formulation: Formulation, problem: Problem, x: Array) -> Problem:
    """Leave every option, for where the rounded ones cannot be served whole."""
    taken = formulation.problem.variables["taken"]
    return _refixed(formulation, problem, "taken", np.zeros_like(x[taken.slice]))


def _refixed(formulation: Formulation, problem: Problem, name: str, value: Array) -> Problem:
    """Fix a block at other values, where it is fixed at all. Args: value [variable of the block]."""
    own, open_bounds = problem.variables[name].slice, formulation.problem
    if is_loose(problem, name):
        return problem
    lower, upper = problem.lower.copy(), problem.upper.copy()
    lower[own] = upper[own] = np.clip(value, open_bounds.lower[own], open_bounds.upper[own])
    return problem.bounded(lower, upper)


def with_qualifications(formulation: Formulation, around: Problem) -> Problem:
    """Return the problem with qualifications and sources as `around` has them, all else as free and as whole as it was."""
    blocks = formulation.problem.variables
    return fixed(formulation.problem, {name: around.lower[blocks[name].slice] for name in ("started", "source")})


STAGES = (("started", "taken", "source"), ("lots",), ("setup", "trips", "ordered", "applied"))
"""Blocks that are made whole together; each stage sees the relaxed solution around the stage before."""


def staged(formulation: Formulation, problem: Problem, x: Array, stage: tuple[str, ...], threshold: float) -> Problem:
    """Fix the blocks of a stage at what a relaxed solution suggests, but for those that are fixed already.

    Args: x [variable] of the relaxation; threshold [1], a qualification is started on the first date on which the
    relaxation has started at least this part of it.
    """
    network, blocks = formulation.network, problem.variables
    part = {name: x[block.slice] for name, block in blocks.items()}
    rounders: dict[str, Callable[[], Array]] = {
        "started": lambda: qualifications(network, part["started"], threshold),
        "taken": lambda: np.round(part["taken"]),
        "source": lambda: _largest(blocks["source"].keys["demand"], part["source"]),
        "lots": lambda: _ahead(blocks["lots"].keys["pair"], part["lots"]),
        "setup": lambda: np.ceil(part["setup"] - DUST),
        "trips": lambda: np.ceil(part["trips"] - DUST),
        "applied": lambda: np.ceil(part["applied"] - DUST),
        "ordered": lambda: _ahead(blocks["ordered"].keys["offer"], _orders(formulation, part["buy"])),
    }
    loose = [name for name in stage if is_loose(problem, name)]
    return fixed(problem, {name: rounders[name]() for name in loose})


def is_loose(problem: Problem, name: str) -> bool:
    """Whether a block has variables that are not fixed yet."""
    own = problem.variables[name].slice
    return bool((problem.upper[own] > problem.lower[own]).any())


def _orders(formulation: Formulation, buy: Array) -> Array:
    """Return how many minimums what is bought makes up. [ordered]."""
    offers, spans = formulation.network.offers, formulation.spans["buy"]
    own = np.flatnonzero(offers.least[spans.member] > 0)
    return buy[own] / offers.least[spans.member[own]]


def qualifications(network: Network, started: Array, threshold: float) -> Array:
    """Return started in {0, 1}: each pair from the first date on which `started` reaches the threshold.

    Where more would start at a site on a date than may, those of which the relaxation has less wait for the next date.
    """
    making = network.making
    pair, step = making.start_pair, making.start_step
    wish = _first_reaching(pair, started, threshold)
    weight = np.zeros(len(making))
    np.maximum.at(weight, pair, started)
    order = wish[np.lexsort((-weight[pair[wish]], step[wish]))]
    taken: dict[tuple[int, int], int] = {}
    chosen = []
    for start in order:
        placed = _room(network, int(start), taken)
        if placed is not None:
            chosen.append(placed)
            key = (int(making.site[pair[placed]]), int(step[placed]))
            taken[key] = taken.get(key, 0) + 1
    return cumulative(pair, np.array(chosen, np.int64))


def cumulative(pair: Index, chosen: Index) -> Array:
    """Return started [start]: 1 from the chosen start of each pair on. Args: pair [start], ordered; chosen, some starts."""
    begin = np.full(int(pair.max(initial=-1)) + 1, len(pair))
    begin[pair[chosen]] = chosen
    return (np.arange(len(pair)) >= begin[pair]).astype(np.float64) if len(pair) else np.empty(0)


def _first_reaching(pair: Index, started: Array, threshold: float) -> Index:
    """Return the first start of every pair at which `started` reaches the threshold."""
    reached = np.flatnonzero(started >= threshold - DUST)
    _, first = np.unique(pair[reached], return_index=True)
    return reached[first]


def _room(network: Network, start: int, taken: dict[tuple[int, int], int]) -> int | None:
    """Return the start itself or the next one of its pair on a date on which its site has room; None where there is none."""
    making = network.making
    pair = making.start_pair[start]
    site = int(making.site[pair])
    most = network.starts[site]
    while start < len(making.start_pair) and making.start_pair[start] == pair:
        if most < 0 or making.start_step[start] < 0 or taken.get((site, int(making.start_step[start])), 0) < most:
            return start
        start += 1
    return None


def _behind(owner: Index, part: Array) -> Array:
    """Round so that the running sum never runs ahead of the relaxed one: what is taken in is always there already."""
    return _stepwise(owner, part, np.floor, DUST)


def _ahead(owner: Index, part: Array) -> Array:
    """Round so that the running sum never falls behind the relaxed one: what is wanted is always there already."""
    return _stepwise(owner, part, np.ceil, -DUST)


def _stepwise(owner: Index, part: Array, whole: Callable[[Array], Array], dust: float) -> Array:
    """Round the running sum of every owner. Args: owner [variable], ordered, and in it by time; part [variable]."""
    running = np.cumsum(part)
    first = np.searchsorted(owner, owner, "left")
    before = np.where(first > 0, running[np.maximum(first - 1, 0)], 0.0)
    total = whole(running - before + dust)
    return np.diff(total, prepend=0.0) + np.where(np.arange(len(part)) == first, np.r_[0.0, total[:-1]], 0.0)


def _largest(owner: Index, part: Array) -> Array:
    """Return 1 for the largest part of every owner and 0 for the others. Args: owner [variable], part [variable]."""
    whole = np.zeros(len(part))
    order = np.lexsort((-part, owner))
    first = np.r_[True, owner[order][1:] != owner[order][:-1]] if len(owner) else np.empty(0, bool)
    whole[order[first]] = 1.0
    return whole
