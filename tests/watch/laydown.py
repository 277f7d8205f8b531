"""Small laydowns of sensors for the tests of watch."""

from __future__ import annotations

import polars as pl

from outwork.watch.frames import Frame
from outwork.watch.sensors import Sensors

FRAME = Frame(54.0, 10.0, 20.0)
BLANK = {
    "latitude": 54.0, "longitude": 10.0, "altitude": 20.0, "range_most": 15_000.0, "elevation_least": 0.0,
    "elevation_most": 60.0,
    "range_error": 5.0, "azimuth_error": 0.2, "elevation_error": 0.4, "rate_error": 1.0, "position_error": 5.0,
    "altitude_error": 10.0, "detects": 0.9, "clutter": 5.0, "period": 1.0,
}  # fmt: skip


def sensors(*kinds: str, **own: object) -> Sensors:
    """Return sensors of these kinds, all in one place unless `own` columns say otherwise."""
    rows = [{"sensor": f"s{k}", "kind": kind} | BLANK for k, kind in enumerate(kinds)]
    return Sensors.of(pl.DataFrame(rows).with_columns(pl.lit(value).alias(name) for name, value in own.items()), FRAME)


def at(place: tuple[float, float], kind: str = "radar_3d", **own: object) -> dict[str, object]:
    """Return a row of a sensor so many metres east and north of the frame's origin."""
    latitude, longitude, _ = FRAME.geodetic([[*place, 0.0]])  # type: ignore[arg-type]
    return {"kind": kind} | BLANK | {"latitude": float(latitude[0]), "longitude": float(longitude[0])} | own


def several(*rows: dict[str, object]) -> Sensors:
    """Return the sensors of these rows."""
    return Sensors.of(pl.DataFrame([{"sensor": f"s{k}"} | row for k, row in enumerate(rows)]), FRAME)
