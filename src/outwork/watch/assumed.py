"""Sensors that nobody has described, as far as their detections tell: a log of positions is a sensor of self-reports."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import polars as pl

from outwork.model.errors import UnknownName
from outwork.model.frames import from_columns
from outwork.model.tables import BY_NAME

POSITION_ERROR: Final = 5.0
"""Error of a self-report's position that is taken where nobody states one [m]: that of satellite navigation."""
STAMP_ERROR: Final = 0.2
"""Error of its stamp [s]; what moves is elsewhere by then."""
ALTITUDE_ERROR: Final = 30.0
"""Error of its altitude [m]."""
RATE_ERROR: Final = 0.3
"""Error of each component of its velocity [m/s]."""
RATE_SHARE: Final = 0.02
"""What comes on top of that, as a share of its speed [1]."""
FAST: Final = 0.95
"""Share of the reported speeds that the speed of things is not below [1]."""
REACH: Final = 1.2
"""How much farther than the farthest report a receiver is taken to hear [1]."""
FASTEST: Final = 100.0
"""Faster than this nothing goes of which one thing's log is kept [m/s]."""
NEAR: Final = 50.0
"""Two reports so near to each other may be of one thing, however soon one follows the other [m]."""
SELDOM: Final = 0.95
"""Share of the times between two reports of one thing that its period is not below [1]."""
LONGEST: Final = 180.0
"""Longest period that is taken [s]: that of a ship at anchor."""
UNNAMED: Final = 60.0
"""Period that is taken where reports do not say whose they are [s]."""
DEGREE: Final = 111_000.0
"""About how long a degree of latitude is [m]."""


def described(sensors: pl.DataFrame, detections: pl.DataFrame) -> pl.DataFrame:
    """Return the table `sensors` with a row for each sensor of self-reports that is not in it.

    UnknownName where a sensor that looks, and so tells directions, is not in it: where it stands nobody can guess.
    """
    unlisted = detections.join(sensors, on="sensor", how="anti")
    looking = unlisted.filter(pl.col("azimuth").is_not_null())
    if looking.height:
        names = ", ".join(looking["sensor"].unique().sort())
        raise UnknownName(f"detections are of sensors that the table sensors does not have: {names}; say where they stand")
    found = [_self_report(name, rows) for (name,), rows in unlisted.sort("sensor").group_by("sensor", maintain_order=True)]
    if not found:
        return sensors
    columns = {name: [row[name] for row in found] for name in found[0]}
    return pl.concat([sensors, from_columns(BY_NAME["sensors"], columns)])


def _self_report(name: object, rows: pl.DataFrame) -> dict[str, Any]:
    """Return the cells of a receiver in the middle of what it heard."""
    latitude, longitude = rows["latitude"].to_numpy(), rows["longitude"].to_numpy()
    middle = float(np.mean(latitude)), float(np.mean(longitude))
    speed = rows["speed"].drop_nulls().quantile(FAST) or 0.0
    across = np.hypot(latitude - middle[0], (longitude - middle[1]) * np.cos(np.radians(middle[0])))
    return {
        "sensor": name,
        "name": "Heard of by its reports alone",
        "kind": "self_report",
        "latitude": middle[0],
        "longitude": middle[1],
        "range_most": float(np.clip(REACH * DEGREE * across.max(), 10_000.0, 1e6)),
        "position_error": POSITION_ERROR + STAMP_ERROR * speed,
        "altitude_error": ALTITUDE_ERROR,
        "rate_error": RATE_ERROR + RATE_SHARE * speed,
        "period": _period(rows),
    }


def _one_thing(rows: pl.DataFrame) -> bool:
    """Return whether reports hardly ever lie farther apart than anything flies between them."""
    order = rows.sort("at")
    passed = np.diff(order["at"].dt.epoch("us").to_numpy()) / 1e6
    latitude, longitude = order["latitude"].to_numpy(), order["longitude"].to_numpy()
    way = DEGREE * np.hypot(np.diff(latitude), np.diff(longitude) * np.cos(np.radians(latitude[:-1])))
    return bool(len(way) and (way <= FASTEST * passed + NEAR).mean() > SELDOM)


def _period(rows: pl.DataFrame) -> float:
    """Return the time between two reports of one thing that is seldom exceeded [s]; UNNAMED where no thing has a name.

    A log without names whose reports follow each other as one thing would is taken to be of one.
    """
    if (rows["identity"] == "").all() and not _one_thing(rows):
        return UNNAMED
    order = rows.sort("identity", "at")
    apart = order.select(pl.col("at").diff().over("identity").dt.total_microseconds() / 1e6).to_series().drop_nulls()
    usual = apart.filter(apart > 0).quantile(SELDOM)
    return float(np.clip(usual, 0.1, LONGEST)) if usual is not None else UNNAMED
