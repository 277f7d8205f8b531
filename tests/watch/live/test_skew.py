"""How far a sensor's clock is off, told from when its detections arrive."""

from __future__ import annotations

import random

import pytest

from outwork.watch.live.skew import LEAST, WINDOW, Skew


def told(ahead: float, count: int = 200, *, wrong: float = 0.0, seed: int = 1) -> Skew:
    """Return what is known of a clock that is ahead, of which detections arrive after 20 to 400 ms, some wrongly stamped."""
    dice = random.Random(seed)  # noqa: S311  # draws delays
    skew = Skew()
    for _ in range(count):
        off = dice.uniform(-3600, 3600) if dice.random() < wrong else 0.0
        skew.take(0.02 + dice.expovariate(10.0) - ahead + off)
    return skew


def test_a_clock_that_is_ahead_is_told_to_within_the_shortest_way() -> None:
    assert told(5.0).ahead() == pytest.approx(5.0, abs=0.05)


def test_a_clock_that_is_behind_is_told_beyond_the_way_that_is_usual() -> None:
    assert told(-60.0).ahead() == pytest.approx(-59.0, abs=0.1)


def test_a_clock_that_is_right_is_not_blamed_for_the_way() -> None:
    assert told(0.0).ahead() == 0.0


@pytest.mark.parametrize("seed", range(5))
def test_a_few_wrong_stamps_move_nothing(seed: int) -> None:
    assert told(5.0, wrong=0.03, seed=seed).ahead() == pytest.approx(5.0, abs=0.2)


def test_nothing_is_said_of_few_detections() -> None:
    assert told(5.0, LEAST - 1).ahead() is None
    assert told(5.0, LEAST).ahead() is not None


def test_a_clock_that_was_set_right_is_believed_again() -> None:
    skew = told(5.0)
    for _ in range(WINDOW):
        skew.take(0.1)
    assert skew.ahead() == 0.0
