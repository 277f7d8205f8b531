"""How things move that only report themselves, and that seldom: ships by AIS above all.

A model of motion that suits a drone says of a ship that is silent for three minutes that it may be anywhere within kilometres,
and two ships become one. How hard things turn is taken to go with how fast they are: white acceleration of spectral density
k v^2 on each axis [m2/s3], which turns the heading by as much whatever the speed v.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from outwork.watch.track.options import Model, Options

SELDOM: Final = 10.0
"""From this period on reports come seldom [s]."""
FAST: Final = 0.95
"""Share of the reported speeds that the speed of things is not below [1]."""
LEAST: Final = 8.0
"""Speed that things are at least taken to have [m/s]."""
STEADY, TURNING = 1e-5, 5e-4
"""k of things that go straight on, and of those that turn [1/s]."""
LEVEL: Final = 1e-4
"""Share of that which goes upwards [1]."""
STEADY_FOR, TURNING_FOR = 300.0, 60.0
"""Mean times for which they do [s]."""


def suited(sensors: pl.DataFrame, detections: pl.DataFrame) -> Options:
    """Return how tracks are kept of what was heard: as usual, or as suits things that report themselves, and that seldom."""
    heard = sensors.join(detections, on="sensor", how="semi")
    if not heard.height or (heard["kind"] != "self_report").any() or (heard["period"] < SELDOM).any():
        return Options()
    speed = detections["speed"].drop_nulls().quantile(FAST)
    fast = max(LEAST, speed if speed is not None else LEAST)
    steady = Model(STEADY * fast**2, LEVEL * STEADY * fast**2, stays=STEADY_FOR)
    turning = Model(TURNING * fast**2, LEVEL * TURNING * fast**2, stays=TURNING_FOR)
    return Options(models=(steady, turning), speed=fast)
