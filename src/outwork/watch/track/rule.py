"""Options and the scan's own numbers, as kernels take them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from outwork.watch.frames import Floats
from outwork.watch.track.options import ByCount, ByRatio, Options


class Rule(NamedTuple):
    """Options as kernels take them: see `Options`; what is a choice there is 0 or 1 here.

    models [m, 4]; restless [1, 4], the model by which a second detection is expected; prior [m], share of time that a thing
    spends in each model; confirm, tentative, confirmed: counts where `counted`, else confirm is a ratio.
    """

    models: Floats
    restless: Floats
    prior: Floats
    gate: float
    joint: int
    by_distance: int
    one: int
    speed: float
    most: int
    counted: int
    confirm: float
    ceiling: float
    tentative: int
    confirmed: int


class Now(NamedTuple):
    """What holds for one scan: its time [s]; opening, the ratio that a detection starts with; least, that below which it ends;
    patience, the silence [s] that a track may keep after it; following, the next track's number.
    """  # noqa: D205  the names are the sentence

    time: float
    opening: float
    least: float
    patience: float
    following: int


def rule(options: Options) -> Rule:
    """Return options as kernels take them."""
    models, life = options.table, options.life
    restless = models[[int(np.argmax(models[:, 0]))]] * np.array([1.0, 1.0, 0.0, 1.0])
    counted = isinstance(life, ByCount)
    return Rule(
        models=models,
        restless=restless,
        prior=models[:, 3] / models[:, 3].sum(),
        gate=float(options.gate),
        joint=int(options.associate == "joint"),
        by_distance=int(options.cost == "distance"),
        one=int(options.begin == "one"),
        speed=float(options.speed),
        most=options.most,
        counted=int(counted),
        confirm=float(life.confirm),
        ceiling=float(life.ceiling) if isinstance(life, ByRatio) else np.inf,
        tentative=life.tentative if isinstance(life, ByCount) else 0,
        confirmed=life.confirmed if isinstance(life, ByCount) else 0,
    )


def opening(options: Options, clutter: float) -> tuple[float, float]:
    """Return the ratio that a detection of a sensor with so many false ones per scan starts with, and that at which it ends."""
    life = options.life
    if isinstance(life, ByCount):
        return 0.0, -np.inf
    start = min(float(np.log(life.arrivals / clutter)), 0.0)
    return start, start + life.drop
