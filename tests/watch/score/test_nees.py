"""NEES judges covariances, and its band is that of chi-square."""

from __future__ import annotations

import numpy as np
import pytest

from outwork.watch.score.nees import band, honesty, nees

RANDOM = np.random.default_rng(5)


def errors_of(covariance: np.ndarray, number: int) -> np.ndarray:
    return RANDOM.multivariate_normal(np.zeros(len(covariance)), covariance, number)


COVARIANCE = np.array([[9.0, 2, 0], [2, 4, 1], [0, 1, 1]])


def test_the_nees_of_three_and_four_sigma_along_two_axes_is_25() -> None:
    assert nees(np.array([[6.0, 4.0]]), np.diag([4.0, 1.0])[None]) == pytest.approx([25.0])


def test_the_band_of_50_runs_of_two_numbers_is_the_published_one() -> None:
    """Bar-Shalom, Li, Kirubarajan 2001, section 5.4.2: chi-square of 100 degrees of freedom is 74.2 to 129.6 at 95 %."""
    found = band(2, 50)
    assert (found.low * 50, found.high * 50) == (pytest.approx(74.2, abs=0.05), pytest.approx(129.6, abs=0.05))


def test_errors_drawn_from_the_covariance_are_honest_and_a_halved_or_doubled_one_is_not() -> None:
    error = errors_of(COVARIANCE, 400)
    assert honesty(error, np.repeat(COVARIANCE[None], 400, 0)).verdict == "honest"
    assert honesty(error, np.repeat(COVARIANCE[None] / 2, 400, 0)).verdict == "too sure"
    assert honesty(error, np.repeat(COVARIANCE[None] * 2, 400, 0)).verdict == "too cautious"


def test_a_covariance_that_is_zero_not_finite_or_negative_is_counted_and_not_judged() -> None:
    covariance = np.stack([np.zeros((2, 2)), np.full((2, 2), np.nan), -np.eye(2), np.eye(2)])
    found = honesty(np.ones((4, 2)), covariance)
    assert (found.samples, found.unusable, found.mean) == (1, 3, pytest.approx(2.0))
    assert 2.0 in found.band
    assert honesty(np.ones((1, 2)), covariance[:1]).verdict == "unknown"
