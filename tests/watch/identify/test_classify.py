"""Classes follow Bayes' rule, and what is not known changes nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.watch.frames import Floats
from outwork.watch.identify.classify import Beliefs, Options, learned, moved, said
from outwork.watch.identify.profiles import CLASSES, PROFILES
from outwork.watch.scenario.flight import AIRCRAFT, BIRD, DRONE, VEHICLE, Flight, Group, fly
from outwork.watch.score.scene import Scene

ONE = np.ones(1)
BLANK = np.full((1, 4), np.nan)
SPREAD = np.diag([25.0, 25.0, 100.0, 1.0, 1.0, 1.0])
shares = st.lists(st.floats(0.001, 1.0), min_size=4, max_size=4).map(lambda row: np.array([row]) / sum(row))
words = st.lists(st.one_of(st.floats(0, 1), st.just(float("nan"))), min_size=4, max_size=4).map(lambda row: np.array([row]))
numbers = st.floats(-1e4, 1e4) | st.just(float("nan"))


def test_bayes_by_hand() -> None:
    """Prior even, likelihoods 0.8, 0.1, 0.05, 0.05 twice: 0.64 / (0.64 + 0.01 + 0.0025 + 0.0025)."""
    called = np.array([[0.8, 0.1, 0.05, 0.05]])
    twice = learned(learned(np.full((1, 4), 0.25), called, ONE), called, ONE)
    assert twice[0, 0] == pytest.approx(0.64 / 0.655)


def test_half_a_weight_is_the_root_of_the_likelihood() -> None:
    found = learned(np.full((1, 4), 0.25), np.array([[0.64, 0.04, 0.16, 0.16]]), ONE / 2)
    assert found[0] == pytest.approx(np.array([0.8, 0.2, 0.4, 0.4]) / 1.8)


@given(shares, words, st.floats(0, 1))
def test_probabilities_sum_to_one_and_none_is_ever_zero(before: Floats, word: Floats, belongs: float) -> None:
    after = learned(before, said(word, np.array([belongs])), ONE)
    assert after.sum() == pytest.approx(1.0)
    assert after.min() > 0


@given(shares)
def test_unknown_evidence_changes_nothing(before: Floats) -> None:
    assert learned(before, said(BLANK, ONE), ONE) == pytest.approx(before, abs=1e-5)
    nothing = np.full(1, np.nan)
    seen = moved(np.full((1, 6), np.nan), np.full((1, 6, 6), np.nan), nothing, nothing, 0.0)
    assert learned(before, seen, ONE) == pytest.approx(before, abs=1e-5)
    assert learned(before, said(np.array([[0.9, 0.1, 0.0, 0.0]]), 0 * ONE), ONE) == pytest.approx(before, abs=1e-5)


@given(numbers, numbers)
def test_every_profile_is_positive_everywhere(estimate: float, error: float) -> None:
    for profile in PROFILES.values():
        assert profile.likelihood(np.array([estimate]), np.array([error])).min() > 0


def test_a_profile_with_a_sharp_estimate_is_even_over_its_range_and_sums_to_one() -> None:
    grid = np.linspace(-100, 400, 50_001)
    density = PROFILES["speed"].likelihood(grid, np.full(len(grid), 0.5))
    inside = (grid > 0) & (grid < 300)
    assert density[inside].sum(axis=0) * 0.01 == pytest.approx(np.ones(4), abs=0.01)
    assert density[(grid > 60) & (grid < 250), CLASSES.index("aircraft")].std() < 1e-12


def believed(flight: Flight, seconds: int = 40) -> Floats:
    """Mean probabilities [class] of things of one kind after a track of so many seconds."""
    truth = fly(Group(flight, 40, births=0.0, deaths=0.0), 8000.0, 100.0, np.random.default_rng(6))
    random, held = np.random.default_rng(7), Beliefs.none()
    for time in range(seconds):
        scene = truth.at(float(time))
        error = random.multivariate_normal(np.zeros(6), SPREAD, len(scene.ids))
        spread = np.repeat(SPREAD[None], len(scene.ids), 0)
        held = held.watched(Scene(scene.time, scene.ids, scene.state + error, spread), Options())
    assert held.probability.sum(axis=1) == pytest.approx(np.ones(len(held.ids)))
    return np.asarray(held.probability.mean(axis=0))


def test_motion_alone_tells_aircraft_and_vehicles_and_leaves_drones_and_birds_open() -> None:
    assert believed(AIRCRAFT)[CLASSES.index("aircraft")] > 0.8
    assert believed(VEHICLE)[CLASSES.index("ground")] > 0.9
    drone, bird = believed(DRONE), believed(BIRD)
    assert drone[CLASSES.index("drone")] + drone[CLASSES.index("bird")] > 0.9
    assert bird[CLASSES.index("bird")] > drone[CLASSES.index("bird")]


def test_a_camera_that_calls_it_a_drone_twice_settles_it() -> None:
    scene = Scene(0.0, np.array([3, 9]), np.tile([0.0, 0, 100, 12, 0, 0], (2, 1)), np.repeat(SPREAD[None], 2, 0))
    held = Beliefs.none().watched(scene, Options())
    likely = np.array([[0.85, 0.05, 0.05, 0.05]] * 3)
    after = held.told(np.array([9, 9, 4]), likely, np.ones(3))
    assert after.of(np.array([3]), Options()) == pytest.approx(held.of(np.array([3]), Options()), abs=1e-6)
    assert after.of(np.array([9]), Options())[0, 0] > 0.9
    assert after.of(np.array([4]), Options())[0].tolist() == [0.25] * 4


def test_the_same_second_twice_tells_no_more_than_once() -> None:
    scene = Scene(0.0, np.array([1]), np.array([[0.0, 0, 100, 12, 0, 0]]), SPREAD[None])
    once = Beliefs.none().watched(scene, Options())
    again = once.watched(scene, Options())
    assert again.probability == pytest.approx(once.probability)
