from __future__ import annotations

import pytest

from outwork.model.outcome import MadeBy, Outcome, Pointer, Reason, Status


@pytest.mark.parametrize(
    ("cost", "bound", "gap"),
    [(100.0, 98.0, 0.02), (-50.0, -60.0, 0.2), (10.0, 10.0, 0.0), (0.0, 0.0, 0.0), (None, 5.0, None), (5.0, None, None)],
)
def test_the_gap_is_the_distance_to_the_bound_over_the_cost(cost: float | None, bound: float | None, gap: float | None) -> None:
    assert Outcome(Status.DONE, "The plan is done.", 1.0, cost, bound).gap == (None if gap is None else pytest.approx(gap))


def test_a_pointer_reads_as_table_and_key() -> None:
    assert str(Pointer("lanes", ("s1", "s2", "road"))) == "lanes s1 s2 road"


def test_a_reason_without_amount_computed_nothing() -> None:
    reason = Reason("late", "The radar is late.")
    assert (reason.rows, reason.change, reason.amount, reason.unit) == ((), "", None, "")


def test_a_status_is_its_word() -> None:
    assert [str(status) for status in Status] == ["done", "limited", "impossible", "invalid"]


def test_an_answer_says_from_what_it_was_made() -> None:
    made = MadeBy("0.1.0", {"weeks": 104}, seed=1, digest="00")
    assert (made.version, made.options["weeks"], made.seed) == ("0.1.0", 104, 1)
