"""How near the tracker comes to what can be reached: small here, at full size under soak."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from outwork.watch.frames import Floats
from outwork.watch.scenario.alone import NOISE, alone, bound
from outwork.watch.scenario.named import four_radars
from outwork.watch.scenario.scenario import Scenario
from outwork.watch.score.gospa import Cut, gospa
from outwork.watch.score.nees import band, nees
from outwork.watch.track.options import ByCount, Model, Options
from outwork.watch.track.tracker import Tracker

SETTLED = 20
"""Scans after which the first guess, which the bound knows and the tracker does not, is forgotten."""


def errors(runs: int, seconds: float) -> tuple[Floats, Floats]:
    """Return the errors [run, scan, 6] of one track without clutter, and NEES [run, scan], from SETTLED on."""
    found, honest = [], []
    for seed in range(runs):
        made = alone(seconds=seconds, seed=seed)
        tracker = Tracker(made.sensors, Options(models=(Model(NOISE, NOISE),), window=0.0))
        for k, each in enumerate(made.scans):
            tracker.take(each)
            if k >= SETTLED:
                picture = tracker.picture()
                error = picture.state[:1] - made.truth.at(each.time).state
                found.append(error[0])
                honest.append(nees(error, picture.covariance[:1])[0])
    return np.array(found).reshape(runs, -1, 6), np.array(honest).reshape(runs, -1)


def over_bound(error: Floats, seconds: float) -> float:
    """Return root mean square error of place over the posterior Cramer-Rao bound, the mean over scans."""
    least = np.sqrt(np.trace(bound(seconds=seconds, runs=200)[SETTLED:, :3, :3], axis1=1, axis2=2))
    return float((np.sqrt((error[:, :, :3] ** 2).sum(axis=2).mean(axis=0)) / least).mean())


def test_one_target_without_clutter_is_near_the_bound_and_honest() -> None:
    error, honest = errors(runs=40, seconds=40.0)
    assert 0.9 < over_bound(error, 40.0) < 1.12
    assert honest[:, -1].mean() in band(6, 40)


@pytest.mark.soak
def test_one_target_is_within_6_percent_of_the_bound_and_inside_the_band_of_nees() -> None:
    error, honest = errors(runs=500, seconds=80.0)
    assert over_bound(error, 80.0) < 1.06
    assert honest[:, -1].mean() in band(6, 500)


def distance(made: Scenario, options: Options) -> float:
    """Return the mean GOSPA [m] of confirmed tracks from the tenth scan on."""
    tracker, apart = Tracker(made.sensors, options), []
    for k, each in enumerate(made.scans):
        tracker.take(each)
        if k >= 10:
            picture = tracker.picture()
            places = made.truth.at(each.time).state[:, :3]
            apart.append(gospa(places, picture.state[picture.confirmed, :3], Cut()).distance)
    return float(np.mean(apart))


def single(noise: float) -> Options:
    """Return the plain recipe: one model, nearest neighbour, counts."""
    return Options(models=(Model(noise, noise),), life=ByCount(), speed=20.0, window=0.0)


def test_interacting_models_and_likelihood_ratios_beat_a_single_model_by_counts() -> None:
    made = four_radars(50, seconds=70.0)
    assert distance(made, Options(speed=20.0, window=0.0)) < 0.94 * distance(made, single(4.0))


@pytest.mark.soak
def test_interacting_models_and_likelihood_ratios_beat_the_best_tuned_single_model_by_6_percent() -> None:
    skies = [four_radars(seed=seed) for seed in range(5)]
    ours = Options(speed=20.0, window=0.0)
    best = min(np.mean([distance(made, single(noise)) for made in skies]) for noise in (0.5, 1.0, 2.0, 4.0, 8.0))
    for options in (ours, replace(ours, associate="joint")):
        assert np.mean([distance(made, options) for made in skies]) < 0.94 * best
