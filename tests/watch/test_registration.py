"""Planted offsets are found within the errors that the estimate states."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.stats import chi2

from outwork.watch.frames import Floats
from outwork.watch.registration import PARTS, Meetings, Options, meetings, register
from outwork.watch.scenario.flight import AIRCRAFT, DRONE, Group
from outwork.watch.scenario.named import ORIGIN, harbour
from outwork.watch.scenario.observe import CLUTTER
from outwork.watch.scenario.scenario import Scenario, scenario
from outwork.watch.scenario.watcher import Flaw

GROUPS = [Group(DRONE, 12, reports="remote_id", births=0.0, deaths=0.0), Group(AIRCRAFT, 2, reports="adsb", births=0.0)]
WEST, EAST = Flaw(), Flaw(range=25.0, azimuth=0.4, elevation=-0.3, skew=0.15)
NAMES = ("radar-west", "radar-east", "camera", "remote-id")


@cache
def sky(seed: int, *, far: bool = False) -> Scenario:
    """Sensors of the harbour, the eastern radar with offsets and a clock that is ahead, and no false detections."""
    posts = [each for each in harbour(seconds=1.0).watchers if each.row.sensor in NAMES and not (far and each.reports)]
    clean = [
        replace(
            each, row=each.row.model_copy(update={"clutter": 0.0}), sweep=0.0, flaw=EAST if "east" in each.row.sensor else WEST
        )
        for each in posts
    ]
    return scenario("registered", ORIGIN, GROUPS, clean, side=5000.0, seconds=24.0, seed=seed)


def met(seen: Scenario, blur: float = 0.0) -> Meetings:
    """Meetings of all true detections; the tracks run `blur` m beside the truth, as tracks made of biased detections do."""
    sensor = np.concatenate([np.full(len(scan), scan.sensor) for scan in seen.scans])
    time = np.concatenate([scan.time + scan.offset for scan in seen.scans])
    z, variance = (np.concatenate([getattr(scan, name) for scan in seen.scans]) for name in ("z", "variance"))
    real = seen.heard.source != CLUTTER
    state = seen.truth.states(seen.heard.source[real], time[real])
    state[:, :3] += [blur, -blur, blur / 2]
    return meetings(seen.heard.source[real], time[real], sensor[real], z[real], variance[real], state, 1.0)


def planted(seen: Scenario) -> Floats:
    return np.array([[*each.flaw.bias[:3], each.flaw.skew] for each in seen.watchers])


def test_planted_offsets_and_a_skewed_clock_are_found_within_their_stated_errors() -> None:
    seen = sky(1)
    found = register(seen.sensors, met(seen, blur=20.0), Options())
    east = seen.sensors.names.index("radar-east")
    assert found.known[east].all()
    off = (found.bias - planted(seen)) / found.error
    assert np.abs(off[found.known]).max() < 3.0
    assert np.abs(found.bias[east] / found.error[east]).min() > 5.0
    assert found.fit == pytest.approx(1.0, abs=0.1)


def test_over_several_skies_the_stated_covariance_is_honest() -> None:
    """The squared error in units of the covariance is chi-square: four unknowns, four skies."""
    total = 0.0
    for seed in range(1, 5):
        seen = sky(seed)
        found = register(seen.sensors, met(seen), Options())
        east = seen.sensors.names.index("radar-east")
        block = found.covariance[PARTS * east : PARTS * (east + 1), PARTS * east : PARTS * (east + 1)]
        off = (found.bias - planted(seen))[east]
        total += float(off @ np.linalg.solve(block, off))
    assert chi2.ppf(0.005, 16) < total < chi2.ppf(0.995, 16)


def test_two_radars_alone_see_their_difference_and_state_how_little_they_know_of_the_rest() -> None:
    seen = sky(1, far=True)
    found = register(seen.sensors, met(seen), Options())
    off = (found.bias - planted(seen)).ravel()
    involved = np.isin(np.repeat(seen.sensors.names, PARTS), NAMES[:2])
    scaled = off[involved] @ np.linalg.solve(found.covariance[np.ix_(involved, involved)], off[involved])
    assert scaled < chi2.ppf(0.999, 2 * PARTS)
    aided = register(sky(1).sensors, met(sky(1)), Options())
    assert (found.error[:2] > aided.error[:2]).all()


def test_a_sensor_that_met_nobody_keeps_its_prior() -> None:
    seen = sky(1)
    some = met(seen)
    camera = seen.sensors.names.index("camera")
    keep = some.sensor != camera
    fewer = Meetings(*(each[keep] for each in (some.sensor, some.z, some.variance, some.state, some.meeting)))
    found = register(seen.sensors, fewer, Options())
    assert found.bias[camera] == pytest.approx(np.zeros(PARTS))
    assert found.error[camera] == pytest.approx(Options().prior)
    assert not found.known[camera].any()
    assert found.detections[camera] == 0


def test_a_camera_learns_directions_and_its_clock_and_nothing_of_a_range() -> None:
    seen = sky(2)
    found = register(seen.sensors, met(seen), Options())
    camera = seen.sensors.names.index("camera")
    assert found.known[camera].tolist() == [False, True, True, True]
    assert found.error[camera, 0] == pytest.approx(100.0)


def test_wrong_joins_are_left_out() -> None:
    seen = sky(3)
    some = met(seen)
    wrong = some.z.copy()
    radar = np.flatnonzero(some.sensor == 0)[::40]
    wrong[radar, 0] += 700.0
    found = register(seen.sensors, replace(some, z=wrong), Options())
    off = (found.bias - planted(seen)) / found.error
    assert found.detections.sum() <= len(some.sensor) - len(radar)
    assert np.abs(off[found.known]).max() < 4.0


def test_without_meetings_nothing_is_known() -> None:
    seen = sky(1)
    nothing = Meetings(np.empty(0, np.int64), *[np.empty((0, 6))] * 3, np.empty(0, np.int64))
    found = register(seen.sensors, nothing, Options())
    assert not found.known.any()
    assert np.isnan(found.fit)


def test_what_one_sensor_alone_saw_is_no_meeting() -> None:
    one = np.zeros(3, np.int64)
    assert len(meetings(one, np.array([0.0, 0.2, 0.4]), one, *[np.zeros((3, 6))] * 3, 1.0).sensor) == 0
    pair = meetings(one, np.array([0.0, 0.2, 1.4]), np.array([0, 1, 1]), *[np.zeros((3, 6))] * 3, 1.0)
    assert (pair.sensor.tolist(), pair.meeting.tolist()) == ([0, 1], [0, 0])
