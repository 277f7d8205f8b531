"""Classes follow Bayes' rule, and what is not known changes nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.watch.frames import Floats
from outwork.watch.identify.classify import Beliefs, Options, moved, shares
from outwork.watch.identify.profiles import CLASSES, PROFILES
from outwork.watch.scenario.flight import AIRCRAFT, BIRD, DRONE, VEHICLE, Flight, Group, fly
from outwork.watch.score.scene import Scene

OPTIONS = Options()
ONE = np.ones(1)
BLANK = np.full((1, 4), np.nan)
SPREAD = np.diag([25.0, 25.0, 100.0, 1.0, 1.0, 1.0])
words = st.lists(st.one_of(st.floats(0, 1), st.just(float("nan"))), min_size=4, max_size=4).map(lambda row: np.array([row]))
numbers = st.floats(-1e4, 1e4) | st.just(float("nan"))


def watched(speed: float = 12.0) -> Beliefs:
    """Tracks 3 and 9 after one look."""
    scene = Scene(0.0, np.array([3, 9]), np.tile([0.0, 0, 100, speed, 0, 0], (2, 1)), np.repeat(SPREAD[None], 2, 0))
    return Beliefs.none().watched(scene, OPTIONS)


def test_bayes_by_hand() -> None:
    """Prior even, likelihoods 0.8, 0.1, 0.05, 0.05 twice: 0.64 / (0.64 + 0.01 + 0.0025 + 0.0025)."""
    called = np.log([[0.8, 0.1, 0.05, 0.05]])
    assert shares(called + called)[0, 0] == pytest.approx(0.64 / 0.655)


def test_a_word_that_counts_half_is_the_root_of_its_likelihood() -> None:
    still = replace(watched(), motion=np.zeros((2, 4)))
    found = still.told(np.array([9]), np.array([[0.64, 0.04, 0.16, 0.16]]), ONE, Options(word=0.5))
    assert found.of(np.array([9]), OPTIONS)[0] == pytest.approx(np.array([0.8, 0.2, 0.4, 0.4]) / 1.8)


@given(st.lists(st.tuples(words, st.floats(0, 1)), max_size=40), st.floats(0, 1e4))
def test_probabilities_sum_to_one_and_none_is_ever_zero(calls: list[tuple[Floats, float]], speed: float) -> None:
    held = watched(speed)
    for word, belongs in calls:
        held = held.told(np.array([3]), word, np.array([belongs]), OPTIONS)
    after = held.of(np.array([3, 9, 11]), OPTIONS)
    assert after.sum(axis=1) == pytest.approx(np.ones(3))
    assert after.min() > 0


@given(words)
def test_unknown_evidence_changes_nothing(word: Floats) -> None:
    both, nothing = np.array([3, 9]), np.full(1, np.nan)
    held = watched().told(np.array([3]), word, ONE, OPTIONS)
    before = held.of(both, OPTIONS)
    assert held.told(both[:1], BLANK, ONE, OPTIONS).of(both, OPTIONS) == pytest.approx(before)
    assert held.told(both[:1], np.array([[0.9, 0.1, 0.0, 0.0]]), 0 * ONE, OPTIONS).of(both, OPTIONS) == pytest.approx(before)
    assert moved(np.full((1, 6), np.nan), np.full((1, 6, 6), np.nan), nothing, nothing, 0.0).tolist() == [[1.0] * 4]
    unseen = Scene(5.0, both, np.full((2, 6), np.nan), np.repeat(SPREAD[None], 2, 0))
    less = held.watched(unseen, OPTIONS)
    assert less.motion == pytest.approx(held.motion)


@given(words)
def test_sensors_that_were_wrong_for_long_are_overruled_as_soon(word: Floats) -> None:
    """What was ever said leaves no class below one in a million, so that about as many words undo it."""
    held = watched()
    for _ in range(60):
        held = held.told(np.array([3]), word, ONE, Options(word=1.0))
    for _ in range(12):
        held = held.told(np.array([3]), np.array([[0.05, 0.05, 0.85, 0.05]]), ONE, Options(word=1.0))
    assert held.of(np.array([3]), OPTIONS)[0].argmax() == CLASSES.index("bird")


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
    truth = fly(Group(flight, 40, births=0.0, deaths=0.0), 8000.0, 200.0, np.random.default_rng(6))
    random, held = np.random.default_rng(7), Beliefs.none()
    for time in range(seconds):
        scene = truth.at(float(time))
        error = random.multivariate_normal(np.zeros(6), SPREAD, len(scene.ids))
        spread = np.repeat(SPREAD[None], len(scene.ids), 0)
        held = held.watched(Scene(scene.time, scene.ids, scene.state + error, spread), OPTIONS)
    return np.asarray(held.of(held.ids, OPTIONS).mean(axis=0))


def test_motion_alone_tells_aircraft_and_vehicles_and_leaves_drones_and_birds_open() -> None:
    assert believed(AIRCRAFT)[CLASSES.index("aircraft")] > 0.8
    assert believed(VEHICLE)[CLASSES.index("ground")] > 0.9
    drone, bird = believed(DRONE), believed(BIRD)
    assert drone[CLASSES.index("drone")] + drone[CLASSES.index("bird")] > 0.9
    assert bird[CLASSES.index("bird")] > drone[CLASSES.index("bird")]


def test_a_slow_drone_is_no_surer_a_bird_after_three_minutes_than_after_half_a_one() -> None:
    slow = Flight("drone", speed=(11.0, 13.0), height=(80.0, 120.0), pull=0.1)
    short, long = (believed(slow, seconds)[CLASSES.index("drone")] for seconds in (30, 180))
    assert long == pytest.approx(short, abs=0.03)
    assert long > 0.05


def test_a_camera_that_calls_it_a_drone_six_times_settles_it_for_that_track_only() -> None:
    both = np.array([3, 9])
    held = watched()
    after = held
    for _ in range(6):
        after = after.told(np.array([9, 4]), np.array([[0.85, 0.05, 0.05, 0.05]] * 2), np.ones(2), OPTIONS)
    assert after.of(both, OPTIONS)[0] == pytest.approx(held.of(both, OPTIONS)[0])
    assert after.of(both, OPTIONS)[1, 0] > 0.95
    assert after.of(np.array([4]), OPTIONS)[0] == pytest.approx(np.full(4, 0.25))


def test_the_same_second_twice_tells_no_more_than_once() -> None:
    held = watched()
    scene = Scene(0.0, np.array([3, 9]), np.tile([0.0, 0, 100, 40, 0, 0], (2, 1)), np.repeat(SPREAD[None], 2, 0))
    assert held.watched(scene, OPTIONS).of(held.ids, OPTIONS) == pytest.approx(held.of(held.ids, OPTIONS))


def test_a_track_that_is_no_more_is_forgotten() -> None:
    one = Scene(1.0, np.array([9]), np.array([[0.0, 0, 100, 12, 0, 0]]), SPREAD[None])
    assert watched().watched(one, OPTIONS).ids.tolist() == [9]
