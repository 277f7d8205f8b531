"""Rows of `sensors` and `detections` out of messages, as every feed gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import atan2, degrees, hypot
from typing import Any, Final

from outwork.model.tables.watching import Detection, Sensor
from outwork.store.formats import detected
from outwork.store.formats.detected import Told
from outwork.store.formats.sapient.classes import likelihoods
from outwork.store.formats.sapient.located import Known, Unplaced, direction, distance, place
from outwork.store.formats.sapient.plain import to_plain
from outwork.store.formats.sapient.sensors import Node, columns
from outwork.store.formats.sapient.validate import judge_packet

FAR: Final = 1e6
"""Metres: nothing is seen from farther away; a place beyond it that comes near with x and y exchanged is exchanged."""
LOST: Final = "lost"
"""What the state of a report says of an object that is no longer seen."""
NAMES: Final = ("serial number", "uas id", "icao address", "icao24", "mmsi", "remote id")
"""Types of object_info that tell how an object calls itself."""
SPEEDS: Final[Mapping[str, float]] = {"SPEED_UNITS_MS": 1.0, "SPEED_UNITS_KPH": 1 / 3.6}

Rows = Iterator[Detection | Sensor | str | None]


@dataclass
class Reader:
    """Takes the messages of nodes in, one after another, and remembers what they said of themselves."""

    known: Known = field(default_factory=Known)
    nodes: dict[str, Node] = field(default_factory=dict)
    _told: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Sensors as they were told last."""

    def take(self, content: bytes, arrived: datetime) -> Told:  # noqa: ARG002 (messages carry their time)
        """Return what a packet told. It never raises; a packet that breaks the interface tells only its faults."""
        judged = judge_packet(content)
        if judged.message is None or judged.faults:
            return Told(faults=tuple(str(each) for each in judged.faults))
        return self.message(to_plain(judged.message))

    def message(self, message: Mapping[str, Any]) -> Told:
        """Return what a valid plain message told."""
        for kind, rows in KINDS.items():
            if kind in message:
                return detected.told(rows(self, message["node_id"], message))
        return Told()

    def registered(self, name: str, message: Mapping[str, Any]) -> Rows:
        """Remember a registration; the place comes with the next heartbeat."""
        before = self.nodes.get(name)
        self.nodes[name] = Node(name, message["registration"], before.status if before else None)
        yield from self._sensor(name)

    def beat(self, name: str, message: Mapping[str, Any]) -> Rows:
        """Remember a heartbeat, and tell the sensor if it changed."""
        node = self.nodes.get(name)
        if node is None:
            yield f"node {name} reports its status and has not registered"
            return
        kept = {key: value for key, value in (node.status or {}).items() if key in {"node_location", "field_of_view"}}
        self.nodes[name] = replace(node, status={**kept, **message["status_report"]})
        yield from self._sensor(name)

    def seen(self, name: str, message: Mapping[str, Any]) -> Rows:
        """Tell a detection, and the sensor if this is the first to show what it measures."""
        node = self.nodes.get(name)
        if node is None:
            yield f"node {name} reports detections and has not registered"
            return
        try:
            row = self._columns(node, message)
        except Unplaced as unplaced:
            yield f"node {name}: a detection is left out: {unplaced}"
            return
        measures = frozenset(each for each in ("slant_range", "azimuth", "elevation") if row.get(each) is not None)
        if measures - node.measures:
            self.nodes[name] = replace(node, measures=node.measures | measures)
            yield from self._sensor(name)
        if LOST not in message["detection_report"].get("state", "").lower():
            yield detected.detection(**row)

    def _sensor(self, name: str) -> Rows:
        node = self.nodes[name]
        if node.status is None:
            return
        try:
            row, assumed = columns(node, self.known)
        except Unplaced as unplaced:
            yield f"node {name} is no sensor yet: {unplaced}"
            return
        if self._told.get(name) != row:
            self._told[name] = row
            yield from assumed
            yield detected.sensor(**row)

    def _columns(self, node: Node, message: Mapping[str, Any]) -> dict[str, Any]:
        report = message["detection_report"]
        return {
            "detection": report["report_id"],
            "sensor": node.name,
            "at": datetime.fromisoformat(message["timestamp"]),
            "strength": max((each["amplitude"] for each in report.get("signal", ())), default=None),
            "identity": _identity(report),
            **likelihoods(report),
            **_velocity(report, node),
            **self._where(report, node),
        }

    def _where(self, report: Mapping[str, Any], node: Node) -> dict[str, float | None]:
        if "range_bearing" in report:
            seen = direction(report["range_bearing"], node.name, self.known)
            if seen["azimuth"] is None:
                raise Unplaced("it has no azimuth")
            return seen
        at = place(report["location"], node.name, self.known)
        self._exchanged(node, at.latitude, at.longitude)
        return vars(at)

    def _exchanged(self, node: Node, latitude: float, longitude: float) -> None:
        """Refuse a place that lies far from its sensor, and near it with latitude and longitude exchanged."""
        location = (node.status or {}).get("node_location")
        if location is None:
            return
        own = place(location, node.name, self.known)
        here = (own.latitude, own.longitude)
        if distance(here, (latitude, longitude)) > FAR >= distance(here, (longitude, latitude)):
            raise Unplaced(
                "x and y seem exchanged: as they stand it lies more than 1,000 km from its sensor; "
                "name the node among those that send latitude first"
            )


KINDS: Final[Mapping[str, Callable[[Reader, str, Mapping[str, Any]], Rows]]] = {
    "registration": Reader.registered,
    "status_report": Reader.beat,
    "detection_report": Reader.seen,
}


def _identity(report: Mapping[str, Any]) -> str:
    told = (each["value"] for each in report.get("object_info", ()) if each["type"].strip().lower() in NAMES)
    return str(report.get("id") or next(told, ""))


def _velocity(report: Mapping[str, Any], node: Node) -> dict[str, float]:
    """Return speed [m/s], heading [degree] and climb [m/s], in the units that the node declared for its velocities."""
    velocity = report.get("enu_velocity")
    units = _speed_units(node.registration)
    if velocity is None or units is None:
        return {}
    level, upward = (SPEEDS.get(each, 1.0) for each in units)
    east, north = velocity["east_rate"] * level, velocity["north_rate"] * level
    found = {"speed": hypot(east, north), "heading": degrees(atan2(east, north)) % 360}
    return found | ({"climb": velocity["up_rate"] * upward} if "up_rate" in velocity else {})


def _speed_units(registration: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the units of level and of upward speeds that the first mode to declare velocities declares."""
    for mode in registration["mode_definition"]:
        for definition in mode.get("detection_definition", ()):
            units = definition.get("velocity_type", {}).get("enu_velocity_units")
            if units:
                level = units["east_north_rate_units"]
                return level, units.get("up_rate_units", level)
    return None
