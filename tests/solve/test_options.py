import pytest

from outwork.solve.options import Options, ways


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"limit": -1.0}, "limit is -1.0 s; give seconds from 0 on"),
        ({"limit": float("nan")}, "limit is nan s"),
        ({"gap": -0.1}, "gap is -0.1; give a share"),
        ({"gap": float("inf")}, "gap is inf"),
        ({"threads": 0}, "threads is 0; give at least 1"),
        ({"seed": 2**31}, "seed is 2147483648; give a whole number"),
        ({"method": "magic"}, "method is 'magic'; give auto, ipm or simplex"),
    ],
)
def test_what_no_solver_can_do_is_refused(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Options(**wrong)


@pytest.mark.parametrize("method", ["auto", "ipm", "simplex"])
@pytest.mark.parametrize("whole", [True, False])
def test_the_second_way_is_unlike_the_first(method: str, *, whole: bool) -> None:
    first, second = ways(Options(method=method), whole=whole)
    assert first.lp != second.lp or first.presolve != second.presolve
