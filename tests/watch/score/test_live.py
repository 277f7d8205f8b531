"""The running NEES tells an honest picture from one that is too sure, and soon after it changes."""

from __future__ import annotations

import numpy as np
import pytest

from outwork.watch.score.live import Running

COVARIANCE = np.repeat(np.diag([100.0, 100.0, 400.0])[None], 300, 0)
ERROR = np.random.default_rng(3).normal(size=(300, 3)) * [10.0, 10.0, 20.0]


def test_with_full_memory_it_is_the_plain_mean() -> None:
    taken = Running(memory=1.0).take(ERROR, COVARIANCE)
    assert taken.samples == pytest.approx(300)
    assert taken.total / taken.weight == pytest.approx(np.mean((ERROR / [10, 10, 20]) ** 2) * 3)


def test_a_memory_of_98_in_100_is_worth_99_samples() -> None:
    """(1 + w) / (1 - w) of an endless stream, for w = 0.98."""
    taken = Running().take(np.concatenate([ERROR] * 4), np.concatenate([COVARIANCE] * 4))
    assert taken.samples == pytest.approx(99.0, rel=1e-6)


def test_a_picture_that_becomes_too_sure_is_found_out_and_one_that_mends_is_forgiven() -> None:
    running = Running(memory=0.95).take(ERROR, COVARIANCE)
    assert running.honesty().verdict == "honest"
    running = running.take(ERROR[:60], COVARIANCE[:60] / 3)
    assert running.honesty().verdict == "too sure"
    assert running.take(ERROR[60:260], COVARIANCE[60:260]).honesty().verdict == "honest"


def test_a_comparison_that_cannot_be_judged_changes_no_mean() -> None:
    before = Running().take(ERROR[:5], COVARIANCE[:5])
    after = before.take(np.full((1, 3), np.nan), COVARIANCE[:1]).take(np.ones((1, 3)), np.zeros((1, 3, 3)))
    assert (after.total, after.weight, after.unusable) == (before.total, before.weight, 2)
    assert Running().honesty().verdict == "unknown"
