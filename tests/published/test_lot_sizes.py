"""Lot sizes of the textbooks, through the public tables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from outwork import plan
from tests.published.adapters import Lots, made_in_lots, ordered_in_lots

PAPER_DEMAND = [69, 29, 36, 61, 61, 26, 34, 67, 45, 67, 79, 56]
PAPER_ORDER_COST = [85, 102, 102, 101, 98, 114, 105, 86, 119, 110, 98, 114]
"""H. M. Wagner and T. M. Whitin, Dynamic version of the economic lot size model, Management Science 5 (1958) 89-96, table 1."""

BOOK_DEMAND = [90, 120, 80, 70]
"""L. V. Snyder and Z.-J. M. Shen, Fundamentals of Supply Chain Theory, example 3.9: a set-up costs 500, holding 2."""


def dynamic_lot_size(demand: Sequence[float], order_cost: Sequence[float], holding: float) -> float:
    """Cheapest cost by Wagner and Whitin's recursion: F(t) = min over s <= t of F(s-1) + cost of ordering s..t in s."""
    best = [0.0]
    for t in range(len(demand)):
        orders = (best[s] + order_cost[s] + sum(holding * (u - s) * demand[u] for u in range(s, t + 1)) for s in range(t + 1))
        best.append(min(orders))
    return best[-1]


def test_the_recursion_gives_the_papers_864() -> None:
    assert dynamic_lot_size(PAPER_DEMAND, PAPER_ORDER_COST, 1.0) == 864


def test_orders_of_the_1958_paper_cost_864() -> None:
    programme = ordered_in_lots(PAPER_DEMAND, PAPER_ORDER_COST, 1.0)
    assert plan.run(programme, plan.Options(gap=1e-7)).outcome.cost == pytest.approx(864)


def test_set_ups_of_the_textbook_cost_1380() -> None:
    single = Lots(1e4, np.ones(1), np.array([2.0]), np.zeros(1), np.array([500.0]), np.array(BOOK_DEMAND, float)[:, None])
    assert plan.run(made_in_lots(single, "textbook"), plan.Options(gap=1e-7)).outcome.cost == pytest.approx(1380)


@pytest.mark.parametrize("seed", range(4))
def test_a_plan_costs_what_the_recursion_gives(seed: int) -> None:
    rng = np.random.default_rng(seed)
    demand, order_cost = rng.integers(1, 90, 9).tolist(), rng.integers(40, 160, 9).tolist()
    outcome = plan.run(ordered_in_lots(demand, order_cost, 1.0), plan.Options(gap=1e-7)).outcome
    assert outcome.cost == pytest.approx(dynamic_lot_size(demand, order_cost, 1.0))
