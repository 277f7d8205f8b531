"""A certificate bounds the cost of every plan, and needs nothing of the solver but prices, which may be wrong."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.model.programme import Programme
from outwork.model.tables.capacity import Resource
from outwork.model.tables.design import Component, Item, Load, Operation
from outwork.model.tables.frame import Nation, Settings
from outwork.model.tables.moving import Lane
from outwork.model.tables.places import Party, Site
from outwork.model.tables.sourcing import Qualification, Supply
from outwork.model.tables.wanting import Demand
from outwork.plan import bound
from outwork.plan.bound import duality
from outwork.plan.build import Formulation, formulate
from outwork.plan.network import Network
from outwork.solve.answer import Answer
from outwork.solve.run import run
from tests.plan import rich

BLOCKS = {"weekly": None, "eight weeks, then blocks": 8, "blocks only": 0}


@cache
def relaxed(seed: int, blocks: str) -> tuple[Formulation, Answer]:
    """A programme with every feature, and the best answer when nothing need be whole."""
    formulation = formulate(Network.of(rich.programme(seed, weekly=BLOCKS[blocks])))
    return formulation, run(formulation.problem.relaxed())


def cost_and_prices(answer: Answer) -> tuple[float, np.ndarray]:
    assert answer.objective is not None
    assert answer.dual is not None
    return answer.objective, answer.dual


@pytest.mark.parametrize("blocks", BLOCKS)
@pytest.mark.parametrize("seed", range(4))
def test_at_the_best_prices_the_bound_is_the_cost(seed: int, blocks: str) -> None:
    formulation, answer = relaxed(seed, blocks)
    cost, prices = cost_and_prices(answer)
    assert bound.certify(formulation, prices).bound == pytest.approx(cost, rel=1e-6, abs=1e-3)


@given(
    seed=st.integers(0, 3),
    blocks=st.sampled_from(list(BLOCKS)),
    dice=st.integers(0, 2**32),
    size=st.sampled_from([0.01, 1.0, 1e2, 1e5]),
)
def test_no_prices_whatever_lead_above_the_cost(seed: int, blocks: str, dice: int, size: float) -> None:
    formulation, answer = relaxed(seed, blocks)
    cost, best = cost_and_prices(answer)
    draw = np.random.default_rng(dice)
    wrong = size * draw.normal(size=best.size) * (draw.random(best.size) < draw.random())
    for prices in (wrong, best + wrong, best * (1 + wrong)):
        found = bound.certify(formulation, prices).bound
        assert np.isfinite(found)
        assert found <= cost + 1e-6 * abs(cost) + 1e-6


@pytest.mark.parametrize("blocks", BLOCKS)
def test_the_prices_of_a_certificate_prove_its_bound_by_themselves(blocks: str) -> None:
    formulation, answer = relaxed(1, blocks)
    cost, prices = cost_and_prices(answer)
    certificate = bound.certify(formulation, 0.9 * prices)
    problem = formulation.problem
    left = problem.cost - problem.matrix.T @ certificate.prices
    assert left[np.isinf(problem.upper)].min() >= -1e-6
    assert certificate.bound == duality.value(problem, certificate.prices) < cost


def test_prices_that_are_no_numbers_count_as_none() -> None:
    formulation, answer = relaxed(0, "weekly")
    _, prices = cost_and_prices(answer)
    nothing = bound.certify(formulation, np.zeros_like(prices)).bound
    assert bound.certify(formulation, np.full_like(prices, np.nan)).bound == nothing


def bench() -> Formulation:
    """Ten units at 100 EUR of shortage, made of two parts at 3 EUR, in 5 h at 2 EUR/h, with 20 h a week for two weeks."""
    programme = Programme.of(
        Settings(name="bench", start=rich.START, weeks=2),
        Nation(nation="XA", name="Here"),
        Party(party="firm", name="Firm", nation="XA", role="manufacturer"),
        [Site(site=each, party="firm", nation="XA", name=each) for each in ("works", "depot")],
        Item(item="kit", name="Kit", value=50, mass=2),
        Item(item="part", name="Part", value=3),
        Operation(operation="fit", item="kit", process="bench"),
        Component(operation="fit", item="part", quantity=2),
        Load(operation="fit", process="bench", hours=5),
        Resource(resource="bench", site="works", process="bench", hours=20, cost=2),
        Qualification(operation="fit", site="works", unit_cost=4),
        Supply(item="part", site="works", party="firm", price=3),
        Lane(origin="works", destination="depot", cost=0.5),
        Demand(demand="ten", item="kit", site="depot", quantity=10, due=rich.monday(1), shortage=100),
    )
    return formulate(Network.of(programme))


def test_where_hours_cost_nothing_beyond_their_wage_the_bound_is_ten_units_of_21_eur() -> None:
    # two parts at 3, 4 of unit cost, 5 h at 2, 2 kg at 0.5: 21 EUR a unit
    formulation = bench()
    assert bound.certify(formulation, np.zeros(len(formulation.problem.row_lower))).bound == pytest.approx(10 * 21)


def test_at_the_price_of_an_hour_that_ends_the_shortage_the_bound_counts_what_cannot_be_made() -> None:
    # 40 h make 8 units; two are short at 100, so an hour is worth (100 - 21) / 5
    formulation = bench()
    problem = formulation.problem
    prices = np.zeros(len(problem.row_lower))
    prices[problem.rows["capacity"].slice] = -(100 - 21) / 5
    assert bound.certify(formulation, prices).bound == pytest.approx(8 * 21 + 2 * 100)
