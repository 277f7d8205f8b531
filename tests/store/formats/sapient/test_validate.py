"""The validator says what is wrong, where, and nothing of what is right."""

from __future__ import annotations

from typing import Any

import pytest

from outwork.store.formats.sapient import validate, wire
from outwork.store.formats.sapient.finding import MOST, Judged
from outwork.store.formats.sapient.schema import blank
from tests.store.formats.sapient import messages
from tests.store.formats.sapient.messages import ABSENT, altered

NAN = float("nan")
REGISTRATION, STATUS, DETECTION, TASK, ALERT = (
    messages.registration(),
    messages.status_report(),
    messages.detection_report(),
    messages.task(),
    messages.alert(),
)
UTM = {"x": 385_000.0, "y": 6_672_000.0, "coordinate_system": "LOCATION_COORDINATE_SYSTEM_UTM_M", "utm_zone": "35V"}
MODE = "registration.mode_definition[0]"
CLASSES = f"{MODE}.detection_definition[0].detection_class_definition[0].class_definition[0].sub_class[0].sub_class[0]"

REFUSED: list[tuple[dict[str, Any], str, object, str]] = [
    (DETECTION, "timestamp", ABSENT, "timestamp is missing"),
    (DETECTION, "timestamp", "yesterday", "timestamp is 'yesterday', not a time such as 2026-03-01T12:00:00.25Z"),
    (DETECTION, "node_id", messages.NODE.upper(), f"did you mean '{messages.NODE}'?"),
    (DETECTION, "node_id", "5f0f1f4c-3f64-1f7e-8a06-27b1b2f0c9d4", "not a random UUID (version 4)"),
    (DETECTION, "detection_report", ABSENT, "the message has none of registration, registration_ack,"),
    (DETECTION, "detection_report.report_id", messages.NODE, "detection_report.report_id is '0b0cf34e"),
    (DETECTION, "detection_report.report_id", "81K9Z0000000000000000REPT1", "not a ULID"),
    (
        DETECTION,
        "detection_report.range_bearing",
        ABSENT,
        "detection_report has none of range_bearing, location, of which it needs one",
    ),
    (DETECTION, "detection_report.detection_confidence", 1.5, "detection_report.detection_confidence is 1.5; it is at most 1"),
    (
        DETECTION,
        "detection_report.classification[1].confidence",
        -0.1,
        "classification[1].confidence is -0.1; it is at least 0",
    ),
    (DETECTION, "detection_report.classification[0].sub_class[0].level", -1, "level is -1; it is at least 0"),
    (DETECTION, "detection_report.range_bearing.range", NAN, "detection_report.range_bearing.range is nan, not a number"),
    (
        DETECTION,
        "detection_report.range_bearing.range",
        "Infinity",
        "detection_report.range_bearing.range is inf, not a number",
    ),
    (DETECTION, "detection_report.range_bearing.range", -1.0, "range is -1; it is at least 0"),
    (
        DETECTION,
        "detection_report.range_bearing.azimuth",
        361.0,
        "azimuth is 361; in the units of coordinate_system it lies within 360",
    ),
    (
        DETECTION,
        "detection_report.range_bearing.elevation",
        91.0,
        "elevation is 91; in the units of coordinate_system it lies within 90",
    ),
    (
        DETECTION,
        "detection_report.range_bearing",
        messages.SEEN | {"elevation": 0.2, "coordinate_system": "RANGE_BEARING_COORDINATE_SYSTEM_RADIANS_KM"},
        "azimuth is 45; in the units of coordinate_system it lies within 6.28",
    ),
    (
        DETECTION,
        "detection_report.range_bearing",
        {name: messages.SEEN[name] for name in ("coordinate_system", "datum")},
        "detection_report.range_bearing has none of azimuth, elevation, range",
    ),
    (DETECTION, "detection_report.range_bearing.datum", "RANGE_BEARING_DATUM_UNSPECIFIED", "datum is unspecified"),
    (DETECTION, "detection_report.range_bearing.datum", 9, "datum is 9, which is none of RANGE_BEARING_DATUM_UNSPECIFIED"),
    (
        DETECTION,
        "detection_report.range_bearing.datum",
        "RANGE_BEARING_DATUM_TRUTH",
        "did you mean 'RANGE_BEARING_DATUM_TRUE'?",
    ),
    (DETECTION, "detection_report.prediction_location.predicted_timestamp", ABSENT, "predicted_timestamp is missing"),
    (
        DETECTION,
        "detection_report.prediction_location.location",
        ABSENT,
        "prediction_location has none of range_bearing, location",
    ),
    (DETECTION, "detection_report.prediction_location.location.y", 95.0, "location.y is 95, no latitude"),
    (DETECTION, "detection_report.prediction_location.location.x", 400.0, "location.x is 400, no longitude"),
    (DETECTION, "detection_report.prediction_location.location.utm_zone", "61N", "utm_zone is '61N', not a UTM zone"),
    (
        DETECTION,
        "detection_report.signal[0].start_frequency",
        2.5e9,
        "start_frequency is 2.5e+09, above centre_frequency 2.44e+09",
    ),
    (DETECTION, "detection_report.signal[0].stop_frequency", 1.0, "above stop_frequency 1"),
    (DETECTION, "detection_report.associated_detection[0].timestamp", ABSENT, "associated_detection[0].timestamp is missing"),
    (DETECTION, "detection_report.derived_detection[0].node_id", messages.TASK, "it is a ULID"),
    (DETECTION, "detection_report.track_info[0].value", "", "track_info[0].value is empty"),
    (DETECTION, "detection_report.speed", 3, "detection_report.speed is not in the interface"),
    (DETECTION, "detection_report.location", messages.PLACE, "has range_bearing and location, of which only one may be given"),
    (
        DETECTION,
        "detection_report.detectionConfidence",
        0.5,
        "detection_report.detection_confidence is given in both spellings",
    ),
    (DETECTION, "detection_report.enu_velocity", [1, 2], "detection_report.enu_velocity is a list, not an object"),
    (DETECTION, "detection_report.track_info", {}, "detection_report.track_info is an object, not a list"),
    (REGISTRATION, "registration.icd_version", "BSI Flex 335 v1.0", "icd_version is 'BSI Flex 335 v1.0', not version 2"),
    (REGISTRATION, "registration.capabilities", [], "registration.capabilities is missing"),
    (REGISTRATION, "registration.node_definition[0].node_type", "NODE_TYPE_UNSPECIFIED", "node_type is unspecified"),
    (REGISTRATION, "registration.dependent_nodes[0]", messages.TASK, "registration.dependent_nodes[0] is '01K9Z"),
    (REGISTRATION, "registration.dependent_nodes[0]", messages.NODE, "dependent_nodes[0] is the registering node itself"),
    (REGISTRATION, "registration.config_data[0].sub_components[0].model", ABSENT, "sub_components[0].model is missing"),
    (REGISTRATION, "registration.status_definition.status_interval.value", 0, "is 0: no time between heartbeats"),
    (REGISTRATION, f"{MODE}.settle_time.value", -1, "settle_time.value is -1; it is at least 0"),
    (REGISTRATION, f"{MODE}.mode_type", "MODE_TYPE_TEMPORARY", "duration is missing: a temporary mode says how long it lasts"),
    (REGISTRATION, f"{CLASSES}.level", 1, "sub_class[0].level is 1, not deeper than 1, the level of what it is within"),
    (STATUS, "status_report.power.level", 101, "status_report.power.level is 101; it is at most 100"),
    (STATUS, "status_report.power.level", 50.5, "status_report.power.level is 50.5, not a whole number of 32 bits"),
    (STATUS, "status_report.power.level", 1 << 40, "not a whole number of 32 bits"),
    (STATUS, "status_report.coverage[0].location_list.locations", [], "location_list.locations is missing"),
    (STATUS, "status_report.field_of_view.range_bearing.horizontal_extent", 400, "it is at most 360"),
    (TASK, "destination_id", ABSENT, "destination_id is missing: a task names the node that is to do it"),
    (TASK, "task.task_end_time", "2026-03-01T11:00:00Z", "task.task_end_time lies before task_start_time"),
    (TASK, "task.control", "CONTROL_DEFAULT", "task.control is 'CONTROL_DEFAULT', which is none of CONTROL_UNSPECIFIED"),
    (TASK, "task.command", {"request": " "}, "task.command.request is empty"),
    (TASK, "task.command", {"detection_threshold": 0}, "task.command.detection_threshold is unspecified"),
    (TASK, "task.command", {"follow": {"follow_object_id": messages.NODE}}, "it is a UUID"),
    (
        TASK,
        "task",
        {"task_id": messages.TASK, "control": "CONTROL_START"},
        "task asks for nothing: it has neither command nor region",
    ),
    (TASK, "task.region[0].behaviour_filter[0].type", ABSENT, "behaviour_filter[0].type is missing"),
    (ALERT, "alert", {"alert_id": messages.REPORT}, "alert says nothing"),
    (ALERT, "alert.ranking", 2, "alert.ranking is 2; it is at most 1"),
    (
        messages.answers()[1],
        "registration_ack.ack_response_reason",
        ABSENT,
        "ack_response_reason is missing: a refusal says why",
    ),
    (messages.answers()[2], "task_ack.reason", [""], "task_ack.reason is missing: a task that is not done says why"),
    (
        messages.answers()[3],
        "alert_ack.alert_ack_status",
        "ALERT_ACK_STATUS_REJECTED",
        "alert_ack.reason is missing: a rejection says why",
    ),
    (messages.answers()[4], "error.error_message", [""], "error.error_message[0] is empty"),
    (messages.answers()[4], "error.packet", "not base 64", "error.packet is 'not base 64', not base 64"),
]

LOOKED_AT: list[tuple[dict[str, Any], str, object, str]] = [
    (DETECTION, "timestamp", "1970-01-01T00:00:04Z", "timestamp lies before the year 2000"),
    (DETECTION, "destination_id", messages.NODE, "destination_id is the sender itself"),
    (DETECTION, "detection_report.classification[1].confidence", 0.5, "has confidences of 1.25 together"),
    (
        DETECTION,
        "detection_report.prediction_location.predicted_timestamp",
        "2026-03-01T11:00:00Z",
        "lies before the message itself",
    ),
    (
        DETECTION,
        "detection_report.prediction_location.location",
        messages.PLACE | UTM | {"x": 51.2, "y": -1.8},
        "look like degrees",
    ),
    (DETECTION, "detection_report.prediction_location.location", messages.PLACE | UTM | {"x": 5e6}, "outside every UTM zone"),
    (
        DETECTION,
        "detection_report.prediction_location.location",
        {name: each for name, each in (messages.PLACE | UTM).items() if name != "utm_zone"},
        "name 60 places",
    ),
    (
        STATUS,
        "status_report.power.source",
        "POWERSOURCE_UNSPECIFIED",
        "status_report.power.source is unspecified; it can be left out",
    ),
    (STATUS, "status_report.status[0].status_value", ABSENT, "status_report.status[0].status_value is missing"),
    (ALERT, "alert.alert_type", ABSENT, "alert.alert_type is missing"),
    (REGISTRATION, "registration.dependent_nodes", [messages.OTHER, messages.OTHER], "dependent_nodes[1] is named twice"),
    (TASK, "task.region[0].region_area.location_list.locations[1].datum", 2, "mixes coordinate systems or datums"),
]


def said(judged: Judged) -> list[str]:
    return [str(each) for each in judged.findings]


@pytest.mark.parametrize("whole", messages.whole())
def test_nothing_is_wrong_with_a_whole_message(whole: dict[str, Any]) -> None:
    assert said(validate.judge_plain(whole)) == []


@pytest.mark.parametrize(("base", "path", "value", "reason"), REFUSED)
def test_a_message_that_means_nothing_is_refused_for_its_reason(
    base: dict[str, Any], path: str, value: object, reason: str
) -> None:
    judged = validate.judge_plain(altered(base, path, value))
    assert not judged.valid
    assert any(reason in str(each) for each in judged.faults), said(judged)
    assert len(judged.faults) == 1, said(judged)


@pytest.mark.parametrize(("base", "path", "value", "reason"), LOOKED_AT)
def test_a_message_that_is_odd_is_taken_with_a_caution(base: dict[str, Any], path: str, value: object, reason: str) -> None:
    judged = validate.judge_plain(altered(base, path, value))
    assert judged.valid, said(judged)
    assert [reason in str(each) for each in judged.cautions] == [True], said(judged)


def test_every_fault_of_a_message_is_told() -> None:
    spoiled = altered(altered(altered(DETECTION, "node_id", "x"), "detection_report.object_id", ABSENT), "timestamp", "x")
    assert len(validate.judge_plain(spoiled).faults) == 3


def test_two_modes_of_one_name_cannot_be_told_apart() -> None:
    twice = altered(REGISTRATION, "registration.mode_definition", REGISTRATION["registration"]["mode_definition"] * 2)
    judged = validate.judge_plain(twice)
    assert "registration.mode_definition[1].mode_name is 'watching', as of another mode" in said(judged)
    assert "registration.mode_definition holds more than one default mode" in said(judged)


def test_units_of_bearings_do_not_go_with_a_datum_of_the_earth() -> None:
    mixed = {"range_bearing_units": 1, "location_datum": 1}
    judged = validate.judge_plain(altered(REGISTRATION, f"{MODE}.detection_definition[0].location_type", mixed))
    assert [each.reason for each in judged.faults] == ["does not go with range_bearing_units"]


def test_numbers_and_fields_of_no_meaning_are_found_in_packets_too() -> None:
    packet = wire.packed(judged_message(DETECTION)) + bytes([0xF8, 0x06, 0x01])  # field 111 holds 1
    (unknown,) = validate.judge_packet(packet).faults
    assert str(unknown) == "the message has a field numbered 111, which is not in the interface"
    message = judged_message(DETECTION)
    message.detection_report.range_bearing.datum = 77
    message.timestamp.nanos = -1
    assert [each.reason for each in validate.judge_packet(wire.packed(message)).faults] == [
        "is no time: 1772366400 s and -1 ns from 1970",
        "is 77, which means nothing in the interface",
    ]


def test_of_a_hostile_message_at_most_1000_findings_are_told() -> None:
    flood = altered(DETECTION, "detection_report.track_info", [{"type": "x", "value": ""}] * 5000)
    assert len(validate.judge_plain(flood).findings) == MOST
    assert len(validate.judge_plain({f"field{each}": 1 for each in range(5000)}).findings) == MOST


def test_an_empty_message_lacks_everything() -> None:
    assert [str(each) for each in validate.findings(blank())][:2] == ["timestamp is missing", "node_id is missing"]


def judged_message(plain: dict[str, Any]) -> Any:
    message = validate.judge_plain(plain).message
    assert message is not None
    return message
