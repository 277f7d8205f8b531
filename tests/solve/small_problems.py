"""Small problems with known answers, and random ones that have an answer by the way they are built."""

from __future__ import annotations

import numpy as np

from outwork.solve.blocks import Model, Problem


def blend() -> Problem:
    """Chvatal 1983, Linear Programming, page 2 (as a minimisation): the best is 13 at (2, 0, 1)."""
    model = Model()
    x = model.variables("x", {"j": range(3)}, cost=[-5, -4, -3])
    rows = model.rows("limit", {"i": range(3)}, upper=[5, 11, 8])
    model.terms(rows, np.repeat([0, 1, 2], 3), x, np.tile([0, 1, 2], 3), [2, 3, 1, 4, 1, 2, 3, 4, 2])
    return model.freeze()


def knapsack(seed: int, items: int = 12, rows: int = 3) -> Problem:
    """Return a random knapsack with several weights; nothing in the sack is an answer."""
    random = np.random.default_rng(seed)
    model = Model()
    x = model.variables("take", {"item": range(items)}, cost=-random.integers(50, 150, items), upper=1, integer=True)
    weight = random.integers(1, 100, (rows, items))
    limit = model.rows("weight", {"row": range(rows)}, upper=weight.sum(axis=1) // 3)
    model.terms(limit, np.repeat(np.arange(rows), items), x, np.tile(np.arange(items), rows), weight.ravel())
    return model.freeze(constant=7.0)


def flow(seed: int, makers: int = 6, takers: int = 8) -> Problem:
    """Return a random transport problem with a capacity at each maker and a late price for what a taker goes without."""
    random = np.random.default_rng(seed)
    model = Model()
    maker, taker = (array.ravel() for array in np.indices((makers, takers)))
    ship = model.variables("ship", {"maker": maker, "taker": taker}, cost=random.uniform(1, 20, maker.size))
    short = model.variables("short", {"taker": np.arange(takers)}, cost=50.0)
    capacity = model.rows("capacity", {"maker": np.arange(makers)}, upper=random.uniform(5, 20, makers))
    demand = model.rows("demand", {"taker": np.arange(takers)}, lower=random.uniform(5, 15, takers))
    model.terms(capacity, maker, ship, np.arange(maker.size), random.uniform(0.5, 2, maker.size))
    model.terms(demand, taker, ship, np.arange(maker.size))
    model.terms(demand, np.arange(takers), short, np.arange(takers))
    return model.freeze()


def hard() -> Problem:
    """Return a knapsack that branch and bound does not finish in the patience of any test, but has answers to at once."""
    return knapsack(0, items=120, rows=30)


def planned_flow(makers: int, takers: int) -> Problem:
    """Return a transport problem that is large enough for the solver to be asked whether to go on."""
    return flow(3, makers, takers)


def contradiction() -> Problem:
    """x + y is at least 3 and at most 2; each alone is possible."""
    model = Model()
    x = model.variables("x", {"j": range(2)}, cost=1)
    rows = model.rows("sum", {"i": range(2)}, lower=[3, -np.inf], upper=[np.inf, 2])
    model.terms(rows, [0, 0, 1, 1], x, [0, 1, 0, 1])
    return model.freeze()


def endless() -> Problem:
    """The more of x, the cheaper, as long as y keeps up; nothing ends it."""
    model = Model()
    x = model.variables("x", {"j": range(2)}, cost=[-2, 1])
    rows = model.rows("keeps up", {"i": range(1)}, upper=4)
    model.terms(rows, [0, 0], x, [0, 1], [1, -1])
    return model.freeze()
