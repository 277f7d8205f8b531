"""A scan: what one sensor measured in one turn, frame or message, checked, in the units of the kernels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from outwork.model.errors import OutworkError
from outwork.watch.frames import Floats, Ints
from outwork.watch.sensors import AZIMUTH, KINDS, MAY_MEASURE, MEASURES, SELF_REPORT, WIDTH, Sensors

FARTHEST_NUMBER: Final = 1e8
"""A measurement beyond this (m, rad, m/s) is a fault of the message, not of the air."""


class InvalidScan(OutworkError):
    """A scan's own numbers cannot be worked with."""


@dataclass(frozen=True)
class Scan:
    """What one sensor measured at about one time.

    Args: sensor, its index; time [s] by the sensor's clock; z [n, 6], measurements as in `sensors`, NaN where nothing was
    measured; variance [n, 6] of each, in their units squared; offset [n], seconds from `time` to each detection; row [n],
    each detection's row in the table it came from; identity [n], a number for the name that a detection gives itself, 0 where
    it gives none; swept, azimuth since and until [rad] of the part of the view that this scan looked at, None: all of it.
    """

    sensor: int
    time: float
    z: Floats
    variance: Floats
    offset: Floats
    row: Ints
    identity: Ints
    swept: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        """Refuse shapes and times that mean nothing."""
        count = len(self.z)
        shapes = {"z": (count, WIDTH), "variance": (count, WIDTH), "offset": (count,), "row": (count,), "identity": (count,)}
        for name, shape in shapes.items():
            given = getattr(self, name).shape
            if given != shape:
                raise InvalidScan(f"scan of sensor {self.sensor}: {name} has shape {given}; give {shape}")
        if not np.isfinite(self.time):
            raise InvalidScan(f"scan of sensor {self.sensor}: its time is {self.time}; give seconds of the frame")

    def __len__(self) -> int:
        """Return the number of detections."""
        return len(self.z)


@dataclass(frozen=True)
class Refused:
    """Detections that cannot be worked with: row [n] in their table, and why, one sentence each."""

    row: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    why: tuple[str, ...] = ()


def scan(
    sensors: Sensors,
    sensor: int,
    time: float,
    z: Floats,
    *,
    variance: Floats | None = None,
    offset: Floats | None = None,
    row: Ints | None = None,
    identity: Ints | None = None,
    swept: tuple[float, float] | None = None,
) -> Scan:
    """Return a scan of measurements z [n, 6]; raise InvalidScan, naming the first one, if any cannot be worked with.

    `variance` [n, 6] is NaN where the sensor's own holds. `offset` is 0 where not given, and `row` counts from 0.
    """
    kept, refused = sound(sensors, sensor, time, z, variance=variance, offset=offset, row=row, identity=identity, swept=swept)
    if refused.why:
        raise InvalidScan(f"scan of sensor '{sensors.names[sensor]}', detection {refused.row[0]}: {refused.why[0]}")
    return kept


def sound(
    sensors: Sensors,
    sensor: int,
    time: float,
    z: Floats,
    *,
    variance: Floats | None = None,
    offset: Floats | None = None,
    row: Ints | None = None,
    identity: Ints | None = None,
    swept: tuple[float, float] | None = None,
) -> tuple[Scan, Refused]:
    """Return a scan of those measurements z [n, 6] that can be worked with, and the others with the reason.

    A second detection with the very same numbers is a duplicate and is refused. Arguments as in `scan`.
    """
    if not 0 <= sensor < len(sensors):
        raise InvalidScan(f"scan: there is no sensor {sensor}; there are {len(sensors)}, counted from 0")
    kind, count = int(sensors.kind[sensor]), len(z)
    z = np.asarray(z, dtype=float).reshape(count, WIDTH)
    own = np.broadcast_to(sensors.variance[sensor], (count, WIDTH))
    variance = own if variance is None else np.where(np.isnan(variance), own, variance)
    offset = np.zeros(count) if offset is None else np.asarray(offset, dtype=float)
    row = np.arange(count) if row is None else np.asarray(row, dtype=np.int64)
    identity = np.zeros(count, np.int64) if identity is None else np.asarray(identity, dtype=np.int64)
    can = np.isin(np.arange(WIDTH), MAY_MEASURE[kind])
    z = np.where(can, z, np.nan)
    if kind != SELF_REPORT:
        finite = np.isfinite(z[:, AZIMUTH])
        z[finite, AZIMUTH] = np.pi - np.mod(np.pi - z[finite, AZIMUTH], 2 * np.pi)  # kernels take it within -pi..pi
    variance = np.where(np.isnan(z), np.nan, variance)
    wrong = _wrong(kind, z, variance, offset)
    keep = np.array([not each for each in wrong], dtype=bool)
    made = Scan(sensor, float(time), z[keep], variance[keep], offset[keep], row[keep], identity[keep], swept)
    return made, Refused(row[~keep], tuple(each for each in wrong if each))


def _wrong(kind: int, z: Floats, variance: Floats, offset: Floats) -> list[str]:
    """Return for each detection what is wrong with it, "" for nothing."""
    must = list(MEASURES[kind])
    given = ~np.isnan(z)
    missing = ~given[:, must].all(axis=1)
    wild = (given & ~(np.abs(z) < FARTHEST_NUMBER)).any(axis=1) | ~(np.abs(offset) < FARTHEST_NUMBER)
    if kind != KINDS.index("self_report"):
        wild |= z[:, 0] < 0
    unsure = (given & ~((variance > 0) & (variance < FARTHEST_NUMBER**2))).any(axis=1)
    reasons = [""] * len(z)
    for faulty, reason in (
        (_repeated(z, offset), "it has the same numbers as one before it in this scan; send each once"),
        (unsure, "an error of measurement is 0, blank or not finite; give one above 0 here or with the sensor"),
        (wild, "a measurement or its time is out of all bounds; check the units"),
        (missing, f"a {KINDS[kind]} must give its components {must} of six; one is blank or not a number"),
    ):
        for index in np.flatnonzero(faulty):
            reasons[index] = reason
    return reasons


def _repeated(z: Floats, offset: Floats) -> NDArray[np.bool_]:
    """Return which detections [n] have the same numbers as an earlier one."""
    again = np.zeros(len(z), dtype=np.bool_)
    seen: set[bytes] = set()
    for index, line in enumerate(np.column_stack([z, offset])):
        key = line.tobytes()
        again[index] = key in seen
        seen.add(key)
    return again
