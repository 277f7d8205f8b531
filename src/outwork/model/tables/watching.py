"""Sensors, what they detect, and what `watch` makes of it: tracks, alerts, the sensors' health, and where nobody looks."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Literal

from outwork.model.table import Ge, Gt, Key, Le, Lt, Ref, Row, Rule, Unit

SensorKind = Literal["radar_3d", "radar_2d", "bearing", "direction", "self_report"]
"""What a sensor measures: range, azimuth and elevation; range and azimuth; azimuth; azimuth and elevation; or nothing, because
what flies says itself where it is, as by Remote ID, ADS-B or AIS."""
Affiliation = Literal["unknown", "declared", "doubtful"]


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


class Track(Row):
    """A thing that flies, as far as all detections together tell."""

    table_name: ClassVar[str] = "tracks"

    track: Annotated[str, Key()]
    """Short name by which it is called."""
    since: datetime
    """First detection."""
    until: datetime
    """Last detection."""
    detections: Annotated[int, Unit("1"), Ge(1)]
    """How many detections were joined to it."""
    sensors: str = ""
    """Sensors that detected it, separated by semicolons."""
    identity: str = ""
    """How it calls itself. Blank: it does not."""
    affiliation: Affiliation = "unknown"
    """Unknown: it says nothing of itself. Declared: it does, and is where it says. Doubtful: it does, and something is
    wrong with that."""
    caution: str = ""
    """What is wrong with what it says of itself."""
    drone: Annotated[float, Unit("1"), Ge(0), Le(1)]
    """Probability that it is a drone."""
    aircraft: Annotated[float, Unit("1"), Ge(0), Le(1)]
    """Probability that it is an aircraft with people."""
    bird: Annotated[float, Unit("1"), Ge(0), Le(1)]
    """Probability that it is a bird."""
    ground: Annotated[float, Unit("1"), Ge(0), Le(1)]
    """Probability that it is a thing on the ground or on water."""


class TrackState(Row):
    """Where a track was at an instant, how it moved, and how sure that is."""

    table_name: ClassVar[str] = "track_states"

    track: Annotated[str, Key(), Ref("tracks")]
    """The track."""
    at: Annotated[datetime, Key()]
    """When."""
    latitude: Annotated[float, Unit("degree"), Ge(-90), Le(90)]
    """WGS 84 latitude, north positive."""
    longitude: Annotated[float, Unit("degree"), Ge(-180), Le(180)]
    """WGS 84 longitude, east positive."""
    altitude: Annotated[float, Unit("m")]
    """Height above the WGS 84 ellipsoid."""
    east_speed: Annotated[float, Unit("m/s")]
    """Velocity to the east."""
    north_speed: Annotated[float, Unit("m/s")]
    """Velocity to the north."""
    climb: Annotated[float, Unit("m/s")]
    """Velocity up."""
    ee: Annotated[float, Unit("m2"), Ge(0)]
    """Variance of the position to the east."""
    en: Annotated[float, Unit("m2")]
    """Covariance of east and north."""
    eu: Annotated[float, Unit("m2")]
    """Covariance of east and up."""
    nn: Annotated[float, Unit("m2"), Ge(0)]
    """Variance of the position to the north."""
    nu: Annotated[float, Unit("m2")]
    """Covariance of north and up."""
    uu: Annotated[float, Unit("m2"), Ge(0)]
    """Variance of the height."""
    existence: Annotated[float, Unit("1"), Ge(0), Le(1)]
    """Probability that there is such a thing."""


class Alert(Row):
    """A track that enters a protected zone, will enter it, or has left it."""

    table_name: ClassVar[str] = "alerts"

    alert: Annotated[str, Key()]
    """Short name by which it is called."""
    zone: Annotated[str, Ref("zones")]
    """The zone."""
    track: Annotated[str, Ref("tracks")]
    """The track."""
    at: datetime
    """When it was raised."""
    kind: Literal["entering", "inside", "left"]
    """Entering: within the zone's time of warning. Inside: in it. Left: was in it."""
    seconds: Annotated[float | None, Unit("s"), Ge(0)] = None
    """Until it enters, on a straight way. Blank: it is in the zone or has left it."""
    probability: Annotated[float, Unit("1"), Ge(0), Le(1)]
    """Probability of what the alert says."""
    acknowledged_by: str = ""
    """Person who has seen it. Blank: nobody yet."""
    sentence: str
    """What happens, in one sentence."""


class SensorHealth(Row):
    """How a sensor did: whether what it says agrees with the picture."""

    table_name: ClassVar[str] = "sensors_health"

    sensor: Annotated[str, Key(), Ref("sensors")]
    """The sensor."""
    since: datetime | None = None
    """First detection. Blank: none came."""
    until: datetime | None = None
    """Last detection."""
    detections: Annotated[int, Unit("1"), Ge(0)] = 0
    """How many came."""
    refused: Annotated[int, Unit("1"), Ge(0)] = 0
    """How many of them were not used: duplicates, too late, or impossible."""
    associated: Annotated[int, Unit("1"), Ge(0)] = 0
    """How many were joined to confirmed tracks."""
    detects: Annotated[float | None, Unit("1"), Ge(0), Le(1)] = None
    """Share of scans in which it detected a confirmed track that it could see. Blank: there was none."""
    consistency: Annotated[float | None, Unit("1"), Ge(0)] = None
    """Mean squared innovation in units of its covariance, by dimension: 1 is honest, more claims too much. Blank: not known."""
    range_bias: Annotated[float | None, Unit("m")] = None
    """By how much its ranges seem too long, beside what is known of it. Blank: cannot be told."""
    range_bias_error: Annotated[float | None, Unit("m"), Ge(0)] = None
    """Error of that."""
    azimuth_bias: Annotated[float | None, Unit("degree")] = None
    """By how much its azimuths seem too large. Blank: cannot be told."""
    azimuth_bias_error: Annotated[float | None, Unit("degree"), Ge(0)] = None
    """Error of that."""
    elevation_bias: Annotated[float | None, Unit("degree")] = None
    """By how much its elevations seem too large. Blank: cannot be told."""
    elevation_bias_error: Annotated[float | None, Unit("degree"), Ge(0)] = None
    """Error of that."""
    state: Literal["good", "suspect", "quarantined", "silent"]
    """Good: agrees with the picture. Suspect: does not. Quarantined: is left out. Silent: said nothing."""
    why: str = ""
    """Why it is not good."""


class CoverageGap(Row):
    """A piece of air in which a thing would be detected too seldom."""

    table_name: ClassVar[str] = "coverage_gaps"

    coverage_gap: Annotated[str, Key()]
    """Short name by which it is called."""
    altitude: Annotated[float, Unit("m")]
    """Height above the ellipsoid at which that is so."""
    latitude: Annotated[float, Unit("degree"), Ge(-90), Le(90)]
    """WGS 84 latitude of its middle."""
    longitude: Annotated[float, Unit("degree"), Ge(-180), Le(180)]
    """WGS 84 longitude of its middle."""
    area: Annotated[float, Unit("m2"), Ge(0)]
    """How large it is."""
    probability: Annotated[float, Unit("1"), Ge(0), Le(1)]
    """Probability of detection in it, on average."""


class Placement(Row):
    """Where one more sensor would help most; each after the ones before it."""

    table_name: ClassVar[str] = "placements"

    placement: Annotated[str, Key()]
    """Short name by which it is called."""
    place: Annotated[int, Unit("1"), Ge(1)]
    """Which of them it is, the first the one that helps most."""
    sensor: Annotated[str, Ref("sensors")]
    """The sensor that it is like."""
    latitude: Annotated[float, Unit("degree"), Ge(-90), Le(90)]
    """WGS 84 latitude, north positive."""
    longitude: Annotated[float, Unit("degree"), Ge(-180), Le(180)]
    """WGS 84 longitude, east positive."""
    gain: Annotated[float, Unit("1"), Ge(0), Le(1)]
    """By how much it raises the probability of detection, averaged over the area and the altitudes."""


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
