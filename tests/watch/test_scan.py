from __future__ import annotations

import numpy as np
import pytest

from outwork.watch.measures import UNKNOWN_ALTITUDE, looked, reported, reported_variance, reported_velocity
from outwork.watch.scan import InvalidScan, scan, sound
from outwork.watch.sensors import measured
from tests.watch.laydown import FRAME, sensors

RADAR = sensors("radar_3d")
SEEN = measured(RADAR, 0, np.array([[1000.0, 2000.0, 300.0, 1.0, 2.0, 0.0], [-500.0, 700.0, 200.0, 0.0, 0.0, 0.0]]))


def test_a_scan_takes_the_sensors_errors_where_a_detection_brings_none() -> None:
    own = np.full((2, 6), np.nan)
    own[1, 0] = 49.0
    assert scan(RADAR, 0, 5.0, SEEN, variance=own).variance[:, 0] == pytest.approx([25.0, 49.0])


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        (0, np.nan, "must give"),
        (0, -5.0, "out of all bounds"),
        (1, np.inf, "out of all bounds"),
        (2, 1e12, "out of all bounds"),
    ],
)
def test_a_detection_that_cannot_be_worked_with_is_refused_with_the_reason(column: int, value: float, why: str) -> None:
    bad = SEEN.copy()
    bad[1, column] = value
    kept, refused = sound(RADAR, 0, 5.0, bad)
    assert len(kept) == 1
    assert refused.row.tolist() == [1]
    assert why in refused.why[0]
    with pytest.raises(InvalidScan, match=r"sensor 's0', detection 1"):
        scan(RADAR, 0, 5.0, bad)


@pytest.mark.parametrize("value", [0.0, -1.0, np.inf])
def test_an_error_of_measurement_of_nothing_is_refused(value: float) -> None:
    with pytest.raises(InvalidScan, match="give one above 0"):
        scan(RADAR, 0, 5.0, SEEN, variance=np.full((2, 6), value))


def test_a_detection_sent_twice_is_taken_once() -> None:
    kept, refused = sound(RADAR, 0, 5.0, np.concatenate([SEEN, SEEN[:1]]))
    assert len(kept) == 2
    assert "send each once" in refused.why[0]


def test_a_scan_without_a_time_or_of_no_sensor_is_refused() -> None:
    with pytest.raises(InvalidScan, match="its time is nan"):
        scan(RADAR, 0, float("nan"), SEEN)
    with pytest.raises(InvalidScan, match="no sensor 3"):
        scan(RADAR, 3, 0.0, SEEN)


def test_degrees_become_radians_and_blanks_stay() -> None:
    z = looked(np.array([100.0]), np.array([90.0]), np.array([np.nan]), np.array([3.0]))
    assert z[0, :4] == pytest.approx([100.0, np.pi / 2, np.nan, 3.0], nan_ok=True)


def test_a_report_without_altitude_is_at_0_and_unsure() -> None:
    blank = np.array([np.nan])
    place = reported(FRAME, np.array([54.0]), np.array([10.0]), blank)
    assert place[0] == pytest.approx([0.0, 0.0, -20.0], abs=1e-9)
    assert reported_variance(np.array([5.0]), np.array([3.0]), blank, blank)[0, 2] == UNKNOWN_ALTITUDE**2


def test_a_course_due_east_is_a_velocity_due_east() -> None:
    here = np.array([54.0]), np.array([10.0])
    velocity = reported_velocity(FRAME, *here, np.array([7.0]), np.array([90.0]), np.array([np.nan]))
    assert velocity[0, :2] == pytest.approx([7.0, 0.0])
    assert np.isnan(velocity[0, 2])
