"""OR-Library's capacitated facility location problems, through the public tables, to the printed optimum.

J. E. Beasley, OR-Library: distributing test problems by electronic mail, J. Oper. Res. Soc. 41 (1990) 1069-1072.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from outwork import plan
from tests.published.adapters import STANDARD_DEMAND, orlib_facilities, several_sources

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "plan" / "orlib_cfl"
LARGE = {"capa", "capb", "capc"}
"""100 sites x 1,000 customers; their files hold the word `capacity`, and their optima are named capa_8000 and so on."""


def optima() -> list[tuple[str, float]]:
    """Return name and optimum of each problem whose optimum is proven and whose file is there."""
    listed = FOLDER / "optima.tsv"
    rows = [line.split() for line in listed.read_text().splitlines()] if listed.exists() else []
    return [(name, float(low)) for name, low, high in rows if low == high and (FOLDER / file_of(name)).exists()]


def file_of(name: str) -> str:
    return f"{name.partition('_')[0]}.txt"


@pytest.mark.skipif(not optima(), reason="the folder ../shared/data/plan/orlib_cfl is absent")
def test_there_is_an_instance_to_solve() -> None:
    assert len(optima()) >= 1


@pytest.mark.parametrize(("name", "optimum"), [pair for pair in optima() if pair[0].partition("_")[0] not in LARGE])
def test_a_plan_costs_the_printed_optimum(name: str, optimum: float) -> None:
    problem = orlib_facilities((FOLDER / file_of(name)).read_text(), total_demand=STANDARD_DEMAND)
    outcome = plan.run(several_sources(problem, name), plan.Options(gap=1e-7)).outcome
    assert outcome.cost == pytest.approx(optimum, abs=0.001)
    assert outcome.bound == pytest.approx(optimum, rel=1e-6)


@pytest.mark.soak
@pytest.mark.parametrize(("name", "optimum"), [pair for pair in optima() if pair[0].partition("_")[0] in LARGE])
def test_a_plan_for_a_thousand_customers_costs_the_printed_optimum(name: str, optimum: float) -> None:
    capacity = float(name.partition("_")[2])
    problem = orlib_facilities((FOLDER / file_of(name)).read_text(), capacity=capacity)
    outcome = plan.run(several_sources(problem, name), plan.Options(gap=1e-3)).outcome
    assert outcome.bound is not None
    assert outcome.cost is not None
    assert outcome.bound <= optimum + 0.001
    assert optimum - 0.001 <= outcome.cost <= optimum * 1.001
