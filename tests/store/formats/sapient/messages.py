"""Whole messages of every kind, made up, as plain values; and copies of them with one thing altered."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

NODE = "0b0cf34e-4ae2-4c0b-8f5c-0a6a3b2a6c11"
FUSION = "7d3e3a52-93f4-4cc3-9a55-d1a7e5b6f0aa"
OTHER = "5f0f1f4c-3f64-4f7e-8a06-27b1b2f0c9d4"
REPORT = "01K9Z0000000000000000REPT1"
OBJECT = "01K9Z00000000000000000BJ01"
TASK = "01K9Z00000000000000000TASK"
ABSENT = object()
"""What stands for a field that is left out."""

PLACE = {
    "x": 24.9384,
    "y": 60.1699,
    "z": 120.0,
    "x_error": 0.0001,
    "y_error": 0.0001,
    "z_error": 8.0,
    "coordinate_system": "LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M",
    "datum": "LOCATION_DATUM_WGS84_E",
}
CONE = {
    "azimuth": 45.0,
    "elevation": 10.0,
    "range": 6000.0,
    "horizontal_extent": 120.0,
    "vertical_extent": 40.0,
    "coordinate_system": "RANGE_BEARING_COORDINATE_SYSTEM_DEGREES_M",
    "datum": "RANGE_BEARING_DATUM_TRUE",
}
SEEN = {
    "azimuth": 45.0,
    "elevation": 10.0,
    "range": 2500.0,
    "azimuth_error": 0.2,
    "elevation_error": 0.4,
    "range_error": 5.0,
    "coordinate_system": "RANGE_BEARING_COORDINATE_SYSTEM_DEGREES_M",
    "datum": "RANGE_BEARING_DATUM_TRUE",
}
SECONDS = {"units": "TIME_UNITS_SECONDS", "value": 5.0}
IN_DEGREES = {"location_units": "LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M", "location_datum": "LOCATION_DATUM_WGS84_E"}
AS_SEEN = {
    "range_bearing_units": "RANGE_BEARING_COORDINATE_SYSTEM_DEGREES_M",
    "range_bearing_datum": "RANGE_BEARING_DATUM_TRUE",
}
AREA = {"location_list": {"locations": [PLACE, PLACE | {"x": 24.95}, PLACE | {"y": 60.18}]}}
POINTED = {"timestamp": "2026-03-01T12:00:00Z", "node_id": OTHER, "object_id": OBJECT}


def message(kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the envelope of a content."""
    sender = {"timestamp": "2026-03-01T12:00:00.250Z", "node_id": NODE, "destination_id": FUSION}
    # Through JSON, since parts of contents are the same object here, and altering one would alter another.
    return dict(json.loads(json.dumps({**sender, kind: content})))


def registration() -> dict[str, Any]:
    """Return what a radar says when it comes."""
    value = {"type": "range", "units": "m", "unit_value": "5"}
    definition = {
        "location_type": AS_SEEN,
        "detection_performance": [{"type": "PD", "units": "1", "unit_value": "0.9"}],
        "detection_report": [{"category": "DETECTION_REPORT_CATEGORY_TRACK", "type": "ee", "units": "m2"}],
        "detection_class_definition": [
            {
                "confidence_definition": "CONFIDENCE_DEFINITION_MULTI_CLASS",
                "class_definition": [
                    {
                        "type": "Air vehicle",
                        "sub_class": [{"type": "UAV", "level": 1, "sub_class": [{"type": "Rotary", "level": 2}]}],
                    }
                ],
                "taxonomy_dock_definition": [
                    {
                        "Dock_class_namespace": "core",
                        "Dock_class": "Air vehicle",
                        "Extension_subclass": [{"Subclass_namespace": "ours", "Subclass_name": "Glider"}],
                    }
                ],
            }
        ],
        "behaviour_definition": [{"type": "hovering"}],
        "velocity_type": {
            "enu_velocity_units": {"east_north_rate_units": "SPEED_UNITS_MS"},
            "location_datum": "LOCATION_DATUM_WGS84_E",
        },
        "geometric_error": {"type": "Standard Deviation", "units": "m", "variation_type": "none", "performance_value": [value]},
    }
    region = {
        "region_type": ["REGION_TYPE_AREA_OF_INTEREST"],
        "settle_time": SECONDS,
        "region_area": [IN_DEGREES],
        "class_filter_definition": [
            {
                "type": "Air vehicle",
                "filter_parameter": [{"parameter": "confidence", "operators": ["OPERATOR_GREATER_THAN"]}],
                "sub_class_definition": [{"type": "UAV", "level": 1}],
            }
        ],
        "behaviour_filter_definition": [{"type": "hovering"}],
    }
    mode = {
        "mode_name": "watching",
        "mode_type": "MODE_TYPE_DEFAULT",
        "settle_time": SECONDS,
        "scan_type": "SCAN_TYPE_SCANNING",
        "tracking_type": "TRACKING_TYPE_NONE",
        "mode_parameter": [{"type": "clutter", "value": "low"}],
        "detection_definition": [definition],
        "task": {
            "concurrent_tasks": 1,
            "region_definition": region,
            "command": [{"units": "watching", "completion_time": SECONDS, "type": "COMMAND_TYPE_LOOK_AT"}],
        },
    }
    content = {
        "node_definition": [{"node_type": "NODE_TYPE_RADAR", "node_sub_type": ["rotating"]}],
        "icd_version": "BSI Flex 335 v2.0",
        "name": "Harbour radar",
        "short_name": "R1",
        "capabilities": [{"category": "Radar", "type": "Rotation", "value": "60", "units": "rpm"}],
        "status_definition": {
            "status_interval": SECONDS,
            "location_definition": IN_DEGREES,
            "field_of_view_definition": AS_SEEN,
            "status_report": [{"category": "STATUS_REPORT_CATEGORY_SENSOR", "type": "temperature", "units": "K"}],
        },
        "mode_definition": [mode],
        "dependent_nodes": [OTHER],
        "config_data": [
            {"manufacturer": "Saarni Sensors", "model": "R1", "sub_components": [{"manufacturer": "S", "model": "A"}]}
        ],
    }
    return message("registration", content)


def status_report() -> dict[str, Any]:
    """Return a heartbeat."""
    content = {
        "report_id": REPORT,
        "system": "SYSTEM_OK",
        "info": "INFO_NEW",
        "active_task_id": TASK,
        "mode": "watching",
        "power": {"level": 80, "source": "POWERSOURCE_MAINS", "status": "POWERSTATUS_OK"},
        "node_location": PLACE,
        "field_of_view": {"range_bearing": CONE},
        "obscuration": [{"range_bearing": CONE | {"horizontal_extent": 5.0}}],
        "status": [
            {"status_level": "STATUS_LEVEL_INFORMATION_STATUS", "status_value": "rain", "status_type": "STATUS_TYPE_WEATHER"}
        ],
        "coverage": [AREA],
    }
    return message("status_report", content)


def detection_report() -> dict[str, Any]:
    """Return a detection with everything that one can say."""
    content = {
        "report_id": REPORT,
        "object_id": OBJECT,
        "task_id": TASK,
        "range_bearing": SEEN,
        "detection_confidence": 0.97,
        "track_info": [{"type": "ee", "value": "12.5", "error": 0.5}],
        "prediction_location": {"location": PLACE, "predicted_timestamp": "2026-03-01T12:00:05Z"},
        "object_info": [{"type": "colour", "value": "white"}],
        "classification": [
            {"type": "Air vehicle", "confidence": 0.75, "sub_class": [{"type": "UAV", "level": 1, "confidence": 0.5}]},
            {"type": "Animal", "confidence": 0.25},
        ],
        "behaviour": [{"type": "hovering", "confidence": 0.5}],
        "associated_file": [{"type": "image", "url": "https://example.org/1.png"}],
        "signal": [{"amplitude": -50.0, "start_frequency": 2.4e9, "centre_frequency": 2.44e9, "stop_frequency": 2.48e9}],
        "associated_detection": [POINTED | {"association_type": "ASSOCIATION_RELATION_SIBLING"}],
        "derived_detection": [POINTED],
        "enu_velocity": {"east_rate": 3.0, "north_rate": -4.0, "up_rate": 0.5},
        "colour": "white",
        "id": "FIN-1234",
    }
    return message("detection_report", content)


def task() -> dict[str, Any]:
    """Return the wish that a camera looks somewhere."""
    parameter = {"name": "confidence", "operator": "OPERATOR_GREATER_THAN", "value": 0.5}
    region = {
        "type": "REGION_TYPE_AREA_OF_INTEREST",
        "region_id": OBJECT,
        "region_name": "Quay",
        "region_area": AREA,
        "class_filter": [
            {"parameter": parameter, "type": "Air vehicle", "sub_class_filter": [{"parameter": parameter, "type": "UAV"}]}
        ],
        "behaviour_filter": [{"parameter": parameter, "type": "hovering"}],
    }
    content = {
        "task_id": TASK,
        "task_start_time": "2026-03-01T12:00:00Z",
        "task_end_time": "2026-03-01T12:10:00Z",
        "control": "CONTROL_START",
        "region": [region],
        "command": {"look_at": {"range_bearing": CONE}, "command_parameter": ""},
    }
    return message("task", content)


def alert() -> dict[str, Any]:
    """Return an alert of an unknown object near a zone."""
    content = {
        "alert_id": REPORT,
        "alert_type": "ALERT_TYPE_WARNING",
        "status": "ALERT_STATUS_ACTIVE",
        "description": "An unknown drone will be over the quay in 40 s.",
        "location": PLACE,
        "region_id": OBJECT,
        "priority": "DISCRETE_PRIORITY_HIGH",
        "ranking": 0.5,
        "confidence": 0.75,
        "associated_file": [{"type": "image", "url": "https://example.org/1.png"}],
        "associated_detection": [POINTED],
    }
    return message("alert", content)


def answers() -> list[dict[str, Any]]:
    """Return every kind of answer."""
    return [
        message("registration_ack", {"acceptance": True}),
        message("registration_ack", {"acceptance": False, "ack_response_reason": ["no room"]}),
        message("task_ack", {"task_id": TASK, "task_status": "TASK_STATUS_FAILED", "reason": ["fog"]}),
        message("alert_ack", {"alert_id": REPORT, "alert_ack_status": "ALERT_ACK_STATUS_CANCELLED"}),
        message("error", {"packet": "AAEC", "error_message": ["is not a protobuf message"]}),
    ]


def whole() -> list[dict[str, Any]]:
    """Return every message of this file."""
    return [registration(), status_report(), detection_report(), task(), alert(), *answers()]


def altered(base: Mapping[str, Any], path: str, value: object) -> dict[str, Any]:
    """Return a copy in which the value at a path, such as task.region[0].type, is another or ABSENT."""
    found = deepcopy(dict(base))
    steps = [int(each) if each.isdigit() else each for each in re.findall(r"\w+", path)]
    at: Any = found
    for step in steps[:-1]:
        at = at[step]
    if value is ABSENT:
        del at[steps[-1]]
    else:
        at[steps[-1]] = value
    return found


def paths(value: object, path: str = "") -> list[str]:
    """Return the path of every value, whole messages and lists included."""
    if isinstance(value, Mapping):
        inner = [(f"{path}.{name}" if path else str(name), each) for name, each in value.items()]
    elif isinstance(value, list):
        inner = [(f"{path}[{number}]", each) for number, each in enumerate(value)]
    else:
        inner = []
    return [at for name, each in inner for at in (name, *paths(each, name))]
