"""Small made-up air for the tests of the tracker: things that fly, and what radars make of them."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from outwork.watch.frames import Floats
from outwork.watch.scan import Scan, scan
from outwork.watch.sensors import Sensors, measured
from tests.watch.laydown import at, several

RADARS = several(at((-4000.0, -4000.0)), at((4000.0, 4000.0)), at((4000.0, -4000.0)))


def straight(rng: Generator, things: int, steps: int) -> Floats:
    """Return states [step, thing, 6] of things that fly straight on, a second apart."""
    place = rng.uniform([-3000, -3000, 100], [3000, 3000, 600], (things, 3))
    speed = np.concatenate([rng.normal(size=(things, 2)) * 12, np.zeros((things, 1))], axis=1)
    time = np.arange(steps)[:, None, None]
    return np.concatenate([place + time * speed, np.broadcast_to(speed, (steps, things, 3))], axis=2)


def seen(rng: Generator, sensors: Sensors, sensor: int, time: float, states: Floats, clutter: float = 5.0) -> Scan:
    """Return what a sensor makes of states [n, 6]: noise, misses, and false detections all over its view."""
    sigma = np.sqrt(sensors.variance[sensor])
    z = measured(sensors, sensor, states)
    z = (z + rng.normal(size=z.shape) * np.nan_to_num(sigma))[rng.random(len(z)) < sensors.detects[sensor]]
    low, high, _, _, least, most = sensors.view[sensor]
    count = rng.poisson(clutter)
    false = rng.uniform([low, -np.pi, least], [high, np.pi, most], (count, 3))
    z = np.concatenate([z, np.pad(false, ((0, 0), (0, 3)), constant_values=np.nan)])
    z[:, 3] = np.nan
    return scan(sensors, sensor, time, rng.permutation(z))


def scans(seed: int, things: int = 12, steps: int = 24, clutter: float = 5.0) -> tuple[Floats, list[Scan]]:
    """Return the truth [step, thing, 6] and a scan a second, the radars taking turns."""
    rng = np.random.default_rng(seed)
    truth = straight(rng, things, steps)
    return truth, [seen(rng, RADARS, k % len(RADARS), float(k), truth[k], clutter) for k in range(steps)]
