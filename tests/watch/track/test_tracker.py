from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from outwork.watch.scan import Scan, scan
from outwork.watch.sensors import measured
from outwork.watch.track.options import ByCount, Model, Options
from outwork.watch.track.picture import Picture
from outwork.watch.track.tracker import Tracker
from tests.watch.laydown import at, sensors, several
from tests.watch.track.air import RADARS, scans, seen, straight


def ran(air: list[Scan], options: Options | None = None) -> Tracker:
    tracker = Tracker(RADARS, options)
    for each in air:
        tracker.take(each)
    return tracker


def same(one: Picture, other: Picture) -> bool:
    return all(
        np.asarray(getattr(one, field.name)).tobytes() == np.asarray(getattr(other, field.name)).tobytes()
        for field in dataclasses.fields(one)
        if field.name != "joined"
    )


@pytest.mark.parametrize(
    "options", [Options(), Options(associate="joint"), Options(life=ByCount(), begin="one", models=(Model(2.0, 2.0),))]
)
def test_what_flies_is_tracked_and_what_does_not_is_not(options: Options) -> None:
    truth, air = scans(seed=1)
    picture = ran(air, options).picture()
    known = picture.state[picture.confirmed, :3]
    apart = np.linalg.norm(known[:, None] - truth[-1, None, :, :3][0], axis=2)
    assert len(known) == pytest.approx(12, abs=1)
    assert (apart.min(axis=0) < 60).sum() >= 11


def test_the_same_scans_give_the_same_bytes() -> None:
    air = scans(seed=2)[1]
    assert same(ran(air).picture(), ran(air).picture())


@pytest.mark.parametrize("seed", range(3))
def test_scans_in_any_order_within_the_window_give_the_same_bytes(seed: int) -> None:
    air = scans(seed=3)[1]
    rng = np.random.default_rng(seed)
    shuffled = [air[k] for k in np.argsort(np.arange(len(air)) + rng.uniform(0, 9.9, len(air)))]
    late = ran(shuffled, Options(window=10.0))
    assert late.dropped["late"] == 0
    assert same(late.picture(), ran(air).picture())


def test_looking_between_late_scans_changes_nothing() -> None:
    air = scans(seed=3)[1]
    tracker = Tracker(RADARS)
    for k in [1, 0, 4, 3, 2, 5, *range(12, 5, -1), *range(13, len(air))]:
        tracker.take(air[k])
        tracker.picture()
    assert same(tracker.picture(), ran(air).picture())


def test_scans_sent_twice_are_taken_once() -> None:
    air = scans(seed=4)[1]
    twice = ran([each for pair in zip(air, air, strict=True) for each in pair])
    assert twice.dropped["repeated"] == len(air)
    assert same(twice.picture(), ran(air).picture())


def test_a_scan_older_than_the_window_is_dropped_and_counted() -> None:
    air = scans(seed=4)[1]
    tracker = ran([*air[1:], air[0]], Options(window=5.0))
    assert tracker.dropped["late"] == 1
    assert same(tracker.picture(), ran(air[1:]).picture())


def test_a_scan_may_be_stepped_without_a_window() -> None:
    air = scans(seed=4)[1]
    assert same(ran(air, Options(window=0.0)).picture(), ran(air).picture())
    assert len(ran(air, Options(window=0.0)).recent()) == 1


def test_states_are_honest_about_their_errors() -> None:
    """NEES (Bar-Shalom 2001, section 5.4.2) of many straight flights lies in its 95 % band, with the model that is true."""
    rng = np.random.default_rng(5)
    truth = straight(rng, 60, 20)
    radar = several(at((0.0, 0.0), detects=0.99))
    tracker = Tracker(radar, Options(models=(Model(1e-6, 1e-6),)))
    for k in range(20):
        tracker.take(seen(rng, radar, 0, float(k), truth[k], clutter=0.0))
    picture = tracker.picture()
    assert len(picture) == pytest.approx(60, abs=2)
    apart = np.linalg.norm(picture.state[:, None, :3] - truth[-1, None, :, :3][0], axis=2)
    error = picture.state - truth[-1][apart.argmin(axis=1)]
    nees = np.einsum("ni,nij,nj->n", error, np.linalg.inv(picture.covariance), error)
    assert 6 - 1.96 * np.sqrt(12 / 60) < nees.mean() < 6 + 1.96 * np.sqrt(12 / 60)


def test_a_track_crosses_north_where_azimuth_jumps() -> None:
    radar = several(at((0.0, 0.0)))
    rng, tracker = np.random.default_rng(6), Tracker(radar)
    for k in range(30):
        state = np.array([[-300.0 + 20 * k, -2000.0, 200.0, 20.0, 0.0, 0.0]])
        tracker.take(seen(rng, radar, 0, float(k), state, clutter=0.0))
    assert len(tracker.picture()) == 1


def test_a_thing_that_flies_over_the_radar_stays_one_track() -> None:
    radar = several(at((0.0, 0.0), elevation_most=90.0, altitude=0.0))
    rng, tracker = np.random.default_rng(7), Tracker(radar)
    for k in range(60):
        state = np.array([[0.5, -600.0 + 20 * k, 250.0, 0.0, 20.0, 0.0]])
        tracker.take(seen(rng, radar, 0, float(k), state, clutter=0.0))
    picture = tracker.picture()
    assert len(picture) == 1
    assert picture.state[0, :3] == pytest.approx([0.5, 580.0, 250.0], abs=25)


def test_a_rotating_radar_times_each_detection_by_itself() -> None:
    radar = several(at((0.0, 0.0), period=4.0))
    tracker, rng = Tracker(radar, Options(models=(Model(0.1, 0.1),))), np.random.default_rng(8)
    for k in range(20):
        offset = rng.uniform(-2, 2, 1)
        state = np.array([[1000.0 + 80 * (4 * k + offset[0]), 3000.0, 400.0, 80.0, 0.0, 0.0]])
        z = measured(radar, 0, state)
        z[:, 3] = np.nan
        tracker.take(scan(radar, 0, 4.0 * k, z, offset=offset))
    picture = tracker.picture()
    assert len(picture) == 1
    assert picture.state[0, [0, 3]] == pytest.approx([1000 + 80 * 76, 80.0], abs=2.0)


def test_bearings_correct_tracks_and_begin_none() -> None:
    both = several(at((0.0, 0.0)), at((3000.0, 0.0), "bearing"))
    rng, tracker = np.random.default_rng(9), Tracker(both)
    state = np.array([[500.0, 3000.0, 300.0, 10.0, 0.0, 0.0]])
    lone = np.array([[-4000.0, 3000.0, 300.0, 10.0, 0.0, 0.0]])
    for k in range(15):
        now, soon = state.copy(), state.copy()
        now[0, 0] += 10 * k
        soon[0, 0] += 10 * k + 5
        tracker.take(seen(rng, both, 0, k, now, clutter=0.0))
        tracker.take(scan(both, 1, k + 0.5, measured(both, 1, np.concatenate([soon, lone]))))
    picture = tracker.picture()
    assert len(picture) == 1
    assert picture.detections[0] > 20


def test_reports_of_others_do_not_end_a_track_but_silence_does() -> None:
    reports = sensors("self_report", period=0.0)
    tracker = Tracker(reports, Options(silence=20.0))

    def report(time: float, east: float) -> Scan:
        return scan(reports, 0, time, np.array([[east, 0.0, 0.0, np.nan, np.nan, np.nan]]))

    for k in range(4):
        tracker.take(report(k, 10.0 * k))
    for k in range(4, 20):
        tracker.take(report(k, 9000.0 + 10.0 * k))
    assert tracker.picture().confirmed.sum() == 2
    tracker.take(report(26.0, 9260.0))
    assert tracker.picture().confirmed.sum() == 1


def test_names_that_differ_keep_crossing_tracks_apart() -> None:
    reports = sensors("self_report")
    tracker = Tracker(reports)
    for k in range(21):
        east = np.array([-50.0 + 5 * k, 50.0 - 5 * k])
        z = np.full((2, 6), np.nan)
        z[:, 0], z[:, 1:3] = east, [[0.0, 0.0], [1.0, 0.0]]
        tracker.take(scan(reports, 0, float(k), z, identity=np.array([7, 8])))
    picture = tracker.picture()
    assert len(picture) == 2
    assert picture.state[np.argsort(picture.identity), 0] == pytest.approx([50.0, -50.0], abs=6)


def test_a_flood_of_false_detections_keeps_the_bank_within_its_bound() -> None:
    rng = np.random.default_rng(10)
    tracker = Tracker(RADARS, Options(most=300))
    for k in range(6):
        tracker.take(seen(rng, RADARS, 0, float(k), np.zeros((0, 6)), clutter=2000.0))
    assert len(tracker.picture()) <= 300


def test_a_clock_that_steps_back_is_counted_not_believed() -> None:
    air = scans(seed=4)[1]
    back = [dataclasses.replace(each, time=each.time - 3600.0) for each in air]
    tracker = ran([*air, *back])
    assert tracker.dropped["late"] == len(air)
    assert same(tracker.picture(), ran(air).picture())


def test_known_biases_and_clock_skews_are_taken_off() -> None:
    truth, air = scans(seed=1)
    bias = np.tile([120.0, 0.02, 0.0, 0.0, 0.0, 0.0], (3, 1))
    skewed = [dataclasses.replace(each, z=each.z + bias[0], time=each.time + 4.0) for each in air]
    tracker = Tracker(RADARS.corrected(bias, np.full(3, 4.0)))
    for each in skewed:
        tracker.take(each)
    assert tracker.picture().time == 23.0
    assert tracker.picture().state == pytest.approx(ran(air).picture().state, abs=1e-3)
    assert len(truth) == 24


def test_a_picture_of_later_is_predicted() -> None:
    air = scans(seed=2)[1]
    tracker = ran(air)
    now, later = tracker.picture(), tracker.picture(now_after := 30.0)
    dt = now_after - now.time
    assert later.state[:, :3] == pytest.approx(now.state[:, :3] + dt * now.state[:, 3:], abs=1e-6)
    assert (np.linalg.det(later.covariance) > np.linalg.det(now.covariance)).all()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Options(models=()),
        lambda: Options(gate=0.0),
        lambda: Options(window=-1.0),
        lambda: Model(0.0, 1.0),
        lambda: ByCount(confirm=0),
    ],
)
def test_options_that_mean_nothing_are_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"options|model|life"):
        wrong()  # type: ignore[operator]
