"""Scenarios by name, which tests, benchmarks and the demonstration share."""

from __future__ import annotations

from typing import Final

import numpy as np

from outwork.model.tables.watching import Sensor, Zone
from outwork.watch.frames import Frame
from outwork.watch.scenario.flight import AIRCRAFT, BIRD, DRONE, STRAIGHT, VEHICLE, Group
from outwork.watch.scenario.scenario import Scenario, scenario
from outwork.watch.scenario.watcher import Flaw, Watcher

ORIGIN: Final = Frame(latitude=51.92, longitude=4.47, epoch=1_790_000_000_000_000)
"""A place by the sea and an instant in 2026, both picked for no reason."""
SIDE: Final = 8000.0
"""Side of the square that four radars at its corners look at [m]."""
CROWD: Final = 100
"""Drones over that square."""
CLUTTER: Final = 30.0
"""False detections in a scan over that square."""


def four_radars(
    targets: int = CROWD, *, side: float = SIDE, seconds: float = 100.0, seed: int = 1, frame: Frame = ORIGIN
) -> Scenario:
    """Drones that turn at random, over a square with a radar at every corner; the radars take turns, one scan a second.

    At 8 km: range, azimuth and elevation with 5 m, 3.5 mrad and 7 mrad, detection probability 0.9, 30 false detections a
    scan; drones of 5 to 30 m/s with turns of 4 to 12 s and up to 0.4 g, born within the first 10 s, a fifth of them gone in
    the second half. With another side, errors across the line of sight stay as many metres, and false detections as
    many a square kilometre: `side = 8000 sqrt(targets / 100)` makes the same sky larger, the side left as it is a fuller one.
    """
    grown = side / SIDE
    watchers = [Watcher(_corner(number, side, grown, frame), first=float(number)) for number in range(4)]
    groups = [Group(DRONE, targets, births=min(10.0 / seconds, 1.0), deaths=0.2)]
    return scenario("four radars", frame, groups, watchers, side=side, seconds=seconds, seed=seed)


def _corner(number: int, side: float, grown: float, frame: Frame) -> Sensor:
    """Return the radar at a corner: 0 south-west, 1 north-west, 2 north-east, 3 south-east; each looks into the square."""
    east, north = [(-1, -1), (-1, 1), (1, 1), (1, -1)][number]
    latitude, longitude, altitude = place_at(frame, east * side / 2, north * side / 2)
    return Sensor(
        sensor=f"radar-{number + 1}", kind="radar_3d", latitude=latitude, longitude=longitude, altitude=altitude,
        range_least=50.0, range_most=1.45 * side, azimuth_since=90.0 * number, azimuth_width=90.0,
        elevation_least=-1.0, elevation_most=20.0,
        range_error=5.0, azimuth_error=float(np.degrees(0.0035)) / grown, elevation_error=float(np.degrees(0.007)) / grown,
        detects=0.9, clutter=CLUTTER * grown**2, period=4.0,
    )  # fmt: skip


def place_at(frame: Frame, east: float, north: float) -> tuple[float, float, float]:
    """Return latitude, longitude and altitude of a place in the frame."""
    latitude, longitude, altitude = frame.geodetic(np.array([[east, north, 0.0]]))
    return float(latitude[0]), float(longitude[0]), float(altitude[0])


def harbour(*, seconds: float = 120.0, seed: int = 1, frame: Frame = ORIGIN) -> Scenario:
    """A harbour with every kind of sensor and of thing that flies, and two protected zones.

    Two radars in three dimensions and one in two, two radio direction finders that hear drones only, a camera that names
    what it sees, and receivers of Remote ID and ADS-B. Drones with and without Remote ID, birds, two aircraft with ADS-B, and
    vehicles. One radar's azimuths are 0.4 degree too large and nobody knows; the second radar's scans arrive
    up to 3 s late; the camera's clock is 0.2 s ahead.
    """
    groups = [
        Group(DRONE, 6, deaths=0.0),
        Group(DRONE, 4, reports="remote_id", deaths=0.0),
        Group(STRAIGHT, 2, deaths=0.0),
        Group(BIRD, 8),
        Group(AIRCRAFT, 2, reports="adsb", births=0.0, deaths=0.0),
        Group(VEHICLE, 3, births=0.0, deaths=0.0),
    ]
    return scenario("harbour", frame, groups, _harbour(frame), side=6000.0, seconds=seconds, seed=seed, zones=_zones(frame))


def _harbour(frame: Frame) -> list[Watcher]:
    """Return who looks over the harbour."""
    radar = {"range_error": 8.0, "azimuth_error": 0.25, "elevation_error": 0.5, "elevation_least": -1.0, "elevation_most": 40.0}
    finder = {"kind": "bearing", "range_most": 6000.0, "azimuth_error": 2.0, "detects": 0.8, "clutter": 0.3}
    report = {"kind": "self_report", "altitude_error": 15.0, "rate_error": 1.0, "detects": 0.95}
    camera = {"kind": "direction", "azimuth_error": 0.05, "elevation_error": 0.05, "range_most": 2500.0, "elevation_most": 60.0}
    return [
        Watcher(_post(frame, "radar-west", -2500, -500, kind="radar_3d", clutter=8.0, rate_error=1.0, **radar), sweep=0.9),
        Watcher(
            _post(frame, "radar-east", 2500, 800, kind="radar_3d", clutter=8.0, **radar),
            first=0.5,
            flaw=Flaw(azimuth=0.4, delay=(0.0, 3.0)),
        ),
        Watcher(
            _post(frame, "radar-quay", 0, -2500, kind="radar_2d", clutter=5.0, range_error=15.0, azimuth_error=0.4, period=2.0),
            sweep=2.0,
        ),
        Watcher(_post(frame, "finder-north", 0, 2500, **finder), sees=("drone",)),
        Watcher(_post(frame, "finder-south", 600, -2400, **finder), sees=("drone",), first=0.3),
        Watcher(_post(frame, "camera", 200, 0, **camera), accuracy=0.85, first=0.2, flaw=Flaw(skew=0.2)),
        Watcher(_post(frame, "remote-id", 0, 0, position_error=8.0, range_most=4000.0, **report), reports="remote_id"),
        Watcher(_post(frame, "adsb", 0, 100, position_error=15.0, range_most=50_000.0, **report), reports="adsb", first=0.6),
    ]


def _post(frame: Frame, name: str, east: float, north: float, **columns: object) -> Sensor:
    """Return a sensor 15 m above the frame's origin."""
    latitude, longitude, altitude = place_at(frame, east, north)
    return Sensor.model_validate(
        {"sensor": name, "latitude": latitude, "longitude": longitude, "altitude": altitude + 15.0, **columns}
    )


def _zones(frame: Frame) -> list[Zone]:
    """Return a circle around the tanks and a polygon over the quay."""
    latitude, longitude, _ = place_at(frame, 500.0, 500.0)
    corners = [place_at(frame, east, north) for east, north in ((-1500, -1500), (-300, -1500), (-300, -700), (-1500, -900))]
    outline = "; ".join(f"{north:.6f} {east:.6f}" for north, east, _ in corners)
    return [
        Zone(zone="tanks", name="Tank farm", latitude=latitude, longitude=longitude, radius=600.0, ceiling=500.0, warn=30.0),
        Zone(zone="quay", name="Container quay", outline=outline, ceiling=400.0, warn=20.0),
    ]
