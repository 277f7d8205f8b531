"""Prices of a coarse model bound the cost of the fine one, once they are certified."""

from __future__ import annotations

import numpy as np
import pytest

from outwork.plan import bound
from outwork.plan.build import Formulation, formulate
from outwork.plan.network import Network
from outwork.solve.run import run
from tests.plan import rich


def formulation(seed: int, weekly: int | None) -> Formulation:
    return formulate(Network.of(rich.programme(seed, weekly=weekly)))


def test_prices_carried_to_the_same_buckets_are_the_same_prices() -> None:
    # but for trips: a lane's legs under several clearances have the same keys
    own = formulation(0, 8)
    prices = np.arange(len(own.problem.row_lower), dtype=float)
    trips = own.problem.rows["ship trips"].slice
    carried = bound.carried(own, prices, own)
    assert np.array_equal(np.delete(carried, trips), np.delete(prices, trips))


def test_a_week_has_the_price_of_the_block_that_it_lies_in() -> None:
    coarse, fine = formulation(0, 0), formulation(0, None)
    rows = coarse.problem.rows["capacity"]
    prices = np.zeros(len(coarse.problem.row_lower))
    prices[rows.slice] = 100 * rows.keys["resource"] + rows.keys["bucket"]
    weeks = fine.problem.rows["capacity"]
    wanted = 100 * weeks.keys["resource"] + weeks.keys["bucket"] // 4
    assert np.array_equal(bound.carried(coarse, prices, fine)[weeks.slice], wanted)


@pytest.mark.parametrize("seed", range(3))
def test_coarse_prices_prove_more_of_the_fine_model_than_none(seed: int) -> None:
    coarse, fine = formulation(seed, 0), formulation(seed, None)
    dual, cost = run(coarse.problem.relaxed()).dual, run(fine.problem.relaxed()).objective
    assert dual is not None
    assert cost is not None
    found = bound.certify(fine, bound.carried(coarse, dual, fine)).bound
    assert bound.certify(fine, np.zeros(len(fine.problem.row_lower))).bound < found <= cost + 1e-6 * abs(cost)
