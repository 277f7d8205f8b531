from __future__ import annotations

import numpy as np
import pytest

from outwork.watch.sensors import KINDS, InvalidSensor, in_view, jacobian, measured
from tests.watch.laydown import at, sensors, several

STATES = np.concatenate(
    [np.random.default_rng(2).normal(size=(50, 3)) * 3000, np.random.default_rng(3).normal(size=(50, 3)) * 30], axis=1
)


def test_a_radar_measures_what_a_map_and_a_ruler_say() -> None:
    radar = sensors("radar_3d")
    z = measured(radar, 0, np.array([[300.0, 400.0, 500.0, 3.0, 4.0, 5.0]]))[0]
    assert z[:4] == pytest.approx([np.sqrt(500_000), np.arctan2(300, 400), np.pi / 4, np.sqrt(50)])


@pytest.mark.parametrize("kind", KINDS)
def test_the_slope_is_the_difference_of_measurements(kind: str) -> None:
    one = several(at((500.0, -800.0), kind))
    slope = jacobian(one, 0, STATES)
    for column in range(6):
        step = np.zeros(6)
        step[column] = 0.01
        rise = (measured(one, 0, STATES + step) - measured(one, 0, STATES - step)) / 0.02
        assert slope[:, :, column] == pytest.approx(np.nan_to_num(rise), abs=1e-6)


def test_a_radar_far_from_the_origin_looks_along_its_own_horizon() -> None:
    far = sensors("radar_3d", latitude=90.0, longitude=0.0)
    up = far.place[0] + far.turn[0] @ np.array([0.0, 1.0, 1.0])
    assert measured(far, 0, np.array([[*up, 0.0, 0.0, 0.0]]))[0, 1:3] == pytest.approx([0.0, np.pi / 4], abs=1e-9)


def test_straight_above_a_sensor_the_slope_is_finite() -> None:
    radar = sensors("radar_3d")
    above = np.array([[0.0, 0.0, 500.0, 10.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0, 0.0]])
    assert np.isfinite(jacobian(radar, 0, above)).all()
    assert np.isfinite(measured(radar, 0, above)[:, :4]).all()


def test_what_lies_outside_the_view_is_not_seen() -> None:
    radar = sensors("radar_3d", azimuth_since=350.0, azimuth_width=20.0)
    places = np.array([[0.0, 1000.0, 100.0], [0.0, -1000.0, 100.0], [0.0, 1000.0, -500.0], [0.0, 99_000.0, 10.0]])
    assert in_view(radar, 0, places) == pytest.approx([0.9, 0.0, 0.0, 0.0])


def test_density_times_volume_is_the_false_detections_of_a_scan() -> None:
    radar = sensors("radar_3d", clutter=12.0)
    assert radar.density[0] * 15_000 * 2 * np.pi * np.radians(60) == pytest.approx(12.0)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("range_error", 0.0),
        ("azimuth_error", float("inf")),
        ("detects", 0.0),
        ("detects", 1.5),
        ("clutter", -1.0),
        ("range_most", -5.0),
        ("latitude", None),
        ("kind", "crystal_ball"),
    ],
)
def test_a_sensor_that_cannot_be_worked_with_is_refused_by_name(column: str, value: object) -> None:
    with pytest.raises(InvalidSensor, match=r"s0|crystal_ball"):
        sensors("radar_3d", **{column: value})


def test_sensors_of_the_wrong_shape_are_refused() -> None:
    with pytest.raises(InvalidSensor, match="bias has shape"):
        sensors("radar_3d", "radar_2d").corrected(np.zeros((1, 6)), np.zeros(2))
