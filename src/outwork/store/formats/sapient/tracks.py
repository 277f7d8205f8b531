"""Our picture as SAPIENT messages: how we register, tracks as detections, and alerts.

A Location of SAPIENT has three errors and no covariance, which makes the area of an error ellipse that lies aslant larger than
it is (1.6 times at 45 degrees for a radar at 4 km). So the covariance goes along in track_info, item by item, as declared when
we register.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import cos, radians, sqrt
from typing import Any, Final

import polars as pl

from outwork.model.stamps import EPOCH, stamp, ulid
from outwork.store.formats.sapient.located import DEGREE

ITEMS: Final[Mapping[str, str]] = {
    "ee": "m2", "en": "m2", "eu": "m2", "nn": "m2", "nu": "m2", "uu": "m2", "existence": "1",
}  # fmt: skip
"""What track_info holds, and its units: the covariance of the position (east, north, up), and whether there is such a thing."""
NAMED: Final[Mapping[str, str]] = {"drone": "UAV", "aircraft": "Manned aircraft", "bird": "Bird", "ground": "Land vehicle"}
"""Classes as others read them."""
ALERTS: Final[Mapping[str, tuple[str, str, str]]] = {
    "entering": ("ALERT_TYPE_WARNING", "ALERT_STATUS_ACTIVE", "DISCRETE_PRIORITY_MEDIUM"),
    "inside": ("ALERT_TYPE_CRITICAL", "ALERT_STATUS_ACTIVE", "DISCRETE_PRIORITY_HIGH"),
    "left": ("ALERT_TYPE_INFORMATION", "ALERT_STATUS_CLEAR", "DISCRETE_PRIORITY_LOW"),
}
"""Type, status and priority of an alert, by its kind."""
SYSTEM: Final = {"coordinate_system": "LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M", "datum": "LOCATION_DATUM_WGS84_E"}
DECLARED: Final = {"location_units": SYSTEM["coordinate_system"], "location_datum": SYSTEM["datum"]}
NARROWEST: Final = 1e-3
"""Cosine of the latitude below which a degree of longitude is not made shorter, so that errors at a pole stay finite."""


@dataclass(frozen=True)
class Station:
    """Our node: its UUID, that of the node it reports to (empty: nobody yet), and what it calls itself."""

    node: str
    parent: str = ""
    name: str = "Outwork"
    version: str = "0"


def registration(station: Station, at: datetime) -> dict[str, Any]:
    """Return how we register as a fusion node that can be asked for its status and nothing else."""
    seconds = {"units": "TIME_UNITS_SECONDS", "value": 5.0}
    reported = [{"category": "DETECTION_REPORT_CATEGORY_TRACK", "type": item, "units": unit} for item, unit in ITEMS.items()]
    classes = [{"type": each, "units": "probability"} for each in NAMED.values()]
    definition = {
        "location_type": DECLARED,
        "detection_report": reported,
        "detection_class_definition": [
            {"confidence_definition": "CONFIDENCE_DEFINITION_MULTI_CLASS", "class_definition": classes}
        ],
        "velocity_type": {
            "enu_velocity_units": {"east_north_rate_units": "SPEED_UNITS_MS", "up_rate_units": "SPEED_UNITS_MS"},
            "location_datum": SYSTEM["datum"],
        },
    }
    mode = {
        "mode_name": "watch",
        "mode_type": "MODE_TYPE_DEFAULT",
        "settle_time": {"units": "TIME_UNITS_SECONDS", "value": 0.0},
        "tracking_type": "TRACKING_TYPE_TRACK",
        "detection_definition": [definition],
        "task": {
            "region_definition": {"region_type": ["REGION_TYPE_AREA_OF_INTEREST"], "region_area": [DECLARED]},
            "command": [{"units": "Registration, Status", "completion_time": seconds, "type": "COMMAND_TYPE_REQUEST"}],
        },
    }
    content = {
        "node_definition": [{"node_type": "NODE_TYPE_FUSION_NODE"}],
        "icd_version": "BSI Flex 335 v2.0",
        "name": station.name,
        "capabilities": [{"category": "Fusion", "type": "Tracks of what flies, with covariance"}],
        "status_definition": {"status_interval": seconds},
        "mode_definition": [mode],
        "config_data": [{"manufacturer": "Outwork", "model": "watch", "software_version": station.version}],
    }
    return _message(station, at, {"registration": content})


def reports(station: Station, states: pl.DataFrame, tracks: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield a DetectionReport of every row of `track_states`; what a track is comes from its row of `tracks`, if it has one."""
    known = {row["track"]: row for row in tracks.iter_rows(named=True)}
    for state in states.iter_rows(named=True):
        yield report(station, state, known.get(state["track"]))


def report(station: Station, state: Mapping[str, Any], track: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return one state of a track as a DetectionReport. Its object_id stays, its report_id is new at every instant."""
    classes = [] if track is None else [{"type": NAMED[each], "confidence": track[each]} for each in NAMED if track[each] > 0]
    content = {
        "report_id": ulid(state["at"], station.node, state["track"], "report"),
        "object_id": object_id(station, state["track"]),
        "location": location(state),
        "detection_confidence": state["existence"],
        "track_info": [{"type": item, "value": repr(state[item])} for item in ITEMS],
        "classification": classes,
        "enu_velocity": {
            "east_rate": state["east_speed"],
            "north_rate": state["north_speed"],
            "up_rate": state["climb"],
        },
    }
    if track is not None and track["identity"]:
        content["id"] = track["identity"]
    return _message(station, state["at"], {"detection_report": content})


def alert(station: Station, row: Mapping[str, Any], state: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return a row of `alerts` as an Alert; `state`: the state of its track at that instant, if it is known."""
    kind, status, priority = ALERTS[row["kind"]]
    pointed = {"timestamp": stamp(row["at"]), "node_id": station.node, "object_id": object_id(station, row["track"])}
    content = {
        "alert_id": ulid(row["at"], station.node, row["alert"], "alert"),
        "alert_type": kind,
        "status": status,
        "description": row["sentence"],
        "region_id": region_id(station, row["zone"]),
        "priority": priority,
        "confidence": row["probability"],
        "associated_detection": [pointed],
    }
    if state is not None:
        content["location"] = location(state)
    return _message(station, row["at"], {"alert": content})


def location(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return a state's place and errors: longitude in x, latitude in y, both with their errors in degrees; z in metres."""
    across = DEGREE * max(cos(radians(state["latitude"])), NARROWEST)
    return {
        "x": state["longitude"],
        "y": state["latitude"],
        "z": state["altitude"],
        "x_error": sqrt(state["ee"]) / across,
        "y_error": sqrt(state["nn"]) / DEGREE,
        "z_error": sqrt(state["uu"]),
        **SYSTEM,
    }


def object_id(station: Station, track: str) -> str:
    """Return the ULID by which others know a track; it is the same as long as the track lives, and tells no time."""
    return ulid(EPOCH, station.node, track, "object")


def region_id(station: Station, zone: str) -> str:
    """Return the ULID by which others know a zone."""
    return ulid(EPOCH, station.node, zone, "region")


def _message(station: Station, at: datetime, content: Mapping[str, Any]) -> dict[str, Any]:
    addressed = {"destination_id": station.parent} if station.parent else {}
    return {"timestamp": stamp(at), "node_id": station.node, **addressed, **content}
