"""What sensors hear has the rates, errors and faults that were asked for."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import polars as pl
import pytest

from outwork.watch.frames import Floats
from outwork.watch.roster import Roster
from outwork.watch.scans import columns
from outwork.watch.scenario.flight import AIRCRAFT, BIRD, DRONE, STRAIGHT, Group
from outwork.watch.scenario.named import ORIGIN, four_radars, harbour
from outwork.watch.scenario.observe import CLUTTER
from outwork.watch.scenario.scenario import Scenario, scenario
from outwork.watch.scenario.watcher import Flaw, Watcher
from outwork.watch.sensors import SELF_REPORT, measured


@cache
def corners() -> Scenario:
    return four_radars(seed=4)


@cache
def mixed() -> Scenario:
    return harbour(seconds=40.0, seed=2)


def residuals(sky: Scenario, sensor: str) -> Floats:
    """Measured less true, in sigma where the sensor has one, of all detections that are not clutter [n, 6]."""
    index = sky.sensors.names.index(sensor)
    found = []
    for scan in (each for each in sky.scans if each.sensor == index):
        source = sky.heard.source[scan.row]
        real = source != CLUTTER
        states = sky.truth.states(source[real], scan.time - sky.watchers[index].flaw.skew + scan.offset[real])
        apart = scan.z[real] - measured(sky.sensors, index, states)
        if sky.sensors.kind[index] != SELF_REPORT:
            apart[:, 1] = np.mod(apart[:, 1] + np.pi, 2 * np.pi) - np.pi
        found.append(apart / np.sqrt(sky.sensors.variance[index]))
    return np.concatenate(found)


def test_each_radar_in_turn_scans_once_in_4_s_and_a_hundred_scans_hear_as_many_as_they_should() -> None:
    sky = corners()
    assert [scan.time for scan in sky.scans] == list(range(100))
    assert [scan.sensor for scan in sky.scans[:5]] == [0, 1, 2, 3, 0]
    clutter = (sky.heard.source == CLUTTER).sum()
    assert clutter == pytest.approx(3000, abs=4 * np.sqrt(3000))
    assert 0.75 < (len(sky.heard.source) - clutter) / sum(len(sky.truth.alive(time)) for time in range(100)) < 0.9


def test_the_radars_see_only_inwards() -> None:
    for scan in corners().scans[:4]:
        azimuth = np.mod(np.degrees(scan.z[:, 1]), 360.0)
        assert azimuth.min() > 90.0 * scan.sensor - 1
        assert azimuth.max() < 90.0 * scan.sensor + 91


def test_errors_are_those_of_the_sensors() -> None:
    apart = residuals(corners(), "radar-1")[:, :3]
    assert np.abs(apart.mean(axis=0)).max() < 0.12
    assert apart.std(axis=0) == pytest.approx([1, 1, 1], abs=0.08)


@pytest.mark.parametrize("sensor", ["radar-west", "radar-quay", "finder-north", "camera", "remote-id", "adsb"])
def test_sensors_of_every_kind_measure_what_they_can_with_their_errors(sensor: str) -> None:
    sky = mixed()
    apart = residuals(sky, sensor)
    measures = ~np.isnan(sky.sensors.variance[sky.sensors.names.index(sensor)])
    assert np.isnan(apart[:, ~measures]).all()
    assert apart[:, measures].std(axis=0) == pytest.approx(np.ones(measures.sum()), abs=0.35)


def test_a_planted_bias_shows_and_the_table_does_not_tell_it() -> None:
    apart = residuals(mixed(), "radar-east")
    assert apart[:, 1].mean() == pytest.approx(0.4 / 0.25, abs=0.2)
    assert mixed().tables["sensors"].filter(sensor="radar-east")["azimuth_bias"].item() == 0.0


def test_late_scans_arrive_out_of_order_and_rows_follow_their_arrival() -> None:
    sky = mixed()
    assert np.all(np.diff(sky.heard.arrival) >= 0)
    east = [scan.time for scan in sky.scans if sky.sensors.names[scan.sensor] == "radar-east"]
    assert east != sorted(east)
    assert np.concatenate([scan.row for scan in sky.scans]).tolist() == list(range(len(sky.heard.source)))


def test_direction_finders_hear_drones_only_and_receivers_those_who_report() -> None:
    sky = mixed()
    table = sky.tables["detections"].with_columns(source=pl.Series(sky.heard.source)).filter(pl.col("source") != CLUTTER)
    for sensor, kinds in (("finder-south", {0}), ("camera", {0, 1, 2, 3})):
        heard = table.filter(sensor=sensor)["source"].to_numpy()
        assert set(sky.truth.kind[heard].tolist()) <= kinds
    names = table.filter(pl.col("identity") != "").select("sensor", "source", "identity").unique()
    assert set(names["sensor"]) == {"remote-id", "adsb"}
    assert all(sky.truth.name(source) == identity for _, source, identity in names.iter_rows())
    assert table.filter(pl.col("sensor").is_in(["remote-id", "adsb"]) & (pl.col("identity") == "")).is_empty()


def test_a_camera_names_the_class_rightly_as_often_as_it_says() -> None:
    sky = mixed()
    table = sky.tables["detections"].with_columns(source=pl.Series(sky.heard.source)).filter(sensor="camera")
    seen = table.filter(pl.col("source") >= 0)
    likely = seen.select("drone", "aircraft", "bird", "ground").to_numpy()
    right = likely[np.arange(seen.height), sky.truth.kind[seen["source"].to_numpy()]] > 0.5
    assert right.mean() == pytest.approx(0.85, abs=0.06)
    assert likely.sum(axis=1) == pytest.approx(np.ones(seen.height))


def test_the_tables_say_the_same_as_the_arrays() -> None:
    sky = mixed()
    read = columns(sky.tables["detections"], sky.sensors, sky.frame, Roster())
    z = np.concatenate([scan.z for scan in sky.scans])
    sizes = [len(scan) for scan in sky.scans]
    assert read.sensor.tolist() == np.repeat([scan.sensor for scan in sky.scans], sizes).tolist()
    time = np.repeat([scan.time for scan in sky.scans], sizes) + np.concatenate([scan.offset for scan in sky.scans])
    assert sky.frame.seconds(read.at) == pytest.approx(time, abs=1e-6)
    reports = sky.sensors.kind[read.sensor] == SELF_REPORT
    z[~reports, 1] = np.mod(z[~reports, 1], 2 * np.pi)
    read.z[~reports, 1] = np.mod(read.z[~reports, 1], 2 * np.pi)
    np.testing.assert_allclose(read.z, z, atol=1e-4, rtol=1e-9)


def test_the_table_of_truth_holds_everything_that_is_there_at_every_second() -> None:
    sky = mixed()
    table = sky.tables["truth_states"]
    scene = sky.truth.at(31.0)
    rows = table.filter(pl.col("at").dt.epoch("us") == sky.frame.epoch + 31_000_000)
    assert rows["thing"].to_list() == [f"thing-{target}" for target in scene.ids]
    place = sky.frame.enu(*(rows[name].to_numpy() for name in ("latitude", "longitude", "altitude")))
    assert place == pytest.approx(scene.state[:, :3], abs=1e-6)


def test_the_same_seed_gives_the_same_bytes_and_another_sensor_changes_nothing_for_the_others() -> None:
    posts = corners().watchers
    groups = [Group(DRONE, 5), Group(BIRD, 3)]

    def heard(watchers: tuple[Watcher, ...], seed: int) -> bytes:
        sky = scenario("small", ORIGIN, groups, watchers, side=8000.0, seconds=20.0, seed=seed)
        return b"".join(scan.z.tobytes() for scan in sky.scans if scan.sensor < 2)

    assert heard(posts[:2], 1) == heard(posts[:2], 1) == heard(posts, 1)
    assert heard(posts[:2], 1) != heard(posts[:2], 2)


def test_without_flaws_or_clutter_a_sure_sensor_hears_each_thing_in_view_once_a_scan() -> None:
    post = corners().watchers[0]
    row = post.row.model_copy(update={"clutter": 0.0, "detects": 1.0, "elevation_most": 90.0, "azimuth_width": 360.0})
    sky = scenario(
        "sure", ORIGIN, [Group(STRAIGHT, 4, births=0.0, deaths=0.0)], [replace(post, row=row, flaw=Flaw(skew=1.5))],
        side=2000.0, seconds=20.0, seed=1,
    )  # fmt: skip
    assert [sorted(sky.heard.source[scan.row].tolist()) for scan in sky.scans] == [[0, 1, 2, 3]] * 5
    assert [scan.time for scan in sky.scans] == [1.5, 5.5, 9.5, 13.5, 17.5]


def test_a_larger_sky_keeps_errors_across_and_false_detections_a_square_kilometre() -> None:
    large = four_radars(200, side=16_000.0, seconds=8.0)
    row = large.watchers[0].row
    assert (row.azimuth_error, row.clutter) == (pytest.approx(np.degrees(0.0035) / 2), 120.0)
    assert len(large.truth) == 200


def test_a_sky_without_anything_is_heard_as_clutter_only() -> None:
    sky = scenario("empty", ORIGIN, [Group(AIRCRAFT, 0)], corners().watchers, side=8000.0, seconds=4.0, seed=1)
    assert set(sky.heard.source.tolist()) == {CLUTTER}
    assert sky.tables["detections"].height == len(sky.heard.source)
