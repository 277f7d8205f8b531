"""From the columns of `detections` (degrees, metres, blanks) to measurements and variances of scans."""

from __future__ import annotations

from typing import Final

import numpy as np

from outwork.watch.frames import Floats, Frame

UNKNOWN_ALTITUDE: Final = 1000.0
"""Error [m] of the altitude 0 that is taken where a self-report gives none."""


def looked(distance: Floats, azimuth: Floats, elevation: Floats, rate: Floats) -> Floats:
    """Return measurements [n, 6] of range [m], azimuth, elevation [degree] and range rate [m/s], each [n], NaN where blank."""
    blank = np.full(len(distance), np.nan)
    return np.stack([distance, np.radians(azimuth), np.radians(elevation), rate, blank, blank], axis=1)


def looked_variance(distance: Floats, azimuth: Floats, elevation: Floats) -> Floats:
    """Return variances [n, 6] of errors of range [m], azimuth and elevation [degree], each [n], NaN where blank."""
    blank = np.full(len(distance), np.nan)
    return looked(distance, azimuth, elevation, blank) ** 2


def reported(frame: Frame, latitude: Floats, longitude: Floats, altitude: Floats) -> Floats:
    """Return places [n, 3] in the frame of degrees and metres [n]; a blank altitude counts as 0."""
    return frame.enu(latitude, longitude, np.nan_to_num(altitude))


def reported_velocity(
    frame: Frame, latitude: Floats, longitude: Floats, speed: Floats, heading: Floats, climb: Floats
) -> Floats:
    """Return velocities [n, 3] in the frame of speed over ground [m/s], heading [degree] and climb [m/s]; NaN where blank.

    A blank climb counts as level for the frame's tilt, and the vertical part stays blank.
    """
    course = np.radians(heading)
    level = np.stack([speed * np.sin(course), speed * np.cos(course), np.nan_to_num(climb)], axis=1)
    turned = frame.rotate(level, latitude, longitude)
    turned[:, 2] = np.where(np.isnan(climb), np.nan, turned[:, 2])
    return turned


def reported_variance(position_error: Floats, altitude_error: Floats, altitude: Floats, velocity_error: Floats) -> Floats:
    """Return variances [n, 6] of errors [m, m/s], NaN where blank; UNKNOWN_ALTITUDE where there is no altitude."""
    tall = np.where(np.isnan(altitude), UNKNOWN_ALTITUDE, altitude_error)
    return np.stack([position_error, position_error, tall, *[velocity_error] * 3], axis=1) ** 2
