"""Published formats are read whole, or refused with the reason. The instances here are made up."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest

from outwork import plan
from tests.published.adapters import (
    DamagedFile,
    Facilities,
    holmberg_facilities,
    one_source,
    orlib_facilities,
    several_sources,
    trigeiro_lots,
)

ORLIB = " 2 3 \n 10 7.5 \n 12 0. \n 4 \n 8.00 2.0 \n 5 \n 5.0 10.0 \n 6 \n 1. 3. \n"
HOLMBERG = "2 3\n10 7\n12 4\n 4. 5. 6.\n 8. 5. 1.\n 2. 10. 3.\n"
TRIGEIRO_ROW = " 1.00 2.00 30. 600."


def test_a_cost_belongs_to_the_whole_demand_of_a_customer() -> None:
    problem = orlib_facilities(ORLIB)
    np.testing.assert_array_equal(problem.cost, [[8, 5, 1], [2, 10, 3]])
    lanes = several_sources(problem, "made up")["lanes"]
    assert lanes["cost"].to_list() == [2, 1, 1 / 6, 0.5, 2, 0.5]


def test_lines_may_break_anywhere() -> None:
    wrapped = "\n".join(ORLIB.split())
    np.testing.assert_array_equal(orlib_facilities(wrapped).cost, orlib_facilities(ORLIB).cost)


def test_the_word_capacity_stands_for_the_number_given() -> None:
    assert orlib_facilities(ORLIB.replace(" 10 ", " capacity "), capacity=8).capacity.tolist() == [8, 12]
    with pytest.raises(DamagedFile, match="leaves the capacity open"):
        orlib_facilities(ORLIB.replace(" 10 ", " capacity "))


def test_a_demand_that_a_mirror_cut_off_is_noticed() -> None:
    with pytest.raises(DamagedFile, match="the customers want 15 in all, not 24: a demand is cut off"):
        orlib_facilities(ORLIB, total_demand=24)


@pytest.mark.parametrize("read", [orlib_facilities, holmberg_facilities])
def test_a_file_that_ends_early_is_refused(read: Callable[[str], Facilities]) -> None:
    with pytest.raises(DamagedFile, match="numbers are due, and there are"):
        read(ORLIB.rsplit(maxsplit=1)[0])
    with pytest.raises(DamagedFile, match="does not begin with two numbers"):
        read("")
    with pytest.raises(DamagedFile, match="something other than numbers"):
        read("<html>404</html>")


def test_holmbergs_costs_stand_by_site_and_padding_and_optimum_are_left() -> None:
    for text in (HOLMBERG, HOLMBERG + "12\n", HOLMBERG + "\0\0\0"):
        problem = holmberg_facilities(text)
        np.testing.assert_array_equal(problem.cost, [[8, 5, 1], [2, 10, 3]])
        np.testing.assert_array_equal(problem.demand, [4, 5, 6])


def test_trigeiros_demands_of_more_than_fifteen_items_stand_in_two_blocks() -> None:
    first = [" ".join(str(100 * period + item) for item in range(15)) for period in range(2)]
    second = [f"{100 * period + 15} {100 * period + 16}" for period in range(2)]
    text = "\n".join([" 17 2", " 1", " 500", *[TRIGEIRO_ROW] * 17, *first, *second, " Bi hi su su", "  time cost"])
    problem = trigeiro_lots(text)
    np.testing.assert_array_equal(problem.demand, [list(range(17)), list(range(100, 117))])
    assert (problem.capacity, problem.holding[0], problem.setup_hours[0], problem.setup_cost[0]) == (500, 2, 30, 600)


def test_a_trigeiro_file_that_ends_early_is_refused() -> None:
    with pytest.raises(DamagedFile, match="fewer than 2 lines of 1 numbers"):
        trigeiro_lots(f" 1 2\n 1\n 500\n{TRIGEIRO_ROW}\n 100\n")


def cheapest(problem: Facilities) -> float:
    """Cheapest single-source plan by trying every assignment. Few customers only."""
    best = np.inf
    sites, customers = problem.cost.shape
    for chosen in product(range(sites), repeat=customers):
        load = np.bincount(chosen, weights=problem.demand, minlength=sites)
        if (load <= problem.capacity).all():
            best = min(best, problem.fixed[load > 0].sum() + problem.cost[chosen, range(customers)].sum())
    return float(best)


@pytest.mark.parametrize("seed", range(3))
def test_a_single_source_plan_costs_what_trying_every_assignment_gives(seed: int) -> None:
    rng = np.random.default_rng(seed)
    demand = rng.integers(3, 12, 6).astype(float)
    problem = Facilities(
        capacity=np.full(3, np.ceil(demand.sum() / 2)),
        fixed=rng.integers(20, 60, 3).astype(float),
        demand=demand,
        cost=rng.integers(1, 90, (3, 6)).astype(float),
    )
    outcome = plan.run(one_source(problem, "made up"), plan.Options(gap=1e-7)).outcome
    assert outcome.cost == pytest.approx(cheapest(problem))
