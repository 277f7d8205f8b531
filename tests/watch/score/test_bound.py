"""The posterior bound is what theory says where theory gives a number."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.watch.frames import Floats
from outwork.watch.score.bound import Polar, of_position, polar_information, position_error, posterior_bound

RADAR = Polar(range=5.0, azimuth=0.0035, elevation=0.007)
offsets = st.tuples(*[st.floats(-5000, 5000).filter(lambda x: abs(x) > 50)] * 3).map(np.array)


def measured(apart: Floats) -> Floats:
    """Range, azimuth clockwise from north, elevation."""
    x, y, z = apart
    return np.array([np.linalg.norm(apart), np.arctan2(x, y), np.arctan2(z, np.hypot(x, y))])


def test_a_random_walk_seen_with_its_own_noise_settles_at_the_golden_ratio() -> None:
    """The Riccati equation p = (p + q) r / (p + q + r) with q = r = 1 has the root (sqrt 5 - 1) / 2."""
    one = np.eye(1)
    found = posterior_bound(10 * one, one, one, np.ones((40, 1, 1)))
    assert found[-1, 0, 0] == pytest.approx((np.sqrt(5) - 1) / 2)


def test_for_a_linear_target_it_is_the_covariance_of_the_kalman_filter() -> None:
    transition = np.array([[1.0, 1.0], [0.0, 1.0]])
    noise = np.array([[1 / 3, 1 / 2], [1 / 2, 1.0]])
    gradient, error = np.array([[1.0, 0.0]]), np.array([[4.0]])
    covariance = np.diag([100.0, 25.0])
    found = posterior_bound(covariance, transition, noise, np.repeat(gradient.T @ gradient[None] / 4, 12, 0))
    for step in range(12):
        gain = covariance @ gradient.T @ np.linalg.inv(gradient @ covariance @ gradient.T + error)
        covariance = covariance - gain @ gradient @ covariance
        assert found[step] == pytest.approx(covariance)
        covariance = transition @ covariance @ transition.T + noise


def test_a_radar_at_4_km_knows_a_target_to_5_m_in_range_and_14_and_28_m_across() -> None:
    known = np.linalg.inv(polar_information(np.array([[0.0, 4000.0, 0.0]]), RADAR))
    assert np.sqrt(np.diag(known)) == pytest.approx([14.0, 5.0, 28.0])


@given(offsets)
def test_its_information_is_that_of_the_gradient_by_differences(apart: Floats) -> None:
    step = 1e-3
    gradient = np.column_stack([(measured(apart + step * e) - measured(apart - step * e)) / (2 * step) for e in np.eye(3)])
    weight = np.diag([5.0**-2, 0.0035**-2, 0.007**-2])
    expected = gradient.T @ weight @ gradient
    assert polar_information(apart[None], RADAR) == pytest.approx(expected, rel=1e-4, abs=1e-6 * np.abs(expected).max())


def test_a_bearing_alone_tells_nothing_along_itself_and_missed_detections_tell_less() -> None:
    only = polar_information(np.array([[300.0, 400.0, 50.0]]), Polar(azimuth=0.05))
    along = np.array([300.0, 400.0, 50.0])
    assert along @ only @ along == pytest.approx(0.0, abs=1e-12)
    assert np.linalg.matrix_rank(only) == 1
    seldom = polar_information(np.array([[300.0, 400.0, 50.0]]), Polar(azimuth=0.05, detects=0.5))
    assert seldom == pytest.approx(only / 2)


def test_the_bound_of_a_whole_state_falls_while_measurements_come() -> None:
    learned = of_position(polar_information(np.array([[0.0, 4000.0, 100.0]]), RADAR), 6)
    found = posterior_bound(np.diag([1e4] * 3 + [400.0] * 3), np.eye(6), np.zeros((6, 6)), np.repeat(learned[None], 5, 0))
    error = position_error(found)
    assert np.all(np.diff(error) < 0)
    assert error[4] == pytest.approx(np.sqrt(25 + 14**2 + 28**2) / np.sqrt(5), rel=0.01)
