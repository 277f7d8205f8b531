from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.model.horizon import Horizon

MONDAY = date(2027, 1, 4)

horizons = st.builds(
    Horizon.of,
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    weeks=st.integers(1, 200),
    step_days=st.integers(1, 30),
    weekly_buckets=st.none() | st.integers(0, 210),
)


def test_weeks_come_first_and_blocks_of_four_after() -> None:
    horizon = Horizon.of(MONDAY, weeks=104, weekly_buckets=26)
    assert horizon.steps == 104
    assert horizon.buckets == 26 + 20  # 78 weeks after, of which the last two are a block of their own
    assert horizon.lengths.tolist() == [1] * 26 + [4] * 19 + [2]
    assert horizon.edges[-1] == 104


def test_without_a_number_of_weekly_buckets_every_step_is_one() -> None:
    assert Horizon.of(MONDAY, weeks=10).lengths.tolist() == [1] * 10


def test_more_weekly_buckets_than_weeks_are_all_the_weeks() -> None:
    assert Horizon(MONDAY, steps=3, fine_steps=5).lengths.tolist() == [1, 1, 1]


def test_a_step_of_other_length_keeps_blocks_of_four_weeks() -> None:
    daily = Horizon.of(MONDAY, weeks=8, step_days=1, weekly_buckets=4)
    assert (daily.steps, daily.weeks_per_step) == (56, 1 / 7)
    assert daily.lengths.tolist() == [1] * 28 + [28]
    assert Horizon.of(MONDAY, weeks=104, step_days=364, weekly_buckets=0).lengths.tolist() == [1, 1]


def test_a_day_belongs_to_the_step_that_holds_it() -> None:
    horizon = Horizon.of(MONDAY, weeks=4)
    assert horizon.step(MONDAY) == 0
    assert horizon.step(MONDAY + timedelta(6)) == 0
    assert horizon.step(MONDAY + timedelta(7)) == 1
    assert horizon.step(MONDAY - timedelta(1)) == -1
    assert horizon.first_step_from(MONDAY) == 0
    assert horizon.first_step_from(MONDAY + timedelta(1)) == 1
    assert horizon.first_step_from(MONDAY - timedelta(1)) == 0


@pytest.mark.parametrize(("days", "steps"), [(0, 0), (0.5, 1), (7, 1), (7.1, 2), (14, 2), (3660, 523)])
def test_a_lead_time_is_rounded_up_to_whole_steps(days: float, steps: int) -> None:
    assert Horizon.of(MONDAY, weeks=4).lead(days) == steps


@given(horizons)
def test_buckets_cover_every_step_once(horizon: Horizon) -> None:
    assert horizon.lengths.sum() == horizon.steps
    assert (horizon.lengths > 0).all()
    assert np.array_equal(np.bincount(horizon.bucket_of), horizon.lengths)
    assert (np.diff(horizon.bucket_of) >= 0).all()
    assert horizon.fine().buckets == horizon.steps


@given(horizons, st.integers(-50, 250))
def test_the_first_day_of_a_step_lies_in_it_and_begins_it(horizon: Horizon, step: int) -> None:
    assert horizon.step(horizon.day(step)) == step
    assert horizon.first_step_from(horizon.day(step)) == step
    assert horizon.step(horizon.day(step) - timedelta(1)) == step - 1


@given(horizons, st.floats(0, 3660))
def test_a_lead_time_is_never_rounded_down(horizon: Horizon, days: float) -> None:
    steps = horizon.lead(days)
    assert steps * horizon.step_days >= days - 1e-6
    assert (steps - 1) * horizon.step_days < days + 1e-6 or steps == 0
