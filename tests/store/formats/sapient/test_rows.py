"""What nodes say of themselves becomes sensors, what they report becomes detections, and what cannot be placed is told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from outwork.model.tables.watching import Detection, Sensor
from outwork.store.formats.detected import Told
from outwork.store.formats.sapient import validate, wire
from outwork.store.formats.sapient.classes import likelihoods, named
from outwork.store.formats.sapient.located import Known, Unplaced, distance, place
from outwork.store.formats.sapient.rows import Reader
from outwork.store.formats.sapient.utm import geodetic
from tests.store.formats.sapient import messages
from tests.store.formats.sapient.messages import ABSENT, NODE, altered

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SOON = datetime(2026, 3, 1, 12, 0, 0, 250_000, tzinfo=UTC)
FIRST = "detection_report.range_bearing"


def read(detection: dict[str, Any], known: Known | None = None, status: dict[str, Any] | None = None) -> Told:
    reader = Reader(known or Known())
    reader.message(messages.registration())
    reader.message(status or messages.status_report())
    return reader.message(detection)


def row(detection: dict[str, Any], known: Known | None = None) -> Detection:
    (found,) = read(detection, known).detections
    return found


def placed(**location: Any) -> dict[str, Any]:
    without = altered(messages.detection_report(), FIRST, ABSENT)
    return altered(without, "detection_report.location", messages.PLACE | location)


def test_a_detection_keeps_what_it_measured() -> None:
    found = row(messages.detection_report())
    assert (found.detection, found.sensor, found.at) == (messages.REPORT, NODE, SOON)
    assert (found.slant_range, found.azimuth, found.elevation) == (2500.0, 45.0, 10.0)
    assert (found.range_error, found.azimuth_error, found.elevation_error) == (5.0, 0.2, 0.4)
    assert (found.speed, found.climb, found.strength, found.identity) == (5.0, 0.5, -50.0, "FIN-1234")
    assert found.heading == pytest.approx(143.13, abs=0.01)


def test_radians_and_kilometres_are_turned_into_degrees_and_metres() -> None:
    seen = messages.SEEN | {
        "azimuth": 1.0, "elevation": 0.5, "range": 2.5, "range_error": 0.005, "azimuth_error": 0.01, "elevation_error": 0.0,
        "coordinate_system": "RANGE_BEARING_COORDINATE_SYSTEM_RADIANS_KM",
    }  # fmt: skip
    found = row(altered(messages.detection_report(), FIRST, seen))
    assert (found.slant_range, found.range_error, found.elevation_error) == (2500.0, 5.0, None)
    assert (found.azimuth, found.elevation, found.azimuth_error) == pytest.approx((57.2958, 28.6479, 0.5730), abs=1e-3)


def test_speeds_come_in_the_units_that_were_declared() -> None:
    reader = Reader()
    path = "registration.mode_definition[0].detection_definition[0].velocity_type.enu_velocity_units.east_north_rate_units"
    reader.message(altered(messages.registration(), path, "SPEED_UNITS_KPH"))
    (found,) = reader.message(messages.detection_report()).detections
    assert found.speed == pytest.approx(5 / 3.6)


def test_the_north_of_a_compass_needs_somebody_who_knows_where_it_lies() -> None:
    magnetic = altered(messages.detection_report(), f"{FIRST}.datum", "RANGE_BEARING_DATUM_MAGNETIC")
    told = read(magnetic)
    assert told.detections == ()
    assert "are from magnetic north; say how far east of true north that lies" in told.faults[0]
    assert row(magnetic, Known(north={NODE: 9.5})).azimuth == 54.5


def test_longitude_is_x_and_latitude_is_y() -> None:
    found = row(placed())
    assert (found.latitude, found.longitude, found.altitude, found.altitude_error) == (60.1699, 24.9384, 120.0, 8.0)
    assert found.position_error == pytest.approx(8.79, abs=0.01)  # 1e-4 degrees: 11.1 m north, 5.5 m east
    assert found.azimuth is None


def test_latitude_in_x_is_told_where_the_sensor_stands_elsewhere() -> None:
    swapped = placed(x=60.1699, y=24.9384)
    told = read(swapped)
    assert told.detections == ()
    assert "x and y seem exchanged" in told.faults[0]
    found = Reader(Known(latitude_first=frozenset({NODE})))
    found.message(messages.registration())
    (mended,) = found.message(swapped).detections
    assert (mended.latitude, mended.longitude) == (60.1699, 24.9384)


def test_degrees_that_are_called_utm_are_told_and_mended_only_by_a_person() -> None:
    default = placed(x=51.17, y=-1.82, coordinate_system="LOCATION_COORDINATE_SYSTEM_UTM_M", utm_zone="30U")
    told = read(default)
    assert told.detections == ()
    assert "look like degrees though coordinate_system says metres of UTM" in told.faults[0]
    reader = Reader(Known(latitude_first=frozenset({NODE})))
    reader.message(messages.registration())
    (found,) = reader.message(default).detections
    assert (found.latitude, found.longitude) == pytest.approx((51.17, -1.82))


def test_heights_above_the_geoid_are_unsure_until_somebody_says_how_high_that_lies() -> None:
    high = placed(datum="LOCATION_DATUM_WGS84_G")
    assert row(high).altitude_error == pytest.approx(31.05, abs=0.01)
    known = row(high, Known(geoid=17.0))
    assert (known.altitude, known.altitude_error) == (137.0, 8.0)


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ({"x": 9e5 + 1, "y": 0.0, "coordinate_system": "LOCATION_COORDINATE_SYSTEM_UTM_M"}, "outside every UTM zone"),
        ({"x": 5e5, "y": 5e6, "coordinate_system": "LOCATION_COORDINATE_SYSTEM_UTM_M"}, "utm_zone is missing"),
        ({"y": 91.0}, "no degrees of longitude and latitude"),
    ],
)
def test_a_place_that_cannot_be_known_says_why(location: dict[str, Any], reason: str) -> None:
    with pytest.raises(Unplaced, match=reason):
        place(messages.PLACE | location, NODE, Known())


def test_the_cn_tower_stands_where_its_grid_position_says() -> None:
    """Zone 17, 630,084 m east, 4,833,438 m north: the worked example of the article on UTM in Wikipedia."""
    assert geodetic(630_084, 4_833_438, "17T") == pytest.approx(
        (43 + 38 / 60 + 33.24 / 3600, -(79 + 23 / 60 + 13.7 / 3600)), abs=1e-5
    )


def test_zones_mirror_at_the_equator_and_at_their_middle() -> None:
    north, east = geodetic(600_000, 2_000_000, "30P")
    assert geodetic(600_000, 8_000_000, "30K") == pytest.approx((-north, east))
    assert geodetic(600_000, 8_000_000, "30S") == pytest.approx((-north, east))  # S for the whole south
    assert geodetic(400_000, 2_000_000, "30P") == pytest.approx((north, -6 - east))
    assert geodetic(500_000, 0, "1N") == pytest.approx((0, -177))


def test_a_node_becomes_a_sensor_once_it_has_told_where_it_is() -> None:
    reader = Reader()
    assert reader.message(messages.registration()) == Told()
    told = reader.message(messages.status_report())
    (sensor,) = told.sensors
    assert (sensor.sensor, sensor.name, sensor.kind) == (NODE, "Harbour radar", "radar_3d")
    assert (sensor.latitude, sensor.longitude, sensor.altitude, sensor.range_most) == (60.1699, 24.9384, 120.0, 6000.0)
    assert (sensor.azimuth_since, sensor.azimuth_width, sensor.elevation_least, sensor.elevation_most) == (345, 120, -10, 30)
    assert (sensor.range_error, sensor.detects) == (5.0, 0.9)
    assert told.faults == (f"node {NODE} tells no azimuth_error, elevation_error; taken as 1, 1.5",)


def test_what_a_node_reports_shows_what_it_measures() -> None:
    kinds: list[tuple[dict[str, float], str]] = [
        ({"range": 10.0, "azimuth": 1.0}, "radar_2d"),
        ({"azimuth": 1.0, "elevation": 1.0}, "direction"),
        ({"azimuth": 1.0}, "bearing"),
    ]
    system = {name: messages.SEEN[name] for name in ("coordinate_system", "datum")}
    for measured, kind in kinds:
        (sensor,) = read(altered(messages.detection_report(), FIRST, measured | system)).sensors
        assert sensor.kind == kind
    reader = Reader()
    reader.message(altered(messages.registration(), "registration.node_definition[0].node_type", "NODE_TYPE_OTHER"))
    assert [each.kind for each in reader.message(messages.status_report()).sensors] == ["self_report"]


def test_corners_of_a_field_of_view_tell_how_far_a_node_looks() -> None:
    status = altered(messages.status_report(), "status_report.field_of_view", messages.AREA)
    reader = Reader()
    reader.message(messages.registration())
    (sensor,) = reader.message(status).sensors
    assert sensor.range_most == pytest.approx(distance((60.1699, 24.9384), (60.18, 24.9384)))


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (messages.detection_report(), "reports detections and has not registered"),
        (messages.status_report(), "reports its status and has not registered"),
    ],
)
def test_a_node_that_has_not_registered_is_no_sensor(message: dict[str, Any], reason: str) -> None:
    assert Reader().message(message).faults == (f"node {NODE} {reason}",)


def test_a_node_without_a_place_or_north_is_no_sensor_yet() -> None:
    reader = Reader()
    reader.message(messages.registration())
    told = reader.message(altered(messages.status_report(), "status_report.node_location", ABSENT))
    assert told.faults == (f"node {NODE} is no sensor yet: no heartbeat has told where the node is",)
    again = reader.message(messages.status_report())
    assert [type(each) for each in again.sensors] == [Sensor]
    later = reader.message(altered(messages.status_report(), "status_report.node_location", ABSENT))
    assert later == Told()  # a heartbeat that leaves the place out changes nothing
    assert reader.message(messages.status_report()) == Told()
    (moved,) = reader.message(altered(messages.status_report(), "status_report.node_location.y", 61.0)).sensors
    assert moved.latitude == 61.0


def test_a_bearing_without_azimuth_and_an_object_that_is_lost_are_no_detections() -> None:
    high = {name: each for name, each in messages.SEEN.items() if name not in {"azimuth", "azimuth_error"}}
    assert read(altered(messages.detection_report(), FIRST, high)).faults == (
        f"node {NODE}: a detection is left out: it has no azimuth",
    )
    assert read(altered(messages.detection_report(), "detection_report.state", "lostInView")).detections == ()


def test_a_packet_is_read_or_its_faults_are_told() -> None:
    reader = Reader()
    for whole in (messages.registration(), messages.status_report(), messages.detection_report()):
        message = validate.judge_plain(whole).message
        assert message is not None
        told = reader.take(wire.packed(message), NOW)
    assert len(told.detections) == 1
    assert reader.take(b"\xff", NOW).faults == ("the message is not a protobuf message, or is nested too deeply",)
    assert reader.message(messages.alert()) == Told()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("UAV Rotary Wing", "drone"), ("Unmanned aircraft", "drone"), ("Manned aircraft", "aircraft"), ("Bird", "bird"),
        ("Land vehicle", "ground"), ("Air vehicle", ""), ("Unknown", ""), ("Human", "ground"),
    ],
)  # fmt: skip
def test_classes_of_others_are_known_by_their_words(text: str, meant: str) -> None:
    assert named(text) == meant


def test_a_sub_class_speaks_for_its_part_of_a_class() -> None:
    report = {
        "classification": [
            {"type": "Air vehicle", "confidence": 0.8, "sub_class": [{"type": "UAV", "confidence": 0.6, "level": 1}]},
            {"type": "Bird", "confidence": 0.2},
        ]
    }
    assert likelihoods(report) == pytest.approx({"drone": 0.65, "aircraft": 0.05, "bird": 0.25, "ground": 0.05})
    assert likelihoods({"classification": [{"type": "Bird"}]}) == {"drone": 0.01, "aircraft": 0.01, "bird": 1.0, "ground": 0.01}
    assert likelihoods({"classification": [{"type": "Unknown"}]}) == {}
    assert likelihoods({}) == {}
