import numpy as np
import pytest

from outwork.solve.blocks import Model, Problem
from tests.solve.small_problems import blend


def test_a_block_knows_where_it_stands_and_from_which_rows_it_came() -> None:
    model = Model()
    model.variables("first", {"item": [4, 5, 6]})
    block = model.variables("second", {"item": [7, 8], "site": [0, 1]}, cost=[1, 2])
    problem = model.freeze()
    assert block.slice == slice(3, 5)
    assert problem.variables["second"].keys["item"].tolist() == [7, 8]
    assert problem.cost[block.slice].tolist() == [1, 2]


def test_terms_in_one_place_add_up_and_zeros_vanish() -> None:
    model = Model()
    x = model.variables("x", {"j": [0, 1]})
    rows = model.rows("r", {"i": [0]})
    model.terms(rows, 0, x, [0, 0, 1], [2, 3, 0])
    assert model.freeze().matrix.toarray().tolist() == [[5, 0]]
    assert model.freeze().matrix.nnz == 1


def test_two_blocks_of_one_name_are_refused() -> None:
    model = Model()
    model.rows("r", {"i": [0]})
    with pytest.raises(ValueError, match="there is a block r already"):
        model.rows("r", {"i": [0]})


def test_keys_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match="unequal lengths"):
        Model().rows("r", {"i": [0], "j": [0, 1]})


def changed(**changes: object) -> Problem:
    problem = blend()
    fields = {name: getattr(problem, name) for name in problem.__dataclass_fields__}
    return Problem(**{**fields, **changes})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cost": np.zeros(2)}, "cost has 2 numbers, not 3"),
        ({"integer": np.zeros(4, bool)}, "integer has 4 places, not 3"),
        ({"lower": np.full(3, np.nan)}, "lower holds NaN"),
        ({"cost": np.full(3, np.inf)}, "cost holds a number that is not finite"),
        ({"constant": np.nan}, "constant holds a number that is not finite"),
        ({"upper": np.full(3, 1e20)}, "upper holds a number of 1e[+]20 or more; write inf"),
        ({"row_lower": np.full(3, np.inf)}, "lower bound or limit of inf"),
        ({"lower": np.full(3, np.inf)}, "lower bound or limit of inf"),
        ({"upper": np.full(3, -np.inf)}, "upper bound or limit of -inf"),
        ({"row_upper": np.full(3, -np.inf)}, "upper bound or limit of -inf"),
    ],
)
def test_numbers_that_mean_nothing_are_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        changed(**change)


def test_a_changed_problem_leaves_the_old_one_as_it_was() -> None:
    problem = blend()
    assert problem.bounded(problem.lower, np.ones(3)).upper.tolist() == [1, 1, 1]
    assert problem.priced(np.ones(3)).cost.tolist() == [1, 1, 1]
    assert problem.limited(problem.row_lower, np.ones(3)).row_upper.tolist() == [1, 1, 1]
    assert problem.relaxed().integer.tolist() == [False] * 3
    assert problem.cost.tolist() == [-5, -4, -3]
