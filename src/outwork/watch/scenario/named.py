"""Scenarios by name, which tests, benchmarks and the demonstration share."""

from __future__ import annotations

from typing import Final

import numpy as np

from outwork.model.tables.watching import Sensor, Zone
from outwork.watch.frames import Floats, Frame
from outwork.watch.scenario.flight import AIRCRAFT, BIRD, DRONE, STRAIGHT, VEHICLE, Group
from outwork.watch.scenario.scenario import Scenario, scenario
from outwork.watch.scenario.truth import Truth
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
    latitude, longitude, altitude = _at(frame, east * side / 2, north * side / 2)
    return Sensor(
        sensor=f"radar-{number + 1}", kind="radar_3d", latitude=latitude, longitude=longitude, altitude=altitude,
        range_least=50.0, range_most=1.45 * side, azimuth_since=90.0 * number, azimuth_width=90.0,
        elevation_least=-1.0, elevation_most=20.0,
        range_error=5.0, azimuth_error=float(np.degrees(0.0035)) / grown, elevation_error=float(np.degrees(0.007)) / grown,
        detects=0.9, clutter=CLUTTER * grown**2, period=4.0,
    )  # fmt: skip


def _at(frame: Frame, east: float, north: float) -> tuple[float, float, float]:
    """Return latitude, longitude and altitude of a place in the frame."""
    latitude, longitude, altitude = frame.geodetic(np.array([[east, north, 0.0]]))
    return float(latitude[0]), float(longitude[0]), float(altitude[0])


def alone(*, noise: float = 0.5, seconds: float = 100.0, seed: int = 1, frame: Frame = ORIGIN) -> Scenario:
    """One target and one radar, without false or missed detections: where the posterior bound can be reached.

    The target begins 4 km north-east of the radar, at normal errors START around it, and moves by white acceleration of
    `noise` m2/s3 (Bar-Shalom, Li, Kirubarajan 2001, section 6.2.2), drawn anew at every second.
    """
    truth = wandering(START_STATE, START_ERROR, noise, seconds, np.random.default_rng([seed, 0, 1]))
    latitude, longitude, _ = _at(frame, 0.0, 0.0)
    row = Sensor(
        sensor="radar", kind="radar_3d", latitude=latitude, longitude=longitude, range_most=20_000.0, range_error=5.0,
        azimuth_error=float(np.degrees(0.0035)), elevation_error=float(np.degrees(0.007)), detects=1.0,
    )  # fmt: skip
    return scenario("alone", frame, truth, [Watcher(row)], side=SIDE, seconds=seconds, seed=seed)


START_STATE: Final = np.array([2800.0, 2800.0, 400.0, -12.0, 4.0, 0.0])
"""Where the target of `alone` begins on the mean [m, m/s]."""
START_ERROR: Final = np.array([50.0, 50.0, 50.0, 10.0, 10.0, 3.0])
"""One standard deviation of that [m, m/s]."""


def white_acceleration(step: float, noise: float) -> tuple[Floats, Floats]:
    """Return F and Q [6, 6] of constant velocity over `step` s with white acceleration of `noise` m2/s3 on each axis.

    F = [I, T I; 0, I],   Q = q [T^3/3 I, T^2/2 I; T^2/2 I, T I].
    """
    each = np.eye(3)
    moves = np.block([[each, step * each], [0 * each, each]])
    spread = noise * np.block([[step**3 / 3 * each, step**2 / 2 * each], [step**2 / 2 * each, step * each]])
    return moves, spread


def wandering(start: Floats, error: Floats, noise: float, seconds: float, random: np.random.Generator) -> Truth:
    """Return one target that moves by white acceleration, its state drawn anew at every second."""
    steps = int(np.ceil(seconds)) + 1
    moves, spread = white_acceleration(1.0, noise)
    shape = np.linalg.cholesky(spread)
    state = np.empty((steps, 6))
    state[0] = start + error * random.normal(size=6)
    for step in range(1, steps):
        state[step] = moves @ state[step - 1] + shape @ random.normal(size=6)
    none = np.zeros(1, np.int64)
    return Truth(
        kind=none, reports=none, since=np.zeros(1), until=np.full(1, np.inf), first=np.array([0, steps]),
        start=np.arange(steps, dtype=np.float64), state=state, turn=np.zeros(steps),
    )  # fmt: skip


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
    latitude, longitude, altitude = _at(frame, east, north)
    return Sensor.model_validate(
        {"sensor": name, "latitude": latitude, "longitude": longitude, "altitude": altitude + 15.0, **columns}
    )


def _zones(frame: Frame) -> list[Zone]:
    """Return a circle around the tanks and a polygon over the quay."""
    latitude, longitude, _ = _at(frame, 500.0, 500.0)
    corners = [_at(frame, east, north) for east, north in ((-1500, -1500), (-300, -1500), (-300, -700), (-1500, -900))]
    outline = "; ".join(f"{north:.6f} {east:.6f}" for north, east, _ in corners)
    return [
        Zone(zone="tanks", name="Tank farm", latitude=latitude, longitude=longitude, radius=600.0, ceiling=500.0, warn=30.0),
        Zone(zone="quay", name="Container quay", outline=outline, ceiling=400.0, warn=20.0),
    ]
