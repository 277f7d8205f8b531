"""Whether a detection can be true: within what its sensor can see, and where the same thing can have got to."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from outwork.model.tables.watching import Detection, Sensor

FASTEST: Final = 1000.0
"""Nothing that is watched flies faster [m/s]."""
SLACK: Final = 1.1
"""A range may be this much longer than the sensor's longest."""
JITTER: Final = 1.0
"""Two stamps may be this much closer together than they should be [s]."""
NAMED: Final = 8192
"""Most things whose last place is remembered; whichever was told of longest ago is forgotten first."""
EARTH: Final = 6_371_000.0
"""Mean radius [m]."""


class _Place(NamedTuple):
    at: datetime
    latitude: float
    longitude: float


class Plausible:
    """Judges detections one by one, and remembers where whoever names itself was last."""

    def __init__(self, sensors: Mapping[str, Sensor]) -> None:
        """Begin; `sensors` by name."""
        self._sensors = sensors
        self._last: OrderedDict[tuple[str, str], _Place] = OrderedDict()

    def doubt(self, row: Detection) -> str:
        """Return why a detection cannot be true; blank where it can."""
        sensor = self._sensors.get(row.sensor)
        if row.latitude is not None and row.longitude is not None:
            return self._jump(row, _Place(row.at, row.latitude, row.longitude)) if row.identity else ""
        if row.azimuth is None:
            return "it tells neither a direction nor a place"
        if sensor and row.slant_range is not None and row.slant_range > sensor.range_most * SLACK:
            return f"a range of {row.slant_range:,.0f} m is beyond the sensor's {sensor.range_most:,.0f} m"
        return ""

    def _jump(self, row: Detection, place: _Place) -> str:
        who = row.sensor, row.identity
        last = self._last.pop(who, None)
        if len(self._last) >= NAMED:
            self._last.popitem(last=False)
        if last is None or place.at >= last.at:
            self._last[who] = place
        else:
            self._last[who] = last
        if last is None:
            return ""
        metres, seconds = _distance(last, place), abs((place.at - last.at).total_seconds()) + JITTER
        if metres <= FASTEST * seconds:
            return ""
        return f"{row.identity} would have flown {metres:,.0f} m in {seconds - JITTER:,.1f} s"


def _distance(one: _Place, other: _Place) -> float:
    """Return the distance along a great circle [m] (haversine)."""
    north = math.radians(other.latitude - one.latitude) / 2
    east = math.radians(other.longitude - one.longitude) / 2
    across = math.cos(math.radians(one.latitude)) * math.cos(math.radians(other.latitude)) * math.sin(east) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(math.sin(north) ** 2 + across)))
