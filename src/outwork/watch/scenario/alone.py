"""One target and one radar, which neither misses nor makes anything up: where the posterior bound can be reached."""

from __future__ import annotations

from typing import Final

import numpy as np

from outwork.model.tables.watching import Sensor
from outwork.watch.frames import Floats, Frame
from outwork.watch.scenario.named import ORIGIN, SIDE, place_at
from outwork.watch.scenario.scenario import Scenario, scenario
from outwork.watch.scenario.truth import Truth
from outwork.watch.scenario.watcher import Watcher
from outwork.watch.score.bound import Polar, of_position, polar_information, posterior_bound

START: Final = np.array([2800.0, 2800.0, 400.0, -12.0, 4.0, 0.0])
"""Where the target begins on the mean, as seen from the radar [m, m/s]."""
START_ERROR: Final = np.array([50.0, 50.0, 50.0, 10.0, 10.0, 3.0])
"""One standard deviation of that [m, m/s]."""
RADAR: Final = Polar(range=5.0, azimuth=0.0035, elevation=0.007)
"""Errors of the radar [m, rad, rad]."""
NOISE: Final = 0.5
"""Spectral density of the target's acceleration on each axis [m2/s3]."""
STEP: Final = 1.0
"""Time between two scans [s]."""


def alone(*, seconds: float = 100.0, seed: int = 1, frame: Frame = ORIGIN) -> Scenario:
    """Return a scenario whose target begins at START, by START_ERROR, and moves by white acceleration, drawn at each scan."""
    truth = _one(paths(seconds, 1, np.random.default_rng([seed, 0, 1]))[:, 0])
    latitude, longitude, altitude = place_at(frame, 0.0, 0.0)
    row = Sensor(
        sensor="radar", kind="radar_3d", latitude=latitude, longitude=longitude, altitude=altitude, range_most=20_000.0,
        range_error=RADAR.range, azimuth_error=float(np.degrees(RADAR.azimuth)),
        elevation_error=float(np.degrees(RADAR.elevation)), detects=1.0, period=STEP,
    )  # fmt: skip
    return scenario("alone", frame, truth, [Watcher(row)], side=SIDE, seconds=seconds, seed=seed)


def bound(*, seconds: float = 100.0, runs: int = 500, seed: int = 1) -> Floats:
    """Return the posterior bound's covariance [scan, 6, 6] of `alone` after each scan, its expectation over so many paths."""
    every = paths(seconds, runs, np.random.default_rng([seed, 0, 1]))
    information = np.array([of_position(polar_information(states[:, :3], RADAR), 6) for states in every])
    return posterior_bound(np.diag(START_ERROR**2), *white_acceleration(), information)


def white_acceleration() -> tuple[Floats, Floats]:
    """Return F and Q [6, 6] of nearly constant velocity over one STEP, T, with white acceleration of density NOISE, q.

    F = [I, T I; 0, I],   Q = q [T^3/3 I, T^2/2 I; T^2/2 I, T I]     (Bar-Shalom, Li, Kirubarajan 2001, section 6.2.2)
    """
    each = np.eye(3)
    moves = np.block([[each, STEP * each], [0 * each, each]])
    spread = NOISE * np.block([[STEP**3 / 3 * each, STEP**2 / 2 * each], [STEP**2 / 2 * each, STEP * each]])
    return moves, spread


def paths(seconds: float, runs: int, random: np.random.Generator) -> Floats:
    """Draw states [scan, run, 6] at every scan."""
    moves, spread = white_acceleration()
    shape = np.linalg.cholesky(spread)
    states = [START + START_ERROR * random.normal(size=(runs, 6))]
    while len(states) * STEP < seconds:
        states.append(states[-1] @ moves.T + random.normal(size=(runs, 6)) @ shape.T)
    return np.array(states)


def _one(states: Floats) -> Truth:
    """Return states [scan, 6] as the truth of one target, which flies straight from one to the next and is moved there."""
    none, count = np.zeros(1, np.int64), len(states)
    return Truth(
        kind=none,
        reports=none,
        since=np.zeros(1),
        until=np.full(1, np.inf),
        first=np.array([0, count]),
        start=np.arange(count, dtype=np.float64) * STEP,
        state=states,
        turn=np.zeros(count),
    )
