"""What `watch` makes of detections: tracks, alerts, the sensors' health, and where nobody looks."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Literal

from outwork.model.table import Ge, Key, Le, Ref, Row, Unit

Affiliation = Literal["unknown", "declared", "doubtful"]


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
