"""What flies keeps within what its kind can do, and to its seed."""

from __future__ import annotations

import numpy as np
import pytest

from outwork.watch.frames import Floats
from outwork.watch.scenario.flight import AIRCRAFT, BIRD, DRONE, GRAVITY, STRAIGHT, Flight, Group, fly
from outwork.watch.scenario.truth import Truth, together

SIDE, SECONDS = 8000.0, 100.0


def flown(flight: Flight, number: int = 60, seed: int = 1) -> Truth:
    return fly(Group(flight, number), SIDE, SECONDS, np.random.default_rng(seed))


def paths(truth: Truth, times: Floats) -> Floats:
    """States [time, target, 6]."""
    everyone = np.arange(len(truth))
    return np.array([truth.states(everyone, np.maximum(truth.since, time)) for time in times])


def test_drones_keep_their_speed_and_pull_no_more_than_0_4_g_however_finely_one_looks() -> None:
    truth = flown(DRONE)
    every = paths(truth, np.arange(30, 90, 0.05))
    speed = np.hypot(every[..., 3], every[..., 4])
    assert speed.min() >= 5.0 - 1e-9
    assert speed.max() <= 30.0 + 1e-9
    assert np.ptp(speed, axis=0).max() < 1e-9
    pull = np.linalg.norm(np.diff(every[..., 3:5], axis=0), axis=2) / 0.05 / GRAVITY
    assert 0.3 < pull.max() <= 0.4 + 1e-6


def test_position_is_the_integral_of_velocity_across_legs() -> None:
    every = paths(flown(BIRD), np.arange(30, 40, 0.01))
    moved = np.diff(every[..., :3], axis=0) / 0.01
    middle = (every[1:, :, 3:] + every[:-1, :, 3:]) / 2
    assert np.abs(moved - middle)[..., :2].max() < 0.05


def test_turns_last_4_to_12_s_and_heights_stay_in_their_range() -> None:
    truth = flown(DRONE)
    lasts, turns = np.diff(truth.start), truth.turn[:-1] != 0
    inside = np.ones(len(lasts), dtype=bool)
    inside[truth.first[1:-1] - 1] = False
    assert lasts[turns & inside].min() >= 4.0
    assert lasts[turns & inside].max() <= 12.0
    height = paths(truth, np.arange(20, 100, 1.0))[..., 2]
    assert (height.min(), height.max()) == (pytest.approx(50, abs=40), pytest.approx(300, abs=40))
    assert height.min() >= 50 - 1e-9
    assert height.max() <= 300 + 1e-9


def test_what_flies_straight_goes_on_in_a_line() -> None:
    truth = flown(STRAIGHT)
    every = paths(truth, np.array([30.0, 60.0, 90.0]))
    assert every[2, :, :3] - every[1, :, :3] == pytest.approx(every[1, :, :3] - every[0, :, :3])


def test_births_are_staggered_and_some_die() -> None:
    truth = flown(DRONE, 400)
    counts = [len(truth.alive(time)) for time in (0.0, 10.0, 20.0, 49.0, 99.9)]
    assert counts[0] == 0
    assert counts[1] == pytest.approx(200, abs=40)
    assert counts[2] == counts[3] == 400
    assert counts[4] == pytest.approx(360, abs=20)


def test_what_leaves_the_square_comes_back() -> None:
    truth = fly(Group(AIRCRAFT, 40), 4000.0, 2000.0, np.random.default_rng(3))
    away = np.abs(paths(truth, np.array([500.0, 1000.0, 1500.0, 2000.0]))[..., :2]).max(axis=2)
    assert np.median(away) < 6000.0


def test_the_same_seed_gives_the_same_bytes_and_another_one_does_not() -> None:
    one, two, other = flown(DRONE), flown(DRONE), flown(DRONE, seed=2)
    assert one.state.tobytes() == two.state.tobytes()
    assert one.state.tobytes() != other.state.tobytes()


def test_truths_together_are_each_as_they_were() -> None:
    one, two = flown(DRONE, 5), flown(BIRD, 7)
    both = together(one, two)
    when = np.linspace(20, 90, 7)
    assert both.states(np.arange(5, 12), when) == pytest.approx(two.states(np.arange(7), when))
    assert both.states(np.arange(5), when[:5]) == pytest.approx(one.states(np.arange(5), when[:5]))
    assert len(both) == 12


def test_nobody_is_a_group_too() -> None:
    assert len(flown(DRONE, 0).at(5.0).ids) == 0
