"""The tracker, compiled before it is needed: on its first scans a live picture has no minute to wait."""

from __future__ import annotations

from typing import Final

import numpy as np

from outwork.watch.lookout import Lookout
from outwork.watch.roster import Roster
from outwork.watch.scenario.named import harbour
from outwork.watch.warn.zones import volumes

SECONDS: Final = 6.0
"""Length of the made-up sky [s]: long enough for every kind of sensor to have begun and joined tracks."""
CLASSES: Final = 4


def warmed() -> None:
    """Watch a few seconds of a made-up sky, so that every kernel is compiled, or read from where it is kept."""
    sky = harbour(seconds=SECONDS)
    lookout = Lookout(sky.sensors, sky.frame, volumes(sky.zones, sky.frame), Roster(map(str, range(len(sky.truth)))))
    for scan in sky.scans:
        lookout.take(scan, np.full((len(scan), CLASSES), np.nan))
    lookout.close()


if __name__ == "__main__":
    warmed()
