"""A lone target is where a filter can be held against the bound."""

from __future__ import annotations

import numpy as np
import pytest

from outwork.watch.frames import Floats
from outwork.watch.scenario.alone import START, START_ERROR, alone, bound, paths, white_acceleration
from outwork.watch.score.bound import position_error
from outwork.watch.score.nees import honesty
from outwork.watch.sensors import jacobian, measured

SECONDS, RUNS = 60.0, 300


def filtered(truth: Floats) -> tuple[Floats, Floats]:
    """Errors [scan, run, 6] and covariances [scan, run, 6, 6] of the plain extended Kalman filter that knows the model."""
    sensors, random = alone(seconds=1.0).sensors, np.random.default_rng(9)
    moves, spread = white_acceleration()
    noise = np.diag(sensors.variance[0, :3])
    state = np.tile(START, (truth.shape[1], 1))
    covariance = np.tile(np.diag(START_ERROR**2), (len(state), 1, 1))
    errors, covariances = [], []
    for real in truth:
        z = measured(sensors, 0, real)[:, :3] + random.normal(size=(len(real), 3)) * np.sqrt(np.diag(noise))
        gradient = jacobian(sensors, 0, state)[:, :3]
        across = covariance @ gradient.transpose(0, 2, 1)
        gain = across @ np.linalg.inv(gradient @ across + noise)
        state = state + np.einsum("nij,nj->ni", gain, z - measured(sensors, 0, state)[:, :3])
        covariance = covariance - gain @ gradient @ covariance
        errors.append(state - real)
        covariances.append(covariance)
        state, covariance = state @ moves.T, moves @ covariance @ moves.T + spread
    return np.array(errors), np.array(covariances)


def test_every_scan_holds_the_one_target() -> None:
    sky = alone(seconds=40.0)
    assert [(len(scan), scan.time) for scan in sky.scans] == [(1, float(time)) for time in range(40)]
    assert set(sky.heard.source.tolist()) == {0}


def test_the_extended_kalman_filter_comes_within_8_percent_of_the_bound_and_is_honest() -> None:
    """In a trial of 2,000 runs over 100 scans it came to 1.051 times the bound, with a NEES of 5.99 of 6."""
    error, covariance = filtered(paths(SECONDS, RUNS, np.random.default_rng(2)))
    reached = np.sqrt((error[..., :3] ** 2).sum(axis=2).mean(axis=1))
    ratio = (reached / position_error(bound(seconds=SECONDS)))[10:].mean()
    assert 0.98 < ratio < 1.08
    assert honesty(error[-1], covariance[-1], level=0.999).verdict == "honest"


def test_the_bound_falls_while_little_is_known_and_then_stays_below_a_single_look() -> None:
    least = position_error(bound(seconds=40.0, runs=50))
    assert least[0] == pytest.approx(np.sqrt(5**2 + 14**2 + 28**2), rel=0.15)
    assert np.all(np.diff(least[:4]) < 0)
    assert 5.0 < least[-1] < least[0] / 1.5
