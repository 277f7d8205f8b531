"""Rows of `sensors` from what nodes say of themselves: their registration and their heartbeat."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from outwork.store.formats.sapient.located import Known, Unplaced, angle, direction, distance, place

KINDS: Final[Mapping[str, str]] = {
    "NODE_TYPE_RADAR": "radar_3d",
    "NODE_TYPE_LIDAR": "radar_3d",
    "NODE_TYPE_CAMERA": "direction",
    "NODE_TYPE_HUMAN": "direction",
    "NODE_TYPE_ACOUSTIC": "bearing",
    "NODE_TYPE_SEISMIC": "bearing",
    "NODE_TYPE_PASSIVE_RF": "bearing",
}
"""What a node of a type measures, unless what it reports shows otherwise; others tell positions."""
ASSUMED: Final[Mapping[str, Mapping[str, float]]] = {
    "radar_3d": {"range_error": 20.0, "azimuth_error": 1.0, "elevation_error": 1.5},
    "radar_2d": {"range_error": 20.0, "azimuth_error": 1.0},
    "direction": {"azimuth_error": 1.0, "elevation_error": 1.0},
    "bearing": {"azimuth_error": 5.0},
    "self_report": {"position_error": 30.0},
}
"""Errors of a node that tells none [m, degree]: judged, on the wide side, and told as such."""
UNITS: Final[Mapping[str, float]] = {
    "m": 1.0, "metre": 1.0, "metres": 1.0, "meter": 1.0, "meters": 1.0, "km": 1000.0, "deg": 1.0, "degree": 1.0, "degrees": 1.0,
    "rad": 57.29577951308232, "radian": 57.29577951308232, "radians": 57.29577951308232, "mrad": 0.05729577951308232,
    "s": 1.0, "second": 1.0, "seconds": 1.0, "ms": 0.001, "": 1.0, "1": 1.0, "probability": 1.0, "per scan": 1.0, "%": 0.01,
}  # fmt: skip
"""What one unit is in those of the table."""
DECLARED: Final[Mapping[str, str]] = {
    "range": "range_error", "azimuth": "azimuth_error", "bearing": "azimuth_error", "elevation": "elevation_error",
    "position": "position_error", "horizontal": "position_error", "altitude": "altitude_error", "vertical": "altitude_error",
}  # fmt: skip
"""Columns that a value of a geometric error tells, by a word of its type."""
PERFORMANCE: Final[Mapping[str, str]] = {"pd": "detects", "far": "clutter", "period": "period"}
"""Columns that a value of a detection performance tells, by a word of its type."""


@dataclass(frozen=True)
class Node:
    """What a node has said of itself, and what its reports have shown it to measure."""

    name: str
    registration: Mapping[str, Any]
    status: Mapping[str, Any] | None = None
    measures: frozenset[str] = frozenset()


def columns(node: Node, known: Known) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the columns of a node's row and what had to be assumed. Unplaced where it has not told where it is."""
    location = (node.status or {}).get("node_location")
    if location is None:
        raise Unplaced("no heartbeat has told where the node is")
    at = place(location, node.name, known)
    kind = _kind(node)
    told = dict(_performance(node.registration))
    assumed = {name: value for name, value in ASSUMED[kind].items() if name not in told}
    row = {
        "sensor": node.name,
        "name": node.registration.get("name", ""),
        "kind": kind,
        "latitude": at.latitude,
        "longitude": at.longitude,
        "altitude": at.altitude or 0.0,
        **assumed,
        **told,
        **_looks(node, (at.latitude, at.longitude), known),
    }
    said = f"node {node.name} tells no {', '.join(assumed)}; taken as {', '.join(f'{value:g}' for value in assumed.values())}"
    return row, (said,) if assumed else ()


def _kind(node: Node) -> str:
    """Return what a node measures: as its reports show; before the first of them, by its type."""
    if "azimuth" in node.measures:
        ranged, raised = "slant_range" in node.measures, "elevation" in node.measures
        return ("radar_3d" if raised else "radar_2d") if ranged else ("direction" if raised else "bearing")
    types = [each["node_type"] for each in node.registration["node_definition"]]
    return next((KINDS[each] for each in types if each in KINDS), "self_report")


def _definitions(registration: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for mode in registration["mode_definition"]:
        yield from mode.get("detection_definition", ())


def _performance(registration: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """Yield the columns that the first mode to tell them tells, as far as type, unit and value are understood."""
    for definition in reversed(list(_definitions(registration))):
        geometric = definition.get("geometric_error", {}).get("performance_value", ())
        for names, values in ((DECLARED, geometric), (PERFORMANCE, definition.get("detection_performance", ()))):
            for value in values:
                found = _value(value)
                word = next((names[each] for each in re.findall(r"[a-z]+", value["type"].lower()) if each in names), "")
                if word and found is not None and found > 0 and not (word == "detects" and found > 1):
                    yield word, found


def _value(value: Mapping[str, Any]) -> float | None:
    unit = UNITS.get(value["units"].strip().lower())
    try:
        return None if unit is None else float(value["unit_value"]) * unit
    except ValueError:
        return None


def _looks(node: Node, at: tuple[float, float], known: Known) -> dict[str, float]:
    """Return the sector and the range that a node looks at, as far as it tells them in directions or corners."""
    area = (node.status or {}).get("field_of_view", {})
    if "range_bearing" in area:
        return _cone(area["range_bearing"], node.name, known)
    corners = area.get("location_list", {}).get("locations", ())
    places = [place(each, node.name, known) for each in corners]
    most = max((distance(at, (each.latitude, each.longitude)) for each in places), default=0.0)
    return {"range_most": most} if most else {}


def _cone(cone: Mapping[str, Any], name: str, known: Known) -> dict[str, float]:
    seen = direction({**cone, "azimuth": cone.get("azimuth", 0.0)}, name, known)
    unit = angle(cone["coordinate_system"])
    found: dict[str, float] = {}
    if seen["slant_range"]:
        found["range_most"] = seen["slant_range"]
    if "azimuth" in cone and 0 < (width := cone.get("horizontal_extent", 0.0) * unit) < 360:  # noqa: PLR2004 (a full turn)
        found |= {"azimuth_since": ((seen["azimuth"] or 0.0) - width / 2) % 360, "azimuth_width": width}
    if seen["elevation"] is not None and (height := cone.get("vertical_extent", 0.0) * unit) > 0:
        found["elevation_least"] = max(-90.0, seen["elevation"] - height / 2)
        found["elevation_most"] = min(90.0, seen["elevation"] + height / 2)
    return found
