"""Clocks that never step back, and how long a source that failed waits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.watch.live.backoff import Backoff
from outwork.watch.live.clock import Steady
from tests.watch.live.made import AT, after


def test_a_clock_counts_from_where_it_began_as_fast_as_it_is_told() -> None:
    counter = iter([100.0, 100.0, 101.0, 102.0])
    clock = Steady(AT, 60.0, lambda: next(counter))
    assert [clock.now(), clock.now()] == [AT, after(60)]
    assert clock.wait(after(240)) == 2.0


def test_there_is_no_waiting_for_what_has_passed() -> None:
    counter = iter([0.0, 10.0])
    assert Steady(AT, 1.0, lambda: next(counter)).wait(after(5)) == 0.0


@pytest.mark.parametrize("speed", [0.0, -1.0, float("nan")])
def test_a_clock_that_stands_or_runs_back_is_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="give a number above 0"):
        Steady(AT, speed)


@given(st.integers(0, 10_000))
def test_waits_grow_and_never_beyond_the_most(failures: int) -> None:
    backoff = Backoff(first=0.5, most=30.0)
    assert backoff.wait(failures) <= backoff.wait(failures + 1) <= 30.0


def test_a_source_that_ran_well_begins_again_at_the_shortest_wait() -> None:
    backoff = Backoff(first=0.5, proven=60.0)
    assert [backoff.wait(count) for count in (1, 2, 3)] == [0.5, 1.0, 2.0]
    assert backoff.failures(7, ran=1.0) == 8
    assert backoff.failures(7, ran=60.0) == 1
