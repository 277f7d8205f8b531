"""A minute and a half over the depot of the example programme, which the demonstration replays."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from outwork.model.tables.watching import Sensor, Zone
from outwork.watch.frames import Frame
from outwork.watch.scenario.flight import BIRD, Group, fly
from outwork.watch.scenario.scenario import Scenario, scenario
from outwork.watch.scenario.truth import KINDS, REPORTS, Kind, Reports, Truth, together
from outwork.watch.scenario.watcher import Flaw, Watcher

DEPOT: Final = Frame(latitude=55.93, longitude=23.31, altitude=130.0, epoch=1_820_500_200_000_000)
"""Where the depot stands, in Siauliai, and an evening in 2027 on which nothing of this happened."""
SECONDS: Final = 90.0
LEG: Final = 42.0
"""How long each thing flies straight on, or turns in one way [s]."""
WAITS: Final = (1500.0, -900.0, 90.0, -12.0, 9.0, 0.0)
GOES_ON: Final = (1000.0, -520.0, 90.0, 3.0, 14.0, 0.0)
SIDE: Final = 4000.0
"""Side of the square over which birds fly [m]."""


def depot(seed: int = 7) -> Scenario:
    """Return the scenario: two drones that say nothing, one of them on its way in, one that reports itself, a light aircraft
    and birds, seen by a radar, two radio detectors, an acoustic mast and a receiver of reports.

    The second radio detector was set up in haste: its bearings are 3 degrees too large, and nobody knows.
    """  # noqa: D205  one sentence
    birds = fly(Group(BIRD, 3, births=0.0, deaths=0.0), SIDE, SECONDS, np.random.default_rng([seed, 0, 1]))
    truth = together(
        birds,
        _one("drone", "", 5.0, [(-2100.0, -1500.0, 120.0, 17.0, 14.0, 0.0)], [0.0]),
        _one("drone", "", 12.0, [WAITS, GOES_ON], [0.02, 0.03]),
        _one("drone", "remote_id", 0.0, [(600.0, 1200.0, 80.0, -6.0, -4.0, 0.0)], [0.05]),
        _one("aircraft", "adsb", 0.0, [(-4500.0, 2500.0, 600.0, 62.0, -8.0, 0.0)], [0.0]),
    )
    return scenario("depot", DEPOT, truth, _watchers(), side=SIDE, seconds=SECONDS, seed=seed, zones=_zones())


def recorded() -> dict[str, pl.DataFrame]:
    """Return sensors, zones, detections and truth as they are shipped with the example: as exact as such sensors tell."""
    tables = depot().tables
    return {
        name: frame.with_columns(pl.col(column).round(DIGITS[column]) for column in frame.columns if column in DIGITS)
        if name in ("detections", "truth_states")
        else frame
        for name, frame in tables.items()
    }


DIGITS: Final = {
    "slant_range": 1, "azimuth": 2, "elevation": 2, "range_rate": 2, "latitude": 6, "longitude": 6, "altitude": 1, "speed": 2,
    "heading": 1, "climb": 2, "drone": 3, "aircraft": 3, "bird": 3, "ground": 3,
}  # fmt: skip
"""Digits behind the point of what is recorded, by column."""


def _one(
    kind: Kind, reports: Reports, since: float, legs: list[tuple[float, float, float, float, float, float]], turns: list[float]
) -> Truth:
    """Return one thing that flies from `since` s on, each leg LEG s long: x, y, z [m], vx, vy, vz [m/s], turning [rad/s]."""
    count = len(legs)
    return Truth(
        kind=np.array([KINDS.index(kind)]), reports=np.array([REPORTS.index(reports)]), since=np.array([since]),
        until=np.array([np.inf]), first=np.array([0, count]), start=since + LEG * np.arange(count, dtype=np.float64),
        state=np.array(legs),
        turn=np.array(turns),
    )  # fmt: skip


def _watchers() -> list[Watcher]:
    """Return who looks: products of the example's own factories, and receivers of what things say of themselves."""
    return [
        Watcher(
            _post("lapwing-1", "Lapwing radar on the water tower", 0.0, 250.0, 25.0, kind="radar_3d", range_error=6.0,
                  azimuth_error=0.4, elevation_error=0.8, elevation_least=-1.0, elevation_most=50.0, range_most=8000.0,
                  clutter=3.0, rate_error=0.8),
            sweep=0.8,
        ),
        Watcher(_post("corncrake-1", "Corncrake at the west gate", -420.0, -60.0, 9.0, **DETECTOR), sees=("drone",), first=0.2),
        Watcher(
            _post("corncrake-2", "Corncrake at the railway", 380.0, -340.0, 9.0, **DETECTOR),
            sees=("drone",), first=0.7, flaw=Flaw(azimuth=3.0),
        ),
        Watcher(
            _post("bittern-1", "Bittern mast at the gate", 60.0, -200.0, 8.0, kind="direction", azimuth_error=3.0,
                  elevation_error=4.0, range_most=900.0, detects=0.8, clutter=0.1),
            sees=("drone",), accuracy=0.8, first=0.4,
        ),
        Watcher(
            _post("remote-id", "Receiver of Remote ID", 0.0, 0.0, 12.0, **RECEIVER),
            reports="remote_id", first=0.1, accuracy=0.97,
        ),
        Watcher(
            _post("adsb", "Receiver of ADS-B", 0.0, 0.0, 14.0, **RECEIVER), reports="adsb", first=0.6, accuracy=0.97,
        ),
    ]  # fmt: skip


DETECTOR: Final = {
    "kind": "bearing", "range_most": 5000.0, "azimuth_error": 2.0, "detects": 0.85, "clutter": 0.1, "period": 2.0,
}  # fmt: skip
RECEIVER: Final = {
    "kind": "self_report", "range_most": 30_000.0, "position_error": 8.0, "altitude_error": 15.0, "rate_error": 1.0,
    "detects": 0.95,
}  # fmt: skip


def _post(name: str, title: str, east: float, north: float, height: float, **columns: object) -> Sensor:
    """Return a sensor so many metres from the depot, at a height above the ground."""
    latitude, longitude, altitude = DEPOT.geodetic(np.array([[east, north, height]]))
    return Sensor.model_validate(
        {
            "sensor": name, "name": title, "nation": "LT", "site": "siauliai", "latitude": round(float(latitude[0]), 6),
            "longitude": round(float(longitude[0]), 6), "altitude": round(float(altitude[0]), 1), **columns,
        }
    )  # fmt: skip


def _zones() -> list[Zone]:
    """Return the depot, and the railway yard beside it."""
    yard = [(450.0, -650.0), (1250.0, -650.0), (1250.0, -350.0), (450.0, -350.0)]
    corners = DEPOT.geodetic(np.array([[east, north, 0.0] for east, north in yard]))
    outline = "; ".join(f"{north:.5f} {east:.5f}" for north, east in zip(corners[0], corners[1], strict=True))
    return [
        Zone(zone="depot", name="Depot in Siauliai", latitude=55.93, longitude=23.31, radius=400.0, ceiling=700.0, warn=40.0),
        Zone(zone="yard", name="Railway yard", outline=outline, ceiling=500.0, warn=15.0),
    ]
