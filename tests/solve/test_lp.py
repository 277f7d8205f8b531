from pathlib import Path
from typing import Any

import highspy
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.solve.blocks import Model, Problem
from outwork.solve.lp import text
from outwork.solve.run import run
from tests.examples import drawing
from tests.solve.small_problems import flow, knapsack

LABELS = {"item": ["camera", "mast 2"], "site": ["lyon", "turku"]}


def two_sites(*, backwards: bool) -> Problem:
    """Two items at two sites, whose blocks and members may be built in either order."""
    order = np.array([3, 2, 1, 0] if backwards else [0, 1, 2, 3])
    item, site = np.repeat([0, 1], 2)[order], np.tile([0, 1], 2)[order]
    model = Model()

    def start() -> None:
        model.variables("start", {"site": [0, 1]}, cost=100, upper=1, integer=True)

    def make() -> None:
        model.variables(
            "make", {"item": item, "site": site}, cost=np.array([1, 2, 2.5, 0])[order], upper=np.array([9, 9, 9, np.inf])[order]
        )

    for build in (start, make) if backwards else (make, start):
        build()
    problem = model.freeze()
    rows = model.rows("hours", {"site": [0, 1]}, lower=[-np.inf, 2], upper=[40, 8])
    model.terms(rows, site, problem.variables["make"], np.arange(4), np.array([1, 1, 0.1, -3])[order])
    balance = model.rows("balance", {"item": [0]}, lower=5, upper=5)
    model.terms(balance, [0, 0], problem.variables["make"], np.flatnonzero(item == 0))
    model.rows("nothing", {"item": [1]}, lower=-1)
    model.rows("free", {"item": [1]})
    return model.freeze(constant=7)


TEXT = r"""minimize
 cost: make(camera,lyon) + 2 make(camera,turku) + 2.5 make(mast_2,lyon) + 100 start(lyon) + 100 start(turku) + 7
subject to
 balance(camera): make(camera,lyon) + make(camera,turku) = 5
 hours(lyon): make(camera,lyon) + 0.1 make(mast_2,lyon) <= 40
 hours(turku)_least: make(camera,turku) - 3 make(mast_2,turku) >= 2
 hours(turku)_most: make(camera,turku) - 3 make(mast_2,turku) <= 8
 nothing(mast_2): 0 make(camera,lyon) >= -1
bounds
 0 <= make(camera,lyon) <= 9
 0 <= make(camera,turku) <= 9
 0 <= make(mast_2,lyon) <= 9
 0 <= make(mast_2,turku) <= inf
 0 <= start(lyon) <= 1
 0 <= start(turku) <= 1
general
 start(lyon)
 start(turku)
end
"""


def test_a_problem_reads_as_it_would_be_written_by_hand() -> None:
    assert text(two_sites(backwards=False), LABELS) == TEXT


def test_the_text_does_not_depend_on_the_order_of_building() -> None:
    assert text(two_sites(backwards=True), LABELS) == text(two_sites(backwards=False), LABELS)


def read_back(lines: str, folder: Path) -> float:
    """Solve the text with nothing of ours."""
    file = folder / "problem.lp"
    file.write_text(lines, encoding="ascii")
    highs: Any = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    assert highs.readModel(str(file)) == highspy.HighsStatus.kOk
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.run()
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(highs.getInfo().objective_function_value)


@drawing(0.6)
@given(st.integers(0, 10_000))
def test_the_text_read_back_has_the_same_optimum(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = tmp_path_factory.mktemp("lp")
    for problem in (flow(seed), knapsack(seed, items=6), two_sites(backwards=True)):
        assert read_back(text(problem), folder) == pytest.approx(run(problem).objective)


def test_free_variables_and_ranges_are_read_back(tmp_path: Path) -> None:
    model = Model()
    x = model.variables("x", {"j": range(2)}, cost=[1, -1], lower=-np.inf, upper=[np.inf, 3])
    rows = model.rows("range", {"i": range(1)}, lower=-4, upper=6)
    model.terms(rows, 0, x, [0, 1])
    problem = model.freeze()
    assert " x(0) free\n -inf <= x(1) <= 3" in text(problem)
    assert read_back(text(problem), tmp_path) == pytest.approx(run(problem).objective) == -10


def test_names_that_would_read_alike_are_refused() -> None:
    model = Model()
    model.variables("x", {"item": range(2)})
    with pytest.raises(ValueError, match=r"two members are called x\(a_b\)"):
        text(model.freeze(), {"item": ["a b", "a/b"]})
