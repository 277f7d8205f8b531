"""Sensors, what is protected, what was detected and what really flew, and what people ask of each other about it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Literal

from outwork.model.table import Ge, Gt, Key, Le, Lt, Ref, Row, Rule, Unit

SensorKind = Literal["radar_3d", "radar_2d", "bearing", "direction", "self_report"]
"""What a sensor measures: range, azimuth and elevation; range and azimuth; azimuth; azimuth and elevation; or nothing, because
what flies says itself where it is, as by Remote ID, ADS-B or AIS."""


class Sensor(Row):
    """A radar, direction finder, acoustic mast or camera, or a receiver of what aircraft and ships say of themselves.

    Errors are one standard deviation. Azimuth is clockwise from true north, elevation up from the horizontal.
    """

    table_name: ClassVar[str] = "sensors"
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule("range_least < range_most", "the least range lies below the most"),
        Rule("elevation_least < elevation_most", "the least elevation lies below the most"),
        Rule(
            "kind = 'self_report' OR azimuth_error IS NOT NULL",
            "a sensor that looks states its azimuth_error: without it nothing can be said of where a thing is",
        ),
        Rule("kind NOT IN ('radar_3d', 'radar_2d') OR range_error IS NOT NULL", "a radar states its range_error"),
        Rule(
            "kind NOT IN ('radar_3d', 'direction') OR elevation_error IS NOT NULL",
            "it measures elevation: state its elevation_error",
        ),
        Rule(
            "kind <> 'self_report' OR position_error IS NOT NULL",
            "state how well a self-report knows its place: position_error",
        ),
    )

    sensor: Annotated[str, Key()]
    """Short name by which other tables call it."""
    name: str = ""
    """Full name."""
    kind: SensorKind
    """What it measures."""
    nation: Annotated[str | None, Ref("nations")] = None
    """Country that runs it."""
    site: Annotated[str | None, Ref("sites")] = None
    """Where it stands, if that is a site of the programme."""
    latitude: Annotated[float, Unit("degree"), Ge(-90), Le(90)]
    """WGS 84 latitude, north positive."""
    longitude: Annotated[float, Unit("degree"), Ge(-180), Le(180)]
    """WGS 84 longitude, east positive."""
    altitude: Annotated[float, Unit("m"), Ge(-500), Le(50_000)] = 0.0
    """Height above the WGS 84 ellipsoid."""
    range_least: Annotated[float, Unit("m"), Ge(0)] = 0.0
    """Nearer than this it detects nothing."""
    range_most: Annotated[float, Unit("m"), Gt(0), Le(1e6)] = 10_000.0
    """Farther than this it detects nothing."""
    azimuth_since: Annotated[float, Unit("degree"), Ge(0), Lt(360)] = 0.0
    """Where the sector that it looks into begins; it extends clockwise."""
    azimuth_width: Annotated[float, Unit("degree"), Gt(0), Le(360)] = 360.0
    """How wide that sector is."""
    elevation_least: Annotated[float, Unit("degree"), Ge(-90), Le(90)] = -90.0
    """Lowest elevation that it looks at."""
    elevation_most: Annotated[float, Unit("degree"), Ge(-90), Le(90)] = 90.0
    """Highest elevation that it looks at."""
    range_error: Annotated[float | None, Unit("m"), Gt(0)] = None
    """Error of a range."""
    azimuth_error: Annotated[float | None, Unit("degree"), Gt(0), Le(180)] = None
    """Error of an azimuth."""
    elevation_error: Annotated[float | None, Unit("degree"), Gt(0), Le(90)] = None
    """Error of an elevation."""
    rate_error: Annotated[float | None, Unit("m/s"), Gt(0)] = None
    """Error of a range rate, where it measures one."""
    position_error: Annotated[float | None, Unit("m"), Gt(0)] = None
    """Error of a self-report's position, east and north each."""
    altitude_error: Annotated[float | None, Unit("m"), Gt(0)] = None
    """Error of a self-report's altitude. Blank: its altitude is not used."""
    detects: Annotated[float, Unit("1"), Gt(0), Le(1)] = 0.9
    """Probability that it detects, in one scan, a thing that it can see."""
    clutter: Annotated[float, Unit("1/scan"), Ge(0)] = 0.0
    """False detections expected in one scan."""
    period: Annotated[float, Unit("s"), Gt(0), Le(86_400)] = 1.0
    """Time from one scan, or one report of the same thing, to the next."""
    range_bias: Annotated[float, Unit("m"), Ge(-10_000), Le(10_000)] = 0.0
    """By how much its ranges are known to be too long."""
    azimuth_bias: Annotated[float, Unit("degree"), Ge(-180), Le(180)] = 0.0
    """By how much its azimuths are known to be too large."""
    elevation_bias: Annotated[float, Unit("degree"), Ge(-90), Le(90)] = 0.0
    """By how much its elevations are known to be too large."""
    clock_skew: Annotated[float, Unit("s"), Ge(-86_400), Le(86_400)] = 0.0
    """By how much its clock is known to be ahead."""


class Zone(Row):
    """A volume of air over a circle or a polygon that is protected: a track that will enter it raises an alert."""

    table_name: ClassVar[str] = "zones"
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule("floor < ceiling", "the floor lies below the ceiling"),
        Rule(
            "(latitude IS NOT NULL AND longitude IS NOT NULL AND radius IS NOT NULL) <> (outline <> '')",
            "a zone is a circle (latitude, longitude and radius) or a polygon (outline), and not both",
        ),
    )

    zone: Annotated[str, Key()]
    """Short name by which other tables call it."""
    name: str = ""
    """Full name."""
    latitude: Annotated[float | None, Unit("degree"), Ge(-90), Le(90)] = None
    """WGS 84 latitude of the centre."""
    longitude: Annotated[float | None, Unit("degree"), Ge(-180), Le(180)] = None
    """WGS 84 longitude of the centre."""
    radius: Annotated[float | None, Unit("m"), Gt(0), Le(1e6)] = None
    """Radius of the circle."""
    outline: str = ""
    """Corners in order, latitude and longitude in degrees, such as `51.92 4.47; 51.93 4.47; 51.93 4.50`."""
    floor: Annotated[float, Unit("m"), Ge(-500), Le(100_000)] = -500.0
    """Height above the ellipsoid at which it begins."""
    ceiling: Annotated[float, Unit("m"), Ge(-500), Le(100_000)] = 100_000.0
    """Height above the ellipsoid at which it ends."""
    warn: Annotated[float, Unit("s"), Ge(0), Le(86_400)] = 60.0
    """How long before a track enters people are to be told."""


class Detection(Row):
    """What a sensor said at one instant of one thing, which may be a false detection. Blank: it did not say."""

    table_name: ClassVar[str] = "detections"
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            "azimuth IS NOT NULL OR (latitude IS NOT NULL AND longitude IS NOT NULL)",
            "a detection has an azimuth, or a latitude and a longitude",
        ),
    )

    detection: Annotated[str, Key()]
    """Short name by which it is called."""
    sensor: Annotated[str, Ref("sensors")]
    """Who said so."""
    at: datetime
    """When that was so, by the sensor's clock."""
    scan: Annotated[int | None, Unit("1"), Ge(0)] = None
    """Number of the sensor's scan. Blank: the sensor does not say, and detections of one period make one scan."""
    slant_range: Annotated[float | None, Unit("m"), Ge(0), Le(1e7)] = None
    """Distance from the sensor, along the line of sight."""
    azimuth: Annotated[float | None, Unit("degree"), Ge(-360), Le(360)] = None
    """Direction from the sensor, clockwise from true north."""
    elevation: Annotated[float | None, Unit("degree"), Ge(-90), Le(90)] = None
    """Direction from the sensor, up from the horizontal."""
    range_rate: Annotated[float | None, Unit("m/s"), Ge(-10_000), Le(10_000)] = None
    """How fast the distance grows."""
    latitude: Annotated[float | None, Unit("degree"), Ge(-90), Le(90)] = None
    """WGS 84 latitude, north positive."""
    longitude: Annotated[float | None, Unit("degree"), Ge(-180), Le(180)] = None
    """WGS 84 longitude, east positive."""
    altitude: Annotated[float | None, Unit("m"), Ge(-1000), Le(100_000)] = None
    """Height above the WGS 84 ellipsoid."""
    speed: Annotated[float | None, Unit("m/s"), Ge(0), Le(10_000)] = None
    """Speed over ground."""
    heading: Annotated[float | None, Unit("degree"), Ge(-360), Le(360)] = None
    """Course over ground, clockwise from true north."""
    climb: Annotated[float | None, Unit("m/s"), Ge(-10_000), Le(10_000)] = None
    """Vertical speed, up positive."""
    range_error: Annotated[float | None, Unit("m"), Gt(0)] = None
    """Error of this range. Blank: the sensor's."""
    azimuth_error: Annotated[float | None, Unit("degree"), Gt(0), Le(180)] = None
    """Error of this azimuth. Blank: the sensor's."""
    elevation_error: Annotated[float | None, Unit("degree"), Gt(0), Le(90)] = None
    """Error of this elevation. Blank: the sensor's."""
    position_error: Annotated[float | None, Unit("m"), Gt(0)] = None
    """Error of this position, east and north each. Blank: the sensor's."""
    altitude_error: Annotated[float | None, Unit("m"), Gt(0)] = None
    """Error of this altitude. Blank: the sensor's."""
    strength: Annotated[float | None, Unit("dB")] = None
    """Strength of the signal."""
    identity: str = ""
    """How the thing calls itself, such as the serial number of Remote ID, the address of ADS-B or the MMSI of a ship."""
    drone: Annotated[float | None, Unit("1"), Ge(0), Le(1)] = None
    """Likelihood of what the sensor saw, were the thing a drone; only the shares among the four classes matter."""
    aircraft: Annotated[float | None, Unit("1"), Ge(0), Le(1)] = None
    """The same, were it an aircraft with people."""
    bird: Annotated[float | None, Unit("1"), Ge(0), Le(1)] = None
    """The same, were it a bird."""
    ground: Annotated[float | None, Unit("1"), Ge(0), Le(1)] = None
    """The same, were it a thing on the ground or on water."""


class TruthState(Row):
    """Where a thing really was, as by a satellite receiver on board of a test flight: the picture is scored by it."""

    table_name: ClassVar[str] = "truth_states"

    thing: Annotated[str, Key()]
    """What flew; the same name at another instant is the same thing."""
    at: Annotated[datetime, Key()]
    """When."""
    latitude: Annotated[float, Unit("degree"), Ge(-90), Le(90)]
    """WGS 84 latitude, north positive."""
    longitude: Annotated[float, Unit("degree"), Ge(-180), Le(180)]
    """WGS 84 longitude, east positive."""
    altitude: Annotated[float | None, Unit("m"), Ge(-1000), Le(100_000)] = None
    """Height above the WGS 84 ellipsoid. Blank: not known, and heights are not scored."""


class Task(Row):
    """A hand-over from the air picture: a person asks that a node look at a track, another approves; none comes by itself."""

    table_name: ClassVar[str] = "tasks"
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule("length(trim(requested_by)) > 0", "a task is requested by a named person"),
        Rule("status <> 'approved' OR length(trim(approved_by)) > 0", "a task is approved by a named person"),
        Rule("status <> 'approved' OR approved_at IS NOT NULL", "an approval has an instant"),
        Rule(
            "approved_by = '' OR lower(trim(approved_by)) <> lower(trim(requested_by))",
            "who requests a task does not approve it",
        ),
    )

    task: Annotated[str, Key()]
    """Short name by which it is called."""
    track: str
    """The track that it is about."""
    node: str
    """The node that is asked."""
    kind: Literal["look_at", "follow"]
    """What it is asked: to look at the track, or to follow it."""
    reason: str
    """Why."""
    requested_by: str
    """Person who asks."""
    requested_at: datetime
    """When."""
    status: Literal["requested", "approved", "refused"] = "requested"
    """What became of it."""
    approved_by: str = ""
    """Person who approved or refused it."""
    approved_at: datetime | None = None
    """When."""
