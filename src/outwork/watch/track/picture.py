"""What the tracker knows at one time: a value that others read."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from outwork.watch.frames import Floats, Ints


@dataclass(frozen=True)
class Joins:
    """Which detections went into which tracks in the last scan taken: track id, row of the detection, weight (0..1) [n]."""

    track: Ints
    row: Ints
    weight: Floats


@dataclass(frozen=True)
class Picture:
    """All tracks at one time [s], tentative ones too, in the order of their numbers.

    Args: time [s of the frame] to which states are predicted; ids [n]; state [n, 6], x, y, z [m], vx, vy, vz [m/s];
    covariance [n, 6, 6]; existence [n], log-likelihood ratio of "there is a thing" over "false detections only"; confirmed
    [n]; models [n, m], probability of each motion model; began, updated [n], time of the first and last detection [s];
    detections [n], how many went in; sensor [n], index of the sensor of the last one; identity
    [n], the number of the name that it gave itself last, 0 for none; joined, what the last scan gave.
    """

    time: float
    ids: Ints
    state: Floats
    covariance: Floats
    existence: Floats
    confirmed: NDArray[np.bool_]
    models: Floats
    began: Floats
    updated: Floats
    detections: Ints
    sensor: Ints
    identity: Ints
    joined: Joins

    def __len__(self) -> int:
        """Return the number of tracks."""
        return len(self.ids)

    def only_confirmed(self) -> Picture:
        """Return the picture without the tracks of which it is not yet sure that there is something."""
        kept = {each.name: getattr(self, each.name) for each in fields(self)}
        per_track = {name: value[self.confirmed] for name, value in kept.items() if name not in ("time", "joined")}
        return replace(self, **per_track)
